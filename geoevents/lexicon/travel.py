"""How fast does one travel by the words that news has for it, and where are distances measured from lines?

Speeds in kilometers an hour, the slowest and the fastest that a reporter can have had in mind: a
pickup on a track and a car on a motorway. They are ours, wide on purpose: a travel time can only be
impossible, never established.
"""

from __future__ import annotations

from dataclasses import dataclass

from geoevents.model import LineKind

__all__ = ["LINE_WORDS", "TRIPS", "UNNAMED_TRIP", "Trip"]


@dataclass(frozen=True, slots=True)
class Trip:
    """A way of traveling: its speeds, and whether it keeps to roads, rails or rivers."""

    slowest_kmh: float
    fastest_kmh: float
    is_straight: bool = False


_ON_FOOT = Trip(2, 6.5)
_RIDE = Trip(4, 20)
_DRIVE = Trip(15, 120)
_RAIL = Trip(20, 250)
_BOAT = Trip(6, 70)
_FLIGHT = Trip(150, 950, is_straight=True)
_HELICOPTER = Trip(90, 300, is_straight=True)
_ANY = Trip(3, 250)

_LISTED: tuple[tuple[str, Trip], ...] = (
    (
        "drive|driving|car ride|car journey|road trip|by car|by road|by truck|by taxi|taxi ride|by motorbike",
        _DRIVE,
    ),
    (
        "bus ride|bus trip|bus journey|by bus|ride by car|drive by car|journey by car|trip by car|journey by road",
        _DRIVE,
    ),
    ("walk|walking|hike|trek|march|on foot|by foot|journey on foot", _ON_FOOT),
    ("donkey ride|horse ride|camel ride|by donkey|by horse|on horseback|by camel|by mule|on muleback", _RIDE),
    ("train ride|train journey|train trip|by train|by rail", _RAIL),
    (
        "boat ride|boat trip|boat journey|by boat|by ferry|by ship|by sea|sail|ferry ride|speedboat ride|canoe trip",
        _BOAT,
    ),
    ("flight|by plane|by air|plane ride|flying", _FLIGHT),
    ("helicopter ride|helicopter flight|by helicopter", _HELICOPTER),
    ("ride|journey|trip|travel", _ANY),
)

TRIPS: dict[str, Trip] = {word: trip for words, trip in _LISTED for word in words.split("|")}
"""Words that say how somebody travels, in lower case."""

UNNAMED_TRIP = _DRIVE
"""What "two hours from the capital" means where nothing else is said."""

_OTHER_LINES = """mainland|boundary|front line|front lines|frontline|frontlines|front|line of contact
|line of control|contact line|demarcation line|cease-fire line|ceasefire line|blue line|green line|buffer zone
|territory|territorial waters|state line|highway|road|river|motorway|pipeline|railway"""
_LINES = {
    LineKind.BORDER: "border|borders|border line|borderline|frontier|frontiers|international boundary",
    LineKind.COAST: "coast|coastline|coasts|shore|shores|sea|seashore|seaside|shoreline",
    LineKind.OTHER: _OTHER_LINES.replace("\n", ""),
}

LINE_WORDS: dict[str, LineKind] = {word: kind for kind, words in _LINES.items() for word in words.split("|")}
"""Lines and edges that a distance may be measured from, instead of a place."""
