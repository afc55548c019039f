"""What does a length say: how far two places are apart, or something that is no business of ours?

Every length of a text becomes one `Mention`: a claim, a vague claim, or a trap with its name. A
claim needs words that tie it to a second place ("from", "north of", "away", "apart"); a length
without them is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from geoevents.claims.amounts import Amount, amounts
from geoevents.claims.reading import Link, Reading, wind_in
from geoevents.claims.spans import Taken
from geoevents.claims.traps import lookalikes, moved, trap, unlinked
from geoevents.model import Hedge, Span, TravelMode
from geoevents.text import plain_letters, sentence_at, sentences

__all__ = ["Mention", "MentionKind", "Trap", "left_alone", "mentions", "read_mention", "read_phrase"]


class MentionKind(StrEnum):
    """What a length in the text is."""

    CLAIM = "claim"
    VAGUE = "vague"
    TRAP = "trap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A length with what the words around it make of it.

    `span` runs from the hedge to the last word that ties it to its reference; the reference begins
    at `span.end` where `link` is `NAMED`. `is_inward` says that the length leads into an area instead
    of off a place ("12 km inside Syria"). `why` names the trap.
    """

    span: Span
    sentence: Span
    amount: Amount
    kind: MentionKind
    link: Link | None = None
    direction: str | None = None
    mode: TravelMode = TravelMode.UNSTATED
    is_inward: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Trap:
    """Something that looks like a distance between two places and is none; `why` says what it is."""

    span: Span
    why: str


_BETWEEN_BEFORE = re.compile(
    r"\b(?:(?P<road>way|trip|road|route|drive|highway)|distance|stretch|flight|gap)\s(?:of\s\w{1,20}\s)?(?:between|from)\s[^.;:()]{3,90}\s(?:is|was|being|measures|amounts\sto|of)\s$",
    re.IGNORECASE,
)


def mentions(text: str) -> tuple[Mention, ...]:
    """Return every length that the text mentions, in order, told apart.

    >>> [(m.kind.value, m.direction, m.why) for m in mentions("It fell 30 km south of Jenin, along a wall 5 km long.")]
    [('claim', 'S', ''), ('trap', None, 'a length')]
    """
    text = plain_letters(text)
    found = amounts(text)
    if not found:
        return ()
    spans = sentences(text)
    return tuple(read_mention(text, amount, sentence_at(spans, amount.figures.start)) for amount in found)


def left_alone(text: str) -> tuple[Trap, ...]:
    """Return the traps of the text, in order: lengths of something else, and what merely looks like one.

    >>> [trap.why for trap in left_alone("An Mi-24 hit the wall, 5 km long, with 80 mm rockets.")]
    ['a name, not a length', 'a length', 'a caliber']
    """
    lengths = [Trap(m.span, m.why) for m in mentions(text) if m.kind is MentionKind.TRAP]
    taken = Taken(trap.span for trap in lengths)
    others = [Trap(span, why) for span, why in lookalikes(text) if not taken.overlaps(span)]
    return tuple(sorted([*lengths, *others]))


def read_mention(text: str, amount: Amount, sentence: Span) -> Mention:
    """Read the words around one length of the sentence."""
    sentence = Span(sentence.start, max(sentence.end, amount.span.end))
    why = trap(text, amount, sentence)
    if why:
        return Mention(span=amount.span, sentence=sentence, amount=amount, kind=MentionKind.TRAP, why=why)
    reading = Reading(text, amount.span.end, sentence.end)
    link = reading.link(amount.hedge)
    between = _BETWEEN_BEFORE.search(text, max(sentence.start, amount.span.start - 140), amount.span.start)
    if between:
        link = Link.BETWEEN
        reading.mode = TravelMode.ROAD if between["road"] else reading.mode
    if link is None:
        why = unlinked(text, amount, sentence)
    elif not reading.inward and (link is not Link.IMPLIED or not reading.away):
        why = moved(text, amount, sentence)
    if why or link is None:
        return Mention(span=amount.span, sentence=sentence, amount=amount, kind=MentionKind.TRAP, why=why)
    kind = MentionKind.VAGUE if amount.hedge is Hedge.VAGUE else MentionKind.CLAIM
    return Mention(
        span=Span(amount.span.start, reading.at),
        sentence=sentence,
        amount=amount,
        kind=kind,
        link=link,
        direction=reading.direction,
        mode=reading.mode,
        is_inward=reading.inward,
    )


def read_phrase(phrase: str) -> Mention | None:
    """Read a phrase that is known to be a claim, such as "about 30 km northeast"."""
    phrase = plain_letters(phrase)
    found = amounts(phrase)
    if not found or found[0].is_area:
        return None
    amount = found[0]
    reading = Reading(phrase, amount.span.end, len(phrase))
    link = reading.link(amount.hedge)
    return Mention(
        span=Span(amount.span.start, reading.at),
        sentence=Span(0, len(phrase)),
        amount=amount,
        kind=MentionKind.VAGUE if amount.hedge is Hedge.VAGUE else MentionKind.CLAIM,
        link=link,
        direction=reading.direction or wind_in(phrase[: amount.span.start]),
        mode=reading.mode,
    )
