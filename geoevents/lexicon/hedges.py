"""Which words hedge a length, name its unit, its direction and the way it was measured?

All are closed classes: a phrase that is not listed here does not hedge. Keys are lower case, with
single spaces.
"""

from __future__ import annotations

from geoevents.model import Hedge, TravelMode
from geoevents.units import Unit

__all__ = ["HEDGES", "MODES", "TRAILING_HEDGES", "UNITS", "VAGUE_AMOUNTS", "WINDS", "WIND_DEG"]


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in listed.replace("\n", " ").split("|"))


_HEDGE_PHRASES = {
    Hedge.ABOUT: """about | approximately | approx. | approx | around | roughly | some | circa | ca. | ca
        | c. | an estimated | estimated | close to | somewhere around | in the region of | more or less | ~ | ≈
        | in the order of | on the order of | somewhat like | something like | upwards or downwards of""",
    Hedge.AT_LEAST: "at least | no less than | not less than | no fewer than | a minimum of | upwards of | minimum | ≥",
    Hedge.MORE_THAN: """more than | over | well over | in excess of | greater than | beyond | farther than
        | further than | better than | much more than | above | >""",
    Hedge.AT_MOST: """at most | within | up to | no more than | not more than | as much as | as far as | as many as
        | a maximum of | maximum | no farther than | no further than | to within | ≤""",
    Hedge.LESS_THAN: """less than | under | well under | fewer than | well within | inside of | much less than
        | short of | <""",
    Hedge.NEARLY: """nearly | almost | just under | just short of | a little less than | slightly less than
        | just less than | just below | not quite | barely under | close on | approaching""",
    Hedge.JUST_OVER: """just over | a little over | slightly over | a little more than | slightly more than
        | just more than | just above | little more than""",
    Hedge.EXACT: "exactly | precisely | only | just | barely | a scant | a scarce | a mere | merely | scarcely | a full | another",
}

HEDGES: dict[str, Hedge] = {
    phrase: hedge for hedge, listed in _HEDGE_PHRASES.items() for phrase in _phrases(listed)
}
"""Hedge phrases that stand before a figure."""

TRAILING_HEDGES: dict[str, Hedge] = {
    "or so": Hedge.ABOUT,
    "or thereabouts": Hedge.ABOUT,
    "at most": Hedge.AT_MOST,
    "at the most": Hedge.AT_MOST,
    "or less": Hedge.AT_MOST,
    "at least": Hedge.AT_LEAST,
    "at the least": Hedge.AT_LEAST,
    "or more": Hedge.AT_LEAST,
}
"""Hedge phrases that stand after the unit."""

_UNIT_WORDS = {
    Unit.KILOMETER: """kilometer | kilometers | kilometre | kilometres | kilometrs | kilometrer | kilometer's
        | km | kms | klick | klicks""",
    Unit.MILE: "mile | miles | mi | statute mile | statute miles",
    Unit.NAUTICAL_MILE: "nautical mile | nautical miles | nmi | nm | sea miles | sea mile",
    Unit.METER: "meter | meters | metre | metres | m",
    Unit.YARD: "yard | yards | yd | yds",
    Unit.FOOT: "foot | feet | ft",
}

UNITS: dict[str, Unit] = {word: unit for unit, listed in _UNIT_WORDS.items() for word in _phrases(listed)}
"""Unit words, with the misspellings that wires let through."""

VAGUE_AMOUNTS = frozenset(
    _phrases(
        """a few | few | several | some | many | dozens of | scores of | tens of | hundreds of | thousands of
        | a number of | a couple of | a couple | a handful of | a good many | a great many"""
    )
)
"""Amounts that give no figure. "A couple" is among them: in reports it runs from one to five."""

_CARDINAL = {"north": "N", "east": "E", "south": "S", "west": "W"}


def _wind_words() -> dict[str, str]:
    words = dict(_CARDINAL)
    for first in ("north", "south"):
        for second in ("east", "west"):
            diagonal = _CARDINAL[first] + _CARDINAL[second]
            words |= {f"{first}{gap}{second}": diagonal for gap in ("", "-", " ")}
            for lead in (first, second):
                half = _CARDINAL[lead] + diagonal
                words |= {
                    f"{lead}{a}{first}{b}{second}": half for a in ("-", " ", "") for b in ("", "-", " ")
                }
    words |= {
        f"{word}{ending}": wind for word, wind in words.items() for ending in ("ern", "erly", "ward", "wards")
    }
    return words


WINDS: dict[str, str] = _wind_words()
"""Directions in words, such as "south-east", "west-northwest" and "northeastern"."""

WIND_DEG: dict[str, float] = {
    wind: 22.5 * index
    for index, wind in enumerate("N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split())
}
"""The bearing of each of the sixteen winds, in degrees clockwise from north."""

_MODE_PHRASES = {
    TravelMode.ROAD: """by road | by car | by bus | by truck | by rail | by train | by land | by highway | on the road
        | along the road | along the highway | along the main road | up the road | down the road | up the highway
        | down the highway | drive | driving | ride | road distance | driving distance | road miles | upstream
        | downstream | upriver | downriver | by river | overland""",
    TravelMode.STRAIGHT: """as the crow flies | in a straight line | straight line | straight-line | by air | by plane
        | as the bird flies | in a direct line | air distance | aerial distance | flying distance | line of sight""",
}

MODES: dict[str, TravelMode] = {
    phrase: mode for mode, listed in _MODE_PHRASES.items() for phrase in _phrases(listed)
}
"""Words that say how a distance was measured."""
