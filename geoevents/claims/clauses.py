"""Where does the clause or the noun phrase begin and end that a length belongs to?

By punctuation and by small words alone, so that it holds for names that nobody knows.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from geoevents.claims.durations import TravelTime
from geoevents.claims.mentions import Mention
from geoevents.model import Span

__all__ = [
    "MAX_CALLED",
    "MAX_GAP",
    "Measured",
    "after_citation",
    "clause_start",
    "copula_before",
    "phrase_after",
    "trimmed",
]

MAX_CALLED = 400
"""How far back a sentence is read: one without an end would be searched anew for each of its mentions."""
MAX_GAP = 140
"""How far from a length a name still belongs to it."""
_MAX_CLAUSE = 240
_MAX_PHRASE = 160
_MAX_COPULA = 40

_DAYS = r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
# Where a noun phrase ends at the latest.
_PHRASE_END = re.compile(
    r"[;:()\[\]—?!\"“”]|,(?=\s)|\s[–-]{1,2}\s|\.(?=\s+[A-Z\"“(]|\s*$)|\s(?:where|which|who|whom|whose|when|after|as|while|before|and|but|or|according"
    rf"|said|says|told|were|was|is|are|has|had|have|on\s(?:the\s)?(?:{_DAYS})|(?:{_DAYS})(?:day)?|late|early|today|yesterday|overnight|during|since|until|because|killing|wounding|leaving)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(r"\s(?:has|had|have|is|are|was|were)", re.IGNORECASE)
_THAT = re.compile(r"\bthat\s", re.IGNORECASE)
_ABBREVIATED_END = re.compile(r"(?:\b[A-Z]\.|\b(?:St|Mt|Ft|Gen|Col|Maj|Dr|Mr|U\.S|U\.N|U\.K))$")
_COPULA = re.compile(
    r"\s(?:is|was|are|were|be|been|being|lies|lay|lie|stands|stood|sits|sat)(?:\s(?:located|situated|based|found|only|just|also|still|about|itself|now|roughly|actually|not|set|some)){0,2}[\s,]{1,2}$"
    r"|\s(?:took\splace|occurred|happened|came|unfolded)[\s,]{1,2}$",
    re.IGNORECASE,
)
_CLAUSE_START = re.compile(
    r"[,;:()—\"“”]\s{0,2}|\s[–-]{1,2}\s|\b(?:said|says|told\s\w{1,20}|that|reported|added|claimed|insisted|argued|stressed|noted|but|and|where|because|while)\s",
    re.IGNORECASE,
)
_CITED = re.compile(r"[.!?](?:\[\d{1,3}\]){1,4}\s{1,3}(?=[A-Z\"“])")

Measured: TypeAlias = Mention | TravelTime
"""A length or a travel time of the text, with the sentence that it stands in."""


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the range without the spaces, commas and dashes at its ends."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" \t\r\n,;-–—("))
    tail = len(piece.rstrip(" \t\r\n,;-–—("))
    return Span(start + min(lead, tail), start + tail)


def clause_start(text: str, low: int, high: int) -> int:
    """Return where the last clause before `high` begins."""
    low = max(low, high - _MAX_CLAUSE)
    start = low
    for match in _CLAUSE_START.finditer(text, low, high - 1):
        start = match.end()
    return start


def phrase_after(text: str, start: int, stop: int) -> Span:
    """Return the noun phrase that starts here, without the clause behind it."""
    limit = min(stop, start + _MAX_PHRASE)
    ends = _PHRASE_END.finditer(text, start + 1, limit)
    end = next((e.start() for e in ends if not _goes_on(text, start, e)), limit)
    return trimmed(text, start, end)


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    """Say whether it is no end: the dot of "the U.S.", the verb of "that the army had marked"."""
    if end.group() == ".":
        return _ABBREVIATED_END.search(text, max(start, end.start() - 6), end.end()) is not None
    is_verb = _AUXILIARY.fullmatch(end.group()) is not None
    return is_verb and _THAT.search(text, start, end.start()) is not None


def copula_before(text: str, mention: Measured) -> re.Match[str] | None:
    """Return the "is", "lies" or "took place" that the distance is the predicate of."""
    low = max(mention.sentence.start, mention.span.start - _MAX_COPULA)
    return _COPULA.search(text, low, mention.span.start)


def after_citation(text: str, mention: Measured) -> Span:
    """Return the sentence from where it begins behind a mark: "in Poland.[1] It lies"."""
    low = max(mention.sentence.start, mention.span.start - MAX_CALLED)
    marks = [mark.end() for mark in _CITED.finditer(text, low, mention.span.start)]
    return Span(marks[-1], mention.sentence.end) if marks else mention.sentence
