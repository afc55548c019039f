/* Where are the places that the texts name? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const AREAS = new Set(["continent", "region", "country", "admin1", "admin2", "water", "land"]);
  const UNPINNED_ROLES = new Set(["institution", "metonym", "demonym", "embedded"]);
  /* More names than this never fit a view. */
  const NAMES_AT_MOST = 250;
  let spots = [];

  const isPin = (kind, role) => kind !== "institution" && !UNPINNED_ROLES.has(role) && !AREAS.has(kind);

  /* An institution is not where its seat is, and an area is no point. */
  ge.isPinned = (item) => item.isLocated && isPin(item.rows.value("kind", item.index), item.rows.value("role", item.index));

  /* One pin for all mentions of a place, those named most often first. */
  ge.openPlaces = () => {
    const layer = ge.layer("place");
    const found = new Map();
    for (let i = 0; i < layer.count; i++) {
      if (Number.isNaN(layer.x[i]) || !isPin(layer.value("kind", i), layer.value("role", i))) continue;
      const key = layer.value("place_id", i) || `${layer.x[i]},${layer.y[i]}`;
      const isDateline = layer.value("role", i) === "dateline";
      const spot = found.get(key);
      if (!spot) found.set(key, { first: i, x: layer.x[i], y: layer.y[i], count: 1, isDateline, rows: [i] });
      else {
        spot.count += 1;
        spot.isDateline = spot.isDateline && isDateline;
        spot.rows.push(i);
      }
    }
    spots = [...found.values()].sort((a, b) => b.count - a.count || a.first - b.first);
  };
  ge.placeCount = () => spots.length;

  /* A place that has no pin is shown while it is looked at. */
  function looked() {
    const items = [ge.selected, ge.hovered].map(ge.itemOf).filter((item) => item && item.layer === "place" && item.isLocated);
    return items.filter((item) => !ge.isPinned(item)).map((item) => ({ first: item.index, x: item.x, y: item.y, count: 1, isDateline: item.p.role === "dateline", rows: [item.index] }));
  }

  ge.paintPlaces = (g, view) => {
    const layer = ge.layer("place");
    if (layer.isOff) return;
    const chosen = [ge.selected, ge.hovered].map(ge.itemOf).filter((item) => item && item.layer === "place").map(({ index }) => index);
    let names = 0;
    for (const spot of [...spots, ...looked()]) {
      const isChosen = chosen.some((index) => spot.rows.includes(index));
      if (!isChosen && ge.isUnderEvents(view, spot.x, spot.y)) continue;
      ge.eachCopy(view, spot.x, spot.y, 20, (x, y) => {
        if (isChosen) ge.paintHalo(g, x, y, 9);
        paintPin(g, x, y, spot.isDateline);
        ge.addHit(x, y, 4, { item: layer.item(spot.first) });
        ge.keepClear(x, y, 4);
        if (names++ < NAMES_AT_MOST) askName(layer, spot, x, y);
      });
    }
  };

  function paintPin(g, x, y, isDateline) {
    g.beginPath();
    g.arc(x, y, 4.5, 0, 2 * Math.PI);
    g.fillStyle = isDateline ? ge.color("--paper") : ge.color("--place");
    g.strokeStyle = isDateline ? ge.color("--place") : ge.color("--paper");
    g.lineWidth = isDateline ? 2 : 1.5;
    g.fill();
    g.stroke();
  }

  function askName(layer, spot, x, y) {
    const text = layer.value("name", spot.first) || layer.item(spot.first).p.text;
    ge.askLabel({ x, y, text, rank: 3, reach: 4, size: 12.5, weight: 600, color: ge.color("--place"), halo: ge.color("--halo") });
  }
})();
