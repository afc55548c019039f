"""How well do the places found agree with those that annotators marked?

Recognition is scored over spans, resolution over points: an answer is right within 161 km (100
miles), the threshold that geoparsing has reported since J. Leidner, "Toponym Resolution in Text"
(2007). Everything is counted strictly: a pin on a name that the gold leaves without a point is
wrong, and so is a gold name that nobody answered.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from pathlib import Path
from statistics import fmean, median

from geoevents.errors import DocumentError, MissingFileError
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import Document, Place, Resolution, Toponym
from geoevents.text import Span

__all__ = [
    "Accuracy",
    "GoldDocument",
    "GoldToponym",
    "Score",
    "SpanMatch",
    "match_spans",
    "read_geowebnews",
    "read_lgl",
    "score_end_to_end",
    "score_recognition",
    "score_resolution",
]

NEAR_KM = 161.0  # 100 miles, the field's threshold
# Annotations of GeoWebNews that are no place names by its own guide, or are nobody's place.
_NO_NAMES = frozenset("Demonym Language Homonym Non_Toponym Non_Lit_Expression Literal_Expression".split())


class SpanMatch(StrEnum):
    """When a predicted span counts as a gold one: the same characters, or at least one in common."""

    EXACT = "exact"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A name that an annotator marked; `point` is `None` where the annotator gave none.

    `use` is the corpus's own word for how the name is used ("Metonymic", or "" where it has none),
    `feature` GeoNames' feature code where known.
    """

    span: Span
    text: str
    _: KW_ONLY
    point: LatLon | None = None
    geonameid: int | None = None
    use: str = ""
    feature: str = ""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with its marked names, in order of span."""

    document: Document
    toponyms: tuple[GoldToponym, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision and recall from counts: how many were right, predicted, and in the gold.

    >>> score = Score(right=6, predicted=8, gold=12)
    >>> score.precision, score.recall, score.f1
    (0.75, 0.5, 0.6)
    """

    right: int
    predicted: int
    gold: int

    def __post_init__(self) -> None:
        if not 0 <= self.right <= min(self.predicted, self.gold):
            raise ValueError(
                f"right must be from 0 to {min(self.predicted, self.gold)!r}, got {self.right!r}"
            )

    @property
    def precision(self) -> float:
        """The share of the predictions that are right; 0 where there is none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How far the answers lie from the gold points, with the gold spans given.

    `gold` counts all names with a point, `answered` those that got one too, `near` those within
    161 km. Mean and median error are over the answered, `None` where there is none.
    """

    gold: int
    answered: int
    near: int
    mean_km: float | None
    median_km: float | None

    @property
    def share(self) -> float:
        """The share of all names that are within 161 km; an unanswered one counts as wrong."""
        return self.near / self.gold if self.gold else 0.0


def read_lgl(path: Path | str) -> tuple[GoldDocument, ...]:
    """Read a corpus in the format of the Local-Global Lexicon (TR-News has the same).

    Spans that do not quote their phrase are left out. Raises `MissingFileError` and
    `DocumentError`.
    """
    return tuple(_lgl_document(article) for article in _root(path).iter("article"))


def read_geowebnews(path: Path | str) -> tuple[GoldDocument, ...]:
    """Read a corpus in the format of GeoWebNews, keeping the rows that are place names in some use.

    Demonyms in the plural, languages, homonyms, names that are no toponyms, and common nouns are
    left out, as their annotators gave them no point; so are spans that do not quote their phrase.
    Raises `MissingFileError` and `DocumentError`.
    """
    return tuple(_geowebnews_document(article) for article in _root(path).iter("article"))


def _root(path: Path | str) -> ET.Element:
    file = Path(path)
    if not file.is_file():
        raise MissingFileError("no such corpus file", path=file)
    try:
        return ET.parse(file).getroot()  # noqa: S314 - a corpus that the user named; expat bounds expansion
    except ET.ParseError as error:
        raise DocumentError(f"not well-formed XML: {error}", path=file) from None


