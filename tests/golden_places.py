"""The golden corpus of place names: how a sentence is written down, and how an analysis is graded.

A line has a text of our own with each place name in brackets, one difficulty, and for each bracket
what is right, as words in this order:

* ``maybe`` (the name may be found or not), ``overlap`` (its span may be wider or narrower than the
  bracket) or ``unknown`` (it must be found, and no place be given);
* a role that it must have, a kind that the place must have;
* where: ``SY`` the country itself, ``in SY`` any place in it, ``36.20,37.16 15`` within 15 km of a
  point, ``id sy-at-tanf-garrison`` one place of the gazetteer.

What stands in no bracket is no place: a pin there is wrong, a demonym or embedded label is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geoevents.geodesy import distance_km
from geoevents.model import LOCATING_ROLES, LatLon, Place, PlaceKind, Resolution, Span, ToponymRole

GOLDEN = Path(__file__).parent / "golden" / "places.jsonl"
_MODES = ("maybe", "overlap", "unknown")
_BRACKET = re.compile(r"\[([^\]]{1,80})\]")


@dataclass(frozen=True, slots=True)
class Expected:
    """One bracketed name and what is right for it."""

    span: Span
    text: str
    mode: str | None
    role: ToponymRole | None
    kind: PlaceKind | None
    where: tuple[str, ...]

    def fits(self, place: Place) -> bool:
        """Say whether a place is the one meant."""
        if self.kind is not None and place.kind is not self.kind:
            return False
        match self.where:
            case ("in", country):
                return place.country == country
            case ("id", id_):
                return place.id == id_
            case (country,):
                return place.country == country and place.kind is PlaceKind.COUNTRY
            case (point, km):
                lat, lon = map(float, point.split(","))
                return distance_km(place.point, LatLon(lat=lat, lon=lon)) <= float(km)
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text with its difficulty and the names in it."""

    text: str
    difficulty: str
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """What is amiss with one analysis: wrong pins, and everything else (misses, spans, roles)."""

    wrong_pins: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return not (self.wrong_pins or self.others)


def read_golden(path: Path = GOLDEN) -> tuple[Sentence, ...]:
    """Read the corpus; a line that breaks the rules above raises `ValueError` with its number."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_sentence(json.loads(line), number) for number, line in enumerate(lines, start=1))


def grade(sentence: Sentence, resolutions: Iterable[Resolution]) -> Grade:
    """Hold what was found against what is right."""
    found = list(resolutions)
    wrong = [
        f"{r.toponym.text!r} is no place, got {_named(r.place)}"
        for r in found
        if _is_pin(r) and not any(e.span.overlaps(r.toponym.span) for e in sentence.expected)
    ]
    others: list[str] = []
    for expected in sentence.expected:
        near = [r for r in found if r.toponym.span.overlaps(expected.span)]
        wrong += [problem for r in near if (problem := _wrong_pin(expected, r))]
        others += _others(expected, near)
    return Grade(tuple(wrong), tuple(others))


def _sentence(row: dict[str, object], number: int) -> Sentence:
    marked, golds = str(row["text"]), row["gold"]
    assert isinstance(golds, list)
    names = list(_BRACKET.finditer(marked))
    if len(names) != len(golds):
        raise ValueError(f"line {number}: {len(names)} brackets, {len(golds)} golds")
    expected = tuple(
        _expected(Span(name.start() - 2 * i, name.end() - 2 * i - 2), name[1], str(gold))
        for i, (name, gold) in enumerate(zip(names, golds, strict=True))
    )
    return Sentence(_BRACKET.sub(r"\1", marked), str(row["difficulty"]), expected)


def _expected(span: Span, text: str, gold: str) -> Expected:
    words = gold.split()
    mode = words.pop(0) if words[0] in _MODES else None
    roles, kinds = {role.value for role in ToponymRole}, {kind.value for kind in PlaceKind}
    role = ToponymRole(words.pop(0)) if words and words[0] in roles else None
    kind = PlaceKind(words.pop(0)) if words and words[0] in kinds else None
    if len(words) > 2 or (not words and mode != "unknown"):
        raise ValueError(f"{text!r}: {gold!r} does not say where")
    return Expected(span, text, mode, role, kind, tuple(words))


def _is_pin(resolution: Resolution) -> bool:
    return resolution.place is not None and resolution.toponym.role in LOCATING_ROLES


def _wrong_pin(expected: Expected, found: Resolution) -> str | None:
    if not _is_pin(found):
        return None
    place = found.place
    assert place is not None
    if expected.mode == "unknown":
        return f"{found.toponym.text!r} is on no map, got {_named(place)}"
    if not expected.fits(place):
        return f"{found.toponym.text!r} is {' '.join(expected.where)}, got {_named(place)}"
    if expected.role is not None and expected.role not in LOCATING_ROLES:
        return f"{found.toponym.text!r} says where nothing is ({expected.role.value}), but is a pin"
    return None


def _is_right(expected: Expected, found: Resolution) -> bool:
    return found.place is not None and expected.fits(found.place)


def _others(expected: Expected, near: list[Resolution]) -> Iterator[str]:
    """Yield misses, and what is amiss with spans and roles; wrong pins are told elsewhere."""
    if not near:
        if expected.mode != "maybe":
            yield f"{expected.text!r} is missed"
        return
    if expected.mode == "maybe":
        return
    best = max(near, key=lambda r: (_is_right(expected, r), r.toponym.span == expected.span))
    if expected.mode != "overlap" and best.toponym.span != expected.span:
        yield f"{expected.text!r} is found as {best.toponym.text!r}"
    if expected.mode != "unknown" and best.place is None:
        yield f"{expected.text!r} has no place ({best.reason})"
    elif expected.mode != "unknown" and not _is_pin(best) and not _is_right(expected, best):
        yield f"{expected.text!r} is {' '.join(expected.where)}, got {_named(best.place)}"
    role = best.toponym.role
    if expected.role is None and role not in LOCATING_ROLES and expected.mode != "unknown":
        yield f"{expected.text!r} is a place, got {role.value}"
    elif expected.role not in {None, role}:
        yield f"{expected.text!r} is {expected.role}, got {role.value}"


def _named(place: Place | None) -> str:
    if place is None:
        return "nothing"
    return f"{place.name} ({place.kind.value}, {place.country}, {place.point.lat:.2f} {place.point.lon:.2f})"
