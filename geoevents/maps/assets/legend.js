/* What do the signs mean, how many are there of each, and which are shown? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const OPEN_FROM_PX = 760;

  function toggle(set, name, swatch, label, count) {
    const box = ge.el("input", { type: "checkbox", "data-filter": name });
    box.checked = !set.has(name);
    box.addEventListener("change", () => {
      if (box.checked) set.delete(name);
      else set.add(name);
      ge.fire("filter");
    });
    return ge.el("label", {}, box, swatch, ge.el("span", {}, label), ge.el("span", { class: "count" }, ge.number(count)));
  }

  function group(title, rows) {
    return rows.length ? ge.el("fieldset", {}, ge.el("legend", {}, title), rows) : null;
  }

  function counted(items, field, known) {
    const counts = new Map(known.map((name) => [name, 0]));
    for (const { p } of items) counts.set(p[field], (counts.get(p[field]) || 0) + 1);
    return [...counts].filter(([, count]) => count);
  }

  function fill() {
    const { event, claim, place } = ge.store.items;
    const types = counted(event, "type", ge.types).map(([type, count]) => toggle(ge.hidden.types, type, ge.typeSwatch(type), type, count));
    const outcomes = counted(claim, "outcome", ge.outcomes).map(([outcome, count]) => toggle(ge.hidden.outcomes, outcome, ge.outcomeSwatch(outcome), ge.outcomeStyle(outcome).words, count));
    const named = new Set(place.filter(ge.isPinned).map(({ p }) => p.place_id || p.name)).size;
    const others = named ? [toggle(ge.hidden.layers, "place", ge.placeSwatch(), "Places named", named)] : [];
    const notes = ["Dashed circle: how far off a point may be."];
    if (event.some(({ p }) => p.geo_precision === 3)) notes.push("Dotted ring: somewhere in a larger area.");
    if (event.some(({ p }) => p.status && p.status !== "factual")) notes.push("Hollow sign: denied, planned or background.");
    ge.byId("legend-body").replaceChildren(
      ...[group("Events", types), group("Claims about distance", outcomes), group("Places", others)].filter(Boolean),
      event.length || claim.length ? ge.el("p", { class: "note" }, notes.join(" ")) : "",
    );
  }

  ge.startLegend = () => {
    fill();
    const legend = ge.byId("legend");
    legend.hidden = !ge.store.items.event.length && !ge.store.items.claim.length && !ge.store.items.place.length;
    legend.open = document.querySelector(".map-side").clientWidth >= OPEN_FROM_PX;
    legend.addEventListener("toggle", () => ge.scene.queue());
    ge.on("filter", () => ge.say(`${ge.plural(ge.shown("event").length, "event")} and ${ge.plural(ge.shown("claim").length, "claim")} shown`));
  };
})();
