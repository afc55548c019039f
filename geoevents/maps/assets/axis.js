/* How do the claimed and the measured interval lie to each other, and in which direction? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const LEFT = 64;
  const RIGHT = 24;
  const MARKS_REACH = 2.5;
  const WINDS = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];

  function step(span) {
    const rough = span / 4;
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    return [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  }

  const known = (list) => list.flat().filter((v) => v !== null && v !== undefined);
  /* One place on another continent must not squeeze all others into a corner. */
  const limitOf = (rows) => MARKS_REACH * Math.max(0, ...known(rows.filter((row) => row.range).map(({ range }) => range)));

  /* A row of marks that all lie off the axis says nothing. */
  function rowsInReach(rows) {
    const limit = limitOf(rows);
    return rows.filter(({ marks }) => !marks || !limit || marks.some(({ range }) => range[0] <= limit));
  }

  function domain(rows) {
    const limit = limitOf(rows);
    const ranges = rows.flatMap((row) => (row.marks ? row.marks.filter(({ range }) => !limit || range[0] <= limit) : [row])).map(({ range }) => range);
    const values = known(ranges);
    const isOpen = ranges.some((range) => range[1] === null || range[1] === undefined);
    const most = Math.max(...values) * (isOpen ? 1.25 : 1);
    const least = Math.min(...values);
    const isFar = values.length > 1 && least > most * 0.6;
    const room = isFar ? Math.max((most - least) * 0.6, most * 0.06, 0.1) : most * 0.08 + 0.1;
    return [isFar ? Math.max(0, least - room) : 0, most + room];
  }

  function bar(row, y, at, [from, to]) {
    const low = row.range[0] || 0;
    const isOpen = row.range[1] === null || row.range[1] === undefined;
    const x0 = at(Math.max(low, from));
    const x1 = Math.max(x0 + 4, at(isOpen ? to : row.range[1]));
    const paint = { fill: `var(${row.color})` };
    const shapes = [ge.svg("rect", { x: x0, y: y - 6, width: (isOpen ? x1 - 8 : x1) - x0, height: 12, rx: isOpen ? 0 : 2, ...paint, "fill-opacity": row.isSolid ? 1 : 0.55 })];
    if (isOpen) shapes.push(ge.svg("polygon", { points: `${x1 - 8},${y - 6} ${x1},${y} ${x1 - 8},${y + 6}`, ...paint, "fill-opacity": row.isSolid ? 1 : 0.55 }));
    return shapes;
  }

  const label = (row, y) => ge.svg("text", { x: 0, y: y + 4, "font-size": 12, fill: "var(--ink)" }, row.label);

  /* Rows over one axis in kilometers: {label, range: [low, high or null], color, isSolid}, or
     {label, marks} with several such ranges in one row. */
  ge.axis = (asked, words, width) => {
    const rows = rowsInReach(asked);
    const [from, to] = domain(rows);
    const at = (km) => LEFT + ((km - from) / (to - from)) * (width - LEFT - RIGHT);
    const height = rows.length * 22 + 24;
    const ground = height - 18;
    const parts = [];
    const every = step(to - from);
    for (let km = Math.ceil(from / every) * every; km <= to; km += every) {
      parts.push(ge.svg("line", { x1: at(km), y1: 2, x2: at(km), y2: ground, stroke: "var(--line)" }));
      parts.push(ge.svg("text", { x: at(km), y: height - 5, "text-anchor": "middle", "font-size": 11, fill: "var(--ink-soft)" }, ge.km(Math.round(km * 100) / 100)));
    }
    rows.forEach((row, i) => {
      const y = 13 + i * 22;
      parts.push(label(row, y), ...(row.marks || [row]).filter(({ range }) => (range[0] || 0) <= to).flatMap((mark) => bar(mark, y, at, [from, to])));
    });
    return ge.el("div", { class: "axis", vars: { "--widest": `${Math.round(width * 1.15)}px` } }, ge.svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words }, parts));
  };

  /* The bearing from the reference to the subject; `claimed` is the wind that the text names. */
  ge.compass = (bearing, claimed) => {
    const wind = WINDS[Math.round(bearing / 22.5) % 16];
    const parts = [ge.svg("circle", { cx: 32, cy: 32, r: 29, fill: "var(--paper-soft)", stroke: "var(--line)", "stroke-width": 1.5 })];
    if (claimed && WINDS.includes(claimed)) parts.push(sector(WINDS.indexOf(claimed) * 22.5));
    parts.push(ge.svg("text", { x: 32, y: 13, "text-anchor": "middle", "font-size": 9, fill: "var(--ink-soft)" }, "N"));
    parts.push(ge.svg("path", { d: "M32 9 L37 34 L32 31 L27 34 Z", fill: "var(--edge)", transform: `rotate(${bearing.toFixed(1)} 32 32)` }));
    const words = `${Math.round(bearing)}° ${wind}`;
    return ge.el("div", { class: "compass" }, ge.svg("svg", { viewBox: "0 0 64 64", role: "img", "aria-label": `Bearing ${words}` }, parts), ge.el("div", {}, words));
  };

  /* A quarter of the circle: as much as "south" can mean. */
  function sector(middle) {
    const point = (degrees) => `${(32 + 29 * Math.sin((degrees * Math.PI) / 180)).toFixed(1)} ${(32 - 29 * Math.cos((degrees * Math.PI) / 180)).toFixed(1)}`;
    return ge.svg("path", { d: `M32 32 L${point(middle - 45)} A29 29 0 0 1 ${point(middle + 45)} Z`, fill: "var(--accent-soft)" });
  }
})();
