"""Where did it happen when its own sentence does not say, but the story has just said where it is set?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geoevents.events.candidates import SHORT
from geoevents.events.location import Located
from geoevents.events.merging import Draft
from geoevents.events.passage import Name
from geoevents.model import Document, EventStatus, EventType, PlaceKind, Resolution, SubType, ToponymRole

__all__ = ["at_dateline", "settled"]

_VIOLENT = frozenset(
    {EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.RIOTS}
)
_SET_TOO = frozenset({SubType.LOOTING, SubType.ARRESTS})
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.REGION})
# A story moves on after about two sentences.
_NEAR_CHARACTERS = 350
_SET_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|through)\s(?:the\s)?(?:[a-z-]{2,20}\s){0,3}\Z",
    re.IGNORECASE,
)


def settled(
    drafts: Iterable[Sequence[Draft]], document: Document, resolutions: Sequence[Resolution]
) -> Iterator[list[Draft]]:
    """Yield the mentions of each sentence; one without a place takes that of the sentences just before.

    Only violence that is told as done does so, and only within some 350 characters; the place
    is then less precise than where it is named.
    """
    places = [r for r in resolutions if _sets(document.text, r)]
    starts = [r.toponym.span.start for r in places]
    country = _country_of(resolutions)
    for sentence in drafts:
        yield [_with_setting(_at_home(draft, country), places, starts) for draft in sentence]


def _country_of(resolutions: Sequence[Resolution]) -> str | None:
    """Return the country that a text is about: that of its dateline, where no other is named more often."""
    dateline = next(
        (r.place for r in resolutions if r.toponym.role is ToponymRole.DATELINE and r.place is not None), None
    )
    named = Counter(r.place.country for r in resolutions if r.place is not None and r.place.country)
    if not named:
        return None
    country, times = max(named.items(), key=lambda item: (item[1], item[0]))
    if dateline is not None and dateline.country is not None:
        return dateline.country if named[dateline.country] >= times else None
    return country if times * 2 > named.total() else None


# A reading less likely than this is a namesake of something else.
_LEAST_READING = 0.1


def _at_home(draft: Draft, country: str | None) -> Draft:
    """Return the draft at the reading of its place in the text's country, where the name alone is open."""
    located = draft.located
    if located is None or country is None or located.name.resolution.place is not None:
        return draft
    resolution = located.name.resolution
    home = [c for c in resolution.candidates if c.place.country == country and c.score >= _LEAST_READING]
    if not home or home[0] is not resolution.candidates[0]:
        return draft
    reason = f"of the places called {resolution.toponym.text!r} it is in the country that the text is about"
    meant = replace(resolution, is_settled=True, reason=reason)
    precision = 3 if home[0].place.kind.is_area else 2
    return replace(
        draft,
        located=replace(
            located, name=replace(located.name, resolution=meant), precision=precision, reason=reason
        ),
    )


# Crimes and crowds of a city are reported from it; battles and strikes are reported from a capital far off.
_LOCAL = frozenset(
    {
        SubType.ATTACK,
        SubType.REMOTE_EXPLOSIVE,
        SubType.SUICIDE_BOMB,
        SubType.ABDUCTION,
        SubType.GRENADE,
        SubType.PEACEFUL_PROTEST,
        SubType.PROTEST_WITH_INTERVENTION,
        SubType.EXCESSIVE_FORCE,
        SubType.VIOLENT_DEMONSTRATION,
        SubType.MOB_VIOLENCE,
        SubType.LOOTING,
    }
)


def at_dateline(
    sentences: Sequence[Sequence[Draft]], document: Document, resolutions: Sequence[Resolution]
) -> Sequence[Sequence[Draft]]:
    """Return the mentions, those without any place in the town of the dateline where nothing speaks against it.

    Only in a text that is about the dateline's own country, sets nothing elsewhere and whose events all lack
    a place, and only what a town's own reporters tell of: attacks, bombs, crowds.
    """
    dateline = next((r for r in resolutions if r.toponym.role is ToponymRole.DATELINE), None)
    town = None if dateline is None else dateline.place
    if dateline is None or town is None or town.kind.is_area or town.country is None:
        return sentences
    body = [r for r in resolutions if r.toponym.role is not ToponymRole.DATELINE and r.place is not None]
    named = Counter(r.place.country for r in body if r.place is not None and r.toponym.text not in SHORT)
    is_about = named[town.country] and named[town.country] >= max(named.values(), default=0)
    elsewhere = any(_sets(document.text, r) and r.place is not None and r.place.id != town.id for r in body)
    if not is_about or elsewhere or any(d.located is not None for s in sentences for d in s):
        return sentences
    return [[_reported_from(draft, dateline) for draft in sentence] for sentence in sentences]


def _reported_from(draft: Draft, dateline: Resolution) -> Draft:
    if draft.sub_type not in _LOCAL or draft.status is not EventStatus.FACTUAL:
        return draft
    name = Name(draft.mention.first, draft.mention.last, resolution=dateline)
    reason = (
        f"the text names no place for it; it is reported from {dateline.toponym.text!r}, in its own country"
    )
    return replace(draft, located=Located(name, 0.5, 3, reason))


def _sets(text: str, resolution: Resolution) -> bool:
    """Whether the text sets its story there: "in X", of a settled place smaller than a country."""
    place, toponym = resolution.place, resolution.toponym
    if place is None or toponym.role is not ToponymRole.LITERAL or not place.kind.is_pinned:
        return False
    if place.kind in _WIDE:
        return False
    return _SET_BEFORE.search(text[max(0, toponym.span.start - 80) : toponym.span.start]) is not None


def _with_setting(draft: Draft, places: Sequence[Resolution], starts: Sequence[int]) -> Draft:
    passage = draft.mention.passage
    if draft.located is not None or draft.status is not EventStatus.FACTUAL or passage.names:
        return draft
    if draft.sub_type.event_type not in _VIOLENT and draft.sub_type not in _SET_TOO:
        return draft
    at = bisect_left(starts, passage.span.start) - 1
    if at < 0 or passage.span.start - starts[at] > _NEAR_CHARACTERS:
        return draft
    found = places[at]
    assert found.place is not None
    area = found.place.kind.is_area
    name = Name(draft.mention.first, draft.mention.last, resolution=found)
    reason = f"its sentence names no place; the one before is set in {found.toponym.text!r}"
    return replace(draft, located=Located(name, 0.5, 3 if area else 2, reason))
