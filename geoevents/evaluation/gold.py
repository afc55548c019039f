"""What did the annotators of a corpus mark?"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from geoevents.errors import DocumentError
from geoevents.geodesy import LatLon
from geoevents.model import Document, PlaceKind
from geoevents.text import Span

__all__ = ["Corpus", "GoldDocument", "GoldToponym"]


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A name that an annotator marked; `point` is `None` where the annotator gave none.

    `use` is the corpus's own word for how the name is used ("Metonymic", or "" where it has none),
    `feature` GeoNames' feature code and `kind` the kind it stands for, where known. `full_name` is
    what the annotator calls the place, where that is not what the text calls it.
    """

    span: Span
    text: str
    _: KW_ONLY
    point: LatLon | None = None
    geonameid: int | None = None
    use: str = ""
    feature: str = ""
    kind: PlaceKind | None = None
    full_name: str = ""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with its marked names, in order of span."""

    document: Document
    toponyms: tuple[GoldToponym, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a corpus file, and what its reader had to put right or leave out.

    `realigned` counts spans moved to the nearest occurrence of their phrase, `repeated` rows that
    mark a span again. `problems` has one error, with file and line, for each row or article that is
    not used, `lost_articles` says how many of them are articles.
    """

    documents: tuple[GoldDocument, ...]
    _: KW_ONLY
    realigned: int = 0
    repeated: int = 0
    lost_articles: int = 0
    problems: tuple[DocumentError, ...] = ()
