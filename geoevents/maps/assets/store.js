/* What is on the page, and what of it is selected? Layers are columns; an item is made of a row only
   when something asks for it. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const handlers = {};
  const PREFIX = { place: "p", event: "e", claim: "c" };
  const LAYER = { p: "place", e: "event", c: "claim" };

  ge.on = (name, handler) => (handlers[name] = handlers[name] || []).push(handler);
  ge.fire = (name, value) => (handlers[name] || []).forEach((handler) => handler(value));

  /* Spans count code points; JavaScript counts UTF-16 units. */
  function offsets(text) {
    if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (at) => at;
    const starts = [0];
    for (const point of text) starts.push(starts[starts.length - 1] + point.length);
    return (at) => starts[Math.min(at, starts.length - 1)];
  }

  const at = (layer, name, row) => {
    const column = layer.columns.get(name);
    return column ? column.at(row) : null;
  };

  class Document {
    constructor(layer, index) {
      Object.assign(this, { layer, index });
    }
    get id() {
      return at(this.layer, "id", this.index);
    }
    get title() {
      return at(this.layer, "title", this.index);
    }
    get source() {
      return at(this.layer, "source", this.index);
    }
    get published() {
      return at(this.layer, "published", this.index);
    }
    get isNamesake() {
      return Boolean(at(this.layer, "is_namesake", this.index));
    }
    get text() {
      return at(this.layer, "text", this.index) || "";
    }
    get unit() {
      if (!this.units) this.units = offsets(this.text);
      return this.units;
    }
    /* The words of a span that is counted in code points. */
    words(start, end) {
      return this.text.slice(this.unit(start), this.unit(end));
    }
  }

  class Item {
    constructor(layer, index) {
      Object.assign(this, { layer: layer.name, index, rows: layer, key: PREFIX[layer.name] + index });
      this.lon = at(layer, "lon", index);
      this.lat = at(layer, "lat", index);
      this.isLocated = this.lon !== null && this.lon !== undefined && this.lat !== null;
      this.x = layer.x[index];
      this.y = layer.y[index];
    }
    get document() {
      const number = at(this.rows, "document", this.index);
      return number === null || number === undefined ? null : ge.document(number);
    }
    /* The row's cells, each read when asked for. */
    get p() {
      if (!this.cells) this.cells = new this.rows.Cells(this);
      return this.cells;
    }
    get shapes() {
      if (!this.drawn) this.drawn = ge.claimShapes(this.p);
      return this.drawn;
    }
  }

  /* A row of a layer as an object with a property for each column. Words that are the document's own
     are taken from there. */
  function cellsOf(layer) {
    class Cells {
      constructor(item) {
        Object.defineProperty(this, "item", { value: item });
      }
    }
    for (const [name, column] of layer.columns) {
      Object.defineProperty(Cells.prototype, name, {
        get() {
          return column.at(this.item.index);
        },
      });
    }
    if (!layer.columns.has("text")) {
      Object.defineProperty(Cells.prototype, "text", {
        get() {
          const { document } = this.item;
          return document ? document.words(this.start, this.end) : null;
        },
      });
    }
    return Cells;
  }

  /* Positions on the unit square; NaN for what is nowhere. */
  function project(layer) {
    layer.x = new Float64Array(layer.count).fill(NaN);
    layer.y = new Float64Array(layer.count).fill(NaN);
    const [lon, lat] = [layer.columns.get("lon"), layer.columns.get("lat")];
    if (!lon || !lat) return;
    for (let i = 0; i < layer.count; i++) {
      const [x, y] = [lon.at(i), lat.at(i)];
      if (x === null || y === null) continue;
      layer.x[i] = ge.x(x);
      layer.y[i] = ge.y(y);
    }
  }

  function openLayer(name, layer) {
    Object.assign(layer, { name, items: new Map(), mask: new Uint8Array(layer.count).fill(1) });
    layer.Cells = cellsOf(layer);
    project(layer);
    layer.item = (i) => {
      if (!layer.items.has(i)) layer.items.set(i, new Item(layer, i));
      return layer.items.get(i);
    };
    layer.value = (column, i) => at(layer, column, i);
    const weight = layer.columns.get("weight");
    layer.weight = weight ? (i) => weight.at(i) || 1 : () => 1;
    layer.total = 0;
    for (let i = 0; i < layer.count; i++) layer.total += layer.weight(i);
    return layer;
  }

  ge.open = ({ head, layers }) => {
    const documents = new Map();
    ge.store = {
      title: head.title,
      view: head.view,
      version: head.version,
      aggregate: head.aggregate || null,
      documents: layers.document,
      layers: {},
    };
    for (const name of Object.keys(PREFIX)) ge.store.layers[name] = openLayer(name, layers[name]);
    ge.document = (index) => {
      if (!documents.has(index)) documents.set(index, new Document(layers.document, index));
      return documents.get(index);
    };
    ge.selected = null;
    ge.hovered = null;
  };

  ge.layer = (name) => ge.store.layers[name];
  ge.isShown = (item) => Boolean(item.rows.mask[item.index]);

  /* The items of a small layer, or of one that is drawn row by row anyway. */
  ge.items = (name) => Array.from({ length: ge.layer(name).count }, (_, i) => ge.layer(name).item(i));
  ge.shown = (name) => ge.items(name).filter(ge.isShown);

  /* How many stand for what is shown: a row of an aggregate stands for many. */
  ge.countShown = (name) => {
    const layer = ge.layer(name);
    let count = 0;
    for (let i = 0; i < layer.count; i++) if (layer.mask[i]) count += layer.weight(i);
    return count;
  };

  ge.itemOf = (key) => {
    const layer = key && ge.store.layers[LAYER[key[0]]];
    const index = layer ? Number(key.slice(1)) : NaN;
    return layer && /^\d{1,9}$/.test(key.slice(1)) && index < layer.count ? layer.item(index) : null;
  };

  /* The rows of each document, by one sort for all documents. */
  function ofDocuments(layer) {
    if (!layer.byDocument) {
      const column = layer.columns.get("document");
      const starts = new Uint32Array(ge.store.documents.count + 2);
      const numbers = Array.from({ length: layer.count }, (_, i) => (column ? column.at(i) : null));
      for (const number of numbers) if (number !== null) starts[number + 2] += 1;
      for (let i = 2; i < starts.length; i++) starts[i] += starts[i - 1];
      const rows = new Uint32Array(layer.count);
      numbers.forEach((number, i) => {
        if (number !== null) rows[starts[number + 1]++] = i;
      });
      layer.byDocument = { starts, rows };
    }
    return layer.byDocument;
  }
  ge.rowsOf = (name, doc) => {
    const { starts, rows } = ofDocuments(ge.layer(name));
    return rows.subarray(starts[doc.index], starts[doc.index + 1]);
  };
  ge.itemsOf = (doc) => ["place", "event", "claim"].flatMap((name) => Array.from(ge.rowsOf(name, doc), (i) => ge.layer(name).item(i)));

  ge.select = (key, origin) => {
    const item = ge.itemOf(key);
    ge.selected = item && item.key;
    ge.fire("select", { item, origin });
  };
  ge.hover = (key) => {
    if (ge.hovered === key) return;
    ge.hovered = key;
    ge.fire("hover", ge.itemOf(key));
  };

  ge.say = (text) => {
    ge.byId("live").textContent = text;
  };

  /* The name an item goes by in lists, tips and for the screen reader. */
  ge.nameOf = (item) => {
    if (item.layer === "event") return item.p.sub_type || item.p.type || "Event";
    if (item.layer === "claim") return ge.claimWords(item);
    return item.p.name || item.p.text;
  };
  const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  /* A country's name for its code of two letters; anything else as it is. */
  ge.country = (code) => (/^[A-Z]{2}$/.test(code || "") && regions.of(code)) || code;

  /* What a claim says, as its author would: "more than 300 km". */
  ge.claimWords = ({ p }) => {
    if (p.duration_h) return ge.hours(p.duration_h);
    if (!p.figure) return p.claimed_km ? ge.interval(p.claimed_km) : p.text;
    return p.hedge && p.hedge !== "exact" && p.hedge !== "vague" && p.hedge !== "between" ? `${p.hedge} ${p.figure}` : p.figure;
  };
  ge.whereOf = (item) => [item.p.name, item.p.admin1, ge.country(item.p.country)].filter((part, i, all) => part && all.indexOf(part) === i).join(", ");
})();
