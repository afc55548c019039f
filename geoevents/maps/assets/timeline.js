/* When did the events happen, and which days are shown? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const DAY_MS = 86400000;
  const LEAST_DAYS = 3;
  const LEAST_EVENTS = 12;
  const PLAY_EVERY_MS = 350;
  const PLAY_STEPS = 40;
  let first = 0;
  let last = 0;
  let from;
  let to;
  let output;
  let playing = 0;

  const dayOf = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
  const textOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

  function dated() {
    return ge.store.items.event.filter((item) => item.p.date && !Number.isNaN(dayOf(item.p.date)));
  }

  function bars(width) {
    const days = last - first + 1;
    const count = Math.min(days, Math.floor(width / 5));
    const heights = new Array(count).fill(0);
    for (const item of dated()) if (!ge.hidden.types.has(item.p.type)) heights[Math.min(count - 1, Math.floor(((dayOf(item.p.date) - first) / days) * count))] += 1;
    return heights;
  }

  function paint(canvas) {
    const sharpness = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    canvas.width = width * sharpness;
    canvas.height = height * sharpness;
    const g = canvas.getContext("2d");
    g.scale(sharpness, sharpness);
    const heights = bars(width);
    const most = Math.max(1, ...heights);
    const step = width / heights.length;
    heights.forEach((count, i) => {
      const day = first + ((i + 0.5) / heights.length) * (last - first + 1);
      const isIn = day >= Number(from.value) && day <= Number(to.value) + 1;
      g.fillStyle = ge.color(isIn ? "--accent" : "--line");
      const h = count ? Math.max(2, (count / most) * (height - 2)) : 1;
      g.fillRect(i * step + 0.5, height - h, Math.max(1, step - 1), h);
    });
  }

  function apply() {
    const low = Math.min(Number(from.value), Number(to.value));
    const high = Math.max(Number(from.value), Number(to.value));
    ge.hidden.days = low === first && high === last ? null : [textOf(low), textOf(high)];
    output.textContent = low === high ? textOf(low) : `${textOf(low)} to ${textOf(high)}`;
    ge.fire("filter");
  }

  function handle(label, value) {
    const input = ge.el("input", { type: "range", min: first, max: last, "aria-label": label });
    input.value = value;
    const tell = () => input.setAttribute("aria-valuetext", textOf(Number(input.value)));
    input.addEventListener("input", () => (tell(), stop(), apply()));
    tell();
    return input;
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    ge.byId("play").textContent = "Play";
  }

  function play() {
    if (playing) return stop();
    ge.byId("play").textContent = "Pause";
    const step = Math.max(1, Math.ceil((last - first) / PLAY_STEPS));
    from.value = to.value = first;
    apply();
    playing = setInterval(() => {
      to.value = Math.min(last, Number(to.value) + step);
      apply();
      if (Number(to.value) >= last) stop();
    }, PLAY_EVERY_MS);
    return undefined;
  }

  ge.startTimeline = () => {
    const items = dated();
    const days = items.map((item) => dayOf(item.p.date));
    first = Math.min(...days);
    last = Math.max(...items.map((item) => dayOf(item.p.date_end || item.p.date)));
    if (items.length < LEAST_EVENTS || last - first < LEAST_DAYS) return;
    const node = ge.byId("timeline");
    const canvas = ge.el("canvas", { "aria-hidden": "true" });
    from = handle("First day shown", first);
    to = handle("Last day shown", last);
    output = ge.el("output", {}, `${textOf(first)} to ${textOf(last)}`);
    node.append(canvas, ge.el("div", { class: "handles" }, ge.el("div", { class: "rail" }), from, to), ge.el("div", { class: "row" }, output, ge.el("button", { type: "button", id: "play", on: { click: play } }, "Play")));
    node.hidden = false;
    document.querySelector(".map-side").classList.add("is-timed");
    paint(canvas);
    ge.on("filter", () => paint(canvas));
    ge.on("theme", () => paint(canvas));
    window.addEventListener("resize", () => paint(canvas));
  };
})();
