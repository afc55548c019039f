"""What does the text say about how far and in which direction one place lies from another?

The grammar is our own and linear in the length of the text: a length with its hedge and its second
unit (`amounts`), the words that tie it to a second place or show that it is something else
(`mentions`, `traps`), and the two ends (`ends`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from geoevents.claims.amounts import Amount, amounts
from geoevents.claims.ends import Discourse, Ends
from geoevents.claims.mentions import Mention, MentionKind, mentions, read_phrase
from geoevents.claims.reading import Link, mode_after
from geoevents.lexicon.capitals import CAPITALS
from geoevents.model import (
    ClaimEnd,
    DistanceClaim,
    Document,
    Event,
    Place,
    PlaceKind,
    Quote,
    Resolution,
    Span,
    TravelMode,
)

__all__ = [
    "Amount",
    "DistanceClaimFinder",
    "Link",
    "Mention",
    "MentionKind",
    "amounts",
    "mentions",
    "parse_claim",
]

# Quotes nest two or three deep at most; this many back lies any that can cover a claim.
_NESTING = 8
# Characters between a length and its reference that are still one phrase ("of the embattled city of").
_REFERENCE_GAP = 40


class NameHit(Protocol):
    """What a gazetteer answers: a place that bears the name."""

    @property
    def place(self) -> Place:
        """The place."""
        ...


class NameIndex(Protocol):
    """What finding claims asks of a gazetteer: the place of a name in a country."""

    def lookup(self, name: str, *, country: str, kind: PlaceKind, limit: int) -> Sequence[NameHit]:
        """Return the places of that name, best first."""
        ...


class DistanceClaimFinder:
    """Finds every distance claim of a document, with both ends as far as the text names them.

    With a gazetteer, "the capital" is looked up where the text leaves its name out.
    """

    def __init__(self, gazetteer: NameIndex | None = None) -> None:
        self._gazetteer = gazetteer

    def __call__(
        self,
        document: Document,
        resolutions: tuple[Resolution, ...],
        events: tuple[Event, ...],
        quotes: tuple[Quote, ...],
        /,
    ) -> tuple[DistanceClaim, ...]:
        """Return the claims in order of span, vague ones included, traps left out."""
        found = [m for m in mentions(document.text) if m.kind is not MentionKind.TRAP]
        if not found:
            return ()
        discourse = Discourse(document.text, resolutions, events, find_capital=self._capital_of)
        ordered = sorted(quotes, key=lambda q: q.span)
        starts = [q.span.start for q in ordered]
        claims: list[DistanceClaim] = []
        previous: tuple[Mention, Ends] | None = None
        for mention in found:
            ends = discourse.ends(mention, previous)
            previous = mention, ends
            mode = mention.mode
            if mode is TravelMode.UNSTATED:
                mode = mode_after(document.text, ends.reference_end)
            quote = _covering(mention.span, ordered, starts)
            claims.append(_claim(replace(mention, mode=mode), ends, quote))
        return tuple(claims)

    def _capital_of(self, country: str) -> Place | None:
        if self._gazetteer is None or country not in CAPITALS:
            return None
        hits = self._gazetteer.lookup(CAPITALS[country], country=country, kind=PlaceKind.SETTLEMENT, limit=1)
        return hits[0].place if hits else None


def parse_claim(phrase: str) -> DistanceClaim | None:
    """Read a claim from a phrase that names no ends; `None` where it gives no length.

    >>> claim = parse_claim("about 30 km northeast")
    >>> claim.hedge.value, claim.claimed, claim.direction
    ('about', Interval(low=25.5, high=34.5), 'NE')
    """
    mention = read_phrase(phrase)
    if mention is None:
        return None
    unnamed = ClaimEnd("", None)
    return _claim(mention, Ends(subject=unnamed, reference=unnamed, reference_end=mention.span.end), None)


def _claim(mention: Mention, ends: Ends, quote: Quote | None) -> DistanceClaim:
    amount = mention.amount
    return DistanceClaim(
        _with_reference(mention.span, ends.reference.span),
        ends.subject,
        ends.reference,
        figure=amount.figure,
        claimed=amount.claimed(),
        hedge=amount.hedge,
        direction=mention.direction,
        mode=mention.mode,
        paired=amount.paired,
        speaker=None if quote is None else quote.speaker,
        stance=None if quote is None else quote.stance,
    )


def _with_reference(span: Span, reference: Span | None) -> Span:
    """Take in the reference where it follows at once: "20 km south of Kramatorsk"."""
    if reference is None or not 0 <= reference.start - span.end <= _REFERENCE_GAP:
        return span
    return Span(span.start, reference.end)


def _covering(span: Span, quotes: Sequence[Quote], starts: Sequence[int]) -> Quote | None:
    """Return the innermost quote that covers the span."""
    last = bisect_right(starts, span.start)
    near = quotes[max(0, last - _NESTING) : last]
    covering = [q for q in near if q.span.start <= span.start and span.end <= q.span.end + 2]
    return min(covering, key=lambda q: q.span.end - q.span.start, default=None)
