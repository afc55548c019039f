/* What do the signs mean, how many are there of each, and which are shown? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const OPEN_FROM_PX = 760;
  /* A legend that would take more of the height than this leaves the rarer signs folded. */
  const SIGNS_UP_TO = 0.55;
  const LISTED = 12;
  const SEARCHED_FROM = 16;
  /* The counts to renew after a filter: [facet, number of the label, node]. */
  let counts = [];

  function swatchOf(facet, name) {
    if (!facet.isSwatched) return null;
    return facet.id === "type" ? ge.typeSwatch(name) : ge.outcomeSwatch(name);
  }

  const wordsOf = (facet, name) => (facet.id === "verdict" ? ge.outcomeStyle(name).words : name);

  function toggle(facet, number) {
    const name = facet.table.names[number];
    const box = ge.el("input", { type: "checkbox", "data-filter": name, "data-number": number });
    box.checked = !facet.hidden.has(number);
    box.addEventListener("change", () => {
      const hidden = new Set(facet.hidden);
      if (box.checked) hidden.delete(number);
      else hidden.add(number);
      ge.hide(facet, hidden);
    });
    const count = ge.el("span", { class: "count" });
    counts.push([facet, number, count]);
    const only = ge.el("button", { type: "button", class: "only", "aria-label": `Show only ${wordsOf(facet, name)}`, on: { click: () => ge.hide(facet, facet.table.names.map((_, i) => i).filter((i) => i !== number)) } }, "only");
    return ge.el("div", { class: "choice" }, ge.el("label", {}, box, swatchOf(facet, name), ge.el("span", { dir: "auto" }, wordsOf(facet, name))), only, count);
  }

  /* The labels that occur: those with an order of their own in it, the others by how often. */
  function numbersOf(facet) {
    const { totals, table } = facet;
    const present = table.names.map((_, number) => number).filter((number) => totals[number]);
    const hasOrder = facet.isSwatched || ["told", "accounts", "where", "confidence"].includes(facet.id);
    return hasOrder ? present : present.sort((a, b) => totals[b] - totals[a] || a - b);
  }

  function allOrNone(facet) {
    const set = (numbers) => () => ge.hide(facet, numbers);
    return ge.el("div", { class: "all-or-none" }, ge.button("All", set([]), "quiet"), ge.button("None", set(facet.table.names.map((_, number) => number)), "quiet"));
  }

  /* A long facet: the most frequent labels, and a search for the others. */
  function listed(facet) {
    const numbers = numbersOf(facet);
    const list = ge.el("div", {});
    const show = (words) => {
      counts = counts.filter(([of]) => of !== facet);
      const wanted = words.toLowerCase();
      const found = words ? numbers.filter((number) => facet.table.names[number].toLowerCase().includes(wanted)) : numbers;
      const rest = found.length - LISTED;
      list.replaceChildren(...found.slice(0, words ? 2 * LISTED : rest <= SEARCHED_FROM - LISTED ? found.length : LISTED).map((number) => toggle(facet, number)));
      if (!words && numbers.length > SEARCHED_FROM) list.append(ge.el("p", { class: "muted" }, `and ${ge.number(rest)} more: search for them`));
      recount();
    };
    const search = ge.el("input", { type: "search", class: "facet-search", placeholder: "Search", "aria-label": `Search ${facet.title.toLowerCase()}`, on: { input: (event) => show(event.target.value) } });
    show("");
    return [numbers.length > SEARCHED_FROM ? search : null, allOrNone(facet), list];
  }

  function group(facet) {
    if (!facet.layer.count) return null;
    return ge.el("fieldset", {}, ge.el("legend", {}, facet.title), numbersOf(facet).map((number) => toggle(facet, number)));
  }

  /* Filled when first opened: what a page may never need is not worked out. */
  function folded(facet) {
    if (!facet.layer.count) return null;
    const node = ge.el("details", { class: "facet", "data-facet": facet.id }, ge.el("summary", {}, facet.title, ge.el("span", { class: "state" })));
    node.addEventListener("toggle", () => {
      if (!node.open || node.dataset.filled) return;
      node.dataset.filled = "yes";
      node.append(...listed(facet).filter(Boolean));
    });
    return node;
  }

  function places() {
    if (!ge.placeCount()) return null;
    const box = ge.el("input", { type: "checkbox", "data-filter": "place" });
    box.checked = !ge.layer("place").isOff;
    box.addEventListener("change", () => ge.hideLayer("place", !box.checked));
    const label = ge.el("label", {}, box, ge.placeSwatch(), ge.el("span", {}, "Places named"));
    return ge.el("fieldset", {}, ge.el("legend", {}, "Places"), ge.el("div", { class: "choice" }, label, ge.el("span", { class: "count" }, ge.number(ge.placeCount()))));
  }

  function recount() {
    const fresh = new Map();
    for (const [facet, number, node] of counts) {
      if (!fresh.has(facet)) fresh.set(facet, facet.counts());
      node.textContent = ge.number(fresh.get(facet)[number]);
    }
  }

  function refresh() {
    recount();
    for (const box of ge.byId("legend-body").querySelectorAll("input[data-number]")) {
      const node = box.closest("[data-facet]");
      const facet = node ? ge.facet(node.dataset.facet) : ge.facets.find(({ id }) => id === box.closest("fieldset").dataset.facet);
      box.checked = !facet.hidden.has(Number(box.dataset.number));
    }
    for (const state of ge.byId("legend-body").querySelectorAll(".state")) {
      const { size } = ge.facet(state.closest("[data-facet]").dataset.facet).hidden;
      state.textContent = size ? ` · ${ge.number(size)} hidden` : "";
    }
    const isFiltered = ge.days || ge.facets.some(({ hidden }) => hidden.size);
    ge.byId("legend-reset").hidden = !isFiltered;
  }

  function reset() {
    for (const facet of ge.facets) if (facet.hidden.size) ge.hide(facet, []);
    if (ge.days) ge.showDays(null);
  }

  function notes() {
    const layer = ge.layer("event");
    if (!layer.count && !ge.layer("claim").count) return null;
    const has = (name, test) => Array.from({ length: layer.count }, (_, i) => layer.value(name, i)).some(test);
    const out = ["Dashed circle: how far off a point may be."];
    if (has("geo_precision", (value) => value === 3)) out.push("Dotted ring: somewhere in a larger area.");
    if (has("status", (value) => value && value !== "factual")) out.push("Hollow sign: accused of, denied, planned or background.");
    const claims = ge.items("claim");
    if (claims.some(({ p }) => p.implied)) out.push("Dashed diamond: where a claim puts a place that has no name.");
    if (claims.some(({ p }) => (p.what_if || []).length)) out.push("Check: a place that would make a claim true; open ring: one that would not.");
    return ge.el("details", { class: "signs", open: "" }, ge.el("summary", {}, "Other signs"), ge.el("p", { class: "note" }, out.join(" ")));
  }

  function fill() {
    counts = [];
    const groups = ["type", "verdict"].map((id) => {
      const node = group(ge.facet(id));
      if (node) node.dataset.facet = id;
      return node;
    });
    const more = ge.facets.filter(({ id, layer }) => id !== "type" && id !== "verdict" && layer.count && (id !== "confidence" || layer.columns.has("confidence")));
    const useful = more.filter((facet) => facet.id === "actor" ? facet.layer.columns.has("actors") || facet.layer.columns.has("targets") : facet.isUseful);
    ge.byId("legend-body").replaceChildren(...[...groups, places(), ...useful.map(folded), ge.el("p", { class: "reset" }, ge.el("button", { type: "button", id: "legend-reset", class: "plain-button", hidden: true, on: { click: reset } }, "Show all again")), notes()].filter(Boolean));
    recount();
  }

  function tell() {
    const [events, claims] = [ge.countShown("event"), ge.countShown("claim")];
    ge.say(`${ge.plural(events, "event")} and ${ge.plural(claims, "claim")} shown`);
  }

  ge.startLegend = () => {
    fill();
    const legend = ge.byId("legend");
    legend.hidden = !ge.layer("event").count && !ge.layer("claim").count && !ge.layer("place").count;
    const side = document.querySelector(".map-side");
    legend.open = side.clientWidth >= OPEN_FROM_PX;
    const signs = legend.querySelector(".signs");
    if (signs) signs.open = legend.offsetHeight <= SIGNS_UP_TO * side.clientHeight;
    legend.addEventListener("toggle", () => ge.scene.queue());
    ge.on("filter", refresh);
    ge.on("filter", tell);
  };
})();
