/* Where are the places that the texts name? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const AREAS = new Set(["continent", "region", "country", "admin1", "admin2", "water", "land"]);
  const UNPINNED_ROLES = new Set(["institution", "metonym", "demonym", "embedded"]);

  /* An institution is not where its seat is, and an area is no point. */
  ge.isPinned = (item) => item.isLocated && item.p.kind !== "institution" && !UNPINNED_ROLES.has(item.p.role) && !AREAS.has(item.p.kind);

  function spots() {
    const found = new Map();
    for (const item of ge.shown("place")) {
      const isChosen = item.key === ge.selected || item.key === ge.hovered;
      if (!ge.isPinned(item) && !(isChosen && item.isLocated)) continue;
      const key = item.p.place_id || `${item.lon},${item.lat}`;
      const spot = found.get(key) || { item, keys: [], isDateline: true };
      spot.keys.push(item.key);
      spot.isDateline = spot.isDateline && item.p.role === "dateline";
      found.set(key, spot);
    }
    return [...found.values()];
  }

  ge.paintPlaces = (g, view) => {
    for (const { item, keys, isDateline } of spots()) {
      ge.eachCopy(view, item.x, item.y, 20, (x, y) => {
        if (keys.includes(ge.selected) || keys.includes(ge.hovered)) ge.paintHalo(g, x, y, 9);
        g.beginPath();
        g.arc(x, y, 4.5, 0, 2 * Math.PI);
        g.fillStyle = isDateline ? ge.color("--paper") : ge.color("--place");
        g.strokeStyle = isDateline ? ge.color("--place") : ge.color("--paper");
        g.lineWidth = isDateline ? 2 : 1.5;
        g.fill();
        g.stroke();
        ge.addHit(x, y, 4, keys, "place");
        ge.keepClear(x, y, 4);
        ge.askLabel({ x, y, text: item.p.name || item.p.text, rank: 3, reach: 4, size: 12.5, weight: 600, color: ge.color("--place"), halo: ge.color("--halo") });
      });
    }
  };
})();
