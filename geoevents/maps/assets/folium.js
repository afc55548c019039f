/* What do folium's own popups and markers expect of a page? A `$` that makes an element of markup, and
   the pictures of Leaflet's marker. Only in pages to which somebody added layers of folium's. */
(() => {
  "use strict";
  window.$ = window.$ || ((markup) => Array.from(new DOMParser().parseFromString(markup, "text/html").body.children));
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions(ICONS);
  L.Icon.Default.prototype._getIconUrl = function (name) {
    return this.options[`${name}Url`];
  };
})();
