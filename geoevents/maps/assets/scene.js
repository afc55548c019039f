/* Where and when is the map painted? Two canvases that follow Leaflet's view: the ground, painted
   when the view changes, and what lies on it, painted also when a filter or the selection does. */
(() => {
  "use strict";
  const ge = (window.geoevents = window.geoevents || {});
  const MARGIN = 0.25;
  const SHARPEST = 2;

  function canvasIn(pane) {
    const canvas = L.DomUtil.create("canvas", "scene leaflet-zoom-animated", pane);
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  }

  ge.Scene = L.Layer.extend({
    initialize(painters) {
      this._painters = painters;
    },
    onAdd(map) {
      this._ground = canvasIn(map.getPane("tilePane"));
      this._cover = canvasIn(map.getPane("overlayPane"));
      this._queued = 0;
      this.reset();
    },
    onRemove() {
      this._ground.remove();
      this._cover.remove();
    },
    getEvents() {
      return { moveend: this.reset, zoomend: this.reset, resize: this.reset, viewreset: this.reset, zoomanim: this._follow };
    },
    _follow(event) {
      const scale = this._map.getZoomScale(event.zoom, this.view.zoom);
      const corner = this._map._latLngToNewLayerPoint(this._corner, event.zoom, event.center);
      for (const canvas of [this._ground, this._cover]) L.DomUtil.setTransform(canvas, corner, scale);
    },
    /* What painters need: a size in pixels, and the way from the unit square to them. */
    _viewNow() {
      const map = this._map;
      const size = map.getSize();
      const pad = [Math.round(size.x * MARGIN), Math.round(size.y * MARGIN)];
      const origin = map.getPixelBounds().min;
      const scale = 256 * Math.pow(2, map.getZoom());
      const view = {
        zoom: map.getZoom(),
        scale,
        width: size.x + 2 * pad[0],
        height: size.y + 2 * pad[1],
        left: origin.x - pad[0],
        top: origin.y - pad[1],
        window: [pad[0], pad[1], pad[0] + size.x, pad[1] + size.y],
      };
      view.first = Math.floor(view.left / scale);
      view.last = Math.floor((view.left + view.width) / scale);
      return view;
    },
    reset() {
      const map = this._map;
      if (!map || !map.getSize().x) return;
      this.view = this._viewNow();
      const corner = map.containerPointToLayerPoint([-this.view.window[0], -this.view.window[1]]);
      this._corner = map.layerPointToLatLng(corner);
      for (const canvas of [this._ground, this._cover]) L.DomUtil.setTransform(canvas, corner, 1);
      this._paint(this._ground, this._painters.ground);
      this.repaint();
    },
    /* On paper one canvas holds all: browsers print a canvas stroke by stroke, and the clearing of the
       upper one would wipe out the lower. */
    flatten(isFlat) {
      this._isFlat = isFlat;
      this._cover.style.display = isFlat ? "none" : "";
      this.reset();
    },
    repaint() {
      cancelAnimationFrame(this._queued);
      this._queued = 0;
      if (!this.view) return;
      if (this._isFlat) this._paint(this._ground, [...this._painters.ground, ...this._painters.cover]);
      else this._paint(this._cover, this._painters.cover);
    },
    /* Many changes in one turn are painted once. */
    queue() {
      if (!this._queued) this._queued = requestAnimationFrame(() => this.repaint());
    },
    _paint(canvas, painters) {
      const sharpness = Math.min(SHARPEST, window.devicePixelRatio || 1);
      const { width, height } = this.view;
      if (canvas.width !== Math.round(width * sharpness) || canvas.height !== Math.round(height * sharpness)) {
        canvas.width = Math.round(width * sharpness);
        canvas.height = Math.round(height * sharpness);
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
      const g = canvas.getContext("2d");
      g.setTransform(sharpness, 0, 0, sharpness, 0, 0);
      g.clearRect(0, 0, width, height);
      painters.forEach((paint) => paint(g, this.view));
    },
    /* The window's part of both canvases at `sharpness` pixels a pixel, for a picture file. */
    picture(sharpness) {
      const [left, top, right, bottom] = this.view.window;
      const canvas = document.createElement("canvas");
      canvas.width = (right - left) * sharpness;
      canvas.height = (bottom - top) * sharpness;
      const g = canvas.getContext("2d");
      for (const painters of [this._painters.ground, this._painters.cover]) {
        g.setTransform(sharpness, 0, 0, sharpness, -left * sharpness, -top * sharpness);
        painters.forEach((paint) => paint(g, this.view));
      }
      return canvas;
    },
    /* From a point of the map's window to one of the canvas. */
    toCanvas(point) {
      return [point.x + this.view.window[0], point.y + this.view.window[1]];
    },
  });

  /* Call `visit(x, y)` for each copy of the world in which the point falls into the view. */
  ge.eachCopy = (view, x, y, reach, visit) => {
    const py = y * view.scale - view.top;
    if (py < -reach || py > view.height + reach) return;
    for (let copy = view.first - 1; copy <= view.last + 1; copy++) {
      const px = (x + copy) * view.scale - view.left;
      if (px >= -reach && px <= view.width + reach) visit(px, py);
    }
  };

  /* Trace a projected path in each copy of the world that the view shows. */
  ge.tracePath = (g, view, path, isRing) => {
    if (!path.length) return;
    const box = (path.box = path.box || ge.boxOf(path));
    for (let copy = view.first - 1; copy <= view.last + 1; copy++) {
      const dx = copy * view.scale - view.left;
      if (box[2] * view.scale + dx < 0 || box[0] * view.scale + dx > view.width) continue;
      for (let i = 0; i < path.length; i += 2) {
        const x = path[i] * view.scale + dx;
        const y = path[i + 1] * view.scale - view.top;
        if (i) g.lineTo(x, y);
        else g.moveTo(x, y);
      }
      if (isRing) g.closePath();
    }
  };
})();
