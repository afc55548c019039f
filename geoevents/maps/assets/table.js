/* What happened, as a table: the accessible twin of the marks on the canvas. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const ROWS_AT_ONCE = 200;
  let order = { column: "date", direction: 1 };
  let limit = ROWS_AT_ONCE;

  const least = (range) => (Array.isArray(range) ? range[0] : typeof range === "number" ? range : -1);
  const COLUMNS = [
    { id: "date", label: "Date", value: (item) => item.p.date || "9999" },
    { id: "event", label: "Event", value: (item) => ge.nameOf(item) },
    { id: "place", label: "Place", value: (item) => item.p.name || "￿" },
    { id: "killed", label: "Killed", value: (item) => least(item.p.fatalities), isNumber: true },
  ];

  function sorted() {
    const { value } = COLUMNS.find((column) => column.id === order.column);
    return ge
      .shown("event")
      .map((item) => [value(item), item])
      .sort(([a, x], [b, y]) => order.direction * (a < b ? -1 : a > b ? 1 : 0) || Number(x.key.slice(1)) - Number(y.key.slice(1)))
      .map(([, item]) => item);
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

  const STATUS = { denied: "denied", planned: "planned", background: "background" };

  function row(item) {
    const link = ge.el("button", { type: "button", class: "link", on: { click: () => ge.select(item.key, "table") } }, ge.nameOf(item));
    const note = [parties(item), STATUS[item.p.status]].filter(Boolean).join(" · ");
    return ge.el(
      "tr",
      { "data-key": item.key, class: item.key === ge.selected ? "is-selected" : null },
      ge.el("td", { class: "day" }, ge.dayOf(item)),
      ge.el("td", {}, ge.typeSwatch(item.p.type), link, note ? ge.el("div", { class: "muted", dir: "auto" }, note) : null),
      ge.el("td", { dir: "auto" }, item.p.name || "–", item.p.country ? ge.el("div", { class: "muted" }, ge.country(item.p.country)) : null),
      ge.el("td", { class: "number" }, ge.people(item.p.fatalities) || "–"),
    );
  }

  function fillTable() {
    const view = ge.byId("view-events");
    const items = sorted();
    if (!items.length) {
      view.replaceChildren(ge.el("p", { class: "muted" }, ge.store.items.event.length ? "Every event is filtered out." : "The text tells of no event that could be coded."));
      return;
    }
    const more = items.length > limit ? ge.button(`Show ${ge.number(Math.min(ROWS_AT_ONCE, items.length - limit))} more`, () => ((limit += ROWS_AT_ONCE), fillTable()), "plain-button more") : null;
    view.replaceChildren(
      ge.el(
        "table",
        { class: "events-table" },
        ge.el("caption", {}, `${ge.plural(items.length, "event")}; choose one to see it on the map`),
        ge.el("thead", {}, ge.el("tr", {}, COLUMNS.map(header))),
        ge.el("tbody", {}, items.slice(0, limit).map(row)),
      ),
      more || "",
    );
  }

  ge.startTable = () => {
    fillTable();
    ge.on("filter", fillTable);
    ge.on("select", ({ item, origin }) => {
      for (const node of ge.byId("view-events").querySelectorAll("tr[data-key]")) {
        const isChosen = Boolean(item) && node.dataset.key === item.key;
        node.classList.toggle("is-selected", isChosen);
        if (isChosen && origin !== "table") ge.reveal(node);
      }
    });
  };
})();
