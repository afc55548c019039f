"""How do findings become a briefing: a page, a Word file, slides, a PDF?

One outline (`geoevents.reports.outline`) is laid out in four ways: summary, map, verdicts with their
arithmetic, the table of events, sources, method and limits. Every picture has alternative text. The
libraries are heavy and come with the extra `report`; without them one line says what to install.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from geoevents.errors import OptionError
from geoevents.exports.layers import Findings, collection_of
from geoevents.maps import write_bytes
from geoevents.reports.outline import Brief, brief_of

__all__ = ["REPORT_SUFFIXES", "check_report_target", "write_report"]


def _html(brief: Brief) -> bytes:
    from geoevents.reports.webpage import brief_page  # late: start-up time

    return brief_page(brief).encode("utf-8")


def _docx(brief: Brief) -> bytes:
    from geoevents.reports.word import brief_document  # late: an extra

    return brief_document(brief)


def _pptx(brief: Brief) -> bytes:
    from geoevents.reports.slides import brief_slides  # late: an extra

    return brief_slides(brief)


def _pdf(brief: Brief) -> bytes:
    from geoevents.reports.printed import brief_pdf  # late: an extra

    return brief_pdf(brief)


_LAYOUTS: dict[str, Callable[[Brief], bytes]] = {
    ".html": _html,
    ".docx": _docx,
    ".pptx": _pptx,
    ".pdf": _pdf,
}
REPORT_SUFFIXES = frozenset(_LAYOUTS)
_HINT = "a briefing as {suffix} needs {library}: pip install 'geoevents[report]'"
_NEEDED = {".html": (), ".docx": ("docx",), ".pptx": ("pptx",), ".pdf": ("weasyprint",)}
_PACKAGES = {"docx": "python-docx", "pptx": "python-pptx"}


def write_report(findings: Findings, path: Path | str, *, title: str | None = None) -> Path:
    """Write a briefing of analyses, or of a feature collection, and return its path.

    The suffix says what it will be: `.html`, `.docx`, `.pptx` or `.pdf`. Makes the folder. Raises
    `OptionError` for another suffix, for a path that cannot be written, and, saying what to install,
    where a library of the extra `report` is absent.
    """
    target = check_report_target(path)
    data = _LAYOUTS[target.suffix.lower()](brief_of(collection_of(findings), title=title))
    return write_bytes(target, data, "briefing")


def check_report_target(path: Path | str) -> Path:
    """Return the path if a briefing can be written there; raises `OptionError` if not.

    For who has long work to do first: the name of a file, with a suffix that is known, whose libraries
    are installed.
    """
    target = Path(path)
    if target.is_dir():
        raise OptionError(f"the briefing needs the name of a file, got the folder {str(target)!r}")
    suffix = target.suffix.lower()
    if suffix not in REPORT_SUFFIXES:
        known = ", ".join(sorted(REPORT_SUFFIXES))
        raise OptionError(f"a briefing is written as {known}; {str(target)!r} ends in none of them")
    for library in ("matplotlib", *_NEEDED[suffix]):
        if find_spec(library) is None:
            name = _PACKAGES.get(library, library)
            raise OptionError(_HINT.format(suffix=suffix, library=name))
    return target
