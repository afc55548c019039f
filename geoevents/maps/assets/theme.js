/* What do types and outcomes look like? Colors after Okabe and Ito, each with a shape or a dash of
   its own, so that nothing rests on color alone. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});

  const TYPES = {
    Battles: { color: "--type-battles", shape: "square" },
    "Explosions/Remote violence": { color: "--type-explosions", shape: "star" },
    "Violence against civilians": { color: "--type-civilians", shape: "diamond" },
    Protests: { color: "--type-protests", shape: "circle" },
    Riots: { color: "--type-riots", shape: "triangle" },
    "Strategic developments": { color: "--type-strategic", shape: "hexagon" },
    "Political activity": { color: "--type-political", shape: "plus" },
  };
  const OTHER = { color: "--type-other", shape: "circle" };

  const OUTCOMES = {
    supported: { color: "--good", dash: [], sign: "check", words: "The map supports it" },
    consistent: { color: "--fair", dash: [12, 4], sign: "check", words: "The map allows it" },
    road_only: { color: "--road", dash: [9, 4, 2, 4], sign: "road", words: "The straight line contradicts it" },
    refuted: { color: "--bad", dash: [6, 5], sign: "cross", words: "The map contradicts it" },
    not_checkable: { color: "--open", dash: [2, 5], sign: "question", words: "Cannot be checked" },
  };

  ge.types = Object.keys(TYPES);
  ge.outcomes = Object.keys(OUTCOMES);
  ge.typeStyle = (type) => TYPES[type] || OTHER;
  ge.outcomeStyle = (outcome) => OUTCOMES[outcome] || OUTCOMES.not_checkable;

  let values = {};
  ge.color = (name) => {
    if (!values[name]) values[name] = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    return values[name];
  };
  ge.forgetColors = () => {
    values = {};
  };
  ge.fade = (color, alpha) => {
    const number = parseInt(color.slice(1), 16);
    return `rgba(${number >> 16}, ${(number >> 8) & 255}, ${number & 255}, ${alpha})`;
  };

  /* Points of each shape on the unit circle; areas are about equal. */
  function polygon(corners, radius, turn) {
    return Array.from({ length: corners }, (_, i) => {
      const angle = turn + (2 * Math.PI * i) / corners;
      const length = Array.isArray(radius) ? radius[i % radius.length] : radius;
      return [length * Math.sin(angle), -length * Math.cos(angle)];
    });
  }
  const ARM = 0.36;
  const OUTLINES = {
    square: polygon(4, 1.2, Math.PI / 4),
    diamond: polygon(4, 1.2, 0),
    star: polygon(10, [1.3, 0.62], 0),
    triangle: polygon(3, 1.3, 0).map(([x, y]) => [x, y + 0.2]),
    hexagon: polygon(6, 1.1, Math.PI / 6),
    plus: [[-ARM, -1.1], [ARM, -1.1], [ARM, -ARM], [1.1, -ARM], [1.1, ARM], [ARM, ARM], [ARM, 1.1], [-ARM, 1.1], [-ARM, ARM], [-1.1, ARM], [-1.1, -ARM], [-ARM, -ARM]],
  };

  /* Trace a shape around (x, y) on a canvas. */
  ge.traceShape = (g, shape, x, y, size) => {
    g.beginPath();
    if (!OUTLINES[shape]) g.arc(x, y, size, 0, 2 * Math.PI);
    else OUTLINES[shape].forEach(([dx, dy], i) => (i ? g.lineTo(x + dx * size, y + dy * size) : g.moveTo(x + dx * size, y + dy * size)));
    g.closePath();
  };

  ge.typeSwatch = (type) => {
    const { color, shape } = ge.typeStyle(type);
    const paint = { fill: `var(${color})` };
    const drawn = OUTLINES[shape]
      ? ge.svg("polygon", { points: OUTLINES[shape].map((p) => p.map((v) => (9 + 6 * v).toFixed(2)).join(",")).join(" "), ...paint })
      : ge.svg("circle", { cx: 9, cy: 9, r: 6, ...paint });
    return ge.svg("svg", { class: "swatch", viewBox: "0 0 18 18", "aria-hidden": "true" }, drawn);
  };

  ge.outcomeSwatch = (outcome) => {
    const { color, dash } = ge.outcomeStyle(outcome);
    const line = ge.svg("line", { x1: 0, y1: 9, x2: 18, y2: 9, stroke: `var(${color})`, "stroke-width": 3, "stroke-dasharray": dash.map((v) => v * 0.6).join(" ") || null });
    return ge.svg("svg", { class: "swatch", viewBox: "0 0 18 18", "aria-hidden": "true" }, line);
  };

  const SIGNS = {
    check: "M5 10.5 L8.6 14 L15 6.5",
    cross: "M6.2 6.2 L13.8 13.8 M13.8 6.2 L6.2 13.8",
    question: "M7.2 7.6 C7.4 4.6 12.8 4.7 12.6 8 C12.5 9.9 10 9.9 10 12 M10 14.6 L10 14.7",
    road: "M4.5 13.5 C9 13.5 6.5 7 15 6.5",
  };
  ge.signPath = (sign) => SIGNS[sign];
  ge.outcomeSign = (outcome) => {
    const { color, sign } = ge.outcomeStyle(outcome);
    const stroke = { fill: "none", stroke: "var(--paper)", "stroke-width": 2.2, "stroke-linecap": "round", "stroke-linejoin": "round" };
    return ge.svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, ge.svg("circle", { cx: 10, cy: 10, r: 10, fill: `var(${color})` }), ge.svg("path", { d: SIGNS[sign], ...stroke }));
  };

  ge.placeSwatch = () =>
    ge.svg("svg", { class: "swatch", viewBox: "0 0 18 18", "aria-hidden": "true" }, ge.svg("circle", { cx: 9, cy: 9, r: 4, fill: "var(--place)", stroke: "var(--paper)", "stroke-width": 1.5 }));
})();
