/* How many came to harm, by whose account, and do the accounts agree? Whether they do is worked out
   where the page is made (geoevents/maps/tolls.py). */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const HARMS = { killed: "fatalities", injured: "injured", missing: "missing", captured: "captured", displaced: "displaced" };

  const differs = ({ p }, harm) => (p.differ || []).includes(harm);
  ge.accountsDiffer = ({ p }) => (p.differ || []).length > 0;

  /* A short word that stands out: "denied", "accounts differ". */
  ge.tag = (words, kind) => ge.el("span", { class: `tag${kind ? ` is-${kind}` : ""}` }, words);

  /* The lines of the card: each harm, every figure of it, and a sign where they cannot all be true. */
  ge.tollLines = (item) =>
    Object.entries(HARMS).map(([harm, column]) => {
      const told = (item.p.tolls || []).filter(([of]) => of === harm).map(([, words]) => ge.el("div", { dir: "auto" }, words));
      if (!told.length && item.p[column]) told.push(ge.el("div", {}, ge.people(item.p[column])));
      return [ge.sentence(harm), told.length ? [...told, differs(item, harm) ? ge.tag("accounts differ", "differ") : null] : null];
    });

  /* "30 injured, 2 captured": what the column of the killed leaves out. */
  ge.otherTolls = ({ p }) =>
    Object.entries(HARMS)
      .filter(([harm, column]) => harm !== "killed" && p[column])
      .map(([harm, column]) => `${ge.people(p[column])} ${harm}`)
      .join(", ");
})();
