/* Where on the ellipsoid is a ring, a line, a square of the military grid? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const RADIAN = Math.PI / 180;
  const AXIS_M = 6378137;
  const FLATTENING = 1 / 298.257223563;
  const POLAR_M = AXIS_M * (1 - FLATTENING);
  const RING_POINTS = 120;
  const STEP_KM = 50;
  const MOST_PIECES = 512;
  const EARTH_KM = 6371.0088;
  /* "More than 300 km" has no outer ring: the band fades out over this share of the figure. */
  const OPEN_BAND = 0.12;
  /* Past this a ring goes round the far side of the earth and says nothing that a reader could see. */
  const LARGEST_RING_KM = 9000;

  /* The point at a distance and bearing, after T. Vincenty (Survey Review XXIII, 176, 1975). */
  function destination(lat, lon, bearing, km) {
    const alpha = bearing * RADIAN;
    const reduced = (1 - FLATTENING) * Math.tan(lat * RADIAN);
    const cosU = 1 / Math.hypot(1, reduced);
    const sinU = reduced * cosU;
    const sinAlpha = cosU * Math.sin(alpha);
    const squared = (1 - sinAlpha * sinAlpha) * ((AXIS_M * AXIS_M - POLAR_M * POLAR_M) / (POLAR_M * POLAR_M));
    const a = 1 + (squared / 16384) * (4096 + squared * (-768 + squared * (320 - 175 * squared)));
    const b = (squared / 1024) * (256 + squared * (-128 + squared * (74 - 47 * squared)));
    const first = Math.atan2(reduced, Math.cos(alpha));
    const straight = (km * 1000) / (POLAR_M * a);
    let sigma = straight;
    for (let i = 0; i < 20; i++) {
      const middle = Math.cos(2 * first + sigma);
      const inner = Math.cos(sigma) * (2 * middle * middle - 1) - (b / 6) * middle * (4 * Math.sin(sigma) ** 2 - 3) * (4 * middle * middle - 3);
      sigma = straight + b * Math.sin(sigma) * (middle + (b / 4) * inner);
    }
    const middle = Math.cos(2 * first + sigma);
    const [sin, cos] = [Math.sin(sigma), Math.cos(sigma)];
    const there = Math.atan2(sinU * cos + cosU * sin * Math.cos(alpha), (1 - FLATTENING) * Math.hypot(sinAlpha, sinU * sin - cosU * cos * Math.cos(alpha)));
    const lambda = Math.atan2(sin * Math.sin(alpha), cosU * cos - sinU * sin * Math.cos(alpha));
    const c = (FLATTENING / 16) * (1 - sinAlpha * sinAlpha) * (4 + FLATTENING * (4 - 3 * (1 - sinAlpha * sinAlpha)));
    const turn = lambda - (1 - c) * FLATTENING * sinAlpha * (sigma + c * sin * (middle + c * cos * (2 * middle * middle - 1)));
    return [there / RADIAN, lon + turn / RADIAN];
  }

  /* Flat [lon, lat, ...] of the ring at a distance; empty where there is none to draw. */
  ge.ring = ([lon, lat], km) => {
    if (!(km >= 0.01 && km <= LARGEST_RING_KM)) return [];
    const out = [];
    for (let i = 0; i <= RING_POINTS; i++) {
      const [y, x] = destination(lat, lon, (-360 * (i % RING_POINTS)) / RING_POINTS, km);
      out.push(x, y);
    }
    return out;
  };

  /* Flat [lon, lat, ...] of the great circle between two points, at steps of 50 km. */
  ge.greatCircle = (from, to) => {
    const vector = ([lon, lat]) => [Math.cos(lat * RADIAN) * Math.cos(lon * RADIAN), Math.cos(lat * RADIAN) * Math.sin(lon * RADIAN), Math.sin(lat * RADIAN)];
    const [a, b] = [vector(from), vector(to)];
    const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
    const pieces = Math.max(1, Math.min(MOST_PIECES, Math.ceil((angle * EARTH_KM) / STEP_KM)));
    const out = [...from.slice(0, 2)];
    for (let i = 1; i < pieces; i++) {
      const [s, t] = [Math.sin((1 - i / pieces) * angle), Math.sin((i / pieces) * angle)];
      const [x, y, z] = a.map((value, k) => value * s + b[k] * t);
      out.push(Math.atan2(y, x) / RADIAN, Math.atan2(z, Math.hypot(x, y)) / RADIAN);
    }
    return [...out, ...to.slice(0, 2)];
  };

  /* What a claim draws, as geoevents/maps/shapes.py says for the stills: the line between its ends,
     and the ring or band about the end that is known. A claim with both ends on the map that nobody
     could measure draws nothing: a line would look measured. An end without a name that the claim
     itself puts somewhere has its area. */
  ge.claimShapes = (p) => ({ ...measuredShapes(p), implied: (p.implied?.area || []).flat() });

  function measuredShapes(p) {
    const [subject, reference, claimed] = [p.subject_point, p.reference_point, p.claimed_km];
    const isMeasured = p.distance_km !== null && p.distance_km !== undefined;
    if (subject && reference && !isMeasured) return { line: [], inner: [], outer: [] };
    const line = subject && reference ? ge.greatCircle(reference, subject) : [];
    const center = reference || subject;
    if (!center || !claimed) return { line, inner: [], outer: [] };
    const [low, high] = claimed;
    const isOpen = high === null || high === undefined;
    return { line, inner: ge.ring(center, low), outer: ge.ring(center, isOpen ? low * (1 + OPEN_BAND) : high), isOpen };
  }

  function zoneOf(lat, lon) {
    if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;
    if (lat >= 72 && lon >= 0 && lon < 42) return 31 + 2 * Math.floor((lon + 3) / 12);
    return (Math.floor((lon + 180) / 6) % 60) + 1;
  }

  /* Easting and northing in meters, by Krüger's series (C. F. F. Karney, J. Geodesy 85, 2011). */
  function transverseMercator(lat, lon, central) {
    const n = FLATTENING / (2 - FLATTENING);
    const eccentricity = Math.sqrt(FLATTENING * (2 - FLATTENING));
    const turn = (((((lon - central + 180) % 360) + 360) % 360) - 180) * RADIAN;
    const tangent = Math.tan(lat * RADIAN);
    const sigma = Math.sinh(eccentricity * Math.atanh((eccentricity * tangent) / Math.hypot(1, tangent)));
    const conformal = tangent * Math.hypot(1, sigma) - sigma * Math.hypot(1, tangent);
    const xi = Math.atan2(conformal, Math.cos(turn));
    const eta = Math.asinh(Math.sin(turn) / Math.hypot(conformal, Math.cos(turn)));
    const alphas = [
      n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4,
      (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4,
      (61 / 240) * n ** 3 - (103 / 140) * n ** 4,
      (49561 / 161280) * n ** 4,
    ];
    let [x, y] = [eta, xi];
    alphas.forEach((alpha, i) => {
      const j = 2 * (i + 1);
      x += alpha * Math.cos(j * xi) * Math.sinh(j * eta);
      y += alpha * Math.sin(j * xi) * Math.cosh(j * eta);
    });
    const radius = (AXIS_M / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
    return [500000 + 0.9996 * radius * x, (lat >= 0 ? 0 : 10000000) + 0.9996 * radius * y];
  }

  /* The square meter of a point in the Military Grid Reference System; null beyond its bands. */
  ge.mgrs = (lat, lon) => {
    if (!(lat >= -80 && lat < 84)) return null;
    const zone = zoneOf(lat, lon);
    const [easting, northing] = transverseMercator(lat, lon, zone * 6 - 183);
    const [east, north] = [Math.floor(easting), Math.floor(northing) % 2000000];
    const column = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"][(zone - 1) % 3][Math.floor(east / 100000) - 1];
    const row = "ABCDEFGHJKLMNPQRSTUV"[(Math.floor(north / 100000) + (zone % 2 ? 0 : 5)) % 20];
    const band = "CDEFGHJKLMNPQRSTUVWX"[Math.min(Math.floor((lat + 80) / 8), 19)];
    const five = (value) => String(value % 100000).padStart(5, "0");
    return `${zone}${band} ${column}${row} ${five(east)} ${five(north)}`;
  };
})();
