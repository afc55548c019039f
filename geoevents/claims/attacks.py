"""Where did the attack happen that a claim merely calls "the strike" or "the scene"?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from geoevents.claims.names import is_broad, place_id
from geoevents.model import ClaimEnd, Event, EventType, Span, SubType

__all__ = ["Attacks"]

_VIOLENT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
_EVENT_NOUN = re.compile(
    r"\b(?:(?:air\s?-?)?strikes?|attacks?|raids?|bombings?|bombardment|blasts?|explosions?|shelling|clash(?:es)?|fighting|battles?|ambush|assault|targets?|targeted|hit|struck|crash|incident|scene|site|shooting|killings?|massacre|fire)\b",
    re.IGNORECASE,
)
_MOST_NEAR = 4
_FROM_THE_AIR = re.compile(r"strike|raid|bomb", re.IGNORECASE)


class Attacks:
    """The attacks that one text locates, sorted once, so that the nearest is found by bisection."""

    def __init__(self, events: Iterable[Event]) -> None:
        located = [
            (span.start, span.end, event)
            for event in events
            if event.location is not None and event.type in _VIOLENT and not is_broad(event.location)
            for span in event.mentions or (event.span,)
        ]
        self._struck = sorted(located, key=lambda item: item[:2])
        self._struck_starts = [start for start, _, _ in self._struck]

    def located(self, subject: ClaimEnd, reference: ClaimEnd) -> ClaimEnd:
        """Put an attack that the text merely calls so where the nearest attack told of happened."""
        if subject.span is None or not _EVENT_NOUN.search(subject.text):
            return subject
        event = self._nearest(subject.span, subject.text)
        if event is None or event.location is None:
            return subject
        if place_id(event.location) == place_id(reference.resolution):
            return subject
        called = event.location.toponym.text
        return ClaimEnd(
            subject.text,
            subject.span,
            resolution=event.location,
            event_id=event.id,
            reason=f"{subject.text!r} is taken for where the nearest event told of ({event.sub_type.value}) happened, {called}",
        )

    def _nearest(self, span: Span, called: str) -> Event | None:
        """Return the attack told of in the words themselves, else the nearest."""
        first = bisect_left(self._struck_starts, span.start)
        inside = self._struck[first : bisect_right(self._struck_starts, span.end)]
        # What came before is what "the strike" takes up; what follows, only when nothing came before.
        near = (
            self._struck[max(0, first - _MOST_NEAR) : first][::-1] + self._struck[first : first + _MOST_NEAR]
        )
        if _FROM_THE_AIR.search(called):
            near.sort(key=lambda item: item[2].sub_type is not SubType.AIR_STRIKE)
        return next((event for _, _, event in (*inside, *near)), None)
