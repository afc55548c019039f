/* What happened, as a table: the accessible twin of the marks on the canvas. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const ROWS_AT_ONCE = 100;
  const LAST = "\uffff";
  let order = { column: "date", direction: 1 };
  let limit = ROWS_AT_ONCE;
  const sorted = new Map();

  const least = (range) => (Array.isArray(range) ? range[0] : typeof range === "number" ? range : -1);
  const COLUMNS = [
    { id: "date", label: "Date", field: "date", value: (date) => date || LAST },
    { id: "event", label: "Event", field: "sub_type", value: (name, layer, i) => name || layer.value("type", i) || LAST },
    { id: "place", label: "Place", field: "name", value: (name) => name || LAST },
    { id: "killed", label: "Killed", field: "fatalities", value: least, isNumber: true },
  ];

  /* The rows in order of one column, sorted once: values are ranked, then rows by their ranks. */
  function rowsBy({ id, field, value }) {
    if (!sorted.has(id)) {
      const layer = ge.layer("event");
      const values = Array.from({ length: layer.count }, (_, i) => value(layer.value(field, i), layer, i));
      const ranks = new Map([...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map((one, rank) => [one, rank]));
      const keys = Float64Array.from(values, (one, i) => ranks.get(one) * layer.count + i).sort();
      sorted.set(id, { rows: Uint32Array.from(keys, (key) => key % layer.count), ranks: Uint32Array.from(keys, (key) => Math.floor(key / layer.count)) });
    }
    return sorted.get(id);
  }

  /* The first rows that are shown, in the chosen order; equals keep the order of the text. */
  function firstRows() {
    const layer = ge.layer("event");
    const known = rowsBy(COLUMNS.find((column) => column.id === order.column));
    return take(order.direction > 0 ? known.rows : backwards(known), layer);
  }

  function backwards({ rows, ranks }) {
    const out = [];
    for (let end = rows.length; end > 0; ) {
      let start = end - 1;
      while (start > 0 && ranks[start - 1] === ranks[end - 1]) start -= 1;
      for (let i = start; i < end; i++) out.push(rows[i]);
      end = start;
    }
    return out;
  }

  function take(rows, layer) {
    const out = [];
    for (const i of rows) {
      if (layer.mask[i]) out.push(layer.item(i));
      if (out.length === limit) break;
    }
    return out;
  }

  function header(column) {
    const isSorted = order.column === column.id;
    const sort = isSorted ? (order.direction > 0 ? "ascending" : "descending") : null;
    const turn = () => {
      order = { column: column.id, direction: isSorted ? -order.direction : 1 };
      fillTable();
      ge.byId("view-events").querySelector(`[data-column="${column.id}"]`).focus();
    };
    return ge.el("th", { scope: "col", class: column.isNumber ? "number" : null, "aria-sort": sort }, ge.el("button", { type: "button", "data-column": column.id, on: { click: turn } }, column.label));
  }

  function parties({ p }) {
    const names = [p.actors, p.targets].map(ge.actorNames);
    return names.filter(Boolean).join(" → ");
  }

  /* "Remote explosive/landmine/IED" may break after a slash, and nowhere else in a word. */
  const breakable = (text) => text.split("/").flatMap((part, i) => (i ? [ge.el("wbr", {}), part] : [part])).map((part, i, all) => (typeof part === "string" && i < all.length - 1 ? `${part}/` : part));

  /* Where exactly is the rule; where only about, it says so. */
  function whereIn({ p }) {
    const about = p.name ? { 2: "near ", 3: "somewhere in " }[p.geo_precision] : null;
    return [about ? ge.el("span", { class: "muted" }, about) : "", p.name || "–"];
  }

  function row(item) {
    const link = ge.el("button", { type: "button", class: "link", on: { click: () => ge.select(item.key, "table") } }, breakable(ge.nameOf(item)));
    const count = item.rows.weight(item.index);
    const note = [count > 1 ? ge.plural(count, "event") : "", parties(item), ge.otherTolls(item)].filter(Boolean).join(" · ");
    const tags = [ge.statusTag(item), ge.accountsDiffer(item) ? ge.tag("accounts differ", "differ") : null].filter(Boolean);
    return ge.el(
      "tr",
      { "data-key": item.key, class: item.key === ge.selected ? "is-selected" : null },
      ge.el("td", { class: /^\d{4}-\d\d-\d\d$/.test(item.p.date || "") ? "day is-day" : "day" }, ge.dayOf(item)),
      ge.el("td", {}, ge.el("div", { class: "what" }, ge.typeSwatch(item.p.type), link), ge.el("div", { class: "muted where-narrow", dir: "auto" }, whereIn(item)), tags.length ? ge.el("div", { class: "tags" }, tags) : null, note ? ge.el("div", { class: "muted", dir: "auto" }, note) : null),
      ge.el("td", { dir: "auto" }, whereIn(item), item.p.country ? ge.el("div", { class: "muted" }, ge.country(item.p.country)) : null),
      ge.el("td", { class: "number" }, ge.people(item.p.fatalities) || "–"),
    );
  }

  function fillTable() {
    const view = ge.byId("view-events");
    const layer = ge.layer("event");
    let count = 0;
    for (const isIn of layer.mask) count += isIn;
    if (!count) {
      view.replaceChildren(ge.el("p", { class: "muted" }, layer.count ? "Every event is filtered out." : "The text tells of no event that could be coded."));
      return;
    }
    const more = count > limit ? ge.button(`Show ${ge.number(Math.min(ROWS_AT_ONCE, count - limit))} more`, () => ((limit += ROWS_AT_ONCE), fillTable()), "plain-button more") : null;
    view.replaceChildren(
      ge.el(
        "table",
        { class: "events-table" },
        ge.el("caption", {}, ge.plural(ge.countShown("event"), "event"), ge.el("span", { class: "on-screen" }, "; choose one to see it on the map")),
        ge.el("thead", {}, ge.el("tr", {}, COLUMNS.map(header))),
        ge.el("tbody", {}, firstRows().map(row)),
      ),
      more || "",
    );
  }

  ge.startTable = () => {
    ge.fillWhenSeen("events", fillTable);
    ge.on("select", ({ item, origin }) => {
      for (const node of ge.byId("view-events").querySelectorAll("tr[data-key]")) {
        const isChosen = Boolean(item) && node.dataset.key === item.key;
        node.classList.toggle("is-selected", isChosen);
        if (isChosen && origin !== "table") ge.reveal(node);
      }
    });
  };
})();
