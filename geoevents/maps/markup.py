"""How does text become HTML without becoming code?

Everything from a document travels in data blocks (`geoevents.maps.blocks`) and reaches the page by
`textContent`. The few words that Python itself puts in markup pass `_safe`.
"""

from __future__ import annotations

import html

__all__ = ["_safe"]

# A folium template would compile the braces and percent signs, a JavaScript template literal the
# backtick, dollar and backslash; U+2028 and U+2029 end a line in older JavaScript.
_ALSO_CODE = str.maketrans({c: f"&#{ord(c)};" for c in "`${}%#\\\u2028\u2029"})


def _safe(text: str) -> str:
    """Escape text for HTML, also inside a JavaScript template literal or a Jinja template.

    >>> _safe("<b>{{ 7*7 }} `${x}`</b>")
    '&lt;b&gt;&#123;&#123; 7*7 &#125;&#125; &#96;&#36;&#123;x&#125;&#96;&lt;/b&gt;'
    """
    escaped = html.escape(text, quote=True)
    # `#` of the entities that html.escape wrote itself ("&#x27;") must stay.
    return escaped.replace("&#x27;", "&apos;").translate(_ALSO_CODE)
