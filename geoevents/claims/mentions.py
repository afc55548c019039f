"""What does a length say: how far two places are apart, or something that is no business of ours?

Every length of a text becomes one `Mention`: a claim, a vague claim, or a trap with its name. A
claim needs words that tie it to a second place ("from", "north of", "away", "apart"); a length
without them is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from geoevents.claims.amounts import Amount, alternation, amounts
from geoevents.claims.traps import moved, trap, unlinked
from geoevents.lexicon.hedges import MODES, WIND_DEG, WINDS
from geoevents.model import Hedge, Span, TravelMode
from geoevents.text import plain_letters, sentence_at, sentences

__all__ = ["Link", "Mention", "MentionKind", "mentions", "mode_after", "read_mention", "read_phrase"]


class MentionKind(StrEnum):
    """What a length in the text is."""

    CLAIM = "claim"
    VAGUE = "vague"
    TRAP = "trap"


class Link(StrEnum):
    """How a length is tied to its reference.

    `NAMED`: a preposition leads to it ("from", "north of"). `IMPLIED`: the text leaves it out ("50
    km to the east", "30 km away"). `APART`: both ends stand before ("A and B are 30 km apart").
    `BETWEEN`: both ends stand in "between A and B", `SEPARATED` in "30 km separate A from B".
    """

    NAMED = "named"
    IMPLIED = "implied"
    APART = "apart"
    BETWEEN = "between"
    SEPARATED = "separated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A length with what the words around it make of it.

    `span` runs from the hedge to the last word that ties it to its reference; the reference begins
    at `span.end` where `link` is `NAMED`. `why` names the trap.
    """

    span: Span
    sentence: Span
    amount: Amount
    kind: MentionKind
    link: Link | None = None
    direction: str | None = None
    mode: TravelMode = TravelMode.UNSTATED
    why: str = ""


_MODE = re.compile(rf"(?:\s?,)?[\s-]{{1,2}}\(?(?P<mode>{alternation(MODES)})(?!\w)\)?", re.IGNORECASE)
_WIND_WORD = alternation(w for w in WINDS if not w.endswith(("ern", "erly")))
_ADJECTIVE = alternation(w for w in WINDS if w.endswith(("ern", "erly")))
_WIND = re.compile(
    r"(?:\s?,)?\s{1,3}(?:(?:away|off|out|further|farther)\s)?"
    r"(?:(?:to|toward|towards|on)\s)?(?:the\s)?(?:due\s|directly\s|almost\sdue\s|straight\s|far\s|just\s|roughly\s)?"
    rf"(?P<wind>(?:{_ADJECTIVE})(?=\s(?:of|from|side\sof|outskirts\sof)\b)|{_WIND_WORD})(?!\w)(?!-)"
    r"(?:\s(?:direction|side|outskirts)(?=\s(?:of|from)\b|[.,;:)]|$))?",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    rf"\s{{1,2}}(?:to\sthe\s)?(?P<wind>{alternation(WIND_DEG)})(?=\s(?:of|from|off|outside)\s|\s?[.,;)]|\s?$)"
)
_AWAY = re.compile(
    r"(?:\s?,)?\s(?:further\s|farther\s|straight\s)?(?P<away>away|distant|off(?=\s?[.,;)]|$|\sfrom\b)|out(?=\s?[.,;)]|\sfrom\b|$)|inland|offshore|downrange"
    r"|further|farther|ahead(?=\sof\b)|(?:up|down|along|across)\s(?:the|a)\s\w{1,16}(?=\sfrom\b)|up(?=\sthe\scoast)|behind\sthe\slines)(?!\w)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\s(?:up\s|down\s)?(?P<link>from|of|outside(?:\sof)?|beyond|past|inside|off(?:\sof)?|short\sof|across|behind|inland\sfrom"
    r"|away\sfrom|in\sfrom|out\sof|over(?=\sthe\sborder)|the\sother\sside\sof|above(?=\sthe\sborder)|into|within)(?!\w)",
    re.IGNORECASE,
)
_TO_NAME = re.compile(r"\s(?:to|until)\s(?=(?:the\s)?(?:[A-Z][\w'’-]{1,30}|border|capital|coast)\b)")
_BARE_NAME = re.compile(r"\s(?=[A-Z][a-z])")
_APART = re.compile(
    r"(?:\s?,)?\s(?:apart|from\seach\sother|from\sone\sanother|away\sfrom\seach\sother)(?!\w)", re.IGNORECASE
)
_SEPARATES = re.compile(
    r"\s(?:of\s\w{1,20}\s)?(?:separate|separates|separating|separated|that\sseparates?|which\sseparates?|between|lie\sbetween)\s",
    re.IGNORECASE,
)
_BETWEEN_BEFORE = re.compile(
    r"\b(?:(?P<road>way|trip|road|route|drive|highway)|distance|stretch|flight|gap)\s(?:of\s\w{1,20}\s)?(?:between|from)\s[^.;:()]{3,90}\s(?:is|was|being|measures|amounts\sto|of)\s$",
    re.IGNORECASE,
)
_WITHIN = frozenset({Hedge.AT_MOST, Hedge.LESS_THAN})


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


def read_mention(text: str, amount: Amount, sentence: Span) -> Mention:
    """Read the words around one length of the sentence."""
    sentence = Span(sentence.start, max(sentence.end, amount.span.end))
    why = trap(text, amount, sentence)
    if why:
        return Mention(span=amount.span, sentence=sentence, amount=amount, kind=MentionKind.TRAP, why=why)
    reading = _Reading(text, amount.span.end, sentence.end)
    link = reading.link(amount)
    between = _BETWEEN_BEFORE.search(text, max(sentence.start, amount.span.start - 140), amount.span.start)
    if between:
        link = Link.BETWEEN
        reading.mode = TravelMode.ROAD if between["road"] else reading.mode
    if link is None:
        why = unlinked(text, amount, sentence)
    elif link is not Link.IMPLIED or not reading.away:
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
    )


