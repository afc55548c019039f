"""How does text get into a popup of folium's without becoming code?

Stock folium writes a popup's words into a script as a template literal and compiles them as a
template; here they travel as base64 of JSON, which neither can read anything into.
"""

from __future__ import annotations

import base64
import json

import folium
from folium.template import Template

from geoevents.maps.page import SafeMacro

__all__ = ["SafePopup", "SafeTooltip"]

# Text into an element of its own, with line breaks as they are.
_NODE = (
    "(function (packed) { const node = document.createElement('div'); node.style.whiteSpace = 'pre-wrap'; "
    "node.style.overflowWrap = 'anywhere'; node.dir = 'auto'; "
    "const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)); "
    "node.textContent = JSON.parse(new TextDecoder().decode(bytes)); return node; })"
    "('{{ this.packed }}')"
)


class SafePopup(SafeMacro, folium.Popup):
    """A folium popup that shows text as text."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this._parent.get_name() }}.bindPopup(" + _NODE + ", {maxWidth: {{ this.max_width_px }}});"
        "{% endmacro %}"
    )

    def __init__(self, text: str, *, max_width_px: int = 320) -> None:
        super().__init__()
        self.packed = _packed(text)
        self.max_width_px = int(max_width_px)


class SafeTooltip(SafeMacro, folium.Tooltip):
    """A folium tooltip that shows text as text."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this._parent.get_name() }}.bindTooltip(" + _NODE + ", {sticky: true});"
        "{% endmacro %}"
    )

    def __init__(self, text: str) -> None:
        super().__init__("")
        self.packed = _packed(text)


def _packed(text: str) -> str:
    return base64.b64encode(json.dumps(str(text)).encode("ascii")).decode("ascii")
