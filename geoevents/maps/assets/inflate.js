/* How do packed blocks become data again? Inflate after RFC 1951, inside gzip (RFC 1952), at once:
   the browser's own decompression is asynchronous and leaves the page half drawn until it is done. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});

  const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
  const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  const DAMAGED = "damaged data block";

  /* A table from the next `bits` bits to (symbol << 4 | length of its code). */
  function table(lengths) {
    const bits = Math.max(1, ...lengths);
    const counts = new Uint16Array(17);
    for (const length of lengths) counts[length] += length ? 1 : 0;
    const next = new Uint16Array(17);
    for (let i = 1; i < 16; i++) next[i + 1] = (next[i] + counts[i]) << 1;
    const entries = new Uint16Array(1 << bits);
    lengths.forEach((length, symbol) => {
      if (!length) return;
      let code = next[length]++;
      let reversed = 0;
      for (let i = 0; i < length; i++, code >>= 1) reversed = (reversed << 1) | (code & 1);
      for (let i = reversed; i < entries.length; i += 1 << length) entries[i] = (symbol << 4) | length;
    });
    return { entries, mask: entries.length - 1 };
  }

  class Reader {
    constructor(bytes, start) {
      this.bytes = bytes;
      this.at = start;
      this.held = 0;
      this.count = 0;
    }
    bits(count) {
      while (this.count < count) {
        this.held |= (this.bytes[this.at++] || 0) << this.count;
        this.count += 8;
      }
      const value = this.held & ((1 << count) - 1);
      this.held >>>= count;
      this.count -= count;
      return value;
    }
    symbol(codes) {
      while (this.count < 15) {
        this.held |= (this.bytes[this.at++] || 0) << this.count;
        this.count += 8;
      }
      const entry = codes.entries[this.held & codes.mask];
      if (!entry) throw new Error(DAMAGED);
      this.held >>>= entry & 15;
      this.count -= entry & 15;
      return entry >> 4;
    }
    align() {
      this.at -= this.count >> 3;
      this.held = 0;
      this.count = 0;
    }
  }

  function fixedCodes() {
    const lengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
    return [table(lengths), table(new Array(30).fill(5))];
  }

  function dynamicCodes(reader) {
    const literals = reader.bits(5) + 257;
    const distances = reader.bits(5) + 1;
    const count = reader.bits(4) + 4;
    const order = new Array(19).fill(0);
    for (let i = 0; i < count; i++) order[CODE_ORDER[i]] = reader.bits(3);
    const codes = table(order);
    const lengths = [];
    while (lengths.length < literals + distances) {
      const symbol = reader.symbol(codes);
      if (symbol < 16) lengths.push(symbol);
      else if (symbol === 16) repeat(lengths, lengths[lengths.length - 1], 3 + reader.bits(2));
      else if (symbol === 17) repeat(lengths, 0, 3 + reader.bits(3));
      else repeat(lengths, 0, 11 + reader.bits(7));
    }
    return [table(lengths.slice(0, literals)), table(lengths.slice(literals))];
  }

  function repeat(list, value, times) {
    for (let i = 0; i < times; i++) list.push(value);
  }

  function stored(reader, out, at) {
    reader.align();
    const length = reader.bytes[reader.at] | (reader.bytes[reader.at + 1] << 8);
    out.set(reader.bytes.subarray(reader.at + 4, reader.at + 4 + length), at);
    reader.at += 4 + length;
    return at + length;
  }

  /* Most of the time goes here: the reader's state is kept in variables of the loop. */
  function compressed(reader, out, at, [literals, distances]) {
    const { bytes } = reader;
    let { at: next, held, count } = reader;
    for (;;) {
      while (count < 15) {
        held |= bytes[next++] << count;
        count += 8;
      }
      let entry = literals.entries[held & literals.mask];
      if (!entry || next > bytes.length + 8) throw new Error(DAMAGED);
      held >>>= entry & 15;
      count -= entry & 15;
      const symbol = entry >> 4;
      if (symbol < 256) {
        out[at++] = symbol;
        continue;
      }
      if (symbol === 256) break;
      const extra = LENGTH_EXTRA[symbol - 257];
      while (count < 20) {
        held |= bytes[next++] << count;
        count += 8;
      }
      let length = LENGTH_BASE[symbol - 257] + (held & ((1 << extra) - 1));
      held >>>= extra;
      count -= extra;
      while (count < 15) {
        held |= bytes[next++] << count;
        count += 8;
      }
      entry = distances.entries[held & distances.mask];
      if (!entry) throw new Error(DAMAGED);
      held >>>= entry & 15;
      count -= entry & 15;
      const wide = DISTANCE_EXTRA[entry >> 4];
      while (count < wide) {
        held |= bytes[next++] << count;
        count += 8;
      }
      let from = at - DISTANCE_BASE[entry >> 4] - (held & ((1 << wide) - 1));
      held >>>= wide;
      count -= wide;
      while (length--) out[at++] = out[from++];
    }
    Object.assign(reader, { at: next, held, count });
    return at;
  }

  /* Inflate one gzip member, as Python's gzip.compress writes it: no name, no comment. */
  ge.inflate = (bytes) => {
    const end = bytes.length - 4;
    const size = (bytes[end] | (bytes[end + 1] << 8) | (bytes[end + 2] << 16) | (bytes[end + 3] << 24)) >>> 0;
    const out = new Uint8Array(size);
    const reader = new Reader(bytes, 10);
    let at = 0;
    let last = 0;
    while (!last) {
      last = reader.bits(1);
      const kind = reader.bits(2);
      if (kind === 3) throw new Error(DAMAGED);
      if (kind === 0) at = stored(reader, out, at);
      else at = compressed(reader, out, at, kind === 1 ? fixedCodes() : dynamicCodes(reader));
    }
    return out;
  };

  ge.unpacked = (text) => {
    if (Uint8Array.fromBase64) return ge.inflate(Uint8Array.fromBase64(text));
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return ge.inflate(bytes);
  };

  ge.block = (id) => ge.unpacked(document.getElementById(id).textContent);

  /* Characters that turn the direction of what follows them, past the end of their own text. */
  const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
  const ESCAPED_TURNING = /\\u20(?:2[a-e]|6[6-9])/i;

  /* One character for one, so that spans hold: an override is shown as what it is, a sign that is not
     to be read; the others, which honest texts have, give way to the joiner that does nothing. */
  ge.settled = (text) => text.replace(TURNING, (sign) => (sign === "\u202d" || sign === "\u202e" ? "\ufffd" : "\u2060"));

  ge.parse = (json) => {
    const settle = (_, value) => (typeof value === "string" ? ge.settled(value) : value);
    return JSON.parse(json, ESCAPED_TURNING.test(json) ? settle : undefined);
  };
  ge.jsonBlock = (id) => ge.parse(new TextDecoder().decode(ge.block(id)));
})();
