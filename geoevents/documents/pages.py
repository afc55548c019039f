"""What is the article in a web page?

trafilatura finds the text, the headline and the day, and leaves the boilerplate; captions of pictures,
which often hold the one full date, are added where it dropped them. It comes with the extra
`readers`.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

from geoevents.documents.sources import Source
from geoevents.errors import DocumentError, OptionError
from geoevents.model import Document

__all__ = ["day_of", "read_page", "require"]

_MAX_PAGE_BYTES = 20_000_000
# Its second opinion (justext) takes the square of the number of paragraphs; a news page has some thousand.
_MANY_ELEMENTS = 10_000
_LONGEST_CAPTION = 1_000
_SHORTEST_ARTICLE = 25  # What is shorter is the word on a button.


def read_page(source: Source, *, url: str | None = None) -> Document:
    """Return the article of an HTML page; `url` is where it stood, for its metadata.

    Raises `DocumentError` for a page without an article, and `OptionError` without trafilatura.
    """
    trafilatura = require("trafilatura", for_="HTML", extra="readers")
    data = source.read(limit=_MAX_PAGE_BYTES)
    try:
        tree = trafilatura.load_html(data)
        captions = [] if tree is None else _captions(tree)
        found = None if tree is None else _article(trafilatura, tree, url)
    except Exception as error:  # noqa: BLE001 -- a broken page raises whatever its fault leads to
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise DocumentError(f"is a page that cannot be read: {reason}", path=source.name) from None
    if found is None or len(found.text or "") < _SHORTEST_ARTICLE:
        raise DocumentError("is a page without an article that can be told from the rest", path=source.name)
    text = _joined(found.title, found.text, captions)
    return Document(
        text,
        source.name,
        published=day_of(found.date),
        source=found.sitename or found.hostname,
        title=found.title,
    )


def _article(trafilatura: Any, tree: Any, url: str | None) -> Any:
    return trafilatura.bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        fast=sum(1 for _ in tree.iter()) > _MANY_ELEMENTS,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _captions(tree: Any) -> list[str]:
    texts = (" ".join(element.itertext()).split() for element in tree.iter("figcaption"))
    return [" ".join(words)[:_LONGEST_CAPTION] for words in texts if words]


def _joined(title: str | None, body: str, captions: list[str]) -> str:
    parts = [] if not title or body.startswith(title) else [title]
    parts.append(body)
    flat = " ".join(body.split())
    parts += [caption for caption in dict.fromkeys(captions) if caption not in flat]
    return "\n\n".join(parts)


def day_of(value: str | None) -> date | None:
    """Return the day that begins a date or time in ISO 8601, `None` for anything else.

    >>> day_of("2016-06-19T08:00:00Z")
    datetime.date(2016, 6, 19)
    """
    try:
        return None if not value else date.fromisoformat(value[:10])
    except ValueError:
        return None


def require(library: str, *, for_: str, extra: str) -> Any:
    """Return a library that comes with an extra. Raises `OptionError` that says how to get it."""
    try:
        return import_module(library)
    except ImportError as error:
        raise OptionError(
            f"reading {for_} needs {library}, which cannot be imported ({' '.join(str(error).split())}):"
            f" pip install 'geoevents[{extra}]'"
        ) from None
