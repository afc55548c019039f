"""Which place named before do "the town", "the base" and "it" take up?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from geoevents.claims.capitals import Capitals, speaks_of_capital
from geoevents.claims.clauses import Measured, clause_start, copula_before, trimmed
from geoevents.claims.names import NamedText, identity, is_container, place_id
from geoevents.claims.subjects import spoken_of
from geoevents.model import ClaimEnd, PlaceKind, Resolution, Span

__all__ = ["place_before", "place_meant", "taken_up"]

_ANAPHOR = re.compile(
    r"(?:(?:the|this|that|these|those|its|their)\s)(?:\w{1,14}\s)?(?P<noun>city|town|village|area|place|site|scene|settlement|base|camp|airport|airfield|air\sbase|capital|center|centre|outpost|garrison|port|region|spot|location|locality|municipality)\b"
    r"|\b(?P<bare>there|here|it)\b",
    re.IGNORECASE,
)
_SITE_KINDS = {
    "base": PlaceKind.MILITARY,
    "air base": PlaceKind.MILITARY,
    "garrison": PlaceKind.MILITARY,
    "outpost": PlaceKind.MILITARY,
    "camp": PlaceKind.CAMP,
    "airport": PlaceKind.AIRPORT,
    "airfield": PlaceKind.AIRPORT,
}
_TOWN_NOUNS = frozenset("city town village settlement municipality".split())
_THE_TOWN = re.compile(
    r"\b(?P<called>(?:the|that|this)\s(?:\w{1,14}\s)?(?:city|town|village|settlement|base|camp|airport|garrison|municipality))"
    r",\s(?:which\s(?:is|lies)\s)?(?:(?:some|about|around|roughly|just|only|located|situated)\s){0,2}$",
    re.IGNORECASE,
)
_MAX_TOWNS = 40
_MAX_PLACES = 8
_MAX_OPENING = 40


def place_meant(
    page: NamedText, capitals: Capitals, subject: ClaimEnd, phrase: Span, sentence: Span
) -> ClaimEnd:
    """Return the end that a phrase without a name stands for: "the city", "their base", "the capital".

    `subject` is the other end of the claim, which the phrase does not mean.
    """
    words = phrase.of(page.text)
    if speaks_of_capital(words):
        return capitals.meant(subject, phrase)
    match = _ANAPHOR.fullmatch(words)
    if match is None:
        return ClaimEnd(words, phrase)
    noun = _noun(match)
    if noun in _TOWN_NOUNS:
        return _town(page, phrase, subject, sentence)
    found = place_before(page, phrase.start, subject, _SITE_KINDS.get(noun))
    if found is None:
        return ClaimEnd(words, phrase, reason="nothing before it says which place that is")
    reason = f"{words!r} is taken for the place last named"
    return ClaimEnd(words, phrase, resolution=found, is_inferred=True, reason=reason)


def taken_up(page: NamedText, capitals: Capitals, mention: Measured, reference: ClaimEnd) -> ClaimEnd | None:
    """Return what "The town lies" and "The base is" speak of, the place named before."""
    copula = copula_before(page.text, mention)
    if copula is None:
        words = _anaphor_before(page.text, mention)
    else:
        start = clause_start(page.text, mention.sentence.start, copula.start())
        words = trimmed(page.text, start, copula.start())
    if words is None:
        return None
    match = _ANAPHOR.fullmatch(words.of(page.text))
    if match is None:
        return None
    noun = _noun(match)
    is_it = (match["bare"] or "").lower() == "it"
    spoken = spoken_of(page, mention.sentence.start) if is_it else None
    if spoken is not None:
        return _it(page.text, words, spoken)
    if noun in _TOWN_NOUNS or is_it:
        return _town(page, words, reference, mention.sentence)
    return place_meant(page, capitals, reference, words, mention.sentence) if noun in _SITE_KINDS else None


def _it(text: str, words: Span, spoken: ClaimEnd) -> ClaimEnd:
    """Return the end that "it" stands for where the sentence before says of a place what it is."""
    called = words.of(text)
    if spoken.resolution is None:
        why = f"the sentence before speaks of {spoken.text!r}, of which no place was recognized"
        return ClaimEnd(called, words, reason=why)
    reason = f"{called!r} is taken for what the sentence before speaks of"
    return ClaimEnd(called, words, resolution=spoken.resolution, reason=reason)


def place_before(
    page: NamedText, offset: int, subject: ClaimEnd, kind: PlaceKind | None
) -> Resolution | None:
    """Return the last place named before the offset that is no area and not the subject."""
    subject_id = place_id(subject.resolution)
    subject_span = subject.span
    for name in reversed(page.last_before(offset, most=_MAX_PLACES)):
        place = name.candidates[0].place if name.candidates else None
        if subject_span is not None and name.toponym.span.overlaps(subject_span):
            continue
        if place is None or (place.id == subject_id) or place.kind.is_area:
            continue
        if kind is None or place.kind is kind:
            return name
    return None


def _town(page: NamedText, phrase: Span, other: ClaimEnd, sentence: Span) -> ClaimEnd:
    """Resolve "the city" to the town that the text speaks of, where it is clear which that is."""
    words = phrase.of(page.text)
    towns = _towns_before(page, phrase.start, other)
    if not towns:
        return ClaimEnd(words, phrase, reason="nothing before it says which place that is")
    near = [town for town in towns if town.toponym.span.start >= sentence.start]
    found = _topic(near or towns)
    if found is None:
        return ClaimEnd(words, phrase, reason="the text names several places that it could be")
    reason = f"{words!r} is taken for the town that the text speaks of"
    is_one_of_several = len({identity(town) for town in near or towns}) > 1
    return ClaimEnd(words, phrase, resolution=found, is_inferred=is_one_of_several, reason=reason)


def _towns_before(page: NamedText, offset: int, other: ClaimEnd) -> list[Resolution]:
    """Return the towns, and the names that nobody knows, before the offset, without the other end."""
    return [
        name
        for name in page.last_before(offset, most=_MAX_TOWNS)
        if (not name.candidates or name.candidates[0].place.kind is PlaceKind.SETTLEMENT)
        and not is_container(name, page.text)
        and (other.resolution is None or identity(name) != identity(other.resolution))
        and (other.span is None or not name.toponym.span.overlaps(other.span))
    ]


def _anaphor_before(text: str, mention: Measured) -> Span | None:
    """Return "The town" in "The town, 110 km southeast of"."""
    low = max(mention.sentence.start, mention.span.start - _MAX_OPENING)
    found = _THE_TOWN.search(text, low, mention.span.start)
    return None if found is None else Span(*found.span("called"))


def _noun(anaphor: re.Match[str]) -> str:
    """Return what the anaphor calls a place, in small letters; nothing for "it" and "there"."""
    return " ".join((anaphor["noun"] or "").lower().split())


def _topic(names: Sequence[Resolution]) -> Resolution | None:
    """Return the last mention of the only place named, or of the one named at least twice as often."""
    counts = Counter(map(identity, names)).most_common(2)
    if len(counts) > 1 and counts[0][1] < 2 * counts[1][1]:
        return None
    return next(name for name in reversed(names) if identity(name) == counts[0][0])
