/* By what can the page be filtered, what would be left, and what is shown? Each facet has a bit in a
   row's tally of what hides it; a row without any is shown, and one whose only bit is the facet's own
   would come back with it. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const DAYS_BIT = 1 << 15;
  const DAY_MS = 86400000;

  const STATUS = { factual: "told as fact", claimed: "accused of", denied: "denied", planned: "planned", background: "background" };
  ge.PRECISION = { 1: "the place itself", 2: "near it, or a small area", 3: "a larger region" };
  /* "denied" as a tag; what is told as fact has none. */
  ge.statusTag = ({ p }) => (p.status && p.status !== "factual" && STATUS[p.status] ? ge.tag(STATUS[p.status], p.status) : null);

  const ACCOUNTS = ["agree, or one alone", "differ"];

  /* The numbers of labels for each row, one or several. */
  class Labels {
    constructor() {
      this.names = [];
      this.numbers = new Map();
    }
    number(name) {
      if (!this.numbers.has(name)) {
        this.numbers.set(name, this.names.length);
        this.names.push(name);
      }
      return this.numbers.get(name);
    }
  }

  function single(layer, columnName, labelOf, known) {
    const labels = new Labels();
    for (const name of known || []) labels.number(name);
    const column = layer.columns.get(columnName);
    const codes = new Uint32Array(layer.count);
    const numberOf = (value) => labels.number(labelOf(value === undefined ? null : value));
    if (column && column.codes && !column.isList) {
      const numbers = column.values.map(numberOf);
      for (let i = 0; i < layer.count; i++) codes[i] = numbers[column.codes[i]];
    } else if (!column || (column.values && !column.isList)) {
      codes.fill(layer.count ? numberOf(column ? column.values[0] : null) : 0);
    } else for (let i = 0; i < layer.count; i++) codes[i] = numberOf(column.at(i));
    return { names: labels.names, codes, starts: null };
  }

  function several(layer, columnNames, none) {
    const labels = new Labels();
    const columns = columnNames.map((name) => layer.columns.get(name)).filter(Boolean);
    const starts = new Uint32Array(layer.count + 1);
    const codes = [];
    for (let i = 0; i < layer.count; i++) {
      const before = codes.length;
      for (const column of columns) {
        for (const actor of column.at(i) || []) {
          const number = labels.number(typeof actor === "string" ? actor : actor.name);
          if (!codes.includes(number, before)) codes.push(number);
        }
      }
      if (codes.length === before) codes.push(labels.number(none));
      starts[i + 1] = codes.length;
    }
    return { names: labels.names, codes: Uint32Array.from(codes), starts };
  }

  const sourceOf = (layer) => {
    const own = single(layer, "source", (value) => value || null);
    if (own.names.some(Boolean)) return { ...own, names: own.names.map((name) => name || "not said") };
    const [number, source] = [layer.columns.get("document"), ge.store.documents.columns.get("source")];
    const labels = new Labels();
    const codes = new Uint32Array(layer.count);
    for (let i = 0; i < layer.count; i++) {
      const row = number ? number.at(i) : null;
      codes[i] = labels.number((source && row !== null && source.at(row)) || "not said");
    }
    return { names: labels.names, codes, starts: null };
  };

  function confidenceOf(layer) {
    const words = (value) => (value === null ? "not said" : value >= 0.8 ? "high" : value >= 0.5 ? "middling" : "low");
    return single(layer, "confidence", (value) => (typeof value === "string" ? value : words(value)), ["high", "middling", "low"]);
  }

  class Facet {
    constructor(id, layerName, title, build, more) {
      Object.assign(this, { id, layerName, title, build, hidden: new Set(), isSwatched: false }, more);
    }
    get layer() {
      return ge.layer(this.layerName);
    }
    get table() {
      if (!this.built) this.built = this.build(this.layer);
      return this.built;
    }
    shows(i) {
      const { codes, starts } = this.table;
      if (!starts) return !this.hidden.has(codes[i]);
      for (let k = starts[i]; k < starts[i + 1]; k++) if (!this.hidden.has(codes[k])) return true;
      return false;
    }
    apply() {
      const { fails, count } = this.layer;
      const isHidden = Uint8Array.from(this.table.names, (_, number) => (this.hidden.has(number) ? 1 : 0));
      const { codes, starts } = this.table;
      for (let i = 0; i < count; i++) {
        const isOut = starts ? !this.shows(i) : isHidden[codes[i]];
        fails[i] = isOut ? fails[i] | this.bit : fails[i] & ~this.bit;
      }
    }
    /* How many each label would show, as the facets of `others` stand. */
    counts(others = ~this.bit) {
      const { codes, starts, names } = this.table;
      const { fails, count, weight } = this.layer;
      const out = new Float64Array(names.length);
      for (let i = 0; i < count; i++) {
        if (fails[i] & others) continue;
        if (!starts) out[codes[i]] += weight(i);
        else for (let k = starts[i]; k < starts[i + 1]; k++) out[codes[k]] += weight(i);
      }
      return out;
    }
    /* Whether there is anything to choose. */
    get isUseful() {
      return this.layer.count > 0 && this.table.names.filter((_, number) => this.totals[number]).length > 1;
    }
    get totals() {
      if (!this.counted) this.counted = this.counts(0);
      return this.counted;
    }
  }

  const dayOf = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
  ge.dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

  /* First and last day of each event, as days since 1970; absent where it has none. */
  const NO_DAY = -2147483648;
  function openDays(layer) {
    const known = new Map();
    const read = (text) => {
      if (!text) return NO_DAY;
      if (!known.has(text)) known.set(text, dayOf(text));
      const day = known.get(text);
      return Number.isNaN(day) ? NO_DAY : day;
    };
    layer.from = Int32Array.from({ length: layer.count }, (_, i) => read(layer.value("date", i)));
    layer.to = Int32Array.from({ length: layer.count }, (_, i) => Math.max(layer.from[i], read(layer.value("date_end", i))));
  }
  ge.isDated = (layer, i) => layer.from[i] !== NO_DAY;

  function refresh(layer) {
    for (let i = 0; i < layer.count; i++) layer.mask[i] = layer.isOff || layer.fails[i] ? 0 : 1;
  }

  ge.openFacets = () => {
    for (const layer of Object.values(ge.store.layers)) Object.assign(layer, { fails: new Uint16Array(layer.count), isOff: false });
    openDays(ge.layer("event"));
    const told = (value) => value || "not said";
    ge.facets = [
      new Facet("type", "event", "Events", (layer) => single(layer, "type", (value) => value || "Other", ge.types), { isSwatched: true }),
      new Facet("verdict", "claim", "Claims", (layer) => single(layer, "outcome", told, ge.outcomes), { isSwatched: true }),
      new Facet("actor", "event", "Actors", (layer) => several(layer, ["actors", "targets"], "nobody named")),
      new Facet("source", "event", "Sources", sourceOf),
      new Facet("told", "event", "How it is told", (layer) => single(layer, "status", (value) => STATUS[value] || told(value), Object.values(STATUS))),
      new Facet("accounts", "event", "Accounts of the toll", (layer) => single(layer, "differ", (value) => (value && value.length ? ACCOUNTS[1] : ACCOUNTS[0]), ACCOUNTS)),
      new Facet("where", "event", "How well the place is known", (layer) => single(layer, "geo_precision", (value) => ge.PRECISION[value] || "not said", Object.values(ge.PRECISION))),
      new Facet("confidence", "event", "Confidence", confidenceOf),
    ];
    ge.facets.forEach((facet, i) => (facet.bit = 1 << i));
    ge.days = null;
  };

  ge.facet = (id) => ge.facets.find((facet) => facet.id === id);

  ge.hide = (facet, numbers) => {
    facet.hidden = new Set(numbers);
    facet.apply();
    refresh(facet.layer);
    ge.fire("filter");
  };

  ge.hideLayer = (name, isOff) => {
    ge.layer(name).isOff = isOff;
    refresh(ge.layer(name));
    ge.fire("filter");
  };

  /* Show the events of some days only; events without a date stay. */
  ge.showDays = (range) => {
    ge.days = range;
    const layer = ge.layer("event");
    for (let i = 0; i < layer.count; i++) {
      const isOut = range && ge.isDated(layer, i) && (layer.from[i] > range[1] || layer.to[i] < range[0]);
      layer.fails[i] = isOut ? layer.fails[i] | DAYS_BIT : layer.fails[i] & ~DAYS_BIT;
    }
    refresh(layer);
    ge.fire("filter");
  };
  /* Whether only the days hide an event, or nothing does. */
  ge.isShownButForDays = (layer, i) => !layer.isOff && !(layer.fails[i] & ~DAYS_BIT);

  /* All filters as text for the address, and back. */
  ge.filterText = () => {
    const parts = ge.facets.filter(({ hidden }) => hidden.size).map(({ id, hidden }) => `${id}=${[...hidden].sort((a, b) => a - b).join(".")}`);
    if (ge.days) parts.push(`days=${ge.days.map(ge.dayText).join("..")}`);
    return [...parts, ...Object.values(ge.store.layers).filter(({ isOff }) => isOff).map(({ name }) => `off=${name}`)];
  };
  ge.recallFilters = (wanted) => {
    for (const facet of ge.facets) {
      const parts = (wanted.get(facet.id) || "").split(".");
      const isKnown = (part) => /^\d{1,7}$/.test(part) && Number(part) < facet.table.names.length;
      const known = parts.every(isKnown) ? parts.map(Number) : [];
      if (known.length || facet.hidden.size) ge.hide(facet, known);
    }
    for (const layer of Object.values(ge.store.layers)) if (wanted.getAll("off").includes(layer.name) !== layer.isOff) ge.hideLayer(layer.name, !layer.isOff);
    const days = (wanted.get("days") || "").split("..").map(dayOf);
    const range = days.length === 2 && days.every(Number.isFinite) ? days : null;
    if (range || ge.days) ge.showDays(range);
  };
})();
