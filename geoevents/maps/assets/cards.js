/* What does each claim say, what does the map measure, and what follows? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});

  const ROWS_AT_FIRST = 10;
  const CARDS_AT_ONCE = 40;
  /* Widths in the units of the drawing, so that its type is as large as the text around it. */
  const ALONE = 350;
  const BESIDE_COMPASS = 256;

  const measureRows = ({ p }) => {
    const color = ge.outcomeStyle(p.outcome).color;
    const rows = [];
    if (p.claimed_km) rows.push({ label: p.duration_h ? "In reach" : "Claimed", range: p.claimed_km, color, isSolid: false });
    if (p.measured_km) rows.push({ label: "Measured", range: p.measured_km, color, isSolid: true });
    const marks = (p.what_if || []).map((row) => ({ range: row.measured_km, color: ge.fit(row).color, isSolid: true }));
    if (marks.length) rows.push({ label: "What if", marks });
    return rows;
  };

  function measure(item) {
    const { p } = item;
    const rows = measureRows(item);
    if (!rows.length) return null;
    const words = rows.filter((row) => row.range).map((row) => `${row.label} ${ge.interval(row.range)}`).join(", ");
    const turn = p.bearing_deg === null || p.bearing_deg === undefined ? null : ge.compass(p.bearing_deg, p.direction);
    return ge.el("div", { class: "measure" }, ge.axis(rows, words, turn ? BESIDE_COMPASS : ALONE), turn);
  }

  function who({ p }) {
    const stance = { denies: "denied by", confirms: "confirmed by", reports: "reported by" }[p.stance] || "said by";
    const parts = [p.speaker ? [`${ge.sentence(stance)} `, ge.bdi(p.speaker)] : "No speaker named"];
    if (p.paired && p.figure) parts.push(`. ${p.figure} and ${p.paired.value} ${p.paired.unit} ${p.units_agree === false ? "are not" : "are"} the same length.`);
    return ge.el("p", { class: "who" }, parts.flat());
  }

  /* A time becomes a distance only by what one can go in it, and that is much. */
  function journey({ p }) {
    if (!p.duration_h || !p.claimed_km) return null;
    return ge.el("p", { class: "who" }, `${ge.sentence(ge.hours(p.duration_h))} reaches ${ge.interval(p.claimed_km)} in a straight line, by the slowest and the fastest way to go.`);
  }

  /* What would make a refuted claim true: "in miles", "to the north". */
  ge.wouldHold = ({ p }) => (p.would_hold && p.would_hold.length ? p.would_hold.join("; or ") : null);
  function wouldHold(item) {
    const words = ge.wouldHold(item);
    return words ? ge.el("p", { class: "would-hold", dir: "auto" }, ge.el("b", {}, "It would hold "), words, ".") : null;
  }

  /* Where the claim itself puts an end that the text does not name. */
  function implied({ p }) {
    if (!p.implied) return null;
    const { lat, lon, radius_km: km, text } = p.implied;
    return ge.el("p", { class: "would-hold" }, ge.el("b", {}, "Where it would lie: "), text ? ["“", ge.bdi(text), "” "] : "", `within ${ge.km(km)} of ${ge.decimal(lat, lon)} (${ge.mgrs(lat, lon)})`);
  }

  /* How far a place is from the figure at which it would begin or cease to fit. */
  function offDecision({ p }, { measured_km: [low, high] }) {
    const middle = high === null || high === undefined ? low : (low + high) / 2;
    return Math.min(...(p.claimed_km || []).filter(Boolean).map((km) => Math.abs(km - middle)));
  }

  /* The places by their distance, and which of them decide most and are shown at first. */
  function whatIfRows(item) {
    const rows = item.p.what_if || [];
    const off = new Map(rows.map((row) => [row, offDecision(item, row)]));
    const first = new Set([...rows].sort((a, b) => (off.get(a) < off.get(b) ? -1 : off.get(a) > off.get(b) ? 1 : 0)).slice(0, ROWS_AT_FIRST));
    const byDistance = [...rows].sort((a, b) => a.measured_km[0] - b.measured_km[0]);
    return byDistance.map((row) => ({ row, isFirst: first.has(row) }));
  }

  function showAll(rows) {
    if (rows.length <= ROWS_AT_FIRST) return null;
    const open = (event) => {
      event.target.closest(".card").classList.add("is-open");
      event.target.remove();
    };
    return ge.button(`Show all ${rows.length} places`, open, "plain-button more");
  }

  function whatIf(item) {
    const rows = whatIfRows(item);
    if (!rows.length) return null;
    const missing = item.p.reference_point ? item.p.subject : item.p.reference;
    const body = rows.map(({ row, isFirst }) =>
      ge.el(
        "tr",
        { class: isFirst ? null : "rest" },
        ge.el("td", {}, ge.bdi(row.name)),
        ge.el("td", { class: "number" }, ge.interval(row.measured_km)),
        ge.el("td", { class: ge.fit(row).kind }, ge.fit(row).words),
      ),
    );
    return ge.el(
      "table",
      { class: "what-if" },
      ge.el("caption", {}, "What if “", ge.bdi(missing || "the unnamed end"), "” were …"),
      ge.el("thead", {}, ge.el("tr", {}, ge.el("th", { scope: "col" }, "Place"), ge.el("th", { scope: "col", class: "number" }, "Distance"), ge.el("th", { scope: "col" }, "The claim"))),
      ge.el("tbody", {}, body),
    );
  }

  function card(item) {
    const { p } = item;
    const style = ge.outcomeStyle(p.outcome);
    return ge.el(
      "article",
      { class: "card", "data-key": item.key, vars: { "--edge": `var(${style.color})` } },
      ge.el("h2", { class: "verdict" }, ge.outcomeSign(p.outcome), style.words, p.units_agree === false ? ", and its two figures disagree" : ""),
      ge.el("blockquote", { dir: "auto" }, p.text),
      who(item),
      ge.store.documents.count > 1 && item.document ? ge.el("p", { class: "who" }, "In “", ge.bdi(ge.titleOf(item.document)), "”") : null,
      measure(item),
      journey(item),
      ge.el("p", { class: "why", dir: "auto" }, ge.sentence(p.reason || "")),
      wouldHold(item),
      implied(item),
      whatIf(item),
      showAll(item.p.what_if || []),
      ge.el("div", { class: "row" }, ge.isDrawn(item) ? ge.button("Show on map", () => ge.select(item.key, "card")) : null, ge.button("Show in text", () => ge.readIn(item))),
    );
  }

  let limit = CARDS_AT_ONCE;

  /* What the map contradicts comes first: it is what a reader must not miss. */
  const URGENCY = ["refuted", "road_only", "not_checkable", "consistent", "supported"];
  /* Two figures that cannot both be right are an error of the text, whatever the map allows. */
  const urgency = ({ p }) => Math.min(URGENCY.indexOf(p.outcome), p.units_agree === false ? 1 : URGENCY.length);
  const inOrder = () => ge.shown("claim").sort((a, b) => urgency(a) - urgency(b) || a.index - b.index);

  function fillCards() {
    const view = ge.byId("view-claims");
    const shown = inOrder();
    const none = ge.layer("claim").count ? "Every claim is filtered out." : "The text makes no claim about a distance or a direction.";
    const more = shown.length > limit ? ge.button(`Show ${ge.number(Math.min(CARDS_AT_ONCE, shown.length - limit))} more`, () => ((limit += CARDS_AT_ONCE), fillCards()), "plain-button more") : "";
    view.replaceChildren(...(shown.length ? shown.slice(0, limit).map(card) : [ge.el("p", { class: "muted" }, none)]), more);
  }

  /* Bring the card of a claim onto the page, however far down the list it is. */
  ge.reachCard = (item) => {
    const at = inOrder().indexOf(item);
    if (at < limit) return;
    limit = (Math.floor(at / CARDS_AT_ONCE) + 1) * CARDS_AT_ONCE;
    fillCards();
  };

  ge.startCards = () => {
    ge.fillWhenSeen("claims", fillCards);
    ge.on("select", ({ item, origin }) => {
      if (item && item.layer === "claim" && !ge.byId("view-claims").hidden) ge.reachCard(item);
      for (const node of document.querySelectorAll(".card")) {
        const isChosen = Boolean(item) && node.dataset.key === item.key;
        node.classList.toggle("is-selected", isChosen);
        if (isChosen && origin !== "card") ge.reveal(node);
      }
    });
  };
})();
