/* Which words of the text do the events, places and claims rest on? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const LISTED_AT_ONCE = 200;
  /* From so many on, a search waits until the typing pauses. */
  const MANY_DOCUMENTS = 3000;
  const WAIT_MS = 250;
  let current = null;

  function spansOf(item) {
    const { p } = item;
    const spans = [[p.start, p.end]];
    for (const mention of p.mentions || []) if (!spans.some(([start, end]) => start === mention[0] && end === mention[1])) spans.push(mention);
    return spans.map(([start, end]) => ({ start, end, item }));
  }

  /* Spans nest and cross: cut the text at every edge, and let each piece know who covers it. */
  function pieces(doc) {
    const spans = ge.itemsOf(doc).flatMap(spansOf).filter((s) => s.start < s.end);
    const edges = spans.flatMap((span) => [{ at: span.start, span, isStart: true }, { at: span.end, span, isStart: false }]);
    edges.sort((a, b) => a.at - b.at || Number(a.isStart) - Number(b.isStart));
    const out = [];
    const open = new Set();
    let at = 0;
    for (const edge of edges) {
      if (edge.at > at) out.push({ start: at, end: edge.at, spans: [...open] });
      at = Math.max(at, edge.at);
      if (edge.isStart) open.add(edge.span);
      else open.delete(edge.span);
    }
    out.push({ start: at, end: Infinity, spans: [] });
    return out;
  }

  const RANK = { event: 0, claim: 1, place: 2 };
  const innermost = (spans) => spans.reduce((best, span) => (span.end - span.start < best.end - best.start || (span.end - span.start === best.end - best.start && RANK[span.item.layer] < RANK[best.item.layer]) ? span : best));

  function describe(item) {
    if (item.layer === "event") return `event: ${[ge.nameOf(item), item.p.name, ge.dateOf(item)].filter(Boolean).join(", ")}`;
    if (item.layer === "claim") return `claim: ${ge.outcomeStyle(item.p.outcome).words}`;
    return `place: ${ge.whereOf(item) || "not settled"}`;
  }

  function paint(node, spans) {
    for (const { item } of spans) {
      if (item.layer === "place") node.classList.add("is-place", ...(ge.isPinned(item) ? [] : ["is-quiet"]));
      if (item.layer === "event") node.style.setProperty("--tint", ge.fade(ge.color(ge.typeStyle(item.p.type).color), 0.17));
      if (item.layer === "claim") {
        node.classList.add("is-claim");
        node.style.setProperty("--edge", `var(${ge.outcomeStyle(item.p.outcome).color})`);
      }
    }
  }

  function markFor(text, spans, reached) {
    const span = innermost(spans);
    const node = ge.el("mark", { "data-key": span.item.key, "data-keys": ` ${spans.map((s) => s.item.key).join(" ")} ` }, text);
    paint(node, spans);
    /* One stop of the keyboard for each span, not for each of its pieces. */
    if (!reached.has(span)) {
      reached.add(span);
      node.tabIndex = 0;
      node.setAttribute("role", "button");
      node.setAttribute("aria-label", `${text} (${describe(span.item)})`);
    }
    return node;
  }

  function paragraphs(doc) {
    const body = ge.el("div", { class: "body", dir: "auto" });
    const reached = new Set();
    let paragraph = null;
    const write = (text, spans) => {
      text.split(/(\n\s*\n|\n)/).forEach((part, i) => {
        if (i % 2) paragraph = null;
        else if (part) {
          if (!paragraph) body.append((paragraph = ge.el("p", { dir: "auto" })));
          paragraph.append(spans.length ? markFor(part, spans, reached) : part);
        }
      });
    };
    for (const piece of pieces(doc)) {
      const end = piece.end === Infinity ? doc.text.length : doc.unit(piece.end);
      write(doc.text.slice(doc.unit(piece.start), end), piece.spans);
    }
    asHeadline(body.firstChild, doc);
    return body;
  }

  /* A text that opens with its title needs no other heading. */
  const opensWithTitle = (doc) => Boolean(doc.title && doc.text) && doc.text.trimStart().split("\n", 1)[0].trim() === doc.title;
  function asHeadline(node, doc) {
    if (!node || !opensWithTitle(doc)) return;
    node.classList.add("headline");
    node.setAttribute("role", "heading");
    node.setAttribute("aria-level", "2");
  }

  function byline(doc) {
    return [doc.isNamesake ? doc.id : null, doc.source, ge.dayInWords(doc.published)].filter(Boolean).join(" · ");
  }

  /* What a document goes by where others stand beside it. */
  ge.titleOf = (doc) => (doc.isNamesake ? `${doc.title} (${doc.id})` : doc.title || doc.id);

  function key(doc) {
    const has = (layer) => ge.rowsOf(layer, doc).length > 0;
    const sample = (kind, text, color) => ge.el("mark", { class: kind, vars: color }, text);
    const parts = [];
    if (has("event")) parts.push(sample("", "event", { "--tint": ge.fade(ge.color("--type-explosions"), 0.17) }));
    if (has("place")) parts.push(sample("is-place", "place"));
    if (has("claim")) parts.push(sample("is-claim", "claim", { "--edge": "var(--open)" }));
    return parts.length ? ge.el("div", { class: "key" }, "Marked in the text:", parts) : null;
  }

  function showDocument(doc) {
    current = doc;
    const view = ge.byId("view-text");
    const back = ge.store.documents.count > 1 ? ge.button("‹ All documents", showList, "plain-button back") : null;
    const title = doc.title || doc.id;
    const isRepeated = title === ge.store.title && ge.store.documents.count === 1;
    const line = isRepeated ? "" : byline(doc);
    view.replaceChildren(
      ge.el("article", { class: "story" }, back, isRepeated || opensWithTitle(doc) ? null : ge.el("h2", { dir: "auto" }, title), line ? ge.el("p", { class: "byline", dir: "auto" }, line) : null, key(doc), doc.text ? paragraphs(doc) : ge.el("p", { class: "muted" }, "This document has no text.")),
    );
    view.scrollTop = 0;
    ge.fire("document", doc);
  }

  function listed(doc) {
    const count = (layer) => ge.rowsOf(layer, doc).length;
    const figures = [ge.plural(count("event"), "event"), count("claim") ? ge.plural(count("claim"), "claim") : null];
    const words = [...figures.filter(Boolean), ...[doc.isNamesake ? doc.id : null, doc.source, ge.dayInWords(doc.published)].filter(Boolean).map(ge.bdi)];
    return ge.el("li", {}, ge.el("button", { type: "button", on: { click: () => showDocument(doc) } }, ge.el("b", { dir: "auto" }, doc.title || doc.id), ge.el("small", {}, words.flatMap((word, i) => (i ? [" · ", word] : [word])))));
  }

  /* What of each document is searched, made at the first search. */
  let hay = null;
  function matching(words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const { count } = ge.store.documents;
    const all = Array.from({ length: count }, (_, index) => index);
    if (!wanted.length) return all;
    if (!hay) hay = all.map((index) => hayOf(ge.store.documents, index));
    return all.filter((index) => wanted.every((word) => hay[index].includes(word)));
  }
  const hayOf = (layer, index) => ["title", "id", "source", "text"].map((name) => (layer.columns.has(name) && layer.columns.get(name).at(index)) || "").join(" ").toLowerCase();

  function showList() {
    current = null;
    const list = ge.el("ul", { class: "doc-list" });
    const state = ge.el("p", { class: "muted", role: "status" });
    const update = (words) => {
      const found = matching(words);
      list.replaceChildren(...found.slice(0, LISTED_AT_ONCE).map((index) => listed(ge.document(index))));
      state.textContent = `${ge.plural(found.length, "document")}${found.length > LISTED_AT_ONCE ? `, the first ${LISTED_AT_ONCE} listed` : ""}`;
    };
    let waiting = 0;
    const later = (event) => {
      clearTimeout(waiting);
      if (ge.store.documents.count < MANY_DOCUMENTS) update(event.target.value);
      else waiting = setTimeout(() => update(event.target.value), WAIT_MS);
    };
    const search = ge.el("input", { type: "search", class: "doc-search", placeholder: "Search titles and texts", "aria-label": "Search the documents", on: { input: later } });
    ge.byId("view-text").replaceChildren(search, state, list);
    update("");
    ge.fire("document", null);
  }

  ge.openDocument = (index) => {
    const isOne = Number.isInteger(index) && index >= 0 && index < ge.store.documents.count;
    if (isOne && ge.document(index) !== current) showDocument(ge.document(index));
  };
  ge.currentDocument = () => current;

  /* Open the text of an item and bring its words into view. */
  ge.readIn = (item) => {
    ge.openTab("text");
    if (item.document && item.document !== current) showDocument(item.document);
    refresh();
    const first = marksOf(item.key)[0];
    if (!first) return;
    ge.reveal(first);
    const stop = marksOf(item.key).find((node) => node.tabIndex === 0) || first;
    stop.focus({ preventScroll: true });
  };

  const marksOf = (wanted) => [...ge.byId("view-text").querySelectorAll("mark[data-keys]")].filter((node) => node.dataset.keys.includes(` ${wanted} `));

  function refresh() {
    for (const node of ge.byId("view-text").querySelectorAll("mark.is-selected, mark.is-hover")) node.classList.remove("is-selected", "is-hover");
    if (ge.selected) marksOf(ge.selected).forEach((node) => node.classList.add("is-selected"));
    if (ge.hovered) marksOf(ge.hovered).forEach((node) => node.classList.add("is-hover"));
  }

  function pick(event) {
    const node = event.target.closest("mark[data-key]");
    if (!node || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    ge.select(node.dataset.key, "text");
  }

  ge.startEvidence = () => {
    const view = ge.byId("view-text");
    if (ge.store.documents.count === 1) showDocument(ge.document(0));
    else if (ge.store.documents.count) showList();
    else view.replaceChildren(ge.el("p", { class: "muted" }, "There is no document."));
    view.addEventListener("click", pick);
    view.addEventListener("keydown", pick);
    view.addEventListener("pointerover", (event) => {
      const node = event.target.closest("mark[data-key]");
      if (event.pointerType === "mouse") ge.hover(node ? node.dataset.key : null);
    });
    view.addEventListener("pointerleave", () => ge.hover(null));
    ge.on("hover", refresh);
    ge.on("filter", refresh);
    ge.on("select", ({ item, origin }) => {
      if (item && origin === "map" && item.document && item.document !== current && !view.hidden) showDocument(item.document);
      refresh();
      const first = item && marksOf(item.key)[0];
      if (first && origin !== "text") ge.reveal(first);
    });
  };
})();
