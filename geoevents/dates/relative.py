"""Which day does a time mean that counts from another: "Thursday", "two days earlier", "last week"?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from geoevents.dates.reading import STEPS, UNKNOWN_DAY, VAGUE, Clock, Reading, latest
from geoevents.dates.values import (
    ONE_DAY,
    SHORT_UNITS,
    back,
    day_range,
    is_short,
    moved,
    part_of,
    recent,
    shift_month,
    span_of_days,
    week_range,
    year_range,
)
from geoevents.dates.vocabulary import WEEKDAYS, count_of, weekday_number
from geoevents.model import DateRange, Granularity

__all__ = [
    "HOLIDAYS",
    "no_single_day",
    "read_ago",
    "read_deictic",
    "read_event_bound",
    "read_holiday",
    "read_neighbor",
    "read_overnight",
    "read_period",
    "read_shift",
    "read_stretch",
    "read_vague",
    "read_weekday",
    "read_weekdays",
    "read_weekend",
]


def read_weekday(match: re.Match[str], clock: Clock) -> Reading:
    """Read "Thursday", "last Friday", "Monday of next week"."""
    number, before = weekday_number(match["w"]), (match["rel"] or "").lower()
    today = clock.published
    if today is None:
        return Reading(None, UNKNOWN_DAY)
    week = (match["week"] or "").lower()
    if before in {"previous", "following"} and clock.anchor is not None and is_short(clock.anchor):
        return _weekday_beside(clock.anchor, number, before)
    if before == "following":
        return Reading(None, "vague: nothing is dated that it could be counted from")
    if before in {"next", "coming"} or week in {"next", "this", "last"}:
        monday = today - today.weekday() * ONE_DAY
        day = monday + (7 * STEPS[week or "next"] + number) * ONE_DAY
        return Reading(day_range(day), f"{WEEKDAYS[number].capitalize()} of that week, seen from {today}")
    if clock.is_ahead and before != "last":
        day = today + (number - today.weekday()) % 7 * ONE_DAY
        return Reading(day_range(day), f"the first {WEEKDAYS[number].capitalize()} from {today} on")
    day = recent(today - ONE_DAY if before in {"last", "previous"} else today, number)
    return Reading(day_range(day), f"the latest {WEEKDAYS[number].capitalize()} up to {today}")


def _weekday_beside(origin: DateRange, number: int, way: str) -> Reading:
    name = WEEKDAYS[number].capitalize()
    if way == "previous":
        return Reading(day_range(recent(origin.start - ONE_DAY, number)), f"the last {name} before {origin}")
    return Reading(day_range(recent(origin.end + 7 * ONE_DAY, number)), f"the first {name} after {origin}")


def read_weekdays(match: re.Match[str], clock: Clock) -> Reading:
    """Read "from Monday to Wednesday" and "overnight into Tuesday"."""
    if clock.published is None:
        return Reading(None, UNKNOWN_DAY)
    first = weekday_number(match["w"]) if match["w"] else None
    last = weekday_number(match["w2"])
    if clock.is_ahead and first is not None:
        start = clock.published + (first - clock.published.weekday()) % 7 * ONE_DAY
        end = start + (last - first) % 7 * ONE_DAY
        return Reading(span_of_days(start, end), f"the days after {clock.published}")
    end = recent(clock.published, last)
    start = end - ONE_DAY if first is None else end - (last - first) % 7 * ONE_DAY
    return Reading(span_of_days(start, end), f"the latest such days up to {clock.published}")


def no_single_day(_match: re.Match[str], _clock: Clock) -> Reading:
    """Read "every Friday"."""
    return Reading(None, "vague: no particular one of these days")


_DEICTIC = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "last evening": -1,
    "the day before yesterday": -2,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


def read_deictic(match: re.Match[str], clock: Clock) -> Reading:
    """Read "today", "last night", "the day before yesterday"."""
    if clock.published is None:
        return Reading(None, UNKNOWN_DAY)
    day = clock.published + _DEICTIC[" ".join(match["word"].lower().split())] * ONE_DAY
    return Reading(day_range(day), f"counted from {clock.published}")


# The days that go by a name and always fall on the same date.
HOLIDAYS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "may day": (5, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
}


def read_holiday(match: re.Match[str], clock: Clock) -> Reading:
    """Read "Christmas Eve"."""
    name = " ".join(match["name"].lower().split())
    month, number = HOLIDAYS[name]
    if match["y"]:
        return Reading(
            day_range(date(int(match["y"]), month, number)), "the day with its year", year=int(match["y"])
        )
    clock = replace(clock, is_ahead=clock.is_ahead or (match["rel"] or "").lower() == "next")
    return latest(clock, lambda y: day_range(date(y, month, number)), name.title())


def read_overnight(_match: re.Match[str], clock: Clock) -> Reading:
    """Read "overnight": the night before the day of writing."""
    if clock.published is None:
        return Reading(None, UNKNOWN_DAY)
    days = span_of_days(clock.published - ONE_DAY, clock.published)
    return Reading(days, f"the night before {clock.published}")


def read_weekend(match: re.Match[str], clock: Clock) -> Reading:
    """Read "over the weekend" and "last weekend"."""
    today, before = clock.published, (match["rel"] or "").lower()
    if today is None:
        return Reading(None, UNKNOWN_DAY)
    saturday = recent(today, 5)
    if before in {"next", "coming"} or (before in {"this", ""} and clock.is_ahead):
        saturday = saturday if today.weekday() >= 5 and before != "next" else saturday + 7 * ONE_DAY
    elif before in {"last", "past", "previous"} and today.weekday() >= 5:
        saturday -= 7 * ONE_DAY
    return Reading(span_of_days(saturday, saturday + ONE_DAY), f"the weekend nearest to {today}")


def read_period(match: re.Match[str], clock: Clock) -> Reading:
    """Read "last week", "earlier this month", "next year"."""
    today, step = clock.published, STEPS[(match["rel"] or "this").lower()]
    if today is None:
        return Reading(None, UNKNOWN_DAY)
    value = {
        "week": lambda: week_range(today + 7 * step * ONE_DAY),
        "month": lambda: shift_month(today, step),
        "year": lambda: year_range(today.year + step),
    }[match["unit"].lower()]()
    part = (match["part"] or "").lower()
    is_part = bool(part) and part not in {"earlier", "later"} and value.granularity is not Granularity.WEEK
    return Reading(part_of(value, part) if is_part else value, f"counted from {today}")


def read_stretch(match: re.Match[str], clock: Clock) -> Reading:
    """Read "in the past two weeks" and "over the last 24 hours"."""
    if clock.published is None:
        return Reading(None, UNKNOWN_DAY)
    number, unit = count_of(match["n"] or "one"), match["unit"].lower()
    start = back(clock.published, number, unit)
    return Reading(span_of_days(start, clock.published), f"up to {clock.published}")


def read_ago(match: re.Match[str], clock: Clock) -> Reading:
    """Read "two days ago" and "a week ago Thursday"."""
    if clock.published is None:
        return Reading(None, UNKNOWN_DAY)
    if match["w"]:
        day = recent(clock.published - ONE_DAY, weekday_number(match["w"]))
        return Reading(day_range(day - 7 * count_of(match["n"]) * ONE_DAY), f"counted from {clock.published}")
    number, unit = count_of(match["n"]), match["unit"].lower()
    return Reading(moved(day_range(clock.published), -number, unit), f"counted from {clock.published}")


def read_shift(match: re.Match[str], clock: Clock) -> Reading:
    """Read "two days earlier", "a week later", counted from the date named before."""
    way = -1 if match["way"].lower() in {"earlier", "before", "previously", "prior"} else 1
    return _from_anchor(clock, way * count_of(match["n"]), match["unit"].lower())


def read_neighbor(match: re.Match[str], clock: Clock) -> Reading:
    """Read "the previous day", "the following week", "the same day", "the day before"."""
    way = (match["way"] or match["way2"]).lower().split()[-1]
    step = {"previous": -1, "preceding": -1, "before": -1, "same": 0, "that": 0}.get(way, 1)
    unit = (match["unit"] or match["unit2"]).lower()
    unit = unit if unit in {"week", "month", "year"} else "day"
    reading = _from_anchor(clock, step, unit)
    if unit == "week" and reading.value is not None:
        return replace(reading, value=week_range(reading.value.start))
    return reading


def _from_anchor(clock: Clock, number: int, unit: str) -> Reading:
    origin, words = clock.anchor, "the date named before"
    if origin is None or (unit in SHORT_UNITS and not is_short(origin)):
        if clock.published is None:
            return Reading(None, UNKNOWN_DAY)
        if number >= 0 and clock.is_past():
            return Reading(None, "vague: nothing is dated that it could be counted from")
        origin, words = day_range(clock.published), "the day of writing"
    value = moved(origin, number, unit)
    if clock.published is not None and value.start > clock.published and clock.is_past():
        return Reading(None, f"vague: counted from {words}, {origin}, it would lie ahead")
    return Reading(value, f"counted from {words}, {origin}")


def read_vague(_match: re.Match[str], _clock: Clock) -> Reading:
    """Read "months ago" and "recently"."""
    return Reading(None, VAGUE)


def read_event_bound(_match: re.Match[str], _clock: Clock) -> Reading:
    """Read "two days before the vote"."""
    return Reading(None, "vague: counted from an event, not from a date")
