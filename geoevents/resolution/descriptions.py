"""Which place does a text mean that it describes: "the Syrian capital", "in the city"?

A capital is that of the country named beside it, or of the country that the text is about. Any other
noun stands for a place of that kind that the text named before: the one that it called so, named last
or named most. Where two come into question alike, or none does, there is no answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from geoevents.lexicon.capitals import CAPITALS
from geoevents.lexicon.places import KIND_WORDS
from geoevents.model import Candidate, Document, Place, PlaceKind, Resolution, Span, Toponym, ToponymRole
from geoevents.resolution.options import Options
from geoevents.text import sentences

__all__ = ["names_in", "resolve_descriptions"]

_CAPITAL = "capital"
_COUNTRY_LIKE = frozenset({PlaceKind.COUNTRY})
_VILLAGE_PEOPLE, _TOWN_PEOPLE, _CITY_PEOPLE = 20_000, 250_000, 15_000
_LEAST_SHARE = 0.6  # of what speaks for all antecedents together
_CALLED, _RECENT, _SAME, _AGAIN = 3.0, 2.0, 3.0, 0.5
_FARTHEST, _MOST_BEFORE = 12, 64  # sentences back, names back
_WITH_CAPITALS_OF_STATES = frozenset(("US",))  # "the capital" is as often that of the state
_MOST_SHOWN = 4
_SUREST = 0.9  # of a capital that only the rest of the text points to


@dataclass(frozen=True, slots=True)
class _Antecedent:
    """A place that the text named before a description, with what speaks for it."""

    place: Place
    name: str
    score: float
    weight: float


def names_in(document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
    """Return the names with those inside descriptions, and without the descriptions."""
    return tuple(
        toponym if toponym.role is not ToponymRole.DESCRIPTION else _name_inside(document.text, toponym)
        for toponym in toponyms
        if toponym.role is not ToponymRole.DESCRIPTION or toponym.qualifier is not None
    )


def _name_inside(text: str, description: Toponym) -> Toponym:
    span = description.qualifier
    assert span is not None
    is_adjective = text[span.end : span.end + 1] == " " and span.start == description.span.start
    role = ToponymRole.DEMONYM if is_adjective else ToponymRole.LITERAL
    return Toponym(span, span.of(text), role=role)


def resolve_descriptions(
    document: Document, toponyms: Sequence[Toponym], named: Sequence[Resolution], options: Options
) -> tuple[Resolution, ...]:
    """Return one resolution for each toponym, in order; `named` are those of `names_in`."""
    by_span = {resolution.toponym.span: resolution for resolution in named}
    told = _Told(document.text, named, options)
    out: list[Resolution] = []
    for toponym in toponyms:
        if toponym.role is not ToponymRole.DESCRIPTION:
            out.append(by_span[toponym.span])
        elif toponym.qualifier is not None:
            out.append(_of_country(toponym, by_span[toponym.qualifier], options))
        else:
            out.append(_by_antecedents(toponym, told))
    return tuple(out)


class _Told:
    """What a text has told of places: its resolved names, in order, with the sentence that each is in."""

    def __init__(self, text: str, named: Sequence[Resolution], options: Options) -> None:
        self.text = text
        self._named = named
        self._options = options
        self._starts = [resolution.toponym.span.start for resolution in named]
        self._openings = [span.start for span in sentences(text)]

    def sentence_of(self, offset: int) -> int:
        """Return the number of the sentence that a character is in."""
        return bisect_right(self._openings, offset)

    def before(self, offset: int) -> Iterator[tuple[Resolution, int]]:
        """Yield the names before a character, the last first, with how many sentences back each stands."""
        here = self.sentence_of(offset)
        at = bisect_left(self._starts, offset)
        for resolution in reversed(self._named[max(0, at - _MOST_BEFORE) : at]):
            back = here - self.sentence_of(resolution.toponym.span.start)
            if back > _FARTHEST:
                return
            yield resolution, back

    @cached_property
    def capitals(self) -> list[_Antecedent]:
        """The capitals of the countries that the text is about, weighed by how often it points there."""
        weights: dict[str, float] = defaultdict(float)
        for resolution in self._named:
            place = resolution.place
            if place is None or place.country not in CAPITALS or resolution.toponym.role in _ASIDE:
                continue
            is_foremost = place.kind is PlaceKind.COUNTRY or place.name == CAPITALS[place.country]
            weights[place.country] += resolution.candidates[0].score * (2.0 if is_foremost else 1.0)
        found = ((self._options.city(CAPITALS[country], country), country) for country in weights)
        return [
            _Antecedent(city, self._options.country(of), min(_SUREST, weights[of] / 2.0), weights[of])
            for city, of in found
            if city is not None
        ]


def _of_country(toponym: Toponym, inner: Resolution, options: Options) -> Resolution:
    """Return the capital of the country, or the division, that is named inside a description."""
    place = inner.place
    if place is None:
        return _unsettled(toponym, f"{inner.toponym.text!r} has no place: {inner.reason}")
    capital = _seat_of(place, options)
    if capital is None:
        return _unsettled(toponym, f"no capital of {place.name} is known")
    reason = f"the capital of {place.name}, which the text names with it"
    return _settled(toponym, [Candidate(capital, inner.candidates[0].score, reasons=(reason,))])


def _seat_of(place: Place, options: Options) -> Place | None:
    country = place.country
    if country is None:
        return None
    if place.kind in _COUNTRY_LIKE:
        return options.city(CAPITALS[country], country) if country in CAPITALS else None
    # A province's seat is known where it bears the province's name, which may mean the seat itself.
    if place.kind is PlaceKind.SETTLEMENT:
        return place if place.admin1 == place.name else None
    division = place.admin1 or place.name
    city = options.city(division, country) if place.kind is PlaceKind.ADMIN1 else None
    return city if city is not None and city.admin1 == division else None


def _by_antecedents(toponym: Toponym, told: _Told) -> Resolution:
    noun = toponym.text.rpartition(" ")[2].lower()
    found = list(told.capitals if noun == _CAPITAL else _antecedents(toponym, noun, told))
    total = sum(one.weight for one in found)
    if not total:
        return _unsettled(toponym, f"the text names no {noun} that it could stand for")
    found.sort(key=lambda one: (-one.weight, one.place.id))
    candidates = [
        Candidate(one.place, round(one.score * one.weight / total, 4), reasons=(_reason(noun, one),))
        for one in found[:_MOST_SHOWN]
    ]
    if noun == _CAPITAL and found[0].place.country in _WITH_CAPITALS_OF_STATES:
        reason = f"it may be the capital of a state of {found[0].name}"
        return Resolution(toponym, tuple(candidates), is_settled=False, reason=reason)
    if found[0].weight < _LEAST_SHARE * total:
        names = " and ".join(repr(one.name) for one in found[:2])
        return Resolution(
            toponym, tuple(candidates), is_settled=False, reason=f"it could stand for {names} alike"
        )
    return _settled(toponym, candidates)


def _reason(noun: str, one: _Antecedent) -> str:
    if noun == _CAPITAL:
        return f"the capital of {one.name}, the country that the text is about"
    return f"the {noun} that the text names before it, {one.name!r}"


_ASIDE = frozenset({ToponymRole.DATELINE, ToponymRole.EMBEDDED})


def _antecedents(toponym: Toponym, noun: str, told: _Told) -> Iterator[_Antecedent]:
    """Yield the places of a kind that the text named before, weighed: called so, in the last words, often."""
    weights: dict[str, float] = defaultdict(float)
    last: dict[str, tuple[Place, Resolution, int]] = {}
    for resolution, back in told.before(toponym.span.start):
        place, name = resolution.place, resolution.toponym
        if place is None or not _fits(noun, place) or name.role in _NO_ANTECEDENTS:
            continue
        weights[place.id] += _AGAIN
        if _is_called(told.text, name.span, noun):
            weights[place.id] += _CALLED
        last.setdefault(place.id, (place, resolution, back))
    for id_, (place, resolution, back) in last.items():
        weight = weights[id_] + _RECENT / (1 + back) + (_SAME if back == 0 else 0.0)
        yield _Antecedent(place, resolution.toponym.text, resolution.candidates[0].score, weight)


_NO_ANTECEDENTS = frozenset({ToponymRole.DEMONYM, ToponymRole.EMBEDDED, ToponymRole.INSTITUTION})


def _fits(noun: str, place: Place) -> bool:
    """Say whether a text may call a place so."""
    people = place.population or 0
    if noun == "city":
        return place.kind is PlaceKind.SETTLEMENT and people >= _CITY_PEOPLE
    if noun == "town":
        return place.kind is PlaceKind.SETTLEMENT and people <= _TOWN_PEOPLE
    if noun == "village":
        return place.kind in {PlaceKind.SETTLEMENT, PlaceKind.QUARTER} and people <= _VILLAGE_PEOPLE
    return place.kind in KIND_WORDS[noun] and place.kind is not PlaceKind.REGION


def _is_called(text: str, name: Span, noun: str) -> bool:
    """Say whether a noun stands beside a name: "the city of Homs", "Idlib province"."""
    behind = text[name.end : name.end + len(noun) + 1].lower()
    lead = text[max(0, name.start - len(noun) - 4) : name.start].lower()
    return behind == f" {noun}" or lead.endswith((f"{noun} of ", f"{noun} "))


def _settled(toponym: Toponym, candidates: Sequence[Candidate]) -> Resolution:
    return Resolution(toponym, tuple(candidates), is_settled=True, reason="; ".join(candidates[0].reasons))


def _unsettled(toponym: Toponym, reason: str) -> Resolution:
    return Resolution(toponym, (), is_settled=False, reason=reason)
