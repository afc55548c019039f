"""How does a map look as a still picture: PNG, SVG or PDF?

Drawn by matplotlib without a window and without the network, in a projection that keeps areas true
(`geoevents.maps.projections`). Text stays text in SVG and PDF. The same input gives the same bytes
with the same matplotlib and, for letters that its own font lacks, the same fonts. Nothing in a text
is ever read as a formula.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from geoevents.errors import OptionError
from geoevents.maps.layout import SHEETS, Size
from geoevents.maps.wording import clean, describe, heading

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["STILL_SUFFIXES", "STYLE", "require_matplotlib", "still"]

STILL_SUFFIXES = frozenset({".png", ".svg", ".pdf"})
_HINT = "still pictures need matplotlib: pip install 'geoevents[stills]'"

_WRITTEN = ("text", "name", "type", "subject", "reference", "figure", "reason")
_HALO = (
    " <style>.haloed text { paint-order: stroke; stroke: #ffffff; stroke-width: 0.24em; "
    "stroke-opacity: 0.85; stroke-linejoin: round }</style>"
)
STYLE = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters everywhere
    "svg.fonttype": "none",
    "svg.hashsalt": "geoevents",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "text.usetex": False,
    "axes.unicode_minus": False,
    "hatch.linewidth": 0.5,
    "path.simplify": True,
    "path.simplify_threshold": 0.2,
}


def require_matplotlib() -> None:
    """Raise `OptionError`, saying what to install, where matplotlib is absent."""
    if find_spec("matplotlib") is None:
        raise OptionError(_HINT)


def still(
    collection: Mapping[str, Any], *, suffix: str, title: str | None = None, size: Size = Size.SLIDE
) -> bytes:
    """Return the map of a collection as a picture of the kind that `suffix` names.

    Raises `OptionError` for another suffix, and, saying what to install, where matplotlib is absent.
    """
    if suffix not in STILL_SUFFIXES:
        raise OptionError(f"a still picture is .png, .svg or .pdf, not {suffix!r}")
    require_matplotlib()
    import matplotlib as mpl  # late: an extra, and start-up time

    from geoevents.maps.drawing import draw
    from geoevents.maps.lettering import families_for

    name = title or heading(collection)
    words = describe(collection, title=name)
    fonts = {"font.family": families_for([name, *_shown(collection)])}
    with mpl.rc_context(STYLE | fonts), warnings.catch_warnings(), _quiet():
        # A letter that no font has is drawn as a box, and the foot says so; that is no reason to stop.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = draw(collection, title=name, sheet=SHEETS[size], is_svg=suffix == ".svg")
        data = _saved(figure, suffix, title=clean(name), words=words)
    return _with_words(data, title=clean(name), words=words) if suffix == ".svg" else data


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep matplotlib from logging each time that a fallback font has no bold letters."""
    logger = logging.getLogger("matplotlib.font_manager")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _shown(collection: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts of which some may stand in the picture."""
    for feature in collection["features"]:
        row = feature["properties"]
        yield from (str(row[key]) for key in _WRITTEN if row.get(key))
        yield from (str(entry.get("name")) for entry in row.get("what_if") or ())
    for document in (collection.get("geoevents") or {}).get("documents") or ():
        yield from (str(document[key]) for key in ("title", "source", "id") if document.get(key))


def _saved(figure: Figure, suffix: str, *, title: str, words: str) -> bytes:
    metadata: dict[str, Any] = {
        ".png": {"Software": None, "Title": title, "Description": words},
        ".svg": {"Date": None, "Creator": "geoevents", "Title": title, "Description": words},
        ".pdf": {"CreationDate": None, "Creator": "geoevents", "Producer": None, "Title": title, "Subject": words},
    }[suffix]  # fmt: skip
    out = io.BytesIO()
    figure.savefig(out, format=suffix[1:], dpi=figure.dpi, metadata=metadata, facecolor="white")
    return out.getvalue()


def _with_words(data: bytes, *, title: str, words: str) -> bytes:
    """Give the root of an SVG a role and a description, which readers of screens speak.

    The type declaration goes: it names a file of the network, which some readers fetch.
    """
    from xml.sax.saxutils import escape, quoteattr

    text = data.decode("utf-8")
    declaration, start = text[: text.index("\n")], text.index("<svg ")
    end = text.index(">", start)
    root = f'{text[start:end]} role="img" aria-label={quoteattr(title)}>'
    body = text[end + 1 :].replace('<g id="haloed">', '<g class="haloed">')
    return f"{declaration}\n{root}\n <desc>{escape(words)}</desc>\n{_HALO}{body}".encode()
