/* What do claims look like on the ground: the ring or band that the text says, the line that the
   map measures, and the places that would fit a reference without a name? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const SHOW_ALL_UP_TO = 3;
  const BAND_ALPHA = 0.13;
  const HIT_EVERY_PX = 12;
  const RING_SPOTS = 24;
  const SHORTEST_LINE_PX = 40;
  /* Past this many, lines are thin and go without their figures until one is looked at. */
  const MANY_LINES = 120;
  const SMALLEST_RING_PX = 220;
  const PILL_FONT = 'system-ui, "Liberation Sans", sans-serif';

  /* The shapes of a claim on the unit square, worked out when first asked for. */
  function shapesOf(item) {
    if (!item.projected) {
      const { line, inner, outer, implied } = item.shapes;
      item.projected = { line: ge.project(line), inner: ge.project(inner), outer: ge.project(outer), implied: ge.project(implied) };
    }
    return item.projected;
  }

  ge.isDrawn = (item) => item.shapes.line.length + item.shapes.inner.length + item.shapes.outer.length > 0;

  /* The claims whose rings and fitting places are drawn: the selected one; else, where they are few,
     those that have no line to show, for rings upon rings say nothing. */
  function active() {
    const shown = ge.shown("claim").filter(ge.isDrawn);
    const chosen = shown.filter((item) => item.key === ge.selected || item.key === ge.hovered);
    if (chosen.length) return chosen;
    const open = shown.filter((item) => !shapesOf(item).line.length);
    return open.length <= SHOW_ALL_UP_TO ? open : [];
  }

  const colorOf = (item) => ge.color(ge.outcomeStyle(item.p.outcome).color);

  function paintBand(g, view, item) {
    g.beginPath();
    if (shapesOf(item).outer.length) ge.tracePath(g, view, shapesOf(item).outer, true);
    if (shapesOf(item).inner.length) ge.tracePath(g, view, shapesOf(item).inner, true);
    g.fillStyle = ge.fade(colorOf(item), BAND_ALPHA);
    g.fill("evenodd");
  }

  function paintRing(g, view, item, ring) {
    if (!ring.length) return;
    g.beginPath();
    ge.tracePath(g, view, ring, true);
    g.setLineDash([7, 5]);
    g.lineWidth = 1.8;
    g.strokeStyle = colorOf(item);
    g.stroke();
    g.setLineDash([]);
  }

  ge.paintBands = (g, view) => {
    for (const item of ge.shown("claim")) paintImpliedArea(g, view, item);
    for (const item of active()) {
      paintBand(g, view, item);
      paintRing(g, view, item, shapesOf(item).inner);
      if (!item.shapes.isOpen) paintRing(g, view, item, shapesOf(item).outer);
    }
  };

  /* An end without a name that the claim itself puts somewhere: the area, and a pin that says so. */
  function paintImpliedArea(g, view, item) {
    if (!shapesOf(item).implied.length) return;
    g.beginPath();
    ge.tracePath(g, view, shapesOf(item).implied, true);
    g.fillStyle = ge.fade(colorOf(item), 2 * BAND_ALPHA);
    g.fill();
    g.setLineDash([2, 3]);
    g.lineWidth = 1.4;
    g.strokeStyle = colorOf(item);
    g.stroke();
    g.setLineDash([]);
  }

  const isLooked = (item) => item.key === ge.selected || item.key === ge.hovered;
  const lined = () => ge.shown("claim").filter((item) => item.shapes.line.length);
  const isMany = (items) => items.length > MANY_LINES;

  function stroke(g, view, items, color, width, dash) {
    g.beginPath();
    for (const item of items) ge.tracePath(g, view, shapesOf(item).line, false);
    g.setLineDash(dash);
    g.lineCap = "butt";
    g.lineWidth = width;
    g.strokeStyle = color;
    g.stroke();
    g.setLineDash([]);
  }

  function paintImpliedPin(g, view, item) {
    const place = item.p.implied;
    if (!place) return;
    ge.eachCopy(view, ge.x(place.lon), ge.y(place.lat), 20, (x, y) => {
      g.beginPath();
      g.moveTo(x, y - 8);
      g.lineTo(x + 7, y);
      g.lineTo(x, y + 8);
      g.lineTo(x - 7, y);
      g.closePath();
      g.fillStyle = ge.color("--paper");
      g.fill();
      g.setLineDash([3, 2]);
      g.lineWidth = 2.2;
      g.strokeStyle = colorOf(item);
      g.stroke();
      g.setLineDash([]);
      ge.keepClear(x, y, 8);
      ge.addHit(x, y, 7, { item });
      const text = `${place.text || "unnamed"}: implied, within ${ge.km(place.radius_km)}`;
      ge.askLabel({ x, y, text, rank: 1, reach: 8, size: 12.5, weight: 650, color: ge.color("--ink"), halo: ge.color("--halo") });
    });
  }

  ge.paintLines = (g, view) => {
    const items = lined();
    const single = isMany(items) ? items.filter(isLooked) : items;
    if (single !== items) for (const outcome of ge.outcomes) strokeAll(g, view, items, outcome);
    for (const item of single) {
      stroke(g, view, [item], ge.color("--paper"), isLooked(item) ? 8 : 5.5, []);
      stroke(g, view, [item], colorOf(item), isLooked(item) ? 4 : 2.8, ge.outcomeStyle(item.p.outcome).dash);
    }
    for (const item of items) addLineHits(view, item);
  };

  function strokeAll(g, view, items, outcome) {
    const { color, dash } = ge.outcomeStyle(outcome);
    stroke(g, view, items.filter((item) => item.p.outcome === outcome), ge.fade(ge.color(color), 0.55), 1.4, dash);
  }

  function addLineHits(view, item) {
    const path = shapesOf(item).line;
    for (let i = 2; i < path.length; i += 2) {
      const length = Math.hypot(path[i] - path[i - 2], path[i + 1] - path[i - 1]) * view.scale;
      const pieces = Math.min(60, Math.ceil(length / HIT_EVERY_PX));
      for (let k = 0; k < pieces; k++) {
        const share = k / pieces;
        ge.eachCopy(view, path[i - 2] + (path[i] - path[i - 2]) * share, path[i - 1] + (path[i + 1] - path[i - 1]) * share, 0, (x, y) => ge.addHit(x, y, 3, { item }));
      }
    }
  }

  function paintEnd(g, view, item, point, name, hollow) {
    if (!point) return;
    ge.eachCopy(view, ge.x(point[0]), ge.y(point[1]), 20, (x, y) => {
      g.beginPath();
      g.arc(x, y, 5.5, 0, 2 * Math.PI);
      g.fillStyle = hollow ? ge.color("--paper") : colorOf(item);
      g.strokeStyle = hollow ? colorOf(item) : ge.color("--paper");
      g.lineWidth = hollow ? 2.5 : 1.5;
      g.fill();
      g.stroke();
      ge.keepClear(x, y, 5);
      ge.addHit(x, y, 4, { item });
      ge.askLabel({ x, y, text: name || "", rank: 0, reach: 5, size: 12.5, weight: 650, color: ge.color("--ink"), halo: ge.color("--halo") });
    });
  }

  /* Each end with the circle that says how far off its point may be. */
  ge.paintEnds = (g, view) => {
    for (const item of ge.shown("claim")) paintImpliedPin(g, view, item);
    const items = ge.shown("claim").filter((one) => ge.isDrawn(one) || isLooked(one));
    for (const item of isMany(items) ? items.filter(isLooked) : items) {
      for (const [end, hollow] of [["reference", true], ["subject", false]]) {
        const point = item.p[`${end}_point`];
        const km = item.p[`${end}_radius_km`];
        if (point && km && (item.key === ge.selected || item.key === ge.hovered)) paintExtent(g, view, item, point, km);
        paintEnd(g, view, item, point, item.p[end], hollow);
      }
    }
  };

  function paintExtent(g, view, item, [lon, lat], km) {
    const radius = ge.projectedRadius(km, lat) * view.scale;
    if (radius < 8) return;
    ge.eachCopy(view, ge.x(lon), ge.y(lat), radius, (x, y) => {
      g.beginPath();
      g.arc(x, y, radius, 0, 2 * Math.PI);
      g.fillStyle = ge.fade(colorOf(item), 0.1);
      g.fill();
      g.lineWidth = 1;
      g.setLineDash([2, 3]);
      g.strokeStyle = colorOf(item);
      g.stroke();
      g.setLineDash([]);
    });
  }

  /* What a place would make of the claim: fit, fit only by road, or not fit. */
  const FITS = {
    yes: { words: "✓ would fit", color: "--good", kind: "fits" },
    road: { words: "~ only by road", color: "--road", kind: "fits-road" },
    no: { words: "✗ would not", color: "--type-other", kind: "fits-not" },
  };
  ge.fit = ({ outcome }) => (outcome === "supported" || outcome === "consistent" ? FITS.yes : outcome === "road_only" ? FITS.road : FITS.no);

  ge.paintWhatIf = (g, view) => {
    for (const item of active()) {
      if (item.key !== ge.selected && !isLarge(view, item)) continue;
      for (const row of item.p.what_if || []) {
        ge.eachCopy(view, ge.x(row.lon), ge.y(row.lat), 20, (x, y) => paintCandidate(g, item, row, x, y));
      }
    }
  };

  function isLarge(view, item) {
    const box = ge.boxOf(shapesOf(item).inner.length ? shapesOf(item).inner : shapesOf(item).outer);
    return (box[2] - box[0]) * view.scale > SMALLEST_RING_PX;
  }

  function paintCandidate(g, item, row, x, y) {
    const fit = ge.fit(row);
    const isFitting = fit.kind === "fits";
    const color = isFitting ? ge.color(fit.color) : ge.color("--ink-soft");
    g.beginPath();
    g.arc(x, y, isFitting ? 7 : 4.5, 0, 2 * Math.PI);
    g.fillStyle = isFitting ? color : ge.color("--paper");
    g.strokeStyle = isFitting ? ge.color("--paper") : color;
    g.lineWidth = 1.6;
    g.fill();
    g.stroke();
    if (isFitting) paintCheck(g, x, y);
    ge.keepClear(x, y, isFitting ? 7 : 5);
    ge.addHit(x, y, 5, { item });
    const text = `${row.name} ${ge.interval(row.measured_km)}`;
    ge.askLabel({ x, y, text, rank: isFitting ? 2 : 4, reach: 6, size: 12, weight: isFitting ? 650 : 400, color, halo: ge.color("--halo") });
  }

  function paintCheck(g, x, y) {
    g.beginPath();
    g.moveTo(x - 3, y + 0.2);
    g.lineTo(x - 0.8, y + 2.6);
    g.lineTo(x + 3.2, y - 2.6);
    g.lineWidth = 1.8;
    g.strokeStyle = ge.color("--paper");
    g.stroke();
  }

  /* The figures on a line stand in a box of their own at its middle, and on a ring at a free side. */
  ge.paintFigures = (g, view) => {
    const items = lined();
    for (const item of isMany(items) ? items.filter(isLooked) : items) paintFigureOnLine(g, view, item);
    for (const item of active()) if (!shapesOf(item).line.length) askFigureOnRing(view, item);
  };

  function paintFigureOnLine(g, view, item) {
    const path = shapesOf(item).line;
    const last = path.length - 2;
    if (Math.hypot(path[0] - path[last], path[1] - path[last + 1]) * view.scale < SHORTEST_LINE_PX) return;
    const grown = ge.growth();
    g.font = `600 ${12 * grown}px ${PILL_FONT}`;
    const rows = [`${ge.km(item.p.distance_km)} measured`, `${ge.claimWords(item)} claimed`];
    const width = Math.max(...rows.map((row) => g.measureText(row).width)) + 18 * grown;
    const half = 19 * grown;
    for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
      const [x, y] = along(path, share);
      let isPlaced = false;
      ge.eachCopy(view, x, y, 0, (px, py) => {
        if (!ge.isFree([px - width / 2, py - half, px + width / 2, py + half])) return;
        paintPill(g, item, rows, [px - width / 2, py - half, px + width / 2, py + half]);
        isPlaced = true;
      });
      if (isPlaced) return;
    }
  }

  /* Points of a great circle lie evenly along it. */
  function along(path, share) {
    const at = share * (path.length / 2 - 1);
    const i = 2 * Math.min(Math.floor(at), path.length / 2 - 2);
    const rest = at - i / 2;
    return [path[i] + (path[i + 2] - path[i]) * rest, path[i + 1] + (path[i + 3] - path[i + 1]) * rest];
  }

  function paintPill(g, item, rows, box) {
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const [width, height] = [box[2] - box[0], box[3] - box[1]];
    g.beginPath();
    g.roundRect(box[0], box[1], width, height, 6);
    g.fillStyle = ge.color("--paper");
    g.fill();
    g.lineWidth = 1.6;
    g.strokeStyle = colorOf(item);
    g.stroke();
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.fillStyle = ge.color("--ink");
    g.fillText(rows[0], x, y - height * 0.21);
    g.fillStyle = colorOf(item);
    g.fillText(rows[1], x, y + height * 0.225);
    ge.keepBoxClear(box);
    for (let dx = -width / 2 + 14; dx <= width / 2 - 14; dx += 14) ge.addHit(x + dx, y, 16, { item });
  }

  function askFigureOnRing(view, item) {
    const ring = shapesOf(item).inner.length ? shapesOf(item).inner : shapesOf(item).outer;
    if (!ring.length) return;
    const count = ring.length / 2 - 1;
    const known = item.p.reference_point ? item.p.reference : item.p.subject;
    const text = `${ge.claimWords(item)}${known ? ` from ${known}` : ""}`;
    const [left, top, right, bottom] = view.window;
    const spots = [];
    for (let turn = 0; turn < RING_SPOTS; turn++) {
      /* From the top of the ring down both sides in turn. */
      const share = (turn % 2 ? RING_SPOTS - (turn + 1) / 2 : turn / 2) / RING_SPOTS;
      const at = 2 * Math.round(share * count);
      ge.eachCopy(view, ring[at], ring[at + 1], 0, (x, y) => {
        if (x > left + 90 && x < right - 90 && y > top + 20 && y < bottom - 20) spots.push([x, y]);
      });
    }
    if (spots.length) ge.askLabel({ x: spots[0][0], y: spots[0][1], spots, text, rank: 1, reach: null, margin: 14, size: 12.5, weight: 650, color: colorOf(item), halo: ge.color("--halo") });
  }
})();
