/* Which events share a mark at this zoom, and how far off may each of them be? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const BIN_PX = 20;
  /* More bins than a column of the map has at its closest. */
  const ROW = 2 ** 26;
  const SINGLE_PX = 7;
  const CIRCLES_AT_MOST = 150;
  /* A country's circle would cover the map and say only "somewhere here". */
  const WIDEST_CIRCLE_KM = 120;

  const radiusOf = (count) => (count === 1 ? SINGLE_PX + 3 : Math.min(30, 13 + 2.6 * Math.log2(count)));

  function binned(view, items) {
    const bins = new Map();
    for (const item of items) {
      const x = item.x * view.scale;
      const y = item.y * view.scale;
      const key = Math.floor(x / BIN_PX) * ROW + Math.floor(y / BIN_PX);
      let bin = bins.get(key);
      if (!bin) bins.set(key, (bin = { x: 0, y: 0, items: [] }));
      bin.x += x;
      bin.y += y;
      bin.items.push(item);
    }
    return [...bins.values()].map((bin) => ({ x: bin.x / bin.items.length, y: bin.y / bin.items.length, items: bin.items }));
  }

  /* Join the groups whose marks would overlap, largest first, until none do. */
  function merged(groups) {
    const sorted = groups.sort((a, b) => b.items.length - a.items.length || a.x - b.x || a.y - b.y);
    const cell = 64;
    const grid = new Map();
    const out = [];
    let joined = false;
    for (const group of sorted) {
      const cx = Math.floor(group.x / cell);
      const cy = Math.floor(group.y / cell);
      const host = nearby(grid, cx, cy).find((other) => Math.hypot(other.x - group.x, other.y - group.y) < radiusOf(other.items.length) + radiusOf(group.items.length));
      if (host) {
        join(host, group);
        joined = true;
      } else {
        out.push(group);
        const key = `${cx}:${cy}`;
        grid.set(key, [...(grid.get(key) || []), group]);
      }
    }
    return joined ? merged(out) : out;
  }

  function nearby(grid, cx, cy) {
    const found = [];
    for (let x = cx - 1; x <= cx + 1; x++) for (let y = cy - 1; y <= cy + 1; y++) found.push(...(grid.get(`${x}:${y}`) || []));
    return found;
  }

  function join(host, group) {
    const total = host.items.length + group.items.length;
    host.x = (host.x * host.items.length + group.x * group.items.length) / total;
    host.y = (host.y * host.items.length + group.y * group.items.length) / total;
    host.items = host.items.concat(group.items);
  }

  function typeCounts(items) {
    const counts = new Map(ge.types.map((type) => [ge.typeStyle(type).color, 0]));
    for (const item of items) {
      const { color } = ge.typeStyle(item.p.type);
      counts.set(color, (counts.get(color) || 0) + 1);
    }
    return [...counts].filter(([, count]) => count);
  }

  /* Its point merely stands for a province or a country. */
  const isVague = ({ p }) => p.geo_precision === 3 || p.radius_km > WIDEST_CIRCLE_KM;

  const located = () => ge.shown("event").filter((item) => item.isLocated);

  ge.paintUncertainty = (g, view) => {
    const items = located();
    for (const item of items) {
      const isChosen = item.key === ge.selected || item.key === ge.hovered;
      const km = item.p.radius_km;
      if (!km || (!isChosen && (items.length > CIRCLES_AT_MOST || km > WIDEST_CIRCLE_KM))) continue;
      if (ge.projectedRadius(km, item.lat) * view.scale > SINGLE_PX + 6) ge.paintCircle(g, view, item, km, isChosen ? 0.12 : 0.05);
    }
  };

  ge.paintEvents = (g, view) => {
    for (const group of merged(binned(view, located()))) {
      const keys = group.items.map((item) => item.key);
      const radius = radiusOf(keys.length);
      ge.eachCopy(view, group.x / view.scale, group.y / view.scale, 40, (x, y) => {
        if (keys.includes(ge.selected) || keys.includes(ge.hovered)) ge.paintHalo(g, x, y, radius + 2);
        if (group.items.every(isVague)) ge.paintVague(g, x, y, radius + 3);
        if (keys.length === 1) ge.paintEvent(g, x, y, group.items[0], SINGLE_PX);
        else ge.paintCluster(g, x, y, radius, typeCounts(group.items), keys.length);
        ge.addHit(x, y, radius, keys, "event");
        ge.keepClear(x, y, radius);
        askName(group.items, x, y, radius);
      });
    }
  };

  /* The name under a mark, where all its events happened in one place. */
  function askName(items, x, y, radius) {
    const name = items[0].p.name;
    if (!name || items.some((item) => item.p.name !== name)) return;
    ge.askLabel({ x, y, text: name, rank: 0, reach: radius - 1, size: 12.5, weight: 650, color: ge.color("--ink"), halo: ge.color("--halo") });
  }
})();
