/* What does the ground look like: sea, land, coasts, borders, and what is disputed?
   Sheets are decoded as geoevents/maps/sheets.py describes them. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const STEPS = { "ge-110m": 50, "ge-50m": 125, "ge-10m": 250 };
  const COARSE_BELOW_ZOOM = 3;
  const DETAIL_FROM_ZOOM = 5;
  /* Points closer together than this many pixels are left out. */
  const TOLERANCE_PX = 0.4;
  const HATCH_PX = 8;
  /* An island smaller than this is a speck of dust. */
  const SPECK_PX = 0.6;

  const sheets = {};
  let names = null;
  let disputed = [];

  class Stream {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
    }
    count() {
      let value = 0;
      let shift = 0;
      let byte;
      do {
        byte = this.bytes[this.at++];
        value |= (byte & 127) << shift;
        shift += 7;
      } while (byte > 127);
      return value >>> 0;
    }
    signed() {
      const value = this.count();
      return value & 1 ? -((value + 1) / 2) : value / 2;
    }
  }

  /* One path on the unit square, with the numbers of the points that a cut leads to. */
  function readPath(stream, steps, edges) {
    const count = stream.count();
    const path = new Float64Array(2 * count);
    const sides = edges && new Uint8Array(count);
    let x = 0;
    let y = 0;
    for (let i = 0; i < count; i++) {
      x += stream.signed();
      y += stream.signed();
      path[2 * i] = ge.x(x / steps);
      path[2 * i + 1] = ge.y(y / steps);
      if (sides) sides[i] = (x === edges[0] ? 1 : 0) | (y === edges[1] ? 2 : 0) | (x === edges[2] ? 4 : 0) | (y === edges[3] ? 8 : 0);
    }
    return { path, sides, box: ge.boxOf(path) };
  }

  function readPaths(stream, steps, edges) {
    return Array.from({ length: stream.count() }, () => readPath(stream, steps, edges));
  }

  function readSheets(id) {
    const stream = new Stream(ge.block(id));
    const steps = STEPS[id];
    const out = { land: [], plain: [], dashed: [] };
    while (stream.at < stream.bytes.length) {
      const edges = [0, 0, 0, 0].map(() => stream.signed() * steps);
      out.land.push(...readPaths(stream, steps, edges));
      out.plain.push(...readPaths(stream, steps, null));
      out.dashed.push(...readPaths(stream, steps, null));
    }
    return out;
  }

  /* A scale is unpacked when the view first asks for it. */
  const sheetOf = (id) => (sheets[id] = sheets[id] || readSheets(id));

  ge.openBasemap = () => {
    names = ge.jsonBlock("ge-names");
    disputed = names.disputed.map((area) => ({ ...area, paths: area.rings.map((ring) => ge.project(ring.flat())) }));
    ge.names = names;
  };

  /* The disputed area that holds a point, or undefined. */
  ge.disputedAt = (lat, lon) => disputed.find((area) => area.rings.some((ring) => isInside(ring, lon, lat)));

  function isInside(ring, x, y) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  }

  function eachVisible(view, shapes, visit) {
    for (let copy = view.first; copy <= view.last; copy++) {
      const dx = copy * view.scale - view.left;
      const dy = -view.top;
      for (const shape of shapes) {
        const box = shape.box;
        if ((box[2] - box[0]) * view.scale < SPECK_PX && (box[3] - box[1]) * view.scale < SPECK_PX) continue;
        const isOutside = box[2] * view.scale + dx < 0 || box[0] * view.scale + dx > view.width || box[3] * view.scale + dy < 0 || box[1] * view.scale + dy > view.height;
        if (!isOutside) visit(shape, dx, dy);
      }
    }
  }

  function trace(g, view, { path, sides }, dx, dy, skipsCuts) {
    const last = path.length / 2 - 1;
    let x0 = NaN;
    let y0 = NaN;
    for (let i = 0; i <= last; i++) {
      const x = path[2 * i] * view.scale + dx;
      const y = path[2 * i + 1] * view.scale + dy;
      const isCut = skipsCuts && i > 0 && sides[i] & sides[i - 1];
      if (i && i < last && !isCut && !(sides && sides[i]) && Math.abs(x - x0) + Math.abs(y - y0) < TOLERANCE_PX) continue;
      if (i === 0 || isCut) g.moveTo(x, y);
      else g.lineTo(x, y);
      x0 = x;
      y0 = y;
    }
  }

  function closeCoast(g, view, { path, sides }, dx, dy) {
    const last = sides.length - 1;
    if (!(sides[0] & sides[last])) g.lineTo(path[0] * view.scale + dx, path[1] * view.scale + dy);
  }

  function paintSheet(g, view, sheet) {
    g.beginPath();
    eachVisible(view, sheet.land, (shape, dx, dy) => {
      trace(g, view, shape, dx, dy, false);
      g.closePath();
    });
    g.fillStyle = ge.color("--land");
    g.fill("evenodd");
    g.beginPath();
    eachVisible(view, sheet.land, (shape, dx, dy) => {
      trace(g, view, shape, dx, dy, true);
      closeCoast(g, view, shape, dx, dy);
    });
    g.lineJoin = "round";
    g.lineWidth = 0.9;
    g.strokeStyle = ge.color("--coast");
    g.stroke();
    paintBorders(g, view, sheet.plain, [7, 2.5, 1.5, 2.5]);
    paintBorders(g, view, sheet.dashed, [1.5, 3.5]);
  }

  function paintBorders(g, view, shapes, dash) {
    g.beginPath();
    eachVisible(view, shapes, (shape, dx, dy) => trace(g, view, shape, dx, dy, false));
    g.setLineDash(dash);
    g.lineWidth = 1.1;
    g.strokeStyle = ge.color("--border");
    g.stroke();
    g.setLineDash([]);
  }

  function hatching(g, view) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = HATCH_PX;
    const t = tile.getContext("2d");
    t.strokeStyle = ge.color("--hatch");
    t.lineWidth = 1.4;
    for (const shift of [-HATCH_PX, 0, HATCH_PX]) {
      t.moveTo(shift, HATCH_PX);
      t.lineTo(shift + HATCH_PX, 0);
    }
    t.stroke();
    const pattern = g.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().translate(-(view.left % HATCH_PX), -(view.top % HATCH_PX)));
    return pattern;
  }

  ge.paintDisputed = (g, view) => {
    g.beginPath();
    for (const area of disputed) for (const path of area.paths) ge.tracePath(g, view, path, true);
    g.fillStyle = hatching(g, view);
    g.fill();
  };

  /* The part that is drawn in detail, as a rectangle of the canvas. */
  function detailWindow(view) {
    const [west, south, east, north] = names.cells;
    const middle = (view.left + view.width / 2) / view.scale;
    const copy = Math.round(middle - (ge.x(west) + ge.x(east)) / 2);
    const x = (ge.x(west) + copy) * view.scale - view.left;
    const y = ge.y(north) * view.scale - view.top;
    return [x, y, (ge.x(east) - ge.x(west)) * view.scale, (ge.y(south) - ge.y(north)) * view.scale];
  }

  ge.paintGround = (g, view) => {
    g.fillStyle = ge.color("--sea");
    g.fillRect(0, 0, view.width, view.height);
    paintSheet(g, view, sheetOf(view.zoom < COARSE_BELOW_ZOOM ? "ge-110m" : "ge-50m"));
    if (view.zoom >= DETAIL_FROM_ZOOM && names.cells.length) {
      g.save();
      g.beginPath();
      g.rect(...detailWindow(view));
      g.clip();
      g.fillStyle = ge.color("--sea");
      g.fillRect(0, 0, view.width, view.height);
      paintSheet(g, view, sheetOf("ge-10m"));
      g.restore();
    }
    ge.paintDisputed(g, view);
  };
})();
