"""Which day does a date of the calendar mean: "Feb. 27", "3 to 5 March", "in 2016", "last summer"?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from geoevents.dates.reading import STEPS, UNKNOWN_DAY, Clock, Reading, full_year, latest, tail
from geoevents.dates.values import (
    SEASONS,
    day_range,
    month_range,
    part_of,
    season_range,
    span_of_days,
    year_range,
)
from geoevents.dates.vocabulary import MONTHS, SPACE, month_number, weekday_number
from geoevents.model import DateRange

__all__ = [
    "read_date",
    "read_dates",
    "read_decade",
    "read_iso",
    "read_month",
    "read_month_of",
    "read_months",
    "read_season",
    "read_slashed",
    "read_year",
    "read_years",
]


def read_date(match: re.Match[str], clock: Clock) -> Reading:
    """Read "Feb. 27" and "27 February 2016"."""
    month, number, year = month_number(match["m"]), int(match["d"]), full_year(match)
    if year is None and (known := _NAMED_DAYS.get((month, number))) and _ATTACK.match(*tail(match)):
        year = known
    if year is not None:
        return Reading(day_range(date(year, month, number)), "the date in full", year=year)
    words = f"{number} {MONTHS[month - 1].capitalize()}"
    return latest(clock, lambda y: day_range(date(y, month, number)), words)


# Two days that the news goes on calling by month and day for decades.
_NAMED_DAYS = {(9, 11): 2001, (10, 7): 2023}

_ATTACK = re.compile(
    rf"{SPACE}(?:[a-z]{{2,12}}{SPACE})?(?:attacks?|assault|massacre|hijack\w{{2,4}}|onslaught)\b",
    re.IGNORECASE,
)


def read_dates(match: re.Match[str], clock: Clock) -> Reading:
    """Read "June 18-20", "3 to 5 March", "30 June to 2 July 2016"."""
    first_month = month_number(match["m"])
    last_month = month_number(match["m2"]) if match["m2"] else first_month
    first, last, year = int(match["d"]), int(match["d2"]), full_year(match)

    def days(y: int) -> DateRange:
        start_year = y - 1 if first_month > last_month else y
        return ordered_range(date(start_year, first_month, first), date(y, last_month, last))

    if year is not None:
        return Reading(days(year), "the dates in full", year=year)
    return latest(clock, days, f"{first} to {last} {MONTHS[last_month - 1].capitalize()}")


def ordered_range(start: date, end: date) -> DateRange:
    if end < start:
        raise ValueError(f"a range of days needs start <= end, got {start} to {end}")
    return span_of_days(start, end)


def read_iso(match: re.Match[str], _clock: Clock) -> Reading:
    """Read "2016-02-27"."""
    day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    return Reading(day_range(day), "the date in full", year=day.year)


def read_slashed(match: re.Match[str], _clock: Clock) -> Reading:
    """Read "27/2/2016"; what can be read in two ways has no value."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    readings = [(second, first), (first, second)]
    if first == second or match["mark"] == ".":
        readings = readings[:1]
    days = [date(year, month, number) for month, number in readings if month <= 12]
    if match["w"] and len(days) > 1:
        days = [d for d in days if d.weekday() == weekday_number(match["w"])] or days
    if len(days) == 1:
        return Reading(day_range(days[0]), "day, month and year", year=year)
    if not days:
        return Reading(None, "no such day in the calendar")
    return Reading(None, f"reads two ways: {first} or {second} may be the month", year=year)


def read_month(match: re.Match[str], clock: Clock) -> Reading:
    """Read "in March", "last September", "early June 2016"."""
    month, year, before = month_number(match["m"]), full_year(match), (match["rel"] or "").lower()
    reading = _whole_month(month, year, before, clock)
    if reading.value is None or not match["part"]:
        return reading
    return replace(reading, value=part_of(reading.value, match["part"]))


def _whole_month(month: int, year: int | None, before: str, clock: Clock) -> Reading:
    if year is not None:
        return Reading(month_range(year, month), "the month with its year", year=year)
    name = MONTHS[month - 1].capitalize()
    if clock.published is None or before not in {"last", "next", "this"}:
        return latest(clock, lambda y: month_range(y, month), name)
    today = clock.published
    if before == "this":
        return Reading(month_range(today.year, month), f"the {name} of {today.year}")
    if before == "last":
        past = today.year if month < today.month else today.year - 1
        return Reading(month_range(past, month), f"the latest {name} before {today:%B %Y}")
    coming = today.year if month > today.month else today.year + 1
    return Reading(month_range(coming, month), f"the first {name} after {today:%B %Y}")


def read_months(match: re.Match[str], clock: Clock) -> Reading:
    """Read "from March to May" and "March-May 2016"."""
    first, last, year = month_number(match["m"]), month_number(match["m2"]), full_year(match)

    def months(y: int) -> DateRange:
        return ordered_range(month_range(y - (first > last), first).start, month_range(y, last).end)

    if year is not None:
        return Reading(months(year), "the months with their year", year=year)
    # Months are counted by the last of them, which must have begun.
    reading = latest(clock, lambda y: month_range(y, last), MONTHS[last - 1].capitalize())
    return reading if reading.value is None else replace(reading, value=months(reading.value.end.year))


def read_month_of(match: re.Match[str], clock: Clock) -> Reading:
    """Read "in March of last year" and "June this year"."""
    if clock.published is None:
        return Reading(None, UNKNOWN_DAY)
    year = clock.published.year + STEPS[match["rel"].lower()]
    value = month_range(year, month_number(match["m"]))
    if match["d"]:
        value = day_range(date(year, value.start.month, int(match["d"])))
    return Reading(value, f"counted from {clock.published}")


def read_year(match: re.Match[str], _clock: Clock) -> Reading:
    """Read "2014" and "late 2014"."""
    year = int(match["y"])
    value = year_range(year)
    if match["part"]:
        value = part_of(value, match["part"])
    return Reading(value, "the year itself", year=year)


def read_years(match: re.Match[str], _clock: Clock) -> Reading:
    """Read "2014-16" and "from 2014 to 2016"."""
    first = int(match["y"])
    last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
    days = ordered_range(date(first, 1, 1), date(last, 12, 31))
    return Reading(days, "the years themselves", year=last)


def read_decade(match: re.Match[str], _clock: Clock) -> Reading:
    """Read "the 1980s"."""
    first = int(match["y"])
    days = span_of_days(date(first, 1, 1), date(first + 9, 12, 31))
    return Reading(part_of(days, match["part"].lower()) if match["part"] else days, "the ten years")


def read_season(match: re.Match[str], clock: Clock) -> Reading:
    """Read "last summer" and "the spring of 2015"."""
    month, name = SEASONS[match["season"].lower()], match["season"].lower()
    if match["y"]:
        return Reading(season_range(int(match["y"]), month), "the season of that year", year=int(match["y"]))
    if match["rel2"] and clock.published:
        year = clock.published.year + STEPS[match["rel2"].lower()]
        return Reading(season_range(year, month), f"counted from {clock.published}")
    before = (match["rel"] or "").lower()
    reading = latest(replace(clock, is_ahead=before == "next"), lambda y: season_range(y, month), name)
    if before == "last" and reading.value and clock.published and reading.value.end >= clock.published:
        return replace(reading, value=season_range(reading.value.start.year - 1, month))
    return reading
