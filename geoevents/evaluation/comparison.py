"""What do all the figures say at once, by kind of place and by use, and which errors cost the most?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from geoevents.errors import GazetteerError
from geoevents.evaluation.gold import GoldDocument, GoldToponym
from geoevents.evaluation.scores import (
    Accuracy,
    Counting,
    Nearness,
    Score,
    SpanMatch,
    error_km,
    is_right,
    pins_of,
    score_end_to_end,
    score_recognition,
    score_resolution,
)
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import distance_km
from geoevents.model import Document, Place, PlaceKind, Resolution
from geoevents.text import Span

__all__ = ["ErrorKind", "Evaluation", "NameTally", "PinTally", "PlaceError", "compare"]

Resolutions = Sequence[Sequence[Resolution]]
_T = TypeVar("_T")

# Where nobody says how a name is used, or what kind of place it is.
UNSAID = "not said"
_CONTEXT = 60  # characters on either side of an error
# Two gazetteers agree on the middle of a town to within this, but not on that of a country.
_SAME_PLACE_KM = 25.0
_WIDE = frozenset({PlaceKind.COUNTRY.value, PlaceKind.ADMIN1.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTally:
    """What became of some gold names: how many there are and have a point, were found, are right.

    `near_given` counts those that are within 161 km with the gold spans given, `near_found` those
    that are from raw text.
    """

    names: int = 0
    located: int = 0
    found: int = 0
    near_given: int = 0
    near_found: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PinTally:
    """What became of some pins of ours: how many there are, lie on a gold name, and are right."""

    pins: int = 0
    on_names: int = 0
    near: int = 0


class ErrorKind(StrEnum):
    """What went wrong with a name."""

    MISSED = "missed"
    NO_NAME = "no name"
    NO_ANSWER = "no answer"
    FAR = "wrong place"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceError:
    """An error as often as it was made: the same name, the same answer.

    `gold` and `answer` are in words. `error_km` is how far the answer lies off, `None` without
    one. `document` and `context` are those of the first, with the name in brackets.
    """

    kind: ErrorKind
    text: str
    count: int
    gold: str
    answer: str
    error_km: float | None
    document: str
    span: Span
    context: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All figures over a corpus.

    `end_to_end` holds one score for each way of counting and each way of being right. `by_kind` and
    `by_use` break down the gold names, `by_role` and `by_answer` our pins, by their role and by the
    kind of the place answered. `errors` are all errors from raw text, the most costly first.
    """

    documents: int
    names: int
    recognition: Mapping[SpanMatch, Score]
    resolution: Accuracy
    end_to_end: Mapping[tuple[Counting, Nearness], Score]
    by_kind: Mapping[str, NameTally]
    by_use: Mapping[str, NameTally]
    by_role: Mapping[str, PinTally]
    by_answer: Mapping[str, PinTally]
    errors: tuple[PlaceError, ...]


