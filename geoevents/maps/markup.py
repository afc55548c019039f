"""How does text become HTML without becoming code?

Everything from a document travels in data blocks (`geoevents.maps.blocks`) and reaches the page by
`textContent`. The few words that Python itself puts in markup pass `_safe`.
"""

from __future__ import annotations

import html

__all__ = ["_safe", "in_attribute"]

# A folium template would compile the braces and percent signs, a JavaScript template literal the
# backtick, dollar and backslash; U+2028 and U+2029 end a line in older JavaScript.
_ALSO_CODE: dict[int, str] = str.maketrans({c: f"&#{ord(c)};" for c in "`${}%#\\\u2028\u2029"})
# Half a character cannot be written as UTF-8.
_ALSO_CODE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def _safe(text: str) -> str:
    """Escape text for HTML, also inside a JavaScript template literal or a Jinja template.

    >>> _safe("<b>{{ 7*7 }} `${x}`</b>")
    '&lt;b&gt;&#123;&#123; 7*7 &#125;&#125; &#96;&#36;&#123;x&#125;&#96;&lt;/b&gt;'
    """
    # html.escape writes the apostrophe with a `#`, which would be escaped once more.
    return html.escape(text, quote=True).replace("&#x27;", "&apos;").translate(_ALSO_CODE)


def in_attribute(markup: str) -> str:
    """Return a whole document for an attribute: one line, and ASCII, whatever the host page is in.

    >>> in_attribute('<p class="a">“b”</p>')
    '&lt;p class=&quot;a&quot;&gt;&#8220;b&#8221;&lt;/p&gt;'
    """
    line = html.escape(markup).replace("\n", "&#10;").replace("\r", "&#13;")
    return line.encode("ascii", "xmlcharrefreplace").decode("ascii")
