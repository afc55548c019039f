"""Is an end of a claim a border, a coast or another line, and whose?"""

from __future__ import annotations

import re

from geoevents.claims.figures import alternation
from geoevents.lexicon.actors import countries
from geoevents.lexicon.travel import LINE_WORDS
from geoevents.model import Line, LineKind
from geoevents.text import tokenize

__all__ = ["LINE", "country_codes", "line_named", "territory_named"]

LINE = re.compile(
    # "The border town of Rafah" is a town.
    rf"\b(?P<line>{alternation(LINE_WORDS)})\b"
    r"(?!\s(?:towns?|city|cities|villages?|crossings?|checkpoints?|posts?|areas?|regions?|provinces?|districts?"
    r"|guards?|police|fence|wall|strip|zone|community|communities|resort|settlements?|port)\b)"
    r"(?!-(?!\w*\s(?:with|between)\b))",
    re.IGNORECASE,
)
"""A word that makes a noun phrase a line."""

_MOST_COUNTRIES = 2
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_CAPITALIZED = re.compile(r"\b[A-Z][a-z'’]{2,24}")
_INLAND = re.compile(r"\b(?:lake|river|reservoir|dam|lagoon|canal|creek)s?\b", re.IGNORECASE)
# Capitals that say where on the line, not whose it is.
_PARTS = re.compile(
    r"(?:The|North|South|East|West|Central|Upper|Lower)\w{0,6}|Mediterranean|Black|Red|Caspian|Baltic|Atlantic|Pacific"
    r"|Indian|Arabian|Adriatic|Aegean|Caribbean|Arctic|Sea|Ocean|Gulf"
)


def line_named(words: str) -> Line | None:
    """Return the line that a noun phrase names, `None` where it names none.

    >>> line_named("the Syrian-Turkish border")
    Line(kind=<LineKind.BORDER: 'border'>, countries=('SY', 'TR'), is_inside=False)
    >>> line_named("the border town of Rafah") is None
    True
    """
    match = LINE.search(words)
    if match is None:
        return None
    kind = LINE_WORDS[" ".join(match["line"].lower().split())]
    codes = country_codes(words)
    if kind is LineKind.BORDER and not codes and _is_of_something_else(words):
        kind = LineKind.OTHER  # the border of a province
    if kind is LineKind.COAST and _INLAND.search(words):
        kind = LineKind.OTHER  # the shore of a lake
    return Line(kind, countries=codes)


def territory_named(words: str) -> Line | None:
    """Return the border of the country that a noun phrase names, as the edge of its territory."""
    codes = country_codes(words)
    return Line(LineKind.BORDER, countries=codes[:1], is_inside=True) if codes else None


def country_codes(words: str) -> tuple[str, ...]:
    """Return the countries whose names or peoples stand in the words, in order, at most two.

    >>> country_codes("the border with Iraq and Jordan")
    ('IQ', 'JO')
    """
    lexicon = countries()
    keys = [token.key for token in tokenize(_POSSESSIVE.sub("", words))]
    found: dict[str, None] = {}
    at = 0
    while at < len(keys):
        hit = lexicon.at(keys, at)
        if hit is not None:
            found.setdefault(hit[1])
        at += hit[0] if hit is not None else 1
    return tuple(found)[:_MOST_COUNTRIES]


def _is_of_something_else(words: str) -> bool:
    return any(not _PARTS.fullmatch(match.group()) for match in _CAPITALIZED.finditer(words))
