/* Where is a point on the square of the web's Mercator projection, both axes from 0 to 1? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const RADIAN = Math.PI / 180;
  const LIMIT = 85.0511;
  const EARTH_KM = 6371.0088;

  ge.x = (lon) => (lon + 180) / 360;
  ge.y = (lat) => {
    const sine = Math.sin(Math.max(-LIMIT, Math.min(LIMIT, lat)) * RADIAN);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  };

  /* Flat [lon, lat, ...] to flat [x, y, ...], running on over the antimeridian without a jump. */
  ge.project = (flat) => {
    const out = new Float64Array(flat.length);
    let turn = 0;
    for (let i = 0; i < flat.length; i += 2) {
      if (i && flat[i] - flat[i - 2] > 180) turn -= 1;
      else if (i && flat[i] - flat[i - 2] < -180) turn += 1;
      out[i] = ge.x(flat[i]) + turn;
      out[i + 1] = ge.y(flat[i + 1]);
    }
    return out;
  };

  /* Radius on the projected square: the projection stretches lengths by 1 / cos(latitude). */
  ge.projectedRadius = (km, lat) => km / (2 * Math.PI * EARTH_KM * Math.cos(Math.min(LIMIT, Math.abs(lat)) * RADIAN));

  ge.boxOf = (flat) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < flat.length; i += 2) {
      box[0] = Math.min(box[0], flat[i]);
      box[1] = Math.min(box[1], flat[i + 1]);
      box[2] = Math.max(box[2], flat[i]);
      box[3] = Math.max(box[3], flat[i + 1]);
    }
    return box;
  };
})();
