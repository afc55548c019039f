/* How is one mark drawn, and which mark lies under the pointer? */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const TOUCH_PX = 6;
  const TURN = 2 * Math.PI;
  let hits = [];

  ge.beginHits = () => {
    hits = [];
  };
  /* `what` is what a click at (x, y) means: {item}, or {layer, group} with a group of rows. Later hits
     lie on top. */
  ge.addHit = (x, y, reach, what) => hits.push({ x, y, reach, what });

  ge.hitAt = ([x, y]) => {
    let best = null;
    let least = Infinity;
    for (const hit of hits) {
      const off = Math.hypot(hit.x - x, hit.y - y) - hit.reach;
      if (off <= TOUCH_PX && off <= least + 0.01) {
        best = hit;
        least = Math.max(off, -hit.reach);
      }
    }
    return best && best.what;
  };

  ge.paintHalo = (g, x, y, radius) => {
    g.beginPath();
    g.arc(x, y, radius, 0, TURN);
    g.lineWidth = 6;
    g.strokeStyle = ge.color("--paper");
    g.stroke();
    g.lineWidth = 3;
    g.strokeStyle = ge.color("--focus");
    g.stroke();
  };

  /* A ring of dots: somewhere around here. */
  ge.paintVague = (g, x, y, radius) => {
    g.beginPath();
    g.arc(x, y, radius, 0, TURN);
    g.lineWidth = 2.2;
    g.lineCap = "round";
    g.setLineDash([0.1, 4.6]);
    g.strokeStyle = ge.color("--ink-soft");
    g.stroke();
    g.setLineDash([]);
    g.lineCap = "butt";
  };

  /* One event: filled where it happened by the text's account, hollow where that denies or plans it. */
  ge.paintEvent = (g, x, y, { rows, index }, size) => {
    const status = rows.value("status", index);
    const { color, shape } = ge.typeStyle(rows.value("type", index));
    const isHollow = status && status !== "factual";
    ge.traceShape(g, shape, x, y, size + 1.6);
    g.fillStyle = ge.color("--paper");
    g.fill();
    ge.traceShape(g, shape, x, y, isHollow ? size - 0.6 : size);
    g.fillStyle = g.strokeStyle = ge.color(color);
    g.lineWidth = 2;
    g.lineJoin = "round";
    if (!isHollow) g.fill();
    else g.stroke();
  };

  /* Several events in one place: a ring of their types around their number. */
  ge.paintCluster = (g, x, y, radius, counts, total) => {
    g.beginPath();
    g.arc(x, y, radius, 0, TURN);
    g.fillStyle = ge.color("--paper");
    g.shadowColor = "rgba(0, 0, 0, 0.35)";
    g.shadowBlur = 5;
    g.fill();
    g.shadowColor = "transparent";
    let angle = -TURN / 4;
    g.lineWidth = 5;
    for (const [color, count] of counts) {
      const next = angle + (TURN * count) / total;
      const gap = counts.length > 1 ? 0.05 : 0;
      g.beginPath();
      g.arc(x, y, radius - 3.5, angle + gap, Math.max(angle + gap, next - gap));
      g.strokeStyle = ge.color(color);
      g.stroke();
      angle = next;
    }
    g.font = `650 ${total > 9999 ? 10 : total > 999 ? 11.5 : 12.5}px system-ui, "Liberation Sans", sans-serif`;
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.fillStyle = ge.color("--ink");
    g.fillText(ge.number(total), x, y + 0.5);
  };

  ge.paintCircle = (g, view, item, km, alpha) => {
    const radius = ge.projectedRadius(km, item.lat) * view.scale;
    ge.eachCopy(view, item.x, item.y, radius, (x, y) => {
      const color = ge.color(ge.typeStyle(item.p.type).color);
      g.beginPath();
      g.arc(x, y, radius, 0, TURN);
      g.fillStyle = ge.fade(color, alpha);
      g.fill();
      g.setLineDash([3, 4]);
      g.lineWidth = 1.2;
      g.strokeStyle = ge.fade(color, 0.8);
      g.stroke();
      g.setLineDash([]);
    });
  };
})();
