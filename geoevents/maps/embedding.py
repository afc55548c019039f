"""How does a written map get into somebody's web page?

By one of two frames. `src` points to the file, which then keeps its own content security policy
whatever the host's is; `srcdoc` carries the whole page inside the host's markup, needs no second file,
and lives under the host's policy, which must then allow inline scripts. Both are sandboxed: the map may
run its scripts and save a picture, and nothing of the host is in its reach.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from geoevents.errors import DocumentError, MissingFileError
from geoevents.maps.markup import in_attribute

__all__ = ["Snippets", "embed_snippets"]

_TITLE = re.compile(r"<title>([^<]{0,2000})</title>")
_SANDBOX = "allow-scripts allow-downloads"
_MARK = 'id="ge-data"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippets:
    """Markup for a host page: `src` for a file beside it, `srcdoc` for all in one."""

    src: str
    srcdoc: str


def embed_snippets(path: Path | str, *, height_px: int = 640) -> Snippets:
    """Return ready frames for a map that was written to `path`.

    Raises `MissingFileError` or `DocumentError` for what is no map of ours.
    """
    source = Path(path)
    if not source.exists():
        raise MissingFileError("there is no such file or folder", path=source)
    try:
        page = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise DocumentError("is no map that geoevents wrote", path=source) from None
    if _MARK not in page:
        raise DocumentError("is no map that geoevents wrote", path=source)
    found = _TITLE.search(page)
    # What stands there was escaped when it was written; escaped anew, it is right in an attribute.
    title = in_attribute(html.unescape(found[1]) if found else "Map of events")
    address = html.escape(quote(source.name))
    rest = (
        f'sandbox="{_SANDBOX}" title="{title}" loading="lazy" '
        f'style="width:100%;height:{height_px}px;border:1px solid #ccc"></iframe>'
    )
    return Snippets(
        src=f'<iframe src="{address}" {rest}', srcdoc=f'<iframe srcdoc="{in_attribute(page)}" {rest}'
    )
