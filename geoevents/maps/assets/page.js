/* How do the parts come together when the page opens? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const TABS = ["text", "claims", "events"];
  const CLOSEST_FIT = 9;
  const CLOSE_UP = 9;
  const TINY_PX = 90;
  const MILE_KM = 1.609344;
  /* Beside a narrower map no legend lies open. */
  const ROOMY_PX = 700;
  const PIN_PX = 22;
  const RING_AT_MOST = 2.5;

  const isWide = () => window.matchMedia("(min-width: 900px)").matches;
  const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* Bring a node of the panel into view; on a narrow page that would scroll the map away. */
  ge.reveal = (node) => {
    if (isWide()) node.scrollIntoView({ block: "center", behavior: isCalm() ? "auto" : "smooth" });
  };

  function heading() {
    const { documents, items, title } = ge.store;
    ge.byId("page-title").textContent = title;
    const only = documents.length === 1 ? documents[0] : null;
    const counts = [[items.event, "event"], [items.claim, "claim"]].filter(([list]) => list.length).map(([list, word]) => ge.plural(list.length, word));
    const about = only ? [only.source, only.published] : [ge.plural(documents.length, "document")];
    ge.byId("page-source").textContent = [...about, ...counts].filter(Boolean).join(" · ");
    ge.byId("credits").textContent = `Made with Natural Earth. Cities: GeoNames, CC BY 4.0. Leaflet.${ge.store.version ? ` geoevents ${ge.store.version}.` : ""}`;
  }

  function countTabs() {
    const { documents, items } = ge.store;
    const words = { text: documents.length > 1 ? "Documents" : "Text", claims: "Claims", events: "Events" };
    const counts = { text: documents.length > 1 ? documents.length : null, claims: items.claim.length, events: items.event.length };
    for (const name of TABS) ge.byId(`tab-${name}`).replaceChildren(words[name], ...(counts[name] === null ? [] : [ge.el("span", { class: "count" }, ge.number(counts[name]))]));
  }

  /* Show one of the three views of the panel, and in it an item. */
  ge.openTab = (name, item) => {
    for (const other of TABS) {
      const isChosen = other === name;
      ge.byId(`tab-${other}`).setAttribute("aria-selected", String(isChosen));
      ge.byId(`tab-${other}`).tabIndex = isChosen ? 0 : -1;
      ge.byId(`view-${other}`).hidden = !isChosen;
    }
    const node = item && ge.byId(`view-${name}`).querySelector(`[data-key="${item.key}"]`);
    if (node) node.scrollIntoView({ block: "nearest", behavior: "auto" });
  };

  function startTabs() {
    countTabs();
    TABS.forEach((name, i) => {
      const tab = ge.byId(`tab-${name}`);
      tab.addEventListener("click", () => ge.openTab(name));
      tab.addEventListener("keydown", (event) => {
        const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!turn) return;
        const next = TABS[(i + turn + TABS.length) % TABS.length];
        ge.openTab(next);
        ge.byId(`tab-${next}`).focus();
      });
    });
  }

  function boundsOf(item) {
    const out = L.latLngBounds([]);
    if (item.layer === "claim" && !ge.isDrawn(item)) return out;
    if (item.isLocated) out.extend([item.lat, item.lon]);
    for (const end of ["subject_point", "reference_point"]) if (item.p[end]) out.extend([item.p[end][1], item.p[end][0]]);
    const { line = [], inner = [], outer = [] } = item.shapes;
    if (!line.length) for (const ring of [inner.length ? inner : outer]) for (let i = 0; i < ring.length; i += 2) out.extend([ring[i + 1], ring[i]]);
    if (line.length) for (let i = 0; i < line.length; i += 2) out.extend([line[i + 1], line[i]]);
    return out;
  }

  function bounds() {
    const { event, claim, place } = ge.store.items;
    const out = L.latLngBounds([]);
    for (const item of [...event, ...claim]) if (ge.isShown(item)) out.extend(boundsOf(item));
    if (out.isValid()) return out;
    const pinned = place.filter((item) => ge.isPinned(item) && item.p.role !== "dateline");
    for (const item of pinned.length ? pinned : place.filter((i) => i.isLocated)) out.extend(boundsOf(item));
    return out;
  }

  const reachOf = (node, side) => (node.hidden ? 0 : side === "right" ? node.offsetLeft + node.offsetWidth : node.offsetTop + node.offsetHeight);

  /* Room for the controls that lie over the map, and for a whole pin beside them. */
  function paddings() {
    const size = ge.map.getSize();
    const isRoomy = size.x > ROOMY_PX;
    const legend = ge.byId("legend");
    const card = ge.byId("detail");
    const timeline = ge.byId("timeline");
    const isBeside = isRoomy && legend.open && !legend.hidden;
    const left = !card.hidden && isRoomy ? reachOf(card, "right") : reachOf(document.querySelector(".map-tools"), "right");
    const right = isBeside ? size.x - legend.offsetLeft : 0;
    const top = isBeside || legend.hidden ? 0 : legend.offsetTop + legend.querySelector("summary").offsetHeight;
    const bottom = size.y - Math.min(ge.byId("scale").offsetTop || size.y, timeline.hidden ? size.y : timeline.offsetTop);
    return { paddingTopLeft: [left + PIN_PX, top + PIN_PX], paddingBottomRight: [right + PIN_PX, bottom + PIN_PX] };
  }

  function fitTo(box, animate) {
    if (box.isValid()) ge.map.fitBounds(box, { ...paddings(), maxZoom: CLOSEST_FIT, animate: animate && !isCalm() });
    else ge.map.setView([20, 10], 2, { animate: false });
  }

  /* Where most of it happened: geoevents/maps/extent.py says why not everywhere. */
  function openView() {
    const { view } = ge.store;
    fitTo(view ? L.latLngBounds([view[1], view[0]], [view[3], view[2]]) : L.latLngBounds([]), false);
  }

  /* The line of a claim, and the whole ring about it where that is not much larger. */
  function closeUpOf(item) {
    const line = boundsOf(item);
    const { inner = [], outer = [] } = item.shapes;
    const ring = L.latLngBounds([]);
    const flat = outer.length ? outer : inner;
    for (let i = 0; i < flat.length; i += 2) ring.extend([flat[i + 1], flat[i]]);
    if (!ring.isValid() || !line.isValid()) return line;
    const spanOf = (box) => box.getNorth() - box.getSouth() + box.getEast() - box.getWest();
    return spanOf(ring) <= RING_AT_MOST * spanOf(line) ? ring.extend(line) : line;
  }

  ge.goTo = (item, isClose) => {
    if (item.layer === "claim" && ge.isDrawn(item)) {
      ge.map.fitBounds(closeUpOf(item), { ...paddings(), maxZoom: CLOSE_UP + 2, animate: !isCalm() });
      return;
    }
    if (!item.isLocated) return;
    const zoom = isClose ? Math.max(ge.map.getZoom() + 1, CLOSE_UP) : ge.map.getZoom();
    ge.map.setView([item.lat, item.lon], zoom, { animate: !isCalm() });
  };

  function isTiny(box) {
    if (!box.isValid()) return false;
    const a = ge.map.latLngToContainerPoint(box.getNorthWest());
    return a.distanceTo(ge.map.latLngToContainerPoint(box.getSouthEast())) < TINY_PX;
  }

  /* Whether a rectangle lies in the part of the map that no control covers. */
  function isClear(box) {
    if (!box.isValid()) return true;
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = paddings();
    const size = ge.map.getSize();
    const a = ge.map.latLngToContainerPoint(box.getNorthWest());
    const b = ge.map.latLngToContainerPoint(box.getSouthEast());
    return a.x >= left - 2 && a.y >= top - 2 && b.x <= size.x - right + 2 && b.y <= size.y - bottom + 2;
  }

  /* Move the map only when the selected thing is out of sight or under the card. */
  function follow({ item, origin }) {
    if (!item || origin === "map" || origin === "link") return;
    if (item.layer === "claim") {
      if (!ge.isDrawn(item)) return;
      if (origin === "card" || isTiny(boundsOf(item)) || !isClear(boundsOf(item))) ge.goTo(item);
      return;
    }
    if (!item.isLocated) return;
    const at = ge.map.latLngToContainerPoint([item.lat, item.lon]);
    const size = ge.map.getSize();
    const card = ge.byId("detail");
    const isUnder = !card.hidden && at.x < card.offsetLeft + card.offsetWidth + 20 && at.y > card.offsetTop - 20;
    const isOut = at.x < 40 || at.y < 40 || at.x > size.x - 40 || at.y > size.y - 40;
    if (isOut) ge.goTo(item);
    else if (isUnder) uncover(at, card);
  }

  /* The shorter way out from under the card: to its right or above it. */
  function uncover(at, card) {
    const aside = card.offsetLeft + card.offsetWidth + 40 - at.x;
    const up = at.y - (card.offsetTop - 40);
    ge.map.panBy(aside < up || card.offsetTop < 90 ? [-aside, 0] : [0, up], { animate: !isCalm() });
  }

  /* The roundest length that fits 120 pixels at the middle of the map. */
  ge.scaleNow = (unitKm) => {
    const size = ge.map.getSize();
    const at = (x) => ge.map.containerPointToLatLng([x, size.y / 2]);
    const most = (ge.map.distance(at(size.x / 2 - 60), at(size.x / 2 + 60)) / 1000) / (unitKm || 1);
    const power = Math.pow(10, Math.floor(Math.log10(most)));
    const value = [5, 3, 2, 1].map((m) => m * power).find((v) => v <= most);
    return { km: value * (unitKm || 1), value, px: (120 * value) / most };
  };

  function showScale() {
    const rows = [[1, "km"], [MILE_KM, "mi"]].map(([unitKm, word]) => {
      const { value, px } = ge.scaleNow(unitKm);
      const row = ge.el("span", {}, `${value.toLocaleString("en")} ${word}`);
      row.style.width = `${Math.round(px)}px`;
      return row;
    });
    ge.byId("scale").replaceChildren(...rows);
  }

  function pointAt(event) {
    const hit = ge.hitAt(ge.scene.toCanvas(event.containerPoint));
    return hit && hit.keys.map((key) => ge.store.byKey.get(key));
  }

  function choose(event) {
    const items = pointAt(event);
    leave();
    if (!items) {
      ge.select(null, "map");
      ge.showSpot(event.latlng.lat, event.latlng.wrap().lng);
      return;
    }
    if (items.length === 1 || items[0].layer !== "event") ge.select(items[0].key, "map");
    else chooseCluster(items);
  }

  function chooseCluster(items) {
    const box = L.latLngBounds(items.map((item) => [item.lat, item.lon]));
    const isOnePlace = box.getNorth() - box.getSouth() < 0.02 && box.getEast() - box.getWest() < 0.02;
    if (isOnePlace || ge.map.getZoom() >= ge.map.getMaxZoom()) {
      ge.select(null, "map");
      ge.showSeveral(items);
    } else {
      const zoom = Math.min(Math.max(ge.map.getBoundsZoom(box.pad(0.2)), ge.map.getZoom() + 1), ge.map.getMaxZoom());
      ge.map.setView(box.getCenter(), zoom, { animate: !isCalm() });
    }
  }

  function point(event) {
    const items = pointAt(event);
    const tip = ge.byId("tip");
    ge.map.getContainer().classList.toggle("is-over", Boolean(items));
    ge.hover(items && items.length === 1 ? items[0].key : null);
    tip.hidden = !items;
    if (!items) return;
    const first = items[0];
    tip.textContent = items.length > 1 && first.layer === "event" ? ge.plural(items.length, "event") : [ge.nameOf(first), first.layer === "event" ? first.p.name : null, first.layer === "event" ? ge.dateOf(first) : null].filter(Boolean).join(" · ");
    const size = ge.map.getSize();
    const { x, y } = event.containerPoint;
    tip.style.left = `${Math.min(x + 14, size.x - tip.offsetWidth - 6)}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > size.y ? y - tip.offsetHeight - 10 : y + 18}px`;
  }

  function leave() {
    ge.byId("tip").hidden = true;
    ge.hover(null);
  }

  function startMap(map) {
    ge.map = map;
    ge.openBasemap();
    ge.prepareClaims();
    const begin = (g, view) => (ge.beginHits(), ge.beginLabels(g, view));
    const cover = [begin, ge.paintBands, ge.paintUncertainty, ge.paintLines, ge.paintPlaces, ge.paintWhatIf, ge.paintEnds, ge.paintEvents, ge.paintFigures, ge.paintLabels];
    ge.scene = new ge.Scene({ ground: [ge.paintGround], cover });
    map.addLayer(ge.scene);
    map.on("click", choose);
    map.on("mousemove", point);
    map.on("mouseout", leave);
    map.on("moveend", showScale);
    for (const [id, act] of [["zoom-in", () => map.zoomIn(1)], ["zoom-out", () => map.zoomOut(1)], ["zoom-fit", () => fitTo(bounds(), true)]]) ge.byId(id).addEventListener("click", act);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  }

  function whyEmpty(namesAreas) {
    const { documents } = ge.store;
    if (!documents.length) return "There is no document, and so nothing to put on a map.";
    if (!documents.some((doc) => doc.text.trim())) return documents.length === 1 ? "The document has no text, and so names no place." : "The documents have no text, and so name no place.";
    const where = isWide() ? "beside" : "below";
    const subject = documents.length === 1 ? ["The text names", "The text is"] : ["The texts name", "The texts are"];
    return `${subject[0]} ${namesAreas ? "countries or institutions, but no place that could be pinned" : "no place that could be put on a map"}. ${subject[1]} ${where} the map.`;
  }

  function sayWhenEmpty() {
    const { event, claim, place } = ge.store.items;
    const isAnything = [...event, ...claim].some((item) => item.isLocated) || place.some(ge.isPinned);
    const node = ge.byId("empty");
    node.hidden = isAnything;
    node.textContent = whyEmpty(place.some((item) => item.isLocated));
  }

  function watchTheme() {
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      ge.forgetColors();
      ge.scene.reset();
      ge.fire("theme");
    });
  }

  ge.start = (map) => {
    ge.open(ge.jsonBlock("ge-data"));
    heading();
    startTabs();
    startMap(map);
    ge.startLegend();
    ge.startTimeline();
    ge.startDetail();
    ge.startEvidence();
    ge.startCards();
    ge.startTable();
    ge.on("select", follow);
    for (const name of ["select", "hover", "filter"]) ge.on(name, () => ge.scene.queue());
    sayWhenEmpty();
    showScale();
    openView();
    ge.startActions();
    ge.recall();
    showScale();
    watchTheme();
    ge.readyAt = performance.now();
  };
})();
