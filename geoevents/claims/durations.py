"""Which travel times does a text give: "a two-hour drive from Aleppo", "30 minutes by car north of Gao"?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geoevents.claims.figures import (
    BETWEEN,
    alternation,
    hedge_after,
    hedge_before,
    matches_at_words,
    meant,
    numbers_before,
)
from geoevents.claims.reading import Link, Reading
from geoevents.lexicon.travel import TRIPS, UNNAMED_TRIP, Trip
from geoevents.model import Hedge, Interval, Span, TravelMode
from geoevents.text import Memo, Numeral, plain_letters, sentence_at, sentences

__all__ = ["TravelTime", "travel_times"]

# As for distances on the ground: a road is up to 1.8 times as long as the straight line.
_MAX_DETOUR = 1.8
_REACH = 48
_HOURS = {"hour": 1.0, "hr": 1.0, "minute": 1 / 60, "min": 1 / 60}
# A day's walk or drive is a day of it, not around the clock.
_WAKING_HOURS = 10.0
_UNIT = re.compile(r"(?<=[\s\d½¼¾\-‑])(?P<unit>hour|hr|minute|min|day)(?P<plural>s?)(?!\w)", re.IGNORECASE)
_is_unit = Memo(lambda key: _UNIT.fullmatch(f" {key.removesuffix('s')}", 1) is not None)
_GAP = re.compile(r"[\s\-‑]{0,2}$")
_ONE = re.compile(r"(?<![\w-])an?$", re.IGNORECASE)
_MORE = re.compile(r"[\s-]and[\s-]an?[\s-](?P<part>half|quarter)\b", re.IGNORECASE)
_OWNER = re.compile(r"['’]s?(?=[\s-])")
_TRIP = re.compile(rf"[\s-](?:of\s)?(?:\w{{2,14}}\s)?(?P<trip>{alternation(TRIPS)})(?!\w)", re.IGNORECASE)
_TO_PLACE = re.compile(
    r"\s(?:the\s(?:(?:[A-Z]?[\w'’-]{1,20}\s){0,2})(?:capital|city|border|coast|town|front|village)\b|(?:the\s)?[A-Z][\w'’-]{1,30})"
)
_IN_TIME = re.compile(
    r"\s(?:now|then|today|tomorrow|midnight|noon|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February"
    r"|March|April|May|June|July|August|September|October|November|December|Christmas|Easter|Ramadan)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelTime:
    """A time that it takes to get from one place to another, with what the words around it say.

    `hours` is what the figure can mean, `straight_km` how far apart in a straight line that can be.
    The other fields are those of `Mention`.
    """

    span: Span
    sentence: Span
    hours: Interval
    straight_km: Interval
    hedge: Hedge
    link: Link
    direction: str | None
    mode: TravelMode
    is_inward: bool = False


def travel_times(text: str) -> tuple[TravelTime, ...]:
    """Return the travel times that the text ties to a place, in order.

    >>> [(t.hours, t.direction) for t in travel_times("Tabqa is an hour's drive west of Raqqa.")]
    [(Interval(low=0.85, high=1.15), 'W')]
    """
    text = plain_letters(text)
    units = list(matches_at_words(_UNIT, text, _is_unit))
    if not units:
        return ()
    spans = sentences(text)
    found = (_time_at(text, unit, sentence_at(spans, unit.start())) for unit in units)
    return tuple(time for time in found if time is not None)


def _time_at(text: str, unit: re.Match[str], sentence: Span) -> TravelTime | None:
    figure = _figure(text, unit, sentence)
    if figure is None:
        return None
    start, end, hedge, hours = figure
    owner = _OWNER.match(text, end)
    reading = Reading(text, owner.end() if owner else end, sentence.end)
    taken = reading.take(_TRIP)
    link = reading.link(hedge)
    trip = TRIPS[" ".join(taken["trip"].lower().split())] if taken else None
    if trip is None and reading.mode is not TravelMode.UNSTATED:
        trip = _trip_in(text[unit.end() : reading.at])
    is_day = unit["unit"].lower() == "day"
    if link is None or (trip is None and (is_day or not _leads_to_place(text, reading, link))):
        return None
    return TravelTime(
        span=Span(start, reading.at),
        sentence=sentence,
        hours=hours,
        straight_km=_straight_km(hours, trip or UNNAMED_TRIP),
        hedge=hedge,
        link=link,
        direction=reading.direction,
        mode=reading.mode,
        is_inward=reading.inward,
    )


def _figure(text: str, unit: re.Match[str], sentence: Span) -> tuple[int, int, Hedge, Interval] | None:
    """Return where the figure begins and ends with its hedges, and the hours that it can mean."""
    base = max(sentence.start, unit.start() - _REACH)
    window = text[base : unit.start()]
    gap = _GAP.search(window)
    before = window[: gap.start()] if gap else window
    numeral, range_low = numbers_before(before)
    one = _ONE.search(before)
    if numeral is None and one is not None:
        numeral = Numeral(Span(one.start(), one.end()), 1.0, 1.0, 1.0)
    if numeral is None:
        return None
    low, high, end = range_low or numeral, numeral.high, unit.end()
    step = numeral.step
    more = _MORE.match(text, end)
    if more:
        part = 0.5 if more["part"].lower() == "half" else 0.25
        high, step, end = high + part, part, more.end()
    hedge = Hedge.BETWEEN if range_low else Hedge.EXACT
    start = base + low.span.start
    between = BETWEEN.search(text, max(base, start - 24), start) if range_low else None
    start = between.start() if between else start
    start, hedge = hedge_before(text, start, floor=base, hedge=hedge)
    end, hedge = hedge_after(text, end, hedge=hedge)
    value = meant(hedge, low.low if range_low else high, high, steps=(low.step if range_low else step, step))
    kind = unit["unit"].lower()
    factor = _WAKING_HOURS if kind == "day" else _HOURS[kind]
    longest = 24.0 if kind == "day" else factor
    return start, end, hedge, Interval(value.low * factor, value.high * longest)


def _leads_to_place(text: str, reading: Reading, link: Link) -> bool:
    """Say whether "two hours from" leads to a place: not to a moment, and by name or as the capital."""
    if link is not Link.NAMED or _IN_TIME.match(text, reading.at):
        return False
    return _TO_PLACE.match(text, reading.at) is not None


def _trip_in(words: str) -> Trip | None:
    lowered = " ".join(words.lower().split())
    return next((trip for phrase, trip in TRIPS.items() if phrase in lowered), None)


def _straight_km(hours: Interval, trip: Trip) -> Interval:
    detour = 1.0 if trip.is_straight else _MAX_DETOUR
    return Interval(hours.low * trip.slowest_kmh / detour, hours.high * trip.fastest_kmh)
