/* How are the events drawn, alone and together, and how far off may each of them be? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const CIRCLES_AT_MOST = 150;
  const PIN_PX = 5;
  /* A country's circle would cover the map and say only "somewhere here". */
  ge.WIDEST_CIRCLE_KM = 120;

  const chosen = () => [ge.selected, ge.hovered].map(ge.itemOf).filter((item) => item && item.layer === "event");

  /* The events whose circles are drawn: where they are few, all; else those looked at. */
  function circled(layer) {
    let count = 0;
    for (let i = 0; i < layer.count && count <= CIRCLES_AT_MOST; i++) count += layer.mask[i];
    return count > CIRCLES_AT_MOST ? chosen() : ge.shown("event").filter(({ p }) => p.radius_km <= ge.WIDEST_CIRCLE_KM).concat(chosen());
  }

  ge.paintUncertainty = (g, view) => {
    const isChosen = new Set(chosen());
    for (const item of new Set(circled(ge.layer("event")))) {
      const km = item.p.radius_km;
      if (!item.isLocated || !km) continue;
      if (ge.projectedRadius(km, item.lat) * view.scale > ge.SINGLE_PX + 6) ge.paintCircle(g, view, item, km, isChosen.has(item) ? 0.12 : 0.05);
    }
  };

  /* The marks of this painting, which places look at before events are drawn. */
  let groups = [];
  ge.groupEvents = (g, view) => {
    groups = ge.clusters(view, ge.layer("event"));
  };

  /* Whether a mark of events covers a point of the unit square, and says more than a pin would. */
  ge.isUnderEvents = (view, x, y) => groups.some((group) => Math.hypot(group.x - x * view.scale, group.y - y * view.scale) < ge.radiusOf(group.count) + PIN_PX);

  ge.paintEvents = (g, view) => {
    const layer = ge.layer("event");
    const wanted = chosen().map(({ index }) => index);
    for (const group of groups) {
      const radius = ge.radiusOf(group.count);
      const isChosen = wanted.length > 0 && group.holds(wanted);
      ge.eachCopy(view, group.x / view.scale, group.y / view.scale, 40, (x, y) => {
        if (isChosen) ge.paintHalo(g, x, y, radius + 2);
        if (group.vague === group.rows) ge.paintVague(g, x, y, radius + 3);
        if (group.count === 1) ge.paintEvent(g, x, y, layer.item(group.first), ge.SINGLE_PX);
        else ge.paintCluster(g, x, y, radius, layer.kindNames.map((type, k) => [ge.typeStyle(type).color, group.counts[k]]).filter(([, count]) => count), group.count);
        ge.addHit(x, y, radius, { layer, group });
        ge.keepClear(x, y, radius);
        if (group.name >= 0) askName(layer.value("name", group.first), x, y, radius);
      });
    }
  };

  /* The name under a mark, where all its events happened in one place. */
  function askName(name, x, y, radius) {
    if (!name) return;
    ge.askLabel({ x, y, text: name, rank: 0, reach: radius - 1, size: 12.5, weight: 650, color: ge.color("--ink"), halo: ge.color("--halo") });
  }
})();
