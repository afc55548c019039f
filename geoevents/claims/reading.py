"""What do the words behind a length say: which way, how measured, and from where?"""

from __future__ import annotations

import re
from enum import StrEnum

from geoevents.claims.figures import alternation
from geoevents.lexicon.hedges import MODES, WIND_DEG, WINDS
from geoevents.model import Hedge, TravelMode
from geoevents.text import plain_letters

__all__ = ["Link", "Reading", "mode_after", "wind_in"]


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


_MODE = re.compile(rf"(?:\s?,)?[\s-]{{1,2}}\(?(?P<mode>{alternation(MODES)})(?!\w)\)?", re.IGNORECASE)
_WIND_WORD = alternation(w for w in WINDS if not w.endswith(("ern", "erly")))
_ADJECTIVE = alternation(w for w in WINDS if w.endswith(("ern", "erly")))
_WIND = re.compile(
    r"(?:\s?,)?\s{1,3}(?:(?:away|off|out|further|farther)\s)?"
    r"(?:(?:to|toward|towards|on)\s)?(?:(?:the|its|their)\s)?(?:due\s|directly\s|almost\sdue\s|straight\s|far\s|just\s|roughly\s)?"
    rf"(?P<wind>(?:{_ADJECTIVE})(?=\s(?:of|from|side\sof|outskirts\sof)\b)|{_WIND_WORD})(?!\w)(?!-)"
    r"(?:\s(?:direction|side|outskirts)(?=\s(?:of|from)\b|[.,;:)]|$))?",
    re.IGNORECASE,
)
_WIND_ALONE = re.compile(rf"(?<![\w-])(?P<wind>{_WIND_WORD})(?![\w-])", re.IGNORECASE)
_ABBREVIATED = re.compile(
    rf"\s{{1,2}}(?:to\sthe\s)?(?P<wind>{alternation(WIND_DEG)})(?=\s(?:of|from|off|outside)\s|\s?[.,;)]|\s?$)"
)
_AWAY = re.compile(
    r"(?:\s?,)?\s(?:further\s|farther\s|straight\s)?(?P<away>away|distant|off(?=\s?[.,;)]|$|\sfrom\b)|out(?=\s?[.,;)]|\sfrom\b|$)|inland|offshore|downrange"
    r"|further|farther|ahead(?=\sof\b)|(?:up|down|along|across)\s(?:the|a)\s\w{1,16}(?=\sfrom\b)|up(?=\sthe\scoast)|behind\sthe\slines)(?!\w)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\s(?:up\s|down\s)?(?P<link>from|of|outside(?:\sof)?|beyond|past|inside|off(?:\sof)?|short\sof|across|behind|deep\s(?:into|inside)|inland\sfrom"
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
_WITHIN = frozenset({Hedge.AT_MOST, Hedge.LESS_THAN})
_RADIUS = re.compile(r"[-\s]radius\s(?:of|around|from)(?!\w)", re.IGNORECASE)
_INWARD = frozenset({"into", "inside", "within", "deep into", "deep inside"})
# What a length can lead into: a name, and an area that a name follows or the text has spoken of.
_INTO_NAME = re.compile(
    r"\s(?:the\s)?(?:[A-Z][\w\u2019'-]{1,30}|(?:[\w'\u2019-]{1,24}\s){0,2}(?:territory|soil|airspace|waters)\b)"
)
# Prepositions that by themselves tie nothing ("20 km of road"), and the hedges with which they do.
_NEEDS_TIE: dict[str, frozenset[Hedge]] = {
    "of": _WITHIN,
    **dict.fromkeys(("into", "across", "within", "over"), frozenset()),
}
_VIA = re.compile(r"(?:\s?,)?\svia\s(?=[A-Z])")


def mode_after(text: str, at: int) -> TravelMode:
    """Read the way of measuring that stands behind the reference: "30 km from Gao by road"."""
    match = _MODE.match(text, at)
    if match:
        return MODES[" ".join(plain_letters(match["mode"]).lower().split())]
    return TravelMode.ROAD if _VIA.match(text, at) else TravelMode.UNSTATED


def wind_in(words: str) -> str | None:
    """Return the direction that stands before a length: "northeast, about 30 km"."""
    match = _WIND_ALONE.search(words)
    return WINDS[" ".join(match["wind"].lower().split())] if match else None


class Reading:
    """A cursor over the words behind a length, which remembers direction and mode.

    `away` says that one of them was "away" or the like, `inward` that the length leads into an area
    ("12 km inside Syria") and not off a place.
    """

    def __init__(self, text: str, at: int, end: int) -> None:
        self.text, self.at, self.end = text, at, end
        self.direction: str | None = None
        self.mode = TravelMode.UNSTATED
        self.away = False
        self.inward = False

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the pattern where the cursor stands and go behind it."""
        match = pattern.match(self.text, self.at, self.end)
        if match:
            self.at = match.end()
        return match

    def link(self, hedge: Hedge) -> Link | None:
        """Read on to the reference and say how the length is tied to it, `None` where it is not."""
        if hedge in _WITHIN and self.take(_RADIUS):
            return Link.NAMED
        self._modifiers()
        if self.take(_APART):
            return Link.APART
        start = self.at
        link = self.take(_LINK)
        return self._accept(hedge, link["link"].lower(), start) if link else self._without_preposition()

    def _without_preposition(self) -> Link | None:
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

    def _accept(self, hedge: Hedge, word: str, start: int) -> Link | None:
        """Say whether the preposition ties two places: "20 km of road" does not."""
        is_tied = self.direction is not None or self.away
        if word in _NEEDS_TIE and not (is_tied or hedge in _NEEDS_TIE[word] or self._leads_into(word)):
            self.at = start
            return None
        self.inward = word in _INWARD and self.direction is None
        return Link.NAMED

    def _leads_into(self, word: str) -> bool:
        return word in _INWARD and _INTO_NAME.match(self.text, self.at, self.end) is not None
