"""How do findings become a briefing: a page, a Word file, slides, a PDF?

One outline (`geoevents.reports.outline`) is laid out in four ways: summary, map, verdicts with their
arithmetic, the table of events, sources, method and limits. Every picture has alternative text. The
libraries are heavy and come with the extra `report`; without them one line says what to install.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geoevents.errors import OptionError
from geoevents.maps import Findings, collection_of, write_bytes
from geoevents.reports.outline import Brief, brief_of

__all__ = ["REPORT_SUFFIXES", "write_report"]


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


def write_report(findings: Findings, path: Path | str, *, title: str | None = None) -> Path:
    """Write a briefing of analyses, or of a feature collection, and return its path.

    The suffix says what it will be: `.html`, `.docx`, `.pptx` or `.pdf`. Makes the folder. Raises
    `OptionError` for another suffix, for a path that cannot be written, and, saying what to install,
    where a library of the extra `report` is absent.
    """
    target = Path(path)
    if target.is_dir():
        raise OptionError(f"the briefing needs the name of a file, got the folder {str(target)!r}")
    layout = _LAYOUTS.get(target.suffix.lower())
    if layout is None:
        known = ", ".join(sorted(REPORT_SUFFIXES))
        raise OptionError(f"a briefing is written as {known}; {str(target)!r} ends in none of them")
    try:
        data = layout(brief_of(collection_of(findings), title=title))
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in _LIBRARIES:
            raise
        name = _LIBRARIES[error.name.split(".")[0]]
        raise OptionError(_HINT.format(suffix=target.suffix.lower(), library=name)) from None
    return write_bytes(target, data, "briefing")


_LIBRARIES = {
    "docx": "python-docx",
    "matplotlib": "matplotlib",
    "pptx": "python-pptx",
    "weasyprint": "weasyprint",
}
