/* How are elements made and figures written? Text always arrives by textContent. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const SVG = "http://www.w3.org/2000/svg";
  const MILE_KM = 1.609344;
  /* A time in one figure comes with less than this between its ends. */
  const WIDE = 1.5;

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") for (const [type, handler] of Object.entries(value)) node.addEventListener(type, handler);
      else if (name === "vars") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children.flat(2)) if (child !== null && child !== undefined && child !== "") node.append(child);
    return node;
  }

  /* `children` are nodes or texts; `on` holds handlers, `vars` custom properties of CSS. */
  ge.el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  ge.svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  ge.byId = (id) => document.getElementById(id);

  /* Text from outside, set apart so that its direction does not spread to ours. */
  ge.bdi = (text) => ge.el("bdi", {}, String(text));

  ge.button = (label, handler, kind) => ge.el("button", { type: "button", class: kind || "plain-button", on: { click: handler } }, label);

  const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  ge.number = (value) => whole.format(value);

  function figure(km) {
    return km < 10 ? String(Math.round(km * 10) / 10) : ge.number(Math.round(km));
  }

  ge.km = (km) => `${figure(km)} km`;
  ge.kmAndMiles = (km) => `${figure(km)} km (${figure(km / MILE_KM)} mi)`;

  /* "327–331 km"; an open end is "at least 295 km". */
  ge.interval = (range) => {
    if (!range) return "no figure";
    const [low, high] = range;
    if (high === null || high === undefined) return `at least ${figure(low)} km`;
    if (!low) return `at most ${figure(high)} km`;
    return figure(low) === figure(high) ? `${figure(low)} km` : `${figure(low)}–${figure(high)} km`;
  };

  /* A journey's time, which comes as an interval around what the text says: "about 3 h of travel". */
  ge.hours = ([low, high]) => {
    const short = (hours) => String(Math.round(hours * 4) / 4 || Math.round(hours * 100) / 100);
    if (high === null || high === undefined) return `at least ${short(low)} h of travel`;
    if (!low) return `up to ${short(high)} h of travel`;
    return high / low < WIDE ? `about ${short((low + high) / 2)} h of travel` : `${short(low)}–${short(high)} h of travel`;
  };

  ge.people = (range) => {
    if (range === null || range === undefined) return "";
    if (typeof range === "number") return ge.number(range);
    const [low, high] = range;
    if (high === null || high === undefined) return `${ge.number(low)}+`;
    return low === high ? ge.number(low) : `${ge.number(low)}–${ge.number(high)}`;
  };

  function dms(degrees, positive, negative) {
    const seconds = Math.round(Math.abs(degrees) * 3600);
    const two = (value) => String(value).padStart(2, "0");
    const parts = `${Math.floor(seconds / 3600)}° ${two(Math.floor(seconds / 60) % 60)}′ ${two(seconds % 60)}″`;
    return `${parts} ${degrees < 0 ? negative : positive}`;
  }
  ge.decimal = (lat, lon) => `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
  ge.dms = (lat, lon) => `${dms(lat, "N", "S")}, ${dms(lon, "E", "W")}`;

  ge.plural = (count, one, many) => `${ge.number(count)} ${count === 1 ? one : many || `${one}s`}`;
  ge.sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
})();
