/* What is known of the thing selected on the map? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const LISTED = 200;
  let opener = null;

  function pairs(rows) {
    const kept = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
    return kept.length ? ge.el("dl", {}, kept.flatMap(([name, value]) => [ge.el("dt", {}, name), ge.el("dd", { dir: "auto" }, value)])) : null;
  }

  function head(swatch, kicker, title) {
    return [
      ge.el("button", { type: "button", class: "close", "aria-label": "Close", on: { click: close } }, "×"),
      ge.el("p", { class: "kicker" }, swatch, ge.el("span", {}, kicker)),
      ge.el("h2", { dir: "auto" }, title),
    ];
  }

  const actions = (item) => ge.el("div", { class: "row" }, item.document ? ge.button("Show in text", () => ge.readIn(item)) : null, item.isLocated ? ge.button("Zoom here", () => ge.goTo(item, true)) : null);

  function why(reasons) {
    if (!reasons || !reasons.length) return null;
    return ge.el("details", { class: "why" }, ge.el("summary", {}, "Why it is coded so"), ge.el("ul", {}, reasons.map((reason) => ge.el("li", { dir: "auto" }, reason))));
  }

  function spread(item) {
    const km = item.p.radius_km;
    if (!item.isLocated && !item.p.name) return null;
    const words = ge.PRECISION[item.p.geo_precision];
    return [words && ge.sentence(words), km ? `within ${ge.km(km)}` : null].filter(Boolean).join(", ");
  }

  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const inWords = ([year, month, day]) => [day && Number(day), month && MONTHS[month - 1], year].filter(Boolean).join(" ");

  /* As exactly as the text has it: a day, a month, a year, or between two days. */
  ge.dateOf = ({ p }) => {
    const [from, to] = [p.date, p.date_end || p.date].map((text) => (/^\d{4}-(0\d|1[0-2])-\d\d$/.test(text || "") ? text.split("-") : null));
    if (!from || !to) return p.date || p.date_text || "No date";
    if (p.date === (p.date_end || p.date)) return inWords(from);
    const isWhole = from[2] === "01" && Number(to[2]) === new Date(Date.UTC(to[0], to[1], 0)).getUTCDate() && from[0] === to[0];
    if (isWhole && from[1] === to[1]) return inWords(from.slice(0, 2));
    if (isWhole && from[1] === "01" && to[1] === "12") return from[0];
    return `between ${inWords(from)} and ${inWords(to)}`;
  };

  /* "14 January 2025" for a day as the data has it; what is no day, as it is. */
  ge.dayInWords = (text) => (text ? ge.dateOf({ p: { date: text } }) : null);

  /* The first day alone, with a sign where there are more. */
  ge.dayOf = ({ p }) => (p.date ? `${p.date}${p.date_end && p.date_end !== p.date ? " …" : ""}` : p.date_text || "no date");

  function sayings({ p }) {
    const words = { claims: "claims it", reports: "reports it", denies: "denies it", confirms: "confirms it" };
    return [...new Set((p.attribution || []).map((quote) => `${quote.speaker} ${words[quote.stance] || quote.stance}`))].join("; ");
  }

  /* Actors come as names or as objects that have one. */
  ge.actorNames = (actors) => (actors || []).map((actor) => (typeof actor === "string" ? actor : actor.name)).join(", ");

  function eventCard(item) {
    const { p } = item;
    return [
      head(ge.typeSwatch(p.type), [ge.bdi(p.type || "Event"), ge.statusTag(item)], ge.nameOf(item)),
      pairs([
        ["When", ge.dateOf(item)],
        ["Where", ge.whereOf(item) || "No place named"],
        ["Precision", spread(item)],
        ["Who", ge.actorNames(p.actors)],
        ["To whom", ge.actorNames(p.targets)],
        ...ge.tollLines(item),
        ["Source", [sayings(item), p.source].filter(Boolean).join("; ")],
        ["Events", item.rows.weight(item.index) > 1 ? ge.number(item.rows.weight(item.index)) : null],
      ]),
      p.text ? ge.el("p", { class: "said", dir: "auto" }, p.text) : null,
      why(p.reasons),
      actions(item),
    ];
  }

  function placeCard(item) {
    const { p } = item;
    const others = (p.candidates || []).map((row) => [row.name, ge.country(row.country)].filter(Boolean).join(", "));
    return [
      head(ge.placeSwatch(), ["Place · “", ge.bdi(p.text), "” in the text"], ge.whereOf(item) || p.text),
      pairs([
        ["Kind", p.kind],
        ["Role", p.role === "literal" ? null : p.role],
        ["Population", p.population ? ge.number(p.population) : null],
        ["Position", item.isLocated ? ge.decimal(item.lat, item.lon) : "not settled"],
        ["Grid", item.isLocated ? ge.mgrs(item.lat, item.lon) : null],
        ["Disputed", p.disputed],
        ["Also possible", others.join("; ")],
      ]),
      p.reason ? ge.el("p", { class: "why", dir: "auto" }, ge.sentence(p.reason)) : null,
      actions(item),
    ];
  }

  function claimCard(item) {
    const { p } = item;
    return [
      head(ge.outcomeSwatch(p.outcome), ge.outcomeStyle(p.outcome).words, [ge.bdi(p.subject || "?"), " – ", ge.bdi(p.reference || "?")]),
      pairs([
        ["Claimed", ge.claimWords(item)],
        ["Measured", p.measured_km ? ge.interval(p.measured_km) : null],
        ["Would hold", ge.wouldHold(item)],
        ["Said by", p.speaker],
      ]),
      ge.el("p", { class: "said", dir: "auto" }, p.text),
      ge.el("p", { class: "why", dir: "auto" }, ge.sentence(p.reason || "")),
      ge.el("div", { class: "row" }, ge.button("Show the calculation", () => ge.openTab("claims", item)), ge.button("Show in text", () => ge.readIn(item))),
    ];
  }

  const CARDS = { event: eventCard, place: placeCard, claim: claimCard };

  function show(children, label) {
    const card = ge.byId("detail");
    card.setAttribute("aria-label", label);
    card.replaceChildren(...children.flat().filter(Boolean));
    card.hidden = false;
    card.scrollTop = 0;
    ge.scene.queue();
  }

  function hide() {
    ge.byId("detail").hidden = true;
    ge.scene.queue();
  }

  function close() {
    ge.select(null, "detail");
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  }

  /* The events that share a mark, one line each. */
  ge.showSeveral = (layer, indexes) => {
    const [first] = indexes;
    const place = indexes.every((i) => layer.value("name", i) === layer.value("name", first)) ? layer.value("name", first) : null;
    const count = indexes.reduce((sum, i) => sum + layer.weight(i), 0);
    const rows = indexes.slice(0, LISTED).map((i) => layer.item(i)).map((item) =>
      ge.el("li", {}, ge.el("button", { type: "button", on: { click: () => ge.select(item.key, "map") } }, swatchOf(item), ge.el("span", { dir: "auto" }, ge.nameOf(item)), ge.el("span", { class: "when" }, item.layer === "event" ? ge.dateOf(item) : ""))),
    );
    show([head(null, place ? "At one place" : "Close together", place ? [`${ge.plural(count, "event")} in `, ge.bdi(place)] : ge.plural(count, "event")), ge.el("ul", {}, rows), indexes.length > LISTED ? ge.el("p", { class: "why" }, `The first ${LISTED}; the table lists them all.`) : null], "Events here");
  };

  function swatchOf(item) {
    return item.layer === "event" ? ge.typeSwatch(item.p.type) : item.layer === "claim" ? ge.outcomeSwatch(item.p.outcome) : ge.placeSwatch();
  }

  /* A bare spot of the map: where it is, and whether it is disputed. */
  ge.showSpot = (lat, lon) => {
    const area = ge.disputedAt(lat, lon);
    show(
      [head(null, "Coordinates", ge.decimal(lat, lon)), pairs([["Degrees", ge.dms(lat, lon)], ["Grid (MGRS)", ge.mgrs(lat, lon)], ["Disputed", area && `${area.name}: ${area.status}`], ["After", area && area.source]])],
      "Coordinates",
    );
  };

  ge.startDetail = () => {
    ge.on("select", ({ item, origin }) => {
      if (origin !== "detail") opener = document.activeElement;
      /* The claim's own card already says it all. */
      if (item && origin !== "card") show(CARDS[item.layer](item), "Selected on the map");
      else hide();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !ge.byId("detail").hidden) close();
    });
  };
})();
