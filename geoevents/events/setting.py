"""Where did it happen when its own sentence does not say, but the story has just said where it is set?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geoevents.events.location import Located
from geoevents.events.merging import Draft
from geoevents.events.passage import Name
from geoevents.model import Document, EventStatus, EventType, PlaceKind, Resolution, SubType, ToponymRole

__all__ = ["settled"]

_VIOLENT = frozenset(
    {EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.RIOTS}
)
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.REGION})
# A story moves on after about two sentences.
_NEAR_CHARACTERS = 350
_SET_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across)\s(?:the\s)?(?:[a-z-]{2,20}\s){0,3}\Z", re.IGNORECASE
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
    for sentence in drafts:
        yield [_with_setting(draft, places, starts) for draft in sentence]


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
    if draft.sub_type.event_type not in _VIOLENT and draft.sub_type is not SubType.LOOTING:
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
