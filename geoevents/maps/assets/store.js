/* What is on the page, what of it is shown, and what is selected? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const handlers = {};

  ge.on = (name, handler) => (handlers[name] = handlers[name] || []).push(handler);
  ge.fire = (name, value) => (handlers[name] || []).forEach((handler) => handler(value));

  /* Spans count code points; JavaScript counts UTF-16 units. */
  function offsets(text) {
    if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (at) => at;
    const starts = [0];
    for (const point of text) starts.push(starts[starts.length - 1] + point.length);
    return (at) => starts[Math.min(at, starts.length - 1)];
  }

  function documentsOf(collection) {
    const rows = ((collection.geoevents || {}).documents || []).map((row, index) => ({
      ...row,
      index,
      text: row.text || "",
      unit: offsets(row.text || ""),
      items: [],
    }));
    return rows;
  }

  const PREFIX = { place: "p", event: "e", claim: "c" };

  function itemOf(feature, index, documents) {
    const p = feature.properties;
    const geometry = feature.geometry;
    const at = geometry && (geometry.type === "Point" ? geometry.coordinates : geometry.coordinates[0]);
    return {
      key: PREFIX[p.layer] + index,
      layer: p.layer,
      p,
      shapes: feature.shapes || {},
      document: documents.get(p.document) || null,
      lon: at ? at[0] : null,
      lat: at ? at[1] : null,
      x: at ? ge.x(at[0]) : 0,
      y: at ? ge.y(at[1]) : 0,
      isLocated: Boolean(at),
    };
  }

  function read(data) {
    const documents = documentsOf(data.collection);
    const byId = new Map(documents.map((doc) => [doc.id, doc]));
    const items = { place: [], event: [], claim: [] };
    const byKey = new Map();
    for (const feature of data.collection.features) {
      const list = items[feature.properties.layer];
      if (!list) continue;
      const item = itemOf(feature, list.length, byId);
      list.push(item);
      byKey.set(item.key, item);
      if (item.document) item.document.items.push(item);
    }
    return { title: data.title, view: data.view, version: (data.collection.geoevents || {}).version, documents, items, byKey };
  }

  ge.open = (data) => {
    ge.store = read(data);
    ge.hidden = { layers: new Set(), types: new Set(), outcomes: new Set(), days: null };
    ge.selected = null;
    ge.hovered = null;
  };

  const byDay = (item) => {
    const days = ge.hidden.days;
    if (!days || !item.p.date) return true;
    return item.p.date <= days[1] && (item.p.date_end || item.p.date) >= days[0];
  };

  ge.isShown = (item) => {
    if (ge.hidden.layers.has(item.layer)) return false;
    if (item.layer === "event") return !ge.hidden.types.has(item.p.type) && byDay(item);
    return item.layer !== "claim" || !ge.hidden.outcomes.has(item.p.outcome);
  };
  ge.shown = (layer) => ge.store.items[layer].filter(ge.isShown);

  ge.select = (key, origin) => {
    ge.selected = key && ge.store.byKey.has(key) ? key : null;
    ge.fire("select", { item: ge.selected && ge.store.byKey.get(ge.selected), origin });
  };
  ge.hover = (key) => {
    if (ge.hovered === key) return;
    ge.hovered = key;
    ge.fire("hover", key && ge.store.byKey.get(key));
  };

  ge.say = (text) => {
    ge.byId("live").textContent = text;
  };

  /* The name an item goes by in lists, tips and for the screen reader. */
  ge.nameOf = (item) => {
    if (item.layer === "event") return item.p.sub_type || item.p.type;
    if (item.layer === "claim") return ge.claimWords(item);
    return item.p.name || item.p.text;
  };
  const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  /* A country's name for its code of two letters; anything else as it is. */
  ge.country = (code) => (/^[A-Z]{2}$/.test(code || "") && regions.of(code)) || code;

  /* What a claim says, as its author would: "more than 300 km". */
  ge.claimWords = ({ p }) => {
    if (!p.figure) return p.claimed_km ? ge.interval(p.claimed_km) : p.text;
    return p.hedge && p.hedge !== "exact" && p.hedge !== "vague" && p.hedge !== "between" ? `${p.hedge} ${p.figure}` : p.figure;
  };
  ge.whereOf = (item) => [item.p.name, item.p.admin1, ge.country(item.p.country)].filter((part, i, all) => part && all.indexOf(part) === i).join(", ");
})();