def read_phrase(phrase: str) -> Mention | None:
    """Read a phrase that is known to be a claim, such as "about 30 km northeast"."""
    phrase = plain_letters(phrase)
    found = amounts(phrase)
    if not found or found[0].is_area:
        return None
    amount = found[0]
    reading = _Reading(phrase, amount.span.end, len(phrase))
    link = reading.link(amount)
    return Mention(
        span=Span(amount.span.start, reading.at),
        sentence=Span(0, len(phrase)),
        amount=amount,
        kind=MentionKind.VAGUE if amount.hedge is Hedge.VAGUE else MentionKind.CLAIM,
        link=link,
        direction=reading.direction,
        mode=reading.mode,
    )


def mode_after(text: str, at: int) -> TravelMode:
    """Read the way of measuring that stands behind the reference: "30 km from Gao by road"."""
    match = _MODE.match(text, at)
    return MODES[" ".join(plain_letters(match["mode"]).lower().split())] if match else TravelMode.UNSTATED


class _Reading:
    """A cursor over the words behind a length, which remembers direction and mode."""

    def __init__(self, text: str, at: int, end: int) -> None:
        self.text, self.at, self.end = text, at, end
        self.direction: str | None = None
        self.mode = TravelMode.UNSTATED
        self.away = False

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at, self.end)
        if match:
            self.at = match.end()
        return match

    def link(self, amount: Amount) -> Link | None:
        self._modifiers()
        if self.take(_APART):
            return Link.APART
        start = self.at
        link = self.take(_LINK)
        if link:
            return self._accept(amount, link["link"].lower(), start)
        is_tied = self.direction is not None or self.away
        if (is_tied or self.mode is not TravelMode.UNSTATED) and self.take(_TO_NAME):
            return Link.NAMED
        if self.direction and self.take(_BARE_NAME):
            return Link.NAMED
        if is_tied:
            return Link.IMPLIED
        return Link.SEPARATED if self.take(_SEPARATES) else None

    def _modifiers(self) -> None:
        """Take what may stand, in any order, between the unit and the preposition."""
        for _ in range(5):
            mode = self.take(_MODE)
            if mode:
                self.mode = MODES[" ".join(mode["mode"].lower().split())]
                continue
            wind = self.direction is None and self.take(_WIND)
            if wind:
                self.direction = WINDS[" ".join(wind["wind"].lower().split())]
                continue
            short = self.direction is None and self.take(_ABBREVIATED)
            if short:
                self.direction = short["wind"]
                continue
            if not self.take(_AWAY):
                return
            self.away = True

    def _accept(self, amount: Amount, word: str, start: int) -> Link | None:
        """Say whether the preposition ties two places: "20 km of road" does not."""
        if word == "of" and not (self.direction or self.away or amount.hedge in _WITHIN):
            self.at = start
            return None
        if word in {"into", "across", "within", "over"} and not (self.direction or self.away):
            self.at = start
            return None
        return Link.NAMED