def compare(
    gold: Sequence[GoldDocument], found: Resolutions, given: Resolutions, *, gazetteer: Gazetteer
) -> Evaluation:
    """Hold what was found in raw text, and the places given to gold spans, against the gold.

    `given` has one resolution for each gold name. The gazetteer tells the kind of a gold place
    where the corpus does not. Raises `ValueError` when the numbers differ.
    """
    kind_of = _KindOf(gazetteer)
    names = list(_outcomes(gold, found, given))
    pins = list(_pins(gold, found))
    toponyms = [[resolution.toponym for resolution in of_document] for of_document in found]
    return Evaluation(
        documents=len(gold),
        names=sum(len(doc.toponyms) for doc in gold),
        recognition={match: score_recognition(gold, toponyms, match=match) for match in SpanMatch},
        resolution=score_resolution(gold, given),
        end_to_end={
            (counting, nearness): score_end_to_end(gold, found, counting=counting, nearness=nearness)
            for counting in Counting
            for nearness in Nearness
        },
        by_kind=_tally_names(names, lambda name: kind_of(name.name)),
        by_use=_tally_names(names, lambda name: name.name.use or UNSAID),
        by_role=_tally_pins(pins, lambda pin: pin.resolution.toponym.role.value),
        by_answer=_tally_pins(pins, lambda pin: pin.place.kind.value),
        errors=_errors(names, pins),
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one gold name: with its span given, and from raw text."""

    document: Document
    name: GoldToponym
    given: Resolution
    found: Resolution | None
    pin: Resolution | None


@dataclass(frozen=True, slots=True)
class _Pin:
    """One settled resolution from raw text, and the gold name that it lies on."""

    document: Document
    resolution: Resolution
    place: Place
    name: GoldToponym | None


def _outcomes(gold: Sequence[GoldDocument], found: Resolutions, given: Resolutions) -> Iterator[_Outcome]:
    for doc, ours, answers in zip(gold, found, given, strict=True):
        seen = {name.span: resolution for name, resolution in pins_of(doc, ours)}
        pinned = {name.span: resolution for name, resolution in pins_of(doc, _settled(ours))}
        for name, answer in zip(doc.toponyms, answers, strict=True):
            yield _Outcome(doc.document, name, answer, seen.get(name.span), pinned.get(name.span))


def _pins(gold: Sequence[GoldDocument], found: Resolutions) -> Iterator[_Pin]:
    for doc, ours in zip(gold, found, strict=True):
        settled = _settled(ours)
        name_of = {resolution.toponym.span: name for name, resolution in pins_of(doc, settled)}
        for resolution in settled:
            if resolution.place is not None:
                yield _Pin(doc.document, resolution, resolution.place, name_of.get(resolution.toponym.span))


def _settled(resolutions: Sequence[Resolution]) -> list[Resolution]:
    return [resolution for resolution in resolutions if resolution.place is not None]


def _is_near(name: GoldToponym | None, resolution: Resolution | None) -> bool:
    return name is not None and resolution is not None and is_right(name, resolution.place, Nearness.POINT)


def _grouped(items: Iterable[_T], key: Callable[[_T], str]) -> list[tuple[str, list[_T]]]:
    """Return the items by their key, the largest group first."""
    groups: defaultdict[str, list[_T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _tally_names(outcomes: Sequence[_Outcome], key: Callable[[_Outcome], str]) -> dict[str, NameTally]:
    return {
        group: NameTally(
            names=len(members),
            located=sum(member.name.point is not None for member in members),
            found=sum(member.found is not None for member in members),
            near_given=sum(_is_near(member.name, member.given) for member in members),
            near_found=sum(_is_near(member.name, member.pin) for member in members),
        )
        for group, members in _grouped(outcomes, key)
    }


def _tally_pins(pins: Sequence[_Pin], key: Callable[[_Pin], str]) -> dict[str, PinTally]:
    return {
        group: PinTally(
            pins=len(members),
            on_names=sum(member.name is not None for member in members),
            near=sum(_is_near(member.name, member.resolution) for member in members),
        )
        for group, members in _grouped(pins, key)
    }


class _KindOf:
    """Tells the kind of a gold place: from the corpus, by its number, or by its name and point."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, int | None, object], str] = {}

    def __call__(self, name: GoldToponym) -> str:
        if name.kind is not None:
            return name.kind.value
        key = (name.full_name or name.text, name.geonameid, name.point)
        if key not in self._known:
            self._known[key] = self._by_number(name) or self._by_name(name) or UNSAID
        return self._known[key]

    def _by_number(self, name: GoldToponym) -> str | None:
        if name.geonameid is None:
            return None
        try:
            return self._gazetteer.place(f"gn{name.geonameid}").kind.value
        except GazetteerError:
            return None

    def _by_name(self, name: GoldToponym) -> str | None:
        if name.point is None:
            return None
        hits = [
            hit for called in {name.full_name, name.text} - {""} for hit in self._gazetteer.lookup(called)
        ]
        near = sorted((distance_km(name.point, hit.place.point), hit.place.kind.value) for hit in hits)
        if not near:
            return None
        away_km, kind = near[0]
        return kind if away_km <= _SAME_PLACE_KM or kind in _WIDE else None


def _errors(names: Sequence[_Outcome], pins: Sequence[_Pin]) -> tuple[PlaceError, ...]:
    """Return the errors, alike ones as one: by how often they were made, then by how far off."""
    alike: dict[tuple[object, ...], list[PlaceError]] = defaultdict(list)
    for error in (*_name_errors(names), *_pin_errors(pins)):
        alike[error.kind, error.text, error.gold, error.answer].append(error)
    merged = [_merged(group) for group in alike.values()]
    merged.sort(key=lambda error: (-error.count, -(error.error_km or 0.0), error.text, error.kind))
    return tuple(merged)


def _merged(group: list[PlaceError]) -> PlaceError:
    first = group[0]
    return PlaceError(
        kind=first.kind,
        text=first.text,
        count=len(group),
        gold=first.gold,
        answer=first.answer,
        error_km=first.error_km,
        document=first.document,
        span=first.span,
        context=first.context,
    )


def _name_errors(outcomes: Sequence[_Outcome]) -> Iterator[PlaceError]:
    for outcome in outcomes:
        if outcome.name.point is None or _is_near(outcome.name, outcome.pin):
            continue
        if outcome.pin is not None:
            kind, answer, place = ErrorKind.FAR, _described(outcome.pin.place), outcome.pin.place
        elif outcome.found is not None:
            kind, answer, place = ErrorKind.NO_ANSWER, outcome.found.reason, None
        else:
            kind, answer, place = ErrorKind.MISSED, "", None
        error = error_km(outcome.name, place)
        span = outcome.name.span
        yield _error(kind, outcome.document, span, gold=_gold(outcome.name), answer=answer, error=error)


def _pin_errors(pins: Sequence[_Pin]) -> Iterator[PlaceError]:
    for pin in pins:
        if pin.name is None:
            span, answer = pin.resolution.toponym.span, _described(pin.place)
            yield _error(
                ErrorKind.NO_NAME, pin.document, span, gold="no place name", answer=answer, error=None
            )


def _error(
    kind: ErrorKind, document: Document, span: Span, *, gold: str, answer: str, error: float | None
) -> PlaceError:
    text = document.text
    return PlaceError(
        kind=kind,
        text=span.of(text),
        count=1,
        gold=gold,
        answer=answer,
        error_km=error,
        document=document.id,
        span=span,
        context=f"{text[max(0, span.start - _CONTEXT) : span.start]}[{span.of(text)}]"
        f"{text[span.end : span.end + _CONTEXT]}",
    )


def _described(place: Place | None) -> str:
    if place is None:
        return ""
    parts = [place.name, place.kind.value, place.admin1, place.country]
    return ", ".join(part for part in parts if part)


def _gold(name: GoldToponym) -> str:
    assert name.point is not None
    called = name.full_name or name.text
    kind = f", {name.kind.value}" if name.kind else ""
    number = f", GeoNames {name.geonameid}" if name.geonameid else ""
    return f"{called}{kind}, {name.point.lat:.2f} {name.point.lon:.2f}{number}"
