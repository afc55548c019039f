/* How do packed columns become values? They lie as geoevents/maps/columns.py says. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const GROUP_ROWS = 2048;
  const ABSENT = 0xffffffff;
  /* Inflated groups that are kept: enough for a list of rows from all over the layer. */
  const GROUPS_KEPT = 24;
  const decoder = new TextDecoder();

  function integers(bytes, at, count, width) {
    const out = width === 1 ? new Uint8Array(count) : width === 2 ? new Uint16Array(count) : new Uint32Array(count);
    for (let plane = 0; plane < width; plane++) {
      const shift = 8 * plane;
      const from = at + plane * count;
      for (let i = 0; i < count; i++) out[i] |= bytes[from + i] << shift;
    }
    return out;
  }

  const KINDS = {
    same: ({ value }) => ({ codes: null, values: [value], at: () => value }),
    codes({ values, bytes }, source, count) {
      const codes = integers(source.bytes, source.take(bytes * count), count, bytes);
      return { codes, values, at: (i) => values[codes[i]] };
    },
    number({ scale, base, bytes }, source, count) {
      const stored = integers(source.bytes, source.take(bytes * count), count, bytes);
      return { at: (i) => (stored[i] ? (stored[i] - 1 + base) / scale : null) };
    },
    lists({ values, total, bytes }, source, count) {
      const counts = source.bytes.subarray(source.take(count), source.next());
      const codes = integers(source.bytes, source.take(bytes * total), total, bytes);
      const starts = new Uint32Array(count + 1);
      for (let i = 0; i < count; i++) starts[i + 1] = starts[i] + counts[i];
      return { starts, codes, values, isList: true, at: (i) => Array.from(codes.subarray(starts[i], starts[i + 1]), (code) => values[code]) };
    },
    text: (_, __, ___, groups, nth) => ({ isSlow: true, at: (i) => groups.text(nth, i) }),
    json: (_, __, ___, groups, nth) => ({ isSlow: true, at: (i) => groups.value(nth, i) }),
  };

  /* The slow columns of one layer, by groups of rows. */
  class Groups {
    constructor(first, rows, names) {
      Object.assign(this, { first, rows, names, kept: new Map() });
    }
    open(number) {
      let group = this.kept.get(number);
      if (!group) {
        group = this.parse(ge.block(`ge-texts-${this.first + number}`), Math.min(GROUP_ROWS, this.rows - number * GROUP_ROWS));
        if (this.kept.size >= GROUPS_KEPT) this.kept.delete(this.kept.keys().next().value);
        this.kept.set(number, group);
      }
      return group;
    }
    parse(bytes, rows) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let at = 0;
      const columns = this.names.map(() => {
        const starts = new Uint32Array(rows + 1);
        const isThere = new Uint8Array(rows);
        let next = at + 4 * rows;
        for (let i = 0; i < rows; i++) {
          const length = view.getUint32(at + 4 * i, true);
          starts[i] = next;
          isThere[i] = length === ABSENT ? 0 : 1;
          next += length === ABSENT ? 0 : length;
        }
        starts[rows] = at = next;
        return { starts, isThere };
      });
      return { bytes, columns };
    }
    text(nth, row) {
      const { bytes, columns } = this.open(Math.floor(row / GROUP_ROWS));
      const { starts, isThere } = columns[nth];
      const i = row % GROUP_ROWS;
      return isThere[i] ? ge.settled(decoder.decode(bytes.subarray(starts[i], starts[i + 1]))) : null;
    }
    value(nth, row) {
      const { bytes, columns } = this.open(Math.floor(row / GROUP_ROWS));
      const { starts, isThere } = columns[nth];
      const i = row % GROUP_ROWS;
      return isThere[i] ? ge.parse(decoder.decode(bytes.subarray(starts[i], starts[i + 1]))) : null;
    }
  }

  /* One layer's columns by name. A column has `at(row)`, and, where its rows are numbers of distinct
     values, `values` with `codes` (none where all rows have the one value). */
  function readLayer(head, source) {
    const slow = head.columns.filter(({ kind }) => kind === "text" || kind === "json").map(({ name }) => name);
    const groups = new Groups(source.group, head.count, slow);
    source.group += head.groups;
    const columns = new Map();
    for (const column of head.columns) columns.set(column.name, KINDS[column.kind](column, source, head.count, groups, slow.indexOf(column.name)));
    return { count: head.count, columns };
  }

  /* Read the block `ge-data`: its head, and the layers with their columns. */
  ge.readColumns = () => {
    const bytes = ge.block("ge-data");
    const length = new DataView(bytes.buffer).getUint32(0, true);
    const head = ge.parse(decoder.decode(bytes.subarray(4, 4 + length)));
    let next = 4 + length;
    const take = (size) => ((next += size), next - size);
    const source = { bytes, take, next: () => next, group: 0 };
    const layers = {};
    for (const [name, layer] of Object.entries(head.layers)) layers[name] = readLayer(layer, source);
    return { head, layers };
  };
})();
