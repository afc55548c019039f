/* Which names fit on the map without touching each other, the marks or the controls? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "Noto Sans", sans-serif';
  /* The smallest population that is labelled, by zoom; capitals come first. */
  const POPULATION = [[9, 0], [8, 20000], [7, 60000], [6, 180000], [5, 500000], [4, 1500000], [0, 4000000]];
  const CAPITALS_FROM_ZOOM = 3;
  const SMALL_CAPITALS_FROM_ZOOM = 5;
  const SMALL_CAPITAL = 100000;
  const SAME_SPOT_PX = 14;
  const SAME_NAME_PX = 120;
  const LAST_RANK = 9;

  const CELL_PX = 48;

  const touches = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  /* Boxes by the squares of a grid that they lie in, so that a question looks at few of them. */
  class Boxes {
    constructor() {
      this.cells = new Map();
    }
    squares(box, visit) {
      const last = [Math.floor(box[2] / CELL_PX), Math.floor(box[3] / CELL_PX)];
      for (let x = Math.floor(box[0] / CELL_PX); x <= last[0]; x++) {
        for (let y = Math.floor(box[1] / CELL_PX); y <= last[1]; y++) if (visit(x * 65536 + y)) return true;
      }
      return false;
    }
    push(box) {
      this.squares(box, (key) => {
        if (this.cells.has(key)) this.cells.get(key).push(box);
        else this.cells.set(key, [box]);
      });
    }
    some(test, box) {
      return this.squares(box, (key) => (this.cells.get(key) || []).some(test));
    }
    touch(box) {
      return this.some((other) => touches(box, other), box);
    }
  }

  let taken = new Boxes();
  let points = new Boxes();
  let asked = [];

  let growth = 1;
  ge.beginLabels = (g, view) => {
    growth = window.innerWidth >= PROJECTOR_PX ? GROWN : 1;
    taken = new Boxes();
    for (const box of controlBoxes(view)) taken.push(box);
    points = new Boxes();
    asked = [];
  };

  /* How much larger names and figures are than on a desk. */
  ge.growth = () => growth;

  /* Keep names away from a mark. */
  ge.keepClear = (x, y, reach) => taken.push([x - reach, y - reach, x + reach, y + reach]);
  ge.keepBoxClear = (box) => taken.push(box);
  ge.isFree = (box) => !taken.touch(box);

  /* Ask for a name beside a point (`reach` pixels off), or centered on it where `reach` is null, or on
     the first free one of `spots`. The lowest `rank` has the first choice. */
  ge.askLabel = (request) => asked.push({ ...request, size: request.size * growth });

  function controlBoxes(view) {
    const frame = document.querySelector(".map-side").getBoundingClientRect();
    return [...document.querySelectorAll(".map-tools, .legend, .scale, .timeline, .detail, .empty")]
      .filter((node) => node.offsetParent)
      .map((node) => node.getBoundingClientRect())
      .map((r) => [r.left - frame.left, r.top - frame.top, r.right - frame.left, r.bottom - frame.top])
      .map(([a, b, c, d]) => [a + view.window[0] - 2, b + view.window[1] - 2, c + view.window[0] + 2, d + view.window[1] + 2]);
  }

  /* A name cut by the edge of the window reads worse than none. */
  function isCut(box, [left, top, right, bottom]) {
    const isInside = box[0] >= left + 2 && box[2] <= right - 2 && box[1] >= top + 2 && box[3] <= bottom - 2;
    return !isInside && touches(box, [left, top, right, bottom]);
  }

  function boxesFor({ x, y, reach, size, spots }, width) {
    const half = size * 0.62;
    if (reach === null) return (spots || [[x, y]]).map(([cx, cy]) => [cx - width / 2, cy - half, cx + width / 2, cy + half]);
    const gap = reach + 4;
    /* Clear of the mark, which is kept free of names itself. */
    const rise = reach + half + 1.5;
    return [
      [x + gap, y - half, x + gap + width, y + half],
      [x - gap - width, y - half, x - gap, y + half],
      [x - width / 2, y - rise - half, x + width / 2, y - rise + half],
      [x - width / 2, y + rise - half, x + width / 2, y + rise + half],
      [x + gap * 0.7, y - rise - half, x + gap * 0.7 + width, y - rise + half],
      [x + gap * 0.7, y + rise - half, x + gap * 0.7 + width, y + rise + half],
    ];
  }

  /* On a projector names grow with the rest. */
  const PROJECTOR_PX = 2000;
  const GROWN = 1.3;

  const fontOf = ({ size, weight, style }) => `${style || "normal"} ${weight || 400} ${size}px ${FAMILY}`;

  function paintLabel(g, request, box) {
    g.textAlign = "left";
    g.textBaseline = "middle";
    g.lineJoin = "round";
    g.lineWidth = request.halo ? 3.5 : 0;
    g.strokeStyle = request.halo || "transparent";
    const y = (box[1] + box[3]) / 2 + 0.5;
    if (request.halo) g.strokeText(request.text, box[0], y);
    g.fillStyle = request.color;
    g.fillText(request.text, box[0], y);
  }

  function paintDot(g, { x, y, isCapital, color }) {
    g.beginPath();
    if (isCapital) g.rect(x - 2.5, y - 2.5, 5, 5);
    else g.arc(x, y, 2, 0, 2 * Math.PI);
    g.fillStyle = color;
    g.fill();
  }

  /* Whether a mark here, or one of this name not far off, has its name already. */
  function isNamed({ x, y, text }) {
    const near = [x - SAME_NAME_PX, y - SAME_NAME_PX, x + SAME_NAME_PX, y + SAME_NAME_PX];
    return points.some(([px, py, , , name]) => Math.hypot(px - x, py - y) < (name === text ? SAME_NAME_PX : SAME_SPOT_PX), near);
  }

  /* A city's dot would show through a name that lies on it. */
  const isDotFree = ({ x, y }) => ge.isFree([x - 2, y - 2, x + 2, y + 2]);

  function place(g, view, request) {
    const isPoint = request.reach !== null;
    if (request.isCity && (isNamed(request) || !isDotFree(request))) return;
    g.font = fontOf(request);
    if ("letterSpacing" in g) g.letterSpacing = request.spacing || "0px";
    /* Words that name a ring keep off marks, which they would seem to name. */
    const roomy = (b) => (request.margin ? [b[0] - request.margin, b[1] - 4, b[2] + request.margin, b[3] + 4] : b);
    const free = boxesFor(request, g.measureText(request.text).width).filter((b) => !isCut(b, view.window) && !taken.touch(roomy(b)));
    /* The canvas is larger than the window; a name that may move stays in sight. */
    const seen = free.find((b) => touches(b, view.window));
    /* A city's dot in sight whose name is not would be a dot without one. */
    const isBare = request.isCity && !seen && touches([request.x, request.y, request.x, request.y], view.window);
    const box = isBare ? undefined : seen || free[0];
    if (box) {
      if (request.isCity) paintDot(g, request);
      paintLabel(g, request, box);
      taken.push([box[0] - 3, box[1] - 1, box[2] + 3, box[3] + 1]);
      if (request.isCity) ge.keepClear(request.x, request.y, 4);
    }
    if (isPoint && (box || !request.isCity)) points.push([request.x, request.y, request.x, request.y, request.text]);
    if ("letterSpacing" in g) g.letterSpacing = "0px";
  }

  /* A country's name may move a little from its roomiest spot. */
  function around(x, y, room) {
    const step = Math.min(60, room * 0.09);
    return [[0, 0], [0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, -1], [0, 2], [0, -2]].map(([dx, dy]) => [x + dx * step, y + dy * step]);
  }

  function askCountries(view) {
    for (const [name, width, places] of ge.names.countries) {
      const room = (width / 360) * view.scale;
      if (room < 30) continue;
      const size = Math.max(10.5, Math.min(15, 9 + room / 90));
      const text = name.toUpperCase();
      if (text.length * size * 0.72 > room * 1.75) continue;
      const spots = [];
      /* Where the whole world is in sight, each copy of it wants its names; else one is enough. */
      for (const [lon, lat] of view.scale < view.width ? places.slice(0, 1) : places) ge.eachCopy(view, ge.x(lon), ge.y(lat), 0, (x, y) => spots.push([x, y]));
      for (const group of view.scale < view.width ? spots.map((spot) => [spot]) : spots.length ? [spots] : []) {
        const [x, y] = group[0];
        ge.askLabel({ x, y, text, spots: group.flatMap(([a, b]) => around(a, b, room)), reach: null, size, weight: 600, spacing: "1.2px", color: ge.color("--map-country"), halo: ge.color("--halo") });
      }
    }
  }

  function askSeas(view) {
    for (const [text, lon, lat, from] of ge.names.seas) {
      if (view.zoom < from - 0.5 || view.zoom > from + 4.5) continue;
      ge.eachCopy(view, ge.x(lon), ge.y(lat), 0, (x, y) => {
        ge.askLabel({ x, y, text, reach: null, size: from < 3 ? 14 : 12, style: "italic", spacing: "0.6px", color: ge.color("--map-sea"), halo: null });
      });
    }
  }

  let cities = null;
  const capitalsFirst = () => (cities = cities || [...ge.names.cities.filter((row) => row[4]), ...ge.names.cities.filter((row) => !row[4])]);

  function askCities(view) {
    const least = POPULATION.find(([zoom]) => view.zoom >= zoom)[1];
    for (const [text, lat, lon, population, capital] of capitalsFirst()) {
      const from = population < SMALL_CAPITAL ? SMALL_CAPITALS_FROM_ZOOM : CAPITALS_FROM_ZOOM;
      if (capital ? view.zoom < from : population < least) continue;
      ge.eachCopy(view, ge.x(lon), ge.y(lat), 0, (x, y) => {
        ge.askLabel({ x, y, text, reach: 2, size: capital ? 12.5 : 11.5, weight: capital ? 600 : 400, isCity: true, isCapital: Boolean(capital), color: ge.color("--map-city"), halo: ge.color("--halo") });
      });
    }
  }

  /* Names without a rank come after those with one: countries, seas, cities. */
  ge.paintLabels = (g, view) => {
    askCountries(view);
    askSeas(view);
    askCities(view);
    for (const request of withoutRepeats()) place(g, view, request);
  };

  /* Over an online background only the names of what is marked. */
  ge.paintOwnLabels = (g, view) => {
    for (const request of withoutRepeats()) place(g, view, request);
  };

  /* Two layers may name one spot: the label that says more is kept ("Aleppo", "Aleppo 327 km"). */
  function withoutRepeats() {
    const named = asked.filter((request) => request.reach !== null && !request.isCity);
    const spots = new Boxes();
    for (const request of named) spots.push(Object.assign([request.x, request.y, request.x, request.y], { request }));
    const repeats = new Set();
    for (const a of named) {
      const near = [a.x - SAME_SPOT_PX, a.y - SAME_SPOT_PX, a.x + SAME_SPOT_PX, a.y + SAME_SPOT_PX];
      const isFuller = ({ request: b }) => b !== a && !repeats.has(b) && Math.hypot(a.x - b.x, a.y - b.y) < SAME_SPOT_PX && b.text.startsWith(a.text);
      let fuller = null;
      spots.some((spot) => isFuller(spot) && ((fuller = spot.request), true), near);
      if (!fuller) continue;
      fuller.rank = Math.min(fuller.rank, a.rank);
      fuller.reach = Math.max(fuller.reach, a.reach);
      repeats.add(a);
    }
    const rankOf = ({ rank }) => (rank === undefined ? LAST_RANK : rank);
    return asked.filter((request) => !repeats.has(request)).sort((a, b) => rankOf(a) - rankOf(b));
  }
})();
