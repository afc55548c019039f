/* When did the events happen, and which days are shown? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const LEAST_DAYS = 3;
  const LEAST_EVENTS = 12;
  const PLAY_EVERY_MS = 350;
  const PLAY_STEPS = 40;
  const BAR_PX = 5;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  let first = 0;
  let last = 0;
  let dated = 0;
  let from;
  let to;
  let output;
  let canvas;
  let playing = 0;

  function measure(layer) {
    [first, last, dated] = [Infinity, -Infinity, 0];
    for (let i = 0; i < layer.count; i++) {
      if (!ge.isDated(layer, i)) continue;
      dated += layer.weight(i);
      first = Math.min(first, layer.from[i]);
      last = Math.max(last, layer.to[i]);
    }
  }

  /* How many events of each type begin in each bar, as the other filters stand. */
  function bars(count, perBar) {
    const layer = ge.layer("event");
    const kinds = layer.kindNames.length;
    const heights = new Float64Array(count * kinds);
    for (let i = 0; i < layer.count; i++) {
      if (!ge.isDated(layer, i) || !ge.isShownButForDays(layer, i)) continue;
      const bar = Math.min(count - 1, Math.floor((layer.from[i] - first) / perBar));
      heights[bar * kinds + layer.kinds[i]] += layer.weight(i);
    }
    return heights;
  }

  function total(heights, kinds, bar) {
    let sum = 0;
    for (let k = 0; k < kinds; k++) sum += heights[bar * kinds + k];
    return sum;
  }

  function paint() {
    const sharpness = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = canvas;
    canvas.width = width * sharpness;
    canvas.height = height * sharpness;
    const g = canvas.getContext("2d");
    g.scale(sharpness, sharpness);
    const perBar = Math.max(1, Math.ceil((last - first + 1) / Math.floor(width / BAR_PX)));
    const count = Math.ceil((last - first + 1) / perBar);
    const { kindNames } = ge.layer("event");
    const heights = bars(count, perBar);
    let most = 1;
    for (let bar = 0; bar < count; bar++) most = Math.max(most, total(heights, kindNames.length, bar));
    const [low, high] = range();
    for (let bar = 0; bar < count; bar++) {
      /* Whole days in each bar: a part of one would make every third bar look fuller. */
      const begins = first + bar * perBar;
      const ends = begins + perBar;
      const isIn = ends > low && begins < high + 1;
      paintBar(g, heights, kindNames, bar, { width: width / count, height, most, isIn });
    }
  }

  /* The types lie on each other in the order of the legend; days left out are pale. */
  function paintBar(g, heights, kinds, bar, { width, height, most, isIn }) {
    const whole = total(heights, kinds.length, bar);
    const rise = whole ? Math.max(2, (whole / most) * (height - 2)) : 1;
    const gap = width > 3 ? 1 : 0;
    let y = height;
    if (!whole || !isIn) {
      g.fillStyle = ge.color("--line");
      g.fillRect(bar * width, height - rise, width - gap, rise);
      return;
    }
    kinds.forEach((kind, k) => {
      const part = (heights[bar * kinds.length + k] / whole) * rise;
      if (!part) return;
      g.fillStyle = ge.color(ge.typeStyle(kind).color);
      g.fillRect(bar * width, y - part, width - gap, part);
      y -= part;
    });
  }

  const range = () => [Math.min(Number(from.value), Number(to.value)), Math.max(Number(from.value), Number(to.value))];

  /* "14 January 2025", and the year alone once where both ends share it. */
  function inWords(day) {
    const [year, month, date] = ge.dayText(day).split("-");
    return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
  }

  function tell() {
    const [low, high] = range();
    output.textContent = low === high ? inWords(low) : `${inWords(low)} – ${inWords(high)}`;
    for (const input of [from, to]) input.setAttribute("aria-valuetext", inWords(Number(input.value)));
  }

  function apply() {
    const [low, high] = range();
    ge.showDays(low === first && high === last ? null : [low, high]);
  }

  function handle(label, value) {
    const input = ge.el("input", { type: "range", min: first, max: last, "aria-label": label });
    input.value = value;
    input.addEventListener("input", () => (stop(), apply()));
    return input;
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    ge.byId("play").textContent = "Play";
  }

  /* Let the days pass: a window as wide as the one chosen wanders; all days at once grow instead. */
  function play() {
    if (playing) return stop();
    ge.byId("play").textContent = "Pause";
    const step = Math.max(1, Math.ceil((last - first) / PLAY_STEPS));
    const [low, high] = range();
    const isWindow = low > first && high < last;
    if (!isWindow) from.value = to.value = first;
    apply();
    playing = setInterval(() => {
      to.value = Math.min(last, Number(to.value) + step);
      if (isWindow) from.value = Math.min(last, Number(from.value) + step);
      apply();
      if (Number(to.value) >= last) stop();
    }, PLAY_EVERY_MS);
    return undefined;
  }

  function build() {
    canvas = ge.el("canvas", { "aria-hidden": "true" });
    from = handle("First day shown", first);
    to = handle("Last day shown", last);
    output = ge.el("output", {});
    const all = ge.button("All days", () => ((from.value = first), (to.value = last), stop(), apply()), "quiet");
    const rail = ge.el("div", { class: "handles" }, ge.el("div", { class: "rail" }), from, to);
    const row = ge.el("div", { class: "row" }, output, ge.el("span", {}, all, ge.el("button", { type: "button", id: "play", on: { click: play } }, "Play")));
    ge.byId("timeline").append(canvas, rail, row);
  }

  function follow() {
    if (ge.days) [from.value, to.value] = ge.days;
    else if (!playing) [from.value, to.value] = [first, last];
    tell();
    paint();
  }

  ge.startTimeline = () => {
    measure(ge.layer("event"));
    if (dated < LEAST_EVENTS || last - first < LEAST_DAYS) return;
    build();
    ge.byId("timeline").hidden = false;
    document.querySelector(".map-side").classList.add("is-timed");
    follow();
    ge.on("filter", follow);
    ge.on("theme", paint);
    window.addEventListener("resize", paint);
  };
})();
