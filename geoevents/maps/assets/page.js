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
  const MANY = 3000;
  const FOLLOW_MS = 60;

  const isWide = () => window.matchMedia("(min-width: 900px)").matches;
  const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* Bring a node of the panel into view; on a narrow page that would scroll the map away. */
  ge.reveal = (node) => {
    if (isWide()) node.scrollIntoView({ block: "center", behavior: isCalm() ? "auto" : "smooth" });
  };

  function heading() {
    const { documents, title } = ge.store;
    ge.byId("page-title").textContent = title;
    const only = documents.count === 1 ? ge.document(0) : null;
    const { aggregate } = ge.store;
    const grain = aggregate ? `drawn together by cells of ${aggregate.cell_deg}° and by ${aggregate.period}, without their texts` : null;
    const counts = ["event", "claim"].filter((name) => ge.layer(name).total).map((name) => ge.plural(ge.layer(name).total, name).replace(" ", "\u00a0"));
    const about = only ? [only.source, ge.dayInWords(only.published)] : documents.count ? [ge.plural(documents.count, "document")] : [];
    ge.byId("page-source").textContent = [...about, ...counts, grain].filter(Boolean).join(" · ");
    ge.byId("credits").textContent = `Made with Natural Earth. Cities: GeoNames, CC BY 4.0. Leaflet.${ge.store.version ? ` geoevents ${ge.store.version}.` : ""}`;
  }

  function countTabs() {
    const { count } = ge.store.documents;
    const words = { text: count > 1 ? "Documents" : "Text", claims: "Claims", events: "Events" };
    const counts = { text: count > 1 ? count : null, claims: ge.layer("claim").total, events: ge.layer("event").total };
    /* A table of events has no text to show and makes no claims. */
    ge.byId("tab-text").hidden = !count && ge.layer("event").count > 0;
    ge.byId("tab-claims").hidden = !count && !ge.layer("claim").count && ge.layer("event").count > 0;
    for (const name of TABS) ge.byId(`tab-${name}`).replaceChildren(words[name], ...(counts[name] === null ? [] : [ge.el("span", { class: "count" }, ge.number(counts[name]))]));
  }

  /* A view is filled when it is looked at, and again when the filters change what is in it. */
  const fillers = new Map();
  const stale = new Set();
  function fillIfSeen(name) {
    if (!stale.has(name) || ge.byId(`view-${name}`).hidden) return;
    stale.delete(name);
    fillers.get(name)();
  }
  ge.fillWhenSeen = (name, fill) => {
    fillers.set(name, fill);
    stale.add(name);
    let waiting = 0;
    ge.on("filter", () => {
      stale.add(name);
      clearTimeout(waiting);
      /* Long lists follow the map, and do not hold it up. */
      if (ge.layer("event").count < MANY) fillIfSeen(name);
      else waiting = setTimeout(() => fillIfSeen(name), FOLLOW_MS);
    });
    fillIfSeen(name);
  };
  ge.fillAll = () => {
    for (const name of stale) fillers.get(name)();
    stale.clear();
  };

  /* Show one of the three views of the panel, and in it an item. */
  ge.openTab = (name, item) => {
    for (const other of TABS) {
      const isChosen = other === name;
      ge.byId(`tab-${other}`).setAttribute("aria-selected", String(isChosen));
      ge.byId(`tab-${other}`).tabIndex = isChosen ? 0 : -1;
      ge.byId(`view-${other}`).hidden = !isChosen;
    }
    fillIfSeen(name);
    if (item && item.layer === "claim") ge.reachCard(item);
    const node = item && ge.byId(`view-${name}`).querySelector(`[data-key="${item.key}"]`);
    if (node) node.scrollIntoView({ block: "nearest", behavior: "auto" });
  };

  function startTabs() {
    countTabs();
    for (const name of TABS) {
      const tab = ge.byId(`tab-${name}`);
      tab.addEventListener("click", () => ge.openTab(name));
      tab.addEventListener("keydown", (event) => {
        const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!turn) return;
        const seen = TABS.filter((one) => !ge.byId(`tab-${one}`).hidden);
        const next = seen[(seen.indexOf(name) + turn + seen.length) % seen.length];
        ge.openTab(next);
        ge.byId(`tab-${next}`).focus();
      });
    }
    for (const name of TABS) ge.byId(`view-${name}`).classList.toggle("is-nothing", ge.byId(`tab-${name}`).hidden);
    if (ge.byId("tab-text").hidden) ge.openTab("events");
  }

  function boundsOf(item) {
    const out = L.latLngBounds([]);
    if (item.layer === "claim" && !ge.isDrawn(item)) return out;
    if (item.isLocated) out.extend([item.lat, item.lon]);
    for (const end of ["subject_point", "reference_point"]) if (item.p[end]) out.extend([item.p[end][1], item.p[end][0]]);
    if (item.layer !== "claim") return out;
    const { line, inner, outer } = item.shapes;
    if (!line.length) for (const ring of [inner.length ? inner : outer]) for (let i = 0; i < ring.length; i += 2) out.extend([ring[i + 1], ring[i]]);
    if (line.length) for (let i = 0; i < line.length; i += 2) out.extend([line[i + 1], line[i]]);
    return out;
  }

  function extendByEvents(out) {
    const layer = ge.layer("event");
    const [lon, lat] = [layer.columns.get("lon"), layer.columns.get("lat")];
    for (let i = 0; i < layer.count; i++) if (layer.mask[i] && !Number.isNaN(layer.x[i])) out.extend([lat.at(i), lon.at(i)]);
  }

  function bounds() {
    const out = L.latLngBounds([]);
    extendByEvents(out);
    for (const item of ge.shown("claim")) out.extend(boundsOf(item));
    if (out.isValid()) return out;
    const place = ge.items("place");
    const pinned = place.filter((item) => ge.isPinned(item) && item.p.role !== "dateline");
    for (const item of pinned.length ? pinned : place.filter((i) => i.isLocated)) out.extend(boundsOf(item));
    return out;
  }

  const reachOf = (node, side) => (node.hidden ? 0 : side === "right" ? node.offsetLeft + node.offsetWidth : node.offsetTop + node.offsetHeight);

  function isLegendBeside() {
    const legend = ge.byId("legend");
    return ge.map.getSize().x > ROOMY_PX && legend.open && !legend.hidden;
  }

  /* Room for the controls that lie over the map, and for a whole pin beside them. */
  function paddings() {
    const size = ge.map.getSize();
    const isRoomy = size.x > ROOMY_PX;
    const legend = ge.byId("legend");
    const card = ge.byId("detail");
    const timeline = ge.byId("timeline");
    const isBeside = isLegendBeside();
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
    const box = view ? L.latLngBounds([view[1], view[0]], [view[3], view[2]]) : L.latLngBounds([]);
    fitTo(box, false);
    const isFew = ["event", "claim", "place"].every((name) => ge.layer(name).count <= MANY);
    if (view && isFew && isLegendBeside() && !openBehindLegend(box)) fitTo(box, false);
  }

  /* A closer view, with the legend over a corner where nothing is; whether there is one. */
  function openBehindLegend(box) {
    const legend = ge.byId("legend");
    const { paddingTopLeft, paddingBottomRight } = paddings();
    const around = L.point(paddingTopLeft[0] + PIN_PX, paddingTopLeft[1] + paddingBottomRight[1]);
    const least = ge.map.getZoom();
    const snap = ge.map.options.zoomSnap;
    for (let zoom = Math.min(ge.map.getBoundsZoom(box, false, around), CLOSEST_FIT); zoom > least; zoom -= snap) {
      for (const isLow of [false, true]) {
        legend.classList.toggle("is-low", isLow);
        lookFromLeft(box, zoom, paddingTopLeft, paddingBottomRight[1]);
        if (!isOverMarks(legend)) return true;
      }
    }
    legend.classList.remove("is-low");
    return false;
  }

  /* Show a rectangle as far to the left as it goes, in the middle between top and bottom. */
  function lookFromLeft(box, zoom, [left, top], bottom) {
    const size = ge.map.getSize();
    const corner = ge.map.project(box.getNorthWest(), zoom);
    const height = ge.map.project(box.getSouthEast(), zoom).y - corner.y;
    const shift = L.point(size.x / 2 - left, size.y / 2 - (top + (size.y - bottom - top - height) / 2));
    ge.map.setView(ge.map.unproject(corner.add(shift), zoom), zoom, { animate: false });
  }

  function isOverMarks(node) {
    const points = [...ge.shown("event"), ...ge.shown("place").filter(ge.isPinned)].filter((item) => item.isLocated).map(({ lat, lon }) => [lat, lon]);
    const ends = ge.shown("claim").flatMap(({ p }) => [p.subject_point, p.reference_point].filter(Boolean)).map(([lon, lat]) => [lat, lon]);
    return [...points, ...ends].some((point) => {
      const { x, y } = ge.map.latLngToContainerPoint(point);
      const [left, top] = [node.offsetLeft - PIN_PX, node.offsetTop - PIN_PX];
      return x > left && x < left + node.offsetWidth + 2 * PIN_PX && y > top && y < top + node.offsetHeight + 2 * PIN_PX;
    });
  }

  /* The line of a claim, and the whole ring about it where that is not much larger. */
  function closeUpOf(item) {
    const line = boundsOf(item);
    const { inner, outer } = item.shapes;
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
    if (!item || origin === "link") return;
    /* On a narrow page the map may have been scrolled away, and now is what was asked for. */
    if (!isWide() && (origin === "table" || origin === "card")) document.querySelector(".map-side").scrollIntoView({ block: "start", behavior: isCalm() ? "auto" : "smooth" });
    if (item.layer === "claim") {
      if (!ge.isDrawn(item) || origin === "map") return;
      if (origin === "card" || isTiny(boundsOf(item)) || !isClear(boundsOf(item))) ge.goTo(item);
      return;
    }
    if (!item.isLocated) return;
    const at = ge.map.latLngToContainerPoint([item.lat, item.lon]);
    const size = ge.map.getSize();
    const card = ge.byId("detail");
    const isUnder = !card.hidden && at.x < card.offsetLeft + card.offsetWidth + 20 && at.y > card.offsetTop - 20;
    const isOut = at.x < 40 || at.y < 40 || at.x > size.x - 40 || at.y > size.y - 40;
    if (isOut && origin !== "map") ge.goTo(item);
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
    return ge.hitAt(ge.scene.toCanvas(event.containerPoint));
  }

  function choose(event) {
    const hit = pointAt(event);
    leave();
    if (!hit) {
      ge.select(null, "map");
      ge.showSpot(event.latlng.lat, event.latlng.wrap().lng);
    } else if (hit.item) ge.select(hit.item.key, "map");
    else if (hit.group.rows === 1) ge.select(hit.layer.item(hit.group.first).key, "map");
    else chooseCluster(hit);
  }

  function boxOfRows(layer, rows) {
    const [lon, lat] = [layer.columns.get("lon"), layer.columns.get("lat")];
    const out = L.latLngBounds([]);
    for (const i of rows) out.extend([lat.at(i), lon.at(i)]);
    return out;
  }

  function chooseCluster({ layer, group }) {
    const rows = group.indexes;
    const box = boxOfRows(layer, rows);
    const isOnePlace = box.getNorth() - box.getSouth() < 0.02 && box.getEast() - box.getWest() < 0.02;
    if (isOnePlace || ge.map.getZoom() >= ge.map.getMaxZoom()) {
      ge.select(null, "map");
      ge.showSeveral(layer, rows);
    } else {
      const zoom = Math.min(Math.max(ge.map.getBoundsZoom(box.pad(0.2)), ge.map.getZoom() + 1), ge.map.getMaxZoom());
      ge.map.setView(box.getCenter(), zoom, { animate: !isCalm() });
    }
  }

  function point(event) {
    const hit = pointAt(event);
    const tip = ge.byId("tip");
    const item = hit && (hit.item || (hit.group.rows === 1 ? hit.layer.item(hit.group.first) : null));
    ge.map.getContainer().classList.toggle("is-over", Boolean(hit));
    ge.hover(item && item.key);
    tip.hidden = !hit;
    if (!hit) return;
    tip.textContent = item ? tipOf(item) : [ge.plural(hit.group.count, "event"), hit.group.name >= 0 ? hit.layer.value("name", hit.group.first) : null].filter(Boolean).join(" · ");
    const size = ge.map.getSize();
    const { x, y } = event.containerPoint;
    tip.style.left = `${Math.min(x + 14, size.x - tip.offsetWidth - 6)}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > size.y ? y - tip.offsetHeight - 10 : y + 18}px`;
  }

  function tipOf(item) {
    const count = item.rows.weight(item.index);
    const more = item.layer === "event" ? [item.p.name, ge.dateOf(item), count > 1 ? ge.plural(count, "event") : null] : [];
    return [ge.nameOf(item), ...more].filter(Boolean).join(" · ");
  }

  function leave() {
    ge.byId("tip").hidden = true;
    ge.hover(null);
  }

  /* An online background takes the place of ours; its names too, so that none is written twice. */
  function startTiles(map, tiles) {
    L.tileLayer(tiles.url, { maxZoom: tiles.max_zoom, referrerPolicy: "strict-origin-when-cross-origin" }).addTo(map);
    document.body.classList.add("has-tiles");
    ge.byId("credits").textContent = `Tiles: ${tiles.credit}. ${ge.byId("credits").textContent}`;
  }

  function startMap(map, tiles) {
    ge.map = map;
    if (tiles) startTiles(map, tiles);
    ge.openBasemap();
    ge.openPlaces();
    const begin = (g, view) => (ge.beginHits(), ge.beginLabels(g, view));
    const cover = [begin, ge.groupEvents, ge.paintBands, ge.paintUncertainty, ge.paintLines, ge.paintPlaces, ge.paintWhatIf, ge.paintEnds, ge.paintEvents, ge.paintFigures, ge.paintLabels];
    ge.scene = new ge.Scene({ ground: tiles ? [ge.paintDisputed] : [ge.paintGround], cover: tiles ? cover.filter((paint) => paint !== ge.paintLabels).concat(ge.paintOwnLabels) : cover });
    map.addLayer(ge.scene);
    map.on("click", choose);
    map.on("mousemove", point);
    map.on("mouseout", leave);
    map.on("moveend", showScale);
    for (const [id, act] of [["zoom-in", () => map.zoomIn(1)], ["zoom-out", () => map.zoomOut(1)], ["zoom-fit", () => fitTo(bounds(), true)]]) ge.byId(id).addEventListener("click", act);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  }

  function whyEmpty(namesAreas) {
    const { count } = ge.store.documents;
    if (!count) return ge.layer("event").count ? "None of the events has a place." : "There is no document, and so nothing to put on a map.";
    const isAnyText = Array.from({ length: count }, (_, index) => index).some((index) => ge.document(index).text.trim());
    if (!isAnyText) return count === 1 ? "The document has no text, and so names no place." : "The documents have no text, and so name no place.";
    const where = isWide() ? "beside" : "below";
    const subject = count === 1 ? ["The text names", "The text is"] : ["The texts name", "The texts are"];
    return `${subject[0]} ${namesAreas ? "countries or institutions, but no place that could be pinned" : "no place that could be put on a map"}. ${subject[1]} ${where} the map.`;
  }

  function sayWhenEmpty() {
    const isAny = (name) => ge.layer(name).x.some((x) => !Number.isNaN(x));
    const node = ge.byId("empty");
    node.hidden = isAny("event") || isAny("claim") || ge.placeCount() > 0;
    if (!node.hidden) node.textContent = whyEmpty(isAny("place"));
  }

  function watchTheme() {
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      ge.forgetColors();
      ge.scene.reset();
      ge.fire("theme");
    });
  }

  ge.start = (map, tiles) => {
    ge.open(ge.readColumns());
    ge.openFacets();
    ge.openClusters(ge.layer("event"));
    heading();
    startTabs();
    startMap(map, tiles);
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
