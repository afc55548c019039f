"""What may the reading of a time lean on, and what comes of it?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date

from geoevents.model import DateRange

__all__ = ["STEPS", "UNKNOWN_DAY", "VAGUE", "Clock", "Reading", "full_year", "latest", "tail"]

UNKNOWN_DAY = "the text does not say on which day it was written"

VAGUE = "vague: the words name no particular time"


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Clock:
    """What a reading may lean on: the day of writing, the date named before, the tense, a year.

    Few readings ask whether the sentence speaks of the past, so it is worked out when one does.
    """

    published: date | None
    anchor: DateRange | None = None
    _: KW_ONLY
    is_ahead: bool = False
    is_past: Callable[[], bool] = _never
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with the reason for it. `year` is the calendar year if the text itself gives it."""

    value: DateRange | None
    reason: str
    _: KW_ONLY
    year: int | None = None


def full_year(match: re.Match[str]) -> int | None:
    """Return the year that the match names, `None` if it names none."""
    if match["y"]:
        return int(match["y"])
    if match["yy"]:
        # Two figures are a year of the last fifty or so: wires of 1988-92 write "22 MAR 89".
        return int(match["yy"]) + (1900 if int(match["yy"]) >= 50 else 2000)
    return None


def latest(clock: Clock, candidates: Callable[[int], DateRange], words: str) -> Reading:
    """Pick the year of a date without one: the latest that has begun, or the next one to come."""
    if clock.published is None:
        if clock.year is None:
            return Reading(None, f"no year: {UNKNOWN_DAY}")
        return Reading(candidates(clock.year), f"{words} of {clock.year}, the year named before")
    today = clock.published
    # Feb. 29 comes round every four years, every eight around 1900 and 2100.
    years = range(today.year - 8, today.year + 9)
    values = [value for year in years if (value := _or_none(candidates, year)) is not None]
    fitting = (
        [v for v in values if v.end >= today] if clock.is_ahead else [v for v in values if v.start <= today]
    )
    if not fitting:
        return Reading(None, "no such day in the calendar")
    if clock.is_ahead:
        return Reading(fitting[0], f"the first {words} after {today}")
    return Reading(fitting[-1], f"the latest {words} up to {today}")


def _or_none(candidates: Callable[[int], DateRange], year: int) -> DateRange | None:
    try:
        return candidates(year)
    except ValueError:
        return None


def tail(match: re.Match[str]) -> tuple[str, int, int]:
    """Return text, start and end of the search right behind the match."""
    return match.string, match.end(), match.end() + 60


STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "the current": 0, "next": 1, "coming": 1}
