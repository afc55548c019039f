/* What do folium's own popups and markers expect of a page? A `$` that makes an element of markup, and
   the pictures of Leaflet's marker. Only in pages to which somebody added layers of folium's. */
(() => {
  "use strict";
  /* The size that folium gives to the element around a popup's words; the page's policy allows no style
     in an element, and Leaflet sizes popups itself. */
  const SIZE = /^(\s*<div id="[\w-]{1,99}") style="[^"]{0,99}"/;
  window.$ = window.$ || ((markup) => Array.from(new DOMParser().parseFromString(markup.replace(SIZE, "$1"), "text/html").body.children));
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions(ICONS);
  L.Icon.Default.prototype._getIconUrl = function (name) {
    return this.options[`${name}Url`];
  };
})();
