/* Which events share a mark at this zoom? Events fall into bins of a grid that lies still on the
   ground; bins whose marks would overlap are joined, the fullest first. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const BIN_PX = 18;
  const SINGLE_PX = 7;
  /* As far as two marks can touch: twice the largest radius. */
  const CELL_PX = 56;
  /* Marks may touch by a little: parted they say more than together. */
  const CLOSEST = 0.92;
  const MIXED = -2;

  ge.SINGLE_PX = SINGLE_PX;
  ge.radiusOf = (count) => (count === 1 ? SINGLE_PX + 3 : Math.min(27, 12.5 + 1.9 * Math.log2(count)));

  /* The members of each bin hang on a chain: the bin has its first, each member the next. */
  let next = new Int32Array(0);

  class Bin {
    constructor(row, kinds) {
      this.x = this.y = this.count = this.rows = this.vague = 0;
      this.first = -1;
      this.name = row;
      this.counts = new Uint32Array(kinds);
      this.parts = null;
    }
    add(layer, i, px, py, kind, name) {
      const weight = layer.weight(i);
      this.x += px * weight;
      this.y += py * weight;
      this.count += weight;
      this.rows += 1;
      this.counts[kind] += weight;
      this.vague += layer.isVague[i];
      next[i] = this.first;
      this.first = i;
      if (this.name !== name) this.name = MIXED;
    }
    close() {
      this.x /= this.count;
      this.y /= this.count;
    }
    /* Take in another bin. */
    join(other) {
      const total = this.count + other.count;
      this.x = (this.x * this.count + other.x * other.count) / total;
      this.y = (this.y * this.count + other.y * other.count) / total;
      this.count = total;
      this.rows += other.rows;
      this.vague += other.vague;
      for (let k = 0; k < this.counts.length; k++) this.counts[k] += other.counts[k];
      if (this.name !== other.name) this.name = MIXED;
      (this.parts = this.parts || []).push(other);
    }
    each(visit) {
      for (let i = this.first; i >= 0; i = next[i]) visit(i);
      for (const part of this.parts || []) part.each(visit);
    }
    get indexes() {
      const out = [];
      this.each((i) => out.push(i));
      return out.sort((a, b) => a - b);
    }
    holds(wanted) {
      for (let i = this.first; i >= 0; i = next[i]) if (wanted.includes(i)) return true;
      return (this.parts || []).some((part) => part.holds(wanted));
    }
  }

  /* What binning asks of each row: the number of its type, whether its point merely stands for a
     province or a country, and the number of its place's name. */
  ge.openClusters = (layer) => {
    const { names, codes } = ge.facet("type").table;
    layer.kindNames = names;
    layer.kinds = codes;
    layer.isVague = Uint8Array.from({ length: layer.count }, (_, i) => (layer.value("geo_precision", i) === 3 || (layer.value("radius_km", i) || 0) > ge.WIDEST_CIRCLE_KM ? 1 : 0));
    const name = layer.columns.get("name");
    layer.nameCode = name && name.codes ? (i) => name.codes[i] : name && name.values ? () => 0 : (i) => i;
  };

  /* The bins of what is shown within the canvas, in pixels of the one world that begins at (0, 0). */
  function binned(view, layer) {
    if (next.length < layer.count) next = new Int32Array(layer.count);
    const { x, y, mask, kinds, kindNames, nameCode, count } = layer;
    const { scale } = view;
    const [left, top] = [view.left / scale, view.top / scale];
    const width = Math.min(1, view.width / scale);
    const bottom = (view.top + view.height) / scale;
    const bins = new Map();
    for (let i = 0; i < count; i++) {
      if (!mask[i] || !(y[i] >= top && y[i] <= bottom)) continue;
      if (width < 1 && x[i] - left - Math.floor(x[i] - left) > width) continue;
      const px = x[i] * scale;
      const py = y[i] * scale;
      const key = Math.floor(px / BIN_PX) * 33554432 + Math.floor(py / BIN_PX);
      let bin = bins.get(key);
      if (!bin) bins.set(key, (bin = new Bin(nameCode(i), kindNames.length)));
      bin.add(layer, i, px, py, kinds[i], nameCode(i));
    }
    const out = [...bins.values()];
    for (const bin of out) bin.close();
    return out;
  }

  const byCount = (a, b) => b.count - a.count || a.x - b.x || a.y - b.y;

  /* Join what overlaps until nothing does. */
  function merged(groups) {
    const grid = new Map();
    const out = [];
    let isJoined = false;
    for (const group of groups.sort(byCount)) {
      const cx = Math.floor(group.x / CELL_PX);
      const cy = Math.floor(group.y / CELL_PX);
      const host = hostOf(grid, cx, cy, group);
      if (host) {
        host.join(group);
        isJoined = true;
        continue;
      }
      out.push(group);
      const key = cx * 33554432 + cy;
      if (grid.has(key)) grid.get(key).push(group);
      else grid.set(key, [group]);
    }
    return isJoined ? merged(out) : out;
  }

  function hostOf(grid, cx, cy, group) {
    const radius = ge.radiusOf(group.count);
    for (let x = cx - 1; x <= cx + 1; x++) {
      for (let y = cy - 1; y <= cy + 1; y++) {
        for (const other of grid.get(x * 33554432 + y) || []) {
          if (Math.hypot(other.x - group.x, other.y - group.y) < CLOSEST * (radius + ge.radiusOf(other.count))) return other;
        }
      }
    }
    return null;
  }

  ge.clusters = (view, layer) => merged(binned(view, layer));
})();
