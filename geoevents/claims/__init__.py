"""What does the text say about how far and in which direction one place lies from another?

The grammar is our own and linear in the length of the text: a length with its hedge and its second
unit (`amounts`) or a travel time (`durations`), the words that tie it to a second place (`reading`) or
show that it is something else (`mentions`, `traps`), and the two ends (`ends`): what it is said of
(`subjects`, `appositions`) and from where (`references`), by name (`names`, `capitals`, `lines`,
`coordinates`), by the clause (`clauses`) or by what came before (`anaphora`, `attacks`). Two names side by side may say where one of them lies without any length
(`neighbors`, `superlatives`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from geoevents.claims.amounts import Amount, amounts
from geoevents.claims.clauses import Measured
from geoevents.claims.coordinates import with_given_points
from geoevents.claims.durations import TravelTime, travel_times
from geoevents.claims.ends import Discourse, Ends
from geoevents.claims.mentions import Mention, MentionKind, Trap, left_alone, mentions, read_phrase
from geoevents.claims.names import NamedText
from geoevents.claims.neighbors import neighbor_claims
from geoevents.claims.reading import Link, mode_after
from geoevents.claims.superlatives import nearest_claims
from geoevents.lexicon.capitals import CAPITALS
from geoevents.model import (
    ClaimEnd,
    ClaimKind,
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
    "Trap",
    "amounts",
    "left_alone",
    "mentions",
    "parse_claim",
]

# Quotes nest two or three deep at most; this many back lies any that can cover a claim.
_NESTING = 8
# Characters between a length and its reference that are still one phrase ("of the embattled city of").
_REFERENCE_GAP = 40
# Behind a reference and a comma the sentence goes on with its subject: "south of Amman, across the border".
_GOES_ON = re.compile(
    r",\s(?:(?:and|but|just|right|directly|close|near|in|inside|within|on|along|across|opposite|next|not|at|by|it|is|lies)\s)",
    re.IGNORECASE,
)
_COMPLETES = re.compile(r"(?:,\s|\s\(|\s)(?:and\s)?(?:at\s)?$")


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
        text = document.text
        page = NamedText.of(text, with_given_points(text, resolutions))
        discourse = Discourse(page, events, find_capital=self._capital_of)
        beside = [*neighbor_claims(text, page.usable), *nearest_claims(text, page.usable)]
        tied = list(_tied_claims(text, discourse, beside))
        claims = [*tied, *_independent(text, beside, tied)]
        claims.sort(key=lambda claim: claim.span)
        ordered = sorted(quotes, key=lambda q: q.span)
        starts = [q.span.start for q in ordered]
        return tuple(_said_by(claim, _covering(claim.span, ordered, starts)) for claim in claims)

    def _capital_of(self, country: str) -> Place | None:
        if self._gazetteer is None or country not in CAPITALS:
            return None
        hits = self._gazetteer.lookup(CAPITALS[country], country=country, kind=PlaceKind.SETTLEMENT, limit=1)
        return hits[0].place if hits else None


def parse_claim(phrase: str) -> DistanceClaim | None:
    """Read a claim from a phrase that names no ends; `None` where it gives no length or travel time.

    >>> claim = parse_claim("about 30 km northeast")
    >>> claim.hedge.value, claim.claimed, claim.direction
    ('about', Interval(low=25.5, high=34.5), 'NE')
    """
    unnamed = ClaimEnd("", None)
    mention = read_phrase(phrase)
    if mention is not None:
        return _claim(mention, Ends(subject=unnamed, reference=unnamed, reference_end=mention.span.end))
    for time in travel_times(f"{phrase.rstrip()} away"):
        ends = Ends(subject=unnamed, reference=unnamed, reference_end=time.span.end)
        return _claim(time, ends)
    return None


def _tied_claims(text: str, discourse: Discourse, beside: Sequence[DistanceClaim]) -> Iterator[DistanceClaim]:
    """Yield the claims of lengths and travel times, each with the ends that it is tied to."""
    lengths = [m for m in mentions(text) if m.kind is not MentionKind.TRAP]
    found: list[Measured] = sorted([*lengths, *travel_times(text)], key=lambda m: m.span)
    ways = {claim.span.end: claim for claim in beside if claim.kind is ClaimKind.DIRECTION}
    previous: tuple[Measured, Ends] | None = None
    for mention in found:
        ends = discourse.ends(mention, previous)
        previous = mention, ends
        mode = mention.mode
        if mode is TravelMode.UNSTATED:
            mode = mode_after(text, ends.reference_end)
        claim = _claim(replace(mention, mode=mode), ends)
        way = _way_before(text, mention, ways)
        yield (
            claim
            if way is None
            else replace(claim, subject=way.subject, reference=way.reference, direction=way.direction)
        )


def _independent(
    text: str, beside: Iterable[DistanceClaim], tied: Iterable[DistanceClaim]
) -> Iterator[DistanceClaim]:
    """Yield what is said without a length, of the right place.

    "A is 330 km south of B, across the border from C" speaks of A, "100 km northwest of A on the
    border" of none that is named.
    """
    measured = {claim.reference.span: claim.subject for claim in tied if claim.reference.span is not None}
    for claim in beside:
        start = claim.subject.span
        if start not in measured or claim.kind is ClaimKind.NEAREST or claim.kind is ClaimKind.DIRECTION:
            yield claim
            continue
        goes_on = _GOES_ON.match(text, start.end) is not None if start else False
        subject = measured[start]
        if goes_on and subject.resolution is not None and subject.span != claim.reference.span:
            yield replace(claim, subject=subject, span=_from(subject.span, claim.span))
        elif not goes_on and claim.kind is not ClaimKind.ON_LINE:
            yield claim


def _from(start: Span | None, span: Span) -> Span:
    return span if start is None or start.start > span.end else Span(start.start, span.end)


def _way_before(text: str, mention: Measured, ways: Mapping[int, DistanceClaim]) -> DistanceClaim | None:
    """Return the direction that a length completes: "A lies to the north of B, 15 kilometers away"."""
    if mention.link is not Link.IMPLIED or mention.direction is not None:
        return None
    gap = _COMPLETES.search(text, max(0, mention.span.start - 12), mention.span.start)
    return ways.get(gap.start()) if gap else None


def _claim(mention: Measured, ends: Ends) -> DistanceClaim:
    span = _with_reference(mention.span, ends.reference.span)
    if isinstance(mention, TravelTime):
        return DistanceClaim(
            span,
            ends.subject,
            ends.reference,
            figure=None,
            claimed=mention.straight_km,
            hedge=mention.hedge,
            direction=mention.direction,
            mode=mention.mode,
            kind=ClaimKind.TRAVEL_TIME,
            duration_h=mention.hours,
        )
    amount = mention.amount
    return DistanceClaim(
        span,
        ends.subject,
        ends.reference,
        figure=amount.figure,
        claimed=amount.claimed(),
        hedge=amount.hedge,
        direction=mention.direction,
        mode=mention.mode,
        paired=amount.paired,
    )


def _said_by(claim: DistanceClaim, quote: Quote | None) -> DistanceClaim:
    return claim if quote is None else replace(claim, speaker=quote.speaker, stance=quote.stance)


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