def _child(element: ET.Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _span(row: ET.Element, text: str, phrase: str) -> Span | None:
    try:
        span = Span(int(_child(row, "start")), int(_child(row, "end")))
    except ValueError:
        return None
    return span if phrase and span.of(text) == phrase else None


def _point(lat: str, lon: str) -> LatLon | None:
    try:
        return LatLon(lat=float(lat), lon=float(lon))
    except ValueError:
        return None


def _number(digits: str) -> int | None:
    return int(digits) if digits.isdecimal() else None


def _ordered(names: Iterable[GoldToponym | None]) -> tuple[GoldToponym, ...]:
    return tuple(sorted((name for name in names if name is not None), key=lambda name: name.span))


def _lgl_document(article: ET.Element) -> GoldDocument:
    text = article.findtext("text") or ""
    document = Document(
        text,
        article.get("docid") or "document",
        source=_child(article, "domain") or None,
        title=_child(article, "title") or None,
    )
    return GoldDocument(document, _ordered(_lgl_name(row, text) for row in article.iter("toponym")))


def _lgl_name(row: ET.Element, text: str) -> GoldToponym | None:
    phrase = row.findtext("phrase") or ""
    span = _span(row, text, phrase)
    if span is None:
        return None
    tag = row.find("gaztag")
    if tag is None:
        return GoldToponym(span, phrase)
    return GoldToponym(
        span,
        phrase,
        point=_point(_child(tag, "lat"), _child(tag, "lon")),
        geonameid=_number(tag.get("geonameid") or ""),
        feature=_child(tag, "fcode"),
    )


def _geowebnews_document(article: ET.Element) -> GoldDocument:
    text = article.findtext("text") or ""
    document = Document(text, "gwn-" + (article.get("file") or ""), title=_child(article, "title") or None)
    return GoldDocument(document, _ordered(_geowebnews_name(row, text) for row in article.iter("toponym")))


def _geowebnews_name(row: ET.Element, text: str) -> GoldToponym | None:
    phrase = row.findtext("extractedName") or ""
    span = _span(row, text, phrase)
    use = _child(row, "type")
    if span is None or use in _NO_NAMES:
        return None
    return GoldToponym(
        span,
        phrase,
        point=_point(_child(row, "latitude"), _child(row, "longitude")),
        geonameid=_number(_child(row, "geonamesID")),
        use=use,
    )


def match_spans(
    gold: Sequence[Span], predicted: Sequence[Span], *, match: SpanMatch
) -> tuple[tuple[int, int], ...]:
    """Pair gold and predicted spans, each at most once, and return their index pairs in order.

    Both sequences are in order of span. Equal spans are paired first, then, for `OVERLAP`, what
    is left is paired from left to right.
    """
    place_of = {span: index for index, span in enumerate(predicted)}
    pairs = [(index, place_of.pop(span)) for index, span in enumerate(gold) if span in place_of]
    if match is SpanMatch.EXACT:
        return tuple(pairs)
    taken_gold, taken = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    free_gold = [index for index in range(len(gold)) if index not in taken_gold]
    free = [index for index in range(len(predicted)) if index not in taken]
    pairs += _overlaps(gold, predicted, free_gold, free)
    return tuple(sorted(pairs))


def _overlaps(
    gold: Sequence[Span], predicted: Sequence[Span], free_gold: list[int], free: list[int]
) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(free_gold) and j < len(free):
        left, right = gold[free_gold[i]], predicted[free[j]]
        if left.overlaps(right):
            pairs.append((free_gold[i], free[j]))
            i, j = i + 1, j + 1
        elif left.end <= right.start:
            i += 1
        else:
            j += 1
    return pairs


def score_recognition(
    gold: Sequence[GoldDocument], predicted: Sequence[Sequence[Toponym]], *, match: SpanMatch
) -> Score:
    """Score the spans found in each document against all the names that its annotators marked."""
    right = sum(
        len(match_spans([n.span for n in doc.toponyms], [t.span for t in found], match=match))
        for doc, found in zip(gold, predicted, strict=True)
    )
    return Score(
        right=right,
        predicted=sum(map(len, predicted)),
        gold=sum(len(doc.toponyms) for doc in gold),
    )


def score_resolution(gold: Sequence[GoldDocument], resolutions: Sequence[Sequence[Resolution]]) -> Accuracy:
    """Score the places given to gold spans: one resolution per gold name, in the same order.

    Names without a gold point are passed over. Raises `ValueError` when the numbers differ.
    """
    errors: list[float | None] = []
    for doc, found in zip(gold, resolutions, strict=True):
        for name, resolution in zip(doc.toponyms, found, strict=True):
            if name.point is not None:
                errors.append(_error_km(name, resolution.place))
    answered = [error for error in errors if error is not None]
    return Accuracy(
        gold=len(errors),
        answered=len(answered),
        near=sum(error <= NEAR_KM for error in answered),
        mean_km=fmean(answered) if answered else None,
        median_km=median(answered) if answered else None,
    )


def _error_km(name: GoldToponym, place: Place | None) -> float | None:
    if place is None or name.point is None:
        return None
    return distance_km(place.point, name.point)


def score_end_to_end(gold: Sequence[GoldDocument], resolutions: Sequence[Sequence[Resolution]]) -> Score:
    """Score pins from raw text: right when the span overlaps a gold name within 161 km of its point.

    The gold are the names with a point; every settled resolution is a pin, wherever it lies.
    """
    right = pins = total = 0
    for doc, found in zip(gold, resolutions, strict=True):
        settled = [resolution for resolution in found if resolution.place is not None]
        pairs = match_spans(
            [name.span for name in doc.toponyms],
            [resolution.toponym.span for resolution in settled],
            match=SpanMatch.OVERLAP,
        )
        errors = [_error_km(doc.toponyms[i], settled[j].place) for i, j in pairs]
        right += sum(error is not None and error <= NEAR_KM for error in errors)
        pins += len(settled)
        total += sum(name.point is not None for name in doc.toponyms)
    return Score(right=right, predicted=pins, gold=total)
