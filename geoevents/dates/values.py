"""Which days do a month, a week, a season or a part of them take up?"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from geoevents.model import DateRange, Granularity

__all__ = [
    "ONE_DAY",
    "SEASONS",
    "SHORT_UNITS",
    "back",
    "day_range",
    "is_short",
    "month_range",
    "moved",
    "part_of",
    "recent",
    "season_range",
    "shift_month",
    "span_of_days",
    "week_range",
    "year_range",
]

ONE_DAY = timedelta(days=1)


def day_range(day: date) -> DateRange:
    """Return the one day."""
    return DateRange(day, day, granularity=Granularity.DAY)


def span_of_days(start: date, end: date) -> DateRange:
    """Return the days between the two, in either order."""
    return DateRange(min(start, end), max(start, end), granularity=Granularity.RANGE)


def week_range(day: date) -> DateRange:
    """Return the week, Monday to Sunday, that holds the day."""
    monday = day - day.weekday() * ONE_DAY
    return DateRange(monday, monday + 6 * ONE_DAY, granularity=Granularity.WEEK)


def month_range(year: int, month: int) -> DateRange:
    """Return the days of a month."""
    last = calendar.monthrange(year, month)[1]
    return DateRange(date(year, month, 1), date(year, month, last), granularity=Granularity.MONTH)


def year_range(year: int) -> DateRange:
    """Return the days of a year."""
    return DateRange(date(year, 1, 1), date(year, 12, 31), granularity=Granularity.YEAR)


def shift_month(day: date, months: int) -> DateRange:
    """Return the month so many months after the one that holds the day."""
    index = day.year * 12 + day.month - 1 + months
    return month_range(index // 12, index % 12 + 1)


_ORDER = ("first", "second", "third", "fourth")


def part_of(whole: DateRange, words: str) -> DateRange:
    """Return the part of a month, year or decade that the words name ("late", "the first half of")."""
    keys = re.findall(r"[a-z]+", words.lower())
    order = next((n for n, word in enumerate(_ORDER) if word in keys), 0)
    if "half" in keys:
        return _share(whole, order, 2)
    if "quarter" in keys:
        return _share(whole, order, 4)
    if "week" in keys:
        start = whole.end - 6 * ONE_DAY if "last" in keys else whole.start + 7 * order * ONE_DAY
        return span_of_days(start, start + 6 * ONE_DAY)
    if {"early", "beginning", "start"} & set(keys):
        return _share(whole, 0, 3)
    return _share(whole, 2 if {"late", "end"} & set(keys) else 1, 3)


def _share(whole: DateRange, number: int, shares: int) -> DateRange:
    """Return one of so many equal shares: of a year in months, else in days, the last the longest."""
    if whole.granularity is Granularity.YEAR:
        step = 12 // shares
        first = shift_month(whole.start, number * step)
        return span_of_days(first.start, shift_month(first.start, step - 1).end)
    step = ((whole.end - whole.start).days + 1) // shares
    start = whole.start + number * step * ONE_DAY
    return span_of_days(start, whole.end if number == shares - 1 else start + (step - 1) * ONE_DAY)


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def season_range(year: int, month: int) -> DateRange:
    """Return the meteorological season of the northern hemisphere that begins in that month."""
    last = shift_month(date(year, month, 1), 2).end
    return DateRange(date(year, month, 1), last, granularity=Granularity.SEASON)


def recent(today: date, weekday: int) -> date:
    """Return the latest such weekday up to `today`, that day included."""
    return today - (today.weekday() - weekday) % 7 * ONE_DAY


_DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14}


def back(today: date, number: int, unit: str) -> date:
    """Return the day so many units before `today`."""
    if unit in {"minute", "hour"}:
        # A stretch of hours reaches into the day before.
        return today - max(1, round(number / 24)) * ONE_DAY
    if unit in _DAYS_IN:
        return today - number * _DAYS_IN[unit] * ONE_DAY
    months = number * {"month": 1, "year": 12, "decade": 120}[unit]
    month = shift_month(today, -months)
    return month.start + (min(today.day, month.end.day) - 1) * ONE_DAY


def moved(origin: DateRange, number: int, unit: str) -> DateRange:
    """Return `origin` moved by so many units, as finely as the unit allows."""
    if unit in {"minute", "hour"}:
        return day_range(origin.start + int(number / 24) * ONE_DAY)
    if unit in _DAYS_IN:
        return day_range(origin.start + number * _DAYS_IN[unit] * ONE_DAY)
    if unit == "month" or origin.granularity is Granularity.MONTH:
        return shift_month(origin.start, number * {"month": 1, "year": 12, "decade": 120}[unit])
    return year_range(origin.start.year + number * (10 if unit == "decade" else 1))


SHORT_UNITS = frozenset({"minute", "hour", *_DAYS_IN})


def is_short(value: DateRange) -> bool:
    """Say whether it is three days or less."""
    return (value.end - value.start).days <= 2
