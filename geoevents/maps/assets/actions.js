/* How does a reader take the view along: a link, a picture, paper? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const SHARPNESS = 2;
  const BAR_PX = 58;
  const FOOT_PX = 40;
  const FONT = 'system-ui, "Liberation Sans", sans-serif';

  function viewText() {
    const center = ge.map.getCenter();
    const parts = [`map=${ge.map.getZoom()}/${center.lat.toFixed(3)}/${center.lng.toFixed(3)}`];
    if (ge.selected) parts.push(`show=${ge.selected}`);
    parts.push(...ge.filterText());
    if (ge.currentDocument() && ge.store.documents.count > 1) parts.push(`text=${ge.currentDocument().index}`);
    return `#${parts.join("&")}`;
  }

  /* Replacing the address is refused inside some frames; the view is then only not remembered. */
  function remember() {
    try {
      history.replaceState(null, "", viewText());
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }

  /* Browsers refuse an address that changes with every step of a film. */
  let soon = 0;
  function rememberSoon() {
    clearTimeout(soon);
    soon = setTimeout(remember, 250);
  }

  /* Take up the view that the address names. Returns whether it named one. */
  ge.recall = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const [zoom, lat, lon] = (wanted.get("map") || "").split("/").map(Number);
    if (wanted.has("text")) ge.openDocument(Number(wanted.get("text")));
    ge.recallFilters(wanted);
    const isView = [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 90 && Math.abs(lon) <= 720;
    if (isView) ge.map.setView([lat, lon], zoom, { animate: false });
    if (wanted.has("show")) ge.select(wanted.get("show"), "link");
    return isView;
  };

  async function copyLink() {
    remember();
    try {
      await navigator.clipboard.writeText(location.href);
      confirm("act-link", "Copied");
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      confirm("act-link", "In the address bar");
    }
  }

  function confirm(id, words) {
    const button = ge.byId(id);
    const label = button.querySelector("span");
    button.dataset.label = button.dataset.label || label.textContent;
    label.textContent = words;
    button.classList.add("is-done");
    ge.say(words);
    setTimeout(() => {
      label.textContent = button.dataset.label;
      button.classList.remove("is-done");
    }, 1800);
  }

  function write(g, text, x, y, font, color, width) {
    g.font = font;
    g.fillStyle = color;
    let shown = text;
    while (shown.length > 1 && g.measureText(shown).width > width) shown = `${shown.slice(0, -2)}…`;
    g.fillText(shown, x, y);
  }

  function paintScale(g, x, y) {
    const { km, px } = ge.scaleNow();
    g.strokeStyle = g.fillStyle = ge.color("--ink");
    g.lineWidth = 2;
    g.strokeRect(x, y, px, 0);
    g.font = `12px ${FONT}`;
    g.fillText(ge.kmAndMiles(km), x, y - 10);
  }

  /* Title, map, scale, legend and the line about boundaries, as one picture. */
  ge.picture = () => {
    const map = ge.scene.picture(SHARPNESS);
    const width = map.width / SHARPNESS;
    const height = map.height / SHARPNESS;
    const canvas = document.createElement("canvas");
    canvas.width = map.width;
    canvas.height = map.height + (BAR_PX + FOOT_PX) * SHARPNESS;
    const g = canvas.getContext("2d");
    g.fillStyle = ge.color("--paper");
    g.fillRect(0, 0, canvas.width, canvas.height);
    g.drawImage(map, 0, BAR_PX * SHARPNESS);
    g.scale(SHARPNESS, SHARPNESS);
    g.textBaseline = "middle";
    write(g, ge.store.title, 14, 20, `650 17px ${FONT}`, ge.color("--ink"), width - 28);
    write(g, ge.byId("page-source").textContent, 14, 42, `13px ${FONT}`, ge.color("--ink-soft"), width - 28);
    paintScale(g, 14, BAR_PX + height - 14);
    paintLegend(g, width);
    const lines = [...document.querySelectorAll(".foot p")].map((node) => node.textContent);
    lines.forEach((line, i) => write(g, line, 14, BAR_PX + height + 12 + i * 16, `11px ${FONT}`, ge.color("--ink-soft"), width - 28));
    return canvas;
  };

  /* The labels of a facet that are shown and occur. */
  function shownOf(facet) {
    const counts = facet.layer.count && !facet.layer.isOff ? facet.counts() : [];
    return facet.layer.count ? facet.table.names.filter((_, number) => counts[number] && !facet.hidden.has(number)) : [];
  }

  function paintType(g, type, x, y) {
    const { color, shape } = ge.typeStyle(type);
    ge.traceShape(g, shape, x, y, 6);
    g.fillStyle = ge.color(color);
    g.fill();
  }

  function paintOutcome(g, outcome, x, y) {
    const { color, dash } = ge.outcomeStyle(outcome);
    g.beginPath();
    g.moveTo(x - 9, y);
    g.lineTo(x + 9, y);
    g.setLineDash(dash.map((length) => length * 0.6));
    g.lineWidth = 3;
    g.strokeStyle = ge.color(color);
    g.stroke();
    g.setLineDash([]);
  }

  function paintLegend(g, width) {
    const rows = [
      ...shownOf(ge.facet("type")).map((type) => [type, (x, y) => paintType(g, type, x, y)]),
      ...shownOf(ge.facet("verdict")).map((outcome) => [ge.outcomeStyle(outcome).words, (x, y) => paintOutcome(g, outcome, x, y)]),
    ];
    if (!rows.length) return;
    g.font = `12.5px ${FONT}`;
    const wide = Math.max(...rows.map(([words]) => g.measureText(words).width)) + 48;
    const left = width - wide - 12;
    g.fillStyle = ge.color("--paper");
    g.fillRect(left, BAR_PX + 12, wide, rows.length * 21 + 12);
    rows.forEach(([words, paint], i) => {
      const y = BAR_PX + 28 + i * 21;
      paint(left + 19, y);
      g.fillStyle = ge.color("--ink");
      g.fillText(words, left + 37, y);
    });
  }

  function savePicture() {
    ge.picture().toBlob((blob) => {
      const link = ge.el("a", { href: URL.createObjectURL(blob), download: "map.png" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 5000);
      confirm("act-png", "Saved");
    }, "image/png");
  }

  let beforePaper = null;

  /* What explains the map is open on paper. */
  const explaining = () => [...document.querySelectorAll("#legend, #legend .signs")];

  /* Paper has another shape than the window: show at least what was in sight. */
  function toPaper() {
    beforePaper = { center: ge.map.getCenter(), zoom: ge.map.getZoom(), open: explaining().filter((node) => node.open) };
    const seen = ge.map.getBounds();
    /* The browser lays out paper only after this: the map takes its size on it beforehand. */
    document.documentElement.classList.add("is-paper");
    ge.forgetColors();
    for (const node of explaining()) node.open = true;
    ge.map.invalidateSize({ animate: false });
    ge.map.fitBounds(seen, { animate: false });
    ge.scene.flatten(true);
  }

  function toScreen() {
    document.documentElement.classList.remove("is-paper");
    ge.forgetColors();
    for (const node of explaining()) node.open = beforePaper.open.includes(node);
    ge.map.invalidateSize({ animate: false });
    ge.map.setView(beforePaper.center, beforePaper.zoom, { animate: false });
    ge.scene.flatten(false);
  }

  ge.startActions = () => {
    ge.byId("act-link").addEventListener("click", copyLink);
    ge.byId("act-png").addEventListener("click", savePicture);
    ge.byId("act-print").addEventListener("click", () => window.print());
    ge.map.on("moveend", remember);
    ge.on("select", remember);
    ge.on("document", remember);
    ge.on("filter", rememberSoon);
    window.addEventListener("hashchange", ge.recall);
    window.addEventListener("beforeprint", toPaper);
    window.addEventListener("beforeprint", ge.fillAll);
    window.addEventListener("afterprint", toScreen);
  };
})();
