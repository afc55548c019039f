"""Which day was it written, and which day does each time expression mean?

News dates are their own dialect: a weekday is the most recent one, the day of writing included;
"Feb. 27" is the latest one that has been; "two days earlier" counts from the date named before.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date, timedelta
from functools import cache

from geoevents.lexicon.speech import FINITE_VERBS, VERB_FORMS
from geoevents.model import DateRange, Document, Granularity, Span, TimeExpression, Timeline
from geoevents.text import plain_letters, sentences

__all__ = ["NewsDater"]

_DAY = timedelta(days=1)
_UNKNOWN_DAY = "the text does not say on which day it was written"
_VAGUE = "vague: the words name no particular time"
# White space that stays within a paragraph: wires wrap their lines.
_S = r"(?:[ \t\u00a0]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,4})"
_DASH = r"[ ]?[-–—][ ]?"
_MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)
_WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTH = rf"(?:(?:{'|'.join(_MONTHS)})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_WEEKDAY = rf"(?:(?:{'|'.join(_WEEKDAYS)})\b|(?:tues|weds|thurs?)\b\.?)"
# The short forms are read only beside a date: "Sun", "sat" and "we" are words.
_ANY_WEEKDAY = rf"(?:(?:{'|'.join(_WEEKDAYS)})\b|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b\.?)"
_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_YEAR_AFTER = rf"(?:(?:,?{_S}|-)(?P<y>1\d\d\d|20\d\d)(?![\d,]\d)\b|{_S}'?(?P<yy>\d\d)\b)"
_WORD_NUMBERS = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
} | {"a": 1, "an": 1, "a couple of": 2, "thirty": 30, "forty": 40, "fifty": 50}
_COUNT = rf"(?:\d{{1,3}}|a{_S}couple{_S}of|{'|'.join(sorted(_WORD_NUMBERS, key=len, reverse=True)[1:])})"
_FEW = rf"(?:(?:a{_S})?few|several|some|many|dozens{_S}of|hundreds{_S}of)"
_UNIT = r"(?:minute|hour|day|night|week|fortnight|month|year|decade)"
_PART = r"(?:dawn|daybreak|midday|noon|midnight|mid-?morning|mid-?afternoon|sunrise|sunset|dusk)"
_PART_AFTER = r"(?:morning|afternoon|evening|night|overnight|midday|noon|lunchtime|midnight|dawn|dusk)"
_EARLY = rf"(?:early|late|later|earlier|mid|{_PART}|overnight)"


@dataclass(frozen=True, slots=True)
class _Clock:
    """What a reading may lean on: the day of writing, the date named before, the tense, a year."""

    published: date | None
    anchor: DateRange | None = None
    _: KW_ONLY
    is_ahead: bool = False
    is_past: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A value with the reason for it. `year` is the calendar year if the text itself gives it."""

    value: DateRange | None
    reason: str
    _: KW_ONLY
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of writing a time, and how it is read; `accepts` turns down what only looks like it."""

    pattern: str
    read: Callable[[re.Match[str], _Clock], _Reading]
    _: KW_ONLY
    accepts: Callable[[re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class _Mention:
    match: re.Match[str]
    form: _Form

    @property
    def span(self) -> Span:
        return Span(self.match.start(), self.match.end())

    def read(self, clock: _Clock) -> _Reading:
        try:
            return self.form.read(self.match, clock)
        except (ValueError, OverflowError):
            return _Reading(None, "no such day in the calendar")


class NewsDater:
    """Dates the document and resolves its time expressions against that day.

    The day of writing is the caller's `published`, else a dateline's, else that of a "Published"
    line or a line that is a date, else inferred: from a full date in the text and the weekdays of
    what is reported. Dates that say when the text was written are not among the expressions. A
    fit for `stages.Dater`; it never raises.

    >>> text = "Jets hit a garrison on Thursday, the army said. A truce has held since Feb. 27."
    >>> timeline = NewsDater()(Document(text, published=date(2016, 6, 19)))
    >>> [(e.span.of(text), str(e.value), e.relation) for e in timeline.expressions]
    [('Thursday', '2016-06-16', 'on'), ('Feb. 27', '2016-02-27', 'since')]
    """

    def __call__(self, document: Document, /) -> Timeline:
        """Return the day of writing and the time expressions, in order of span."""
        text = plain_letters(document.text)
        mentions = _mentions(text)
        tense = _Tense(text)
        published, reason, used = _written(document, mentions, tense)
        rest = [m for m in mentions if m.span not in used]
        return Timeline(published, _resolve(text, rest, published, tense), reason=reason)


# --- values -------------------------------------------------------------------------------------


def _day(day: date) -> DateRange:
    return DateRange(day, day, granularity=Granularity.DAY)


def _span_of_days(start: date, end: date) -> DateRange:
    return DateRange(min(start, end), max(start, end), granularity=Granularity.RANGE)


def _week(day: date) -> DateRange:
    monday = day - day.weekday() * _DAY
    return DateRange(monday, monday + 6 * _DAY, granularity=Granularity.WEEK)


def _month(year: int, month: int) -> DateRange:
    last = calendar.monthrange(year, month)[1]
    return DateRange(date(year, month, 1), date(year, month, last), granularity=Granularity.MONTH)


def _year(year: int) -> DateRange:
    return DateRange(date(year, 1, 1), date(year, 12, 31), granularity=Granularity.YEAR)


def _shift_month(day: date, months: int) -> DateRange:
    index = day.year * 12 + day.month - 1 + months
    return _month(index // 12, index % 12 + 1)


_ORDER = ("first", "second", "third", "fourth")


def _part_of(whole: DateRange, words: str) -> DateRange:
    """Return the part of a month, year or decade that the words name ("late", "the first half of")."""
    keys = re.findall(r"[a-z]+", words.lower())
    order = next((n for n, word in enumerate(_ORDER) if word in keys), 0)
    if "half" in keys:
        return _share(whole, order, 2)
    if "quarter" in keys:
        return _share(whole, order, 4)
    if "week" in keys:
        start = whole.end - 6 * _DAY if "last" in keys else whole.start + 7 * order * _DAY
        return _span_of_days(start, start + 6 * _DAY)
    if {"early", "beginning", "start"} & set(keys):
        return _share(whole, 0, 3)
    return _share(whole, 2 if {"late", "end"} & set(keys) else 1, 3)


def _share(whole: DateRange, number: int, shares: int) -> DateRange:
    """Return one of so many equal shares: of a year in months, else in days, the last the longest."""
    if whole.granularity is Granularity.YEAR:
        step = 12 // shares
        first = _shift_month(whole.start, number * step)
        return _span_of_days(first.start, _shift_month(first.start, step - 1).end)
    step = ((whole.end - whole.start).days + 1) // shares
    start = whole.start + number * step * _DAY
    return _span_of_days(start, whole.end if number == shares - 1 else start + (step - 1) * _DAY)


def _month_number(word: str) -> int:
    key = word.lower()[:3]
    return next(number for number, name in enumerate(_MONTHS, start=1) if name.startswith(key))


def _weekday_number(word: str) -> int:
    key = word.lower()[:3]
    return next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(key))


def _count(word: str) -> int:
    key = " ".join(word.lower().split())
    return int(key) if key.isdigit() else _WORD_NUMBERS[key]


def _full_year(match: re.Match[str]) -> int | None:
    if match["y"]:
        return int(match["y"])
    if match["yy"]:
        # Two figures are a year of the last fifty or so: wires of 1988-92 write "22 MAR 89".
        return int(match["yy"]) + (1900 if int(match["yy"]) >= 50 else 2000)
    return None


def _latest(clock: _Clock, candidates: Callable[[int], DateRange], words: str) -> _Reading:
    """Pick the year of a date without one: the latest that has begun, or the next one to come."""
    if clock.published is None:
        if clock.year is None:
            return _Reading(None, f"no year: {_UNKNOWN_DAY}")
        return _Reading(candidates(clock.year), f"{words} of {clock.year}, the year named before")
    today = clock.published
    # Feb. 29 comes round every four years, every eight around 1900 and 2100.
    years = range(today.year - 8, today.year + 9)
    values = [value for year in years if (value := _or_none(candidates, year)) is not None]
    fitting = (
        [v for v in values if v.end >= today] if clock.is_ahead else [v for v in values if v.start <= today]
    )
    if not fitting:
        return _Reading(None, "no such day in the calendar")
    if clock.is_ahead:
        return _Reading(fitting[0], f"the first {words} after {today}")
    return _Reading(fitting[-1], f"the latest {words} up to {today}")


def _or_none(candidates: Callable[[int], DateRange], year: int) -> DateRange | None:
    try:
        return candidates(year)
    except ValueError:
        return None


# --- dates of the calendar ----------------------------------------------------------------------


def _read_date(match: re.Match[str], clock: _Clock) -> _Reading:
    month, number, year = _month_number(match["m"]), int(match["d"]), _full_year(match)
    if year is None and (known := _NAMED_DAYS.get((month, number))) and _ATTACK.match(*_tail(match)):
        year = known
    if year is not None:
        return _Reading(_day(date(year, month, number)), "the date in full", year=year)
    words = f"{number} {_MONTHS[month - 1].capitalize()}"
    return _latest(clock, lambda y: _day(date(y, month, number)), words)


# Two days that the news goes on calling by month and day for decades.
_NAMED_DAYS = {(9, 11): 2001, (10, 7): 2023}
_ATTACK = re.compile(
    rf"{_S}(?:[a-z]{{2,12}}{_S})?(?:attacks?|assault|massacre|hijack\w{{2,4}}|onslaught)\b", re.IGNORECASE
)


def _tail(match: re.Match[str]) -> tuple[str, int, int]:
    return match.string, match.end(), match.end() + 60


def _read_dates(match: re.Match[str], clock: _Clock) -> _Reading:
    """Read "June 18-20", "3 to 5 March", "30 June to 2 July 2016"."""
    first_month = _month_number(match["m"])
    last_month = _month_number(match["m2"]) if match["m2"] else first_month
    first, last, year = int(match["d"]), int(match["d2"]), _full_year(match)

    def days(y: int) -> DateRange:
        start_year = y - 1 if first_month > last_month else y
        return _ordered(date(start_year, first_month, first), date(y, last_month, last))

    if year is not None:
        return _Reading(days(year), "the dates in full", year=year)
    return _latest(clock, days, f"{first} to {last} {_MONTHS[last_month - 1].capitalize()}")


def _ordered(start: date, end: date) -> DateRange:
    if end < start:
        raise ValueError(f"a range of days needs start <= end, got {start} to {end}")
    return _span_of_days(start, end)


def _read_iso(match: re.Match[str], _clock: _Clock) -> _Reading:
    day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    return _Reading(_day(day), "the date in full", year=day.year)


def _read_slashed(match: re.Match[str], _clock: _Clock) -> _Reading:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    readings = [(second, first), (first, second)]
    if first == second or match["mark"] == ".":
        readings = readings[:1]
    days = [date(year, month, number) for month, number in readings if month <= 12]
    if match["w"] and len(days) > 1:
        days = [d for d in days if d.weekday() == _weekday_number(match["w"])] or days
    if len(days) == 1:
        return _Reading(_day(days[0]), "day, month and year", year=year)
    if not days:
        return _Reading(None, "no such day in the calendar")
    return _Reading(None, f"reads two ways: {first} or {second} may be the month", year=year)


def _read_month(match: re.Match[str], clock: _Clock) -> _Reading:
    month, year, before = _month_number(match["m"]), _full_year(match), (match["rel"] or "").lower()
    reading = _whole_month(month, year, before, clock)
    if reading.value is None or not match["part"]:
        return reading
    return replace(reading, value=_part_of(reading.value, match["part"]))


def _whole_month(month: int, year: int | None, before: str, clock: _Clock) -> _Reading:
    if year is not None:
        return _Reading(_month(year, month), "the month with its year", year=year)
    name = _MONTHS[month - 1].capitalize()
    if clock.published is None or before not in {"last", "next", "this"}:
        return _latest(clock, lambda y: _month(y, month), name)
    today = clock.published
    if before == "this":
        return _Reading(_month(today.year, month), f"the {name} of {today.year}")
    if before == "last":
        past = today.year if month < today.month else today.year - 1
        return _Reading(_month(past, month), f"the latest {name} before {today:%B %Y}")
    coming = today.year if month > today.month else today.year + 1
    return _Reading(_month(coming, month), f"the first {name} after {today:%B %Y}")


def _read_months(match: re.Match[str], clock: _Clock) -> _Reading:
    """Read "from March to May" and "March-May 2016"."""
    first, last, year = _month_number(match["m"]), _month_number(match["m2"]), _full_year(match)

    def months(y: int) -> DateRange:
        return _ordered(_month(y - (first > last), first).start, _month(y, last).end)

    if year is not None:
        return _Reading(months(year), "the months with their year", year=year)
    # Months are counted by the last of them, which must have begun.
    reading = _latest(clock, lambda y: _month(y, last), _MONTHS[last - 1].capitalize())
    return reading if reading.value is None else replace(reading, value=months(reading.value.end.year))


def _read_month_of(match: re.Match[str], clock: _Clock) -> _Reading:
    """Read "in March of last year" and "June this year"."""
    if clock.published is None:
        return _Reading(None, _UNKNOWN_DAY)
    year = clock.published.year + _STEPS[match["rel"].lower()]
    value = _month(year, _month_number(match["m"]))
    if match["d"]:
        value = _day(date(year, value.start.month, int(match["d"])))
    return _Reading(value, f"counted from {clock.published}")


def _read_year(match: re.Match[str], _clock: _Clock) -> _Reading:
    year = int(match["y"])
    value = _year(year)
    if match["part"]:
        value = _part_of(value, match["part"])
    return _Reading(value, "the year itself", year=year)


def _read_years(match: re.Match[str], _clock: _Clock) -> _Reading:
    first = int(match["y"])
    last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
    days = _ordered(date(first, 1, 1), date(last, 12, 31))
    return _Reading(days, "the years themselves", year=last)


def _read_decade(match: re.Match[str], _clock: _Clock) -> _Reading:
    first = int(match["y"])
    days = _span_of_days(date(first, 1, 1), date(first + 9, 12, 31))
    return _Reading(_part_of(days, match["part"].lower()) if match["part"] else days, "the ten years")


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def _season(year: int, month: int) -> DateRange:
    """Return the meteorological season of the northern hemisphere that begins in that month."""
    last = _shift_month(date(year, month, 1), 2).end
    return DateRange(date(year, month, 1), last, granularity=Granularity.SEASON)


def _read_season(match: re.Match[str], clock: _Clock) -> _Reading:
    month, name = _SEASONS[match["season"].lower()], match["season"].lower()
    if match["y"]:
        return _Reading(_season(int(match["y"]), month), "the season of that year", year=int(match["y"]))
    if match["rel2"] and clock.published:
        year = clock.published.year + _STEPS[match["rel2"].lower()]
        return _Reading(_season(year, month), f"counted from {clock.published}")
    before = (match["rel"] or "").lower()
    reading = _latest(replace(clock, is_ahead=before == "next"), lambda y: _season(y, month), name)
    if before == "last" and reading.value and clock.published and reading.value.end >= clock.published:
        return replace(reading, value=_season(reading.value.start.year - 1, month))
    return reading


# --- days counted from the day of writing ---------------------------------------------------------


def _read_weekday(match: re.Match[str], clock: _Clock) -> _Reading:
    number, before = _weekday_number(match["w"]), (match["rel"] or "").lower()
    today = clock.published
    if today is None:
        return _Reading(None, _UNKNOWN_DAY)
    week = (match["week"] or "").lower()
    if before in {"previous", "following"} and clock.anchor is not None and _is_short(clock.anchor):
        return _weekday_beside(clock.anchor, number, before)
    if before == "following":
        return _Reading(None, "vague: nothing is dated that it could be counted from")
    if before in {"next", "coming"} or week in {"next", "this", "last"}:
        monday = today - today.weekday() * _DAY
        day = monday + (7 * _STEPS[week or "next"] + number) * _DAY
        return _Reading(_day(day), f"{_WEEKDAYS[number].capitalize()} of that week, seen from {today}")
    if clock.is_ahead and before != "last":
        day = today + (number - today.weekday()) % 7 * _DAY
        return _Reading(_day(day), f"the first {_WEEKDAYS[number].capitalize()} from {today} on")
    day = _recent(today - _DAY if before in {"last", "previous"} else today, number)
    return _Reading(_day(day), f"the latest {_WEEKDAYS[number].capitalize()} up to {today}")


def _weekday_beside(origin: DateRange, number: int, way: str) -> _Reading:
    name = _WEEKDAYS[number].capitalize()
    if way == "previous":
        return _Reading(_day(_recent(origin.start - _DAY, number)), f"the last {name} before {origin}")
    return _Reading(_day(_recent(origin.end + 7 * _DAY, number)), f"the first {name} after {origin}")


def _recent(today: date, weekday: int) -> date:
    return today - (today.weekday() - weekday) % 7 * _DAY


def _read_weekdays(match: re.Match[str], clock: _Clock) -> _Reading:
    """Read "from Monday to Wednesday" and "overnight into Tuesday"."""
    if clock.published is None:
        return _Reading(None, _UNKNOWN_DAY)
    first = _weekday_number(match["w"]) if match["w"] else None
    last = _weekday_number(match["w2"])
    if clock.is_ahead and first is not None:
        start = clock.published + (first - clock.published.weekday()) % 7 * _DAY
        end = start + (last - first) % 7 * _DAY
        return _Reading(_span_of_days(start, end), f"the days after {clock.published}")
    end = _recent(clock.published, last)
    start = end - _DAY if first is None else end - (last - first) % 7 * _DAY
    return _Reading(_span_of_days(start, end), f"the latest such days up to {clock.published}")


def _no_single_day(_match: re.Match[str], _clock: _Clock) -> _Reading:
    return _Reading(None, "vague: no particular one of these days")


_STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "the current": 0, "next": 1, "coming": 1}
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


def _read_deictic(match: re.Match[str], clock: _Clock) -> _Reading:
    if clock.published is None:
        return _Reading(None, _UNKNOWN_DAY)
    day = clock.published + _DEICTIC[" ".join(match["word"].lower().split())] * _DAY
    return _Reading(_day(day), f"counted from {clock.published}")


# The days that go by a name and always fall on the same date.
_HOLIDAYS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "may day": (5, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
}


def _read_holiday(match: re.Match[str], clock: _Clock) -> _Reading:
    name = " ".join(match["name"].lower().split())
    month, number = _HOLIDAYS[name]
    if match["y"]:
        return _Reading(
            _day(date(int(match["y"]), month, number)), "the day with its year", year=int(match["y"])
        )
    clock = replace(clock, is_ahead=clock.is_ahead or (match["rel"] or "").lower() == "next")
    return _latest(clock, lambda y: _day(date(y, month, number)), name.title())


def _read_overnight(_match: re.Match[str], clock: _Clock) -> _Reading:
    if clock.published is None:
        return _Reading(None, _UNKNOWN_DAY)
    days = _span_of_days(clock.published - _DAY, clock.published)
    return _Reading(days, f"the night before {clock.published}")


def _read_weekend(match: re.Match[str], clock: _Clock) -> _Reading:
    today, before = clock.published, (match["rel"] or "").lower()
    if today is None:
        return _Reading(None, _UNKNOWN_DAY)
    saturday = _recent(today, 5)
    if before in {"next", "coming"} or (before in {"this", ""} and clock.is_ahead):
        saturday = saturday if today.weekday() >= 5 and before != "next" else saturday + 7 * _DAY
    elif before in {"last", "past", "previous"} and today.weekday() >= 5:
        saturday -= 7 * _DAY
    return _Reading(_span_of_days(saturday, saturday + _DAY), f"the weekend nearest to {today}")


def _read_period(match: re.Match[str], clock: _Clock) -> _Reading:
    """Read "last week", "earlier this month", "next year"."""
    today, step = clock.published, _STEPS[(match["rel"] or "this").lower()]
    if today is None:
        return _Reading(None, _UNKNOWN_DAY)
    value = {
        "week": lambda: _week(today + 7 * step * _DAY),
        "month": lambda: _shift_month(today, step),
        "year": lambda: _year(today.year + step),
    }[match["unit"].lower()]()
    part = (match["part"] or "").lower()
    is_part = bool(part) and part not in {"earlier", "later"} and value.granularity is not Granularity.WEEK
    return _Reading(_part_of(value, part) if is_part else value, f"counted from {today}")


def _read_stretch(match: re.Match[str], clock: _Clock) -> _Reading:
    """Read "in the past two weeks" and "over the last 24 hours"."""
    if clock.published is None:
        return _Reading(None, _UNKNOWN_DAY)
    number, unit = _count(match["n"] or "one"), match["unit"].lower()
    start = _back(clock.published, number, unit)
    return _Reading(_span_of_days(start, clock.published), f"up to {clock.published}")


_DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14}


def _back(today: date, number: int, unit: str) -> date:
    if unit in {"minute", "hour"}:
        # A stretch of hours reaches into the day before.
        return today - max(1, round(number / 24)) * _DAY
    if unit in _DAYS_IN:
        return today - number * _DAYS_IN[unit] * _DAY
    months = number * {"month": 1, "year": 12, "decade": 120}[unit]
    month = _shift_month(today, -months)
    return month.start + (min(today.day, month.end.day) - 1) * _DAY


def _moved(origin: DateRange, number: int, unit: str) -> DateRange:
    """Return `origin` moved by so many units, as finely as the unit allows."""
    if unit in {"minute", "hour"}:
        return _day(origin.start + int(number / 24) * _DAY)
    if unit in _DAYS_IN:
        return _day(origin.start + number * _DAYS_IN[unit] * _DAY)
    if unit == "month" or origin.granularity is Granularity.MONTH:
        return _shift_month(origin.start, number * {"month": 1, "year": 12, "decade": 120}[unit])
    return _year(origin.start.year + number * (10 if unit == "decade" else 1))


def _read_ago(match: re.Match[str], clock: _Clock) -> _Reading:
    if clock.published is None:
        return _Reading(None, _UNKNOWN_DAY)
    if match["w"]:
        day = _recent(clock.published - _DAY, _weekday_number(match["w"]))
        return _Reading(_day(day - 7 * _count(match["n"]) * _DAY), f"counted from {clock.published}")
    number, unit = _count(match["n"]), match["unit"].lower()
    return _Reading(_moved(_day(clock.published), -number, unit), f"counted from {clock.published}")


def _read_shift(match: re.Match[str], clock: _Clock) -> _Reading:
    """Read "two days earlier", "a week later", counted from the date named before."""
    way = -1 if match["way"].lower() in {"earlier", "before", "previously", "prior"} else 1
    return _from_anchor(clock, way * _count(match["n"]), match["unit"].lower())


def _read_neighbor(match: re.Match[str], clock: _Clock) -> _Reading:
    """Read "the previous day", "the following week", "the same day", "the day before"."""
    way = (match["way"] or match["way2"]).lower().split()[-1]
    step = {"previous": -1, "preceding": -1, "before": -1, "same": 0, "that": 0}.get(way, 1)
    unit = (match["unit"] or match["unit2"]).lower()
    unit = unit if unit in {"week", "month", "year"} else "day"
    reading = _from_anchor(clock, step, unit)
    if unit == "week" and reading.value is not None:
        return replace(reading, value=_week(reading.value.start))
    return reading


def _from_anchor(clock: _Clock, number: int, unit: str) -> _Reading:
    origin, words = clock.anchor, "the date named before"
    if origin is None or (unit in _SHORT_UNITS and not _is_short(origin)):
        if clock.published is None:
            return _Reading(None, _UNKNOWN_DAY)
        if number >= 0 and clock.is_past:
            return _Reading(None, "vague: nothing is dated that it could be counted from")
        origin, words = _day(clock.published), "the day of writing"
    value = _moved(origin, number, unit)
    if clock.published is not None and value.start > clock.published and clock.is_past:
        return _Reading(None, f"vague: counted from {words}, {origin}, it would lie ahead")
    return _Reading(value, f"counted from {words}, {origin}")


_SHORT_UNITS = frozenset({"minute", "hour", *_DAYS_IN})


def _is_short(value: DateRange) -> bool:
    return (value.end - value.start).days <= 2


def _read_vague(_match: re.Match[str], _clock: _Clock) -> _Reading:
    return _Reading(None, _VAGUE)


def _read_event_bound(_match: re.Match[str], _clock: _Clock) -> _Reading:
    return _Reading(None, "vague: counted from an event, not from a date")


# --- what only looks like a time ------------------------------------------------------------------

_NAME_AFTER = re.compile(
    rf"(?:{_S}|-)(?:martyrs?|revolutionary|armed|liberation)?{_S}?(?:movement|alliance|coalition|brigades?|"
    r"battalion|group|bridge|street|avenue|square|city|university|hospital|airport|stadium|organi[sz]ation|"
    r"martyrs|regiment|division|district|neighbou?rhood|boulevard|camp|corps)\b",
    re.IGNORECASE,
)
_QUANTITY_AFTER = re.compile(
    rf"{_S}(?:people|persons|soldiers|troops|civilians|children|women|men|km|kilomet|miles?|met(?:er|re)s|"
    r"percent|per cent|others|houses|homes|families|tons|tonnes|dollars|members|police|fighters)|[ ]?%",
    re.IGNORECASE,
)
_IN_BEFORE = re.compile(rf"\bin{_S}\Z", re.IGNORECASE)
_LOWER_AFTER = re.compile(rf"{_S}(?!and\b|the\b|in\b|at\b|to\b|when\b|as\b|after\b)[a-z]{{3}}")


def _head(match: re.Match[str]) -> tuple[str, int, int]:
    return match.string, max(0, match.start() - 40), match.start()


def _ends_before(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    text, start, end = _head(match)
    return pattern.search(text[start:end]) is not None


def _always(_match: re.Match[str]) -> bool:
    return True


def _is_month_word(word: str) -> bool:
    """Whether a word is written as a month is: "may", "march", "mar" and "dec" in small letters are not."""
    return word[0].isupper() or (len(word) > 3 and word.lower() not in {"may", "march"} and word[-1] != ".")


def _is_date(match: re.Match[str]) -> bool:
    if not _is_month_word(match["m"]) or _NAME_AFTER.match(*_tail(match)):
        return False
    if match["yy"] and not _is_short_year(match):
        return False
    if match["y"] or match["yy"]:
        return True
    if _QUANTITY_AFTER.match(*_tail(match)):
        return False
    # "In May 20 people were killed": the figure is not the day.
    month_first = match.start("m") < match.start("d")
    return not (month_first and _ends_before(_IN_BEFORE, match) and _LOWER_AFTER.match(*_tail(match)))


_CLOSED_AFTER = re.compile(r"\s{0,3}(?:\(|--|[—–,.;\]]|\Z|\n)")


def _is_short_year(match: re.Match[str]) -> bool:
    if match.string[match.start("yy") - 1] == "'":
        return True
    is_wire = match["m"].isupper() and len(match["m"]) <= 4 and int(match["yy"]) > 31
    return is_wire or (match["m"].isupper() and _CLOSED_AFTER.match(*_tail(match)) is not None)


_BETWEEN_BEFORE = re.compile(rf"\bbetween{_S}(?:the{_S})?\Z", re.IGNORECASE)


_ON_BEFORE = re.compile(rf"\b(?:on|of|from){_S}(?:the{_S})?\Z", re.IGNORECASE)


def _are_dates(match: re.Match[str]) -> bool:
    is_pair = match["link"].strip().lower() == "and"
    # "on Jan. 5 and 6." is two days; in "on Jan. 5 and 6 others died" the second figure is no day.
    is_closed = _END_AFTER.match(*_tail(match)) is not None
    if match.start("m") > match.start("d2"):
        is_closed = _ends_before(_ON_BEFORE, match)
    if is_pair and not (is_closed or _ends_before(_BETWEEN_BEFORE, match)):
        return False
    months = [match["m"], match["m2"] or match["m"]]
    return all(map(_is_month_word, months)) and not (match["yy"] and not _is_short_year(match))


_FROM_BEFORE = re.compile(rf"\b(?:from|between|in|of){_S}\Z", re.IGNORECASE)


def _are_months(match: re.Match[str]) -> bool:
    is_pair = match["link"].strip().lower() == "and"
    before = _BETWEEN_BEFORE if is_pair else _FROM_BEFORE
    is_written = match["m"][0].isupper() and match["m2"][0].isupper() and not match["yy"]
    return is_written and (_ends_before(before, match) or (match["y"] is not None and not is_pair))


_MONTH_CUE = re.compile(
    rf"\b(?:in|since|until|till|by|from|before|after|of|during|through|between|for|late|early|mid|and|or|to|as)"
    rf"{_S}?(?:the{_S}month{_S}of{_S})?\Z",
    re.IGNORECASE,
)
_NOT_MONTH_AFTER = re.compile(rf"{_S}(?:\d|on\b|to\b|into\b|towards?\b|through\b|against\b|by\b|past\b)|-\w")
_NAME_BEFORE = re.compile(
    r"(?<![.!?\n])[ ]?\b(?!In\b|By\b|On\b|Since\b|From\b|Until\b|The\b)[A-Z][a-z]{1,20}[ ]\Z"
)
_WORD_AFTER = re.compile(rf"{_S}[A-Za-z]")


def _is_month(match: re.Match[str]) -> bool:
    word = match["m"].rstrip(".")
    if not word[0].isupper() or _NAME_AFTER.match(*_tail(match)):
        return False
    if match["y"] or match["yy"] or match["rel"] or match["part"]:
        return True
    if _ends_before(_MONTH_CUE, match):
        # In capitals "TO MARCH" is a verb.
        return word not in {"MAY", "MARCH"} or not _ends_before(_VERBAL_CUE, match)
    return _is_lone_month(word, match)


def _is_lone_month(word: str, match: re.Match[str]) -> bool:
    """Whether a month without year or preposition is one: "Mar", "Dec" and a person named May are not."""
    if len(word) == 3 and word.lower() != "may":
        return False
    if _ends_before(_NAME_BEFORE, match) or _NOT_MONTH_AFTER.match(*_tail(match)):
        return False
    return word.lower() not in _MONTH_LIKE_NAMES or _NAME_GOES_ON.match(*_tail(match)) is None


_MONTH_LIKE_NAMES = frozenset({"may", "march", "august", "april", "june"})
_NAME_GOES_ON = re.compile(rf"{_S}[A-Za-z]|['’]s\b")
_VERBAL_CUE = re.compile(rf"\b(?:to|and|or|as|for){_S}\Z", re.IGNORECASE)
_YEAR_CUE = re.compile(
    rf"\b(?:in|since|until|till|by|from|before|after|of|during|through|throughout|between|late|early|mid|around|"
    rf"circa|about|and|year|spring|summer|autumn|fall|winter|back{_S}in){_S}?\Z",
    re.IGNORECASE,
)
_DETERMINED = re.compile(rf"(?:\b(?:the|a|an|its|their|his|her)|['’]s){_S}\Z", re.IGNORECASE)
_NO_YEAR_BEFORE = re.compile(
    r"(?:©|\(c\)|copyright|resolution|no\.|number|route|highway|flight|unit|article|law|decree|room|order|fm|"
    r"model|boeing|km|usc|act|[$€£#/.:+-])\s{0,3}\Z",
    re.IGNORECASE,
)
_PRODUCT_AFTER = re.compile(
    rf"(?:{_S}|-)(?:model|edition|version|toyota|ford|nissan|honda|mercedes|kia|hyundai|mitsubishi|isuzu|land{_S}"
    r"|calib|series|hours?\b|gmt|local|utc|est\b|meters|metres|feet|pages)|[ ]?%|[-–/.:,]\d",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    rf"{_S}(?!was\b|has\b|is\b|as\b|his\b|its\b|this\b|us\b|rebels\b|clashes\b|forces\b|police\b|protests\b|"
    r"troops\b|terrorists\b|insurgents\b)(?:[a-z]{2,16}s\b|people|men\b|women|children|police|km\b)"
)
_END_AFTER = re.compile(r"[ ]{0,2}(?:[,.;:)\]!?]|[-–—]\s|\Z|\n)")
_LIST_BEFORE = re.compile(r"(?:[(,]|\A|\n)[ ]{0,2}\Z")


def _is_year(match: re.Match[str]) -> bool:
    if _ends_before(_NO_YEAR_BEFORE, match) or _PRODUCT_AFTER.match(*_tail(match)):
        return False
    if match["part"]:
        return True
    if _ends_before(_YEAR_CUE, match):
        return _NOUN_AFTER.match(*_tail(match)) is None
    if _ends_before(_DETERMINED, match):
        return _WORD_AFTER.match(*_tail(match)) is not None
    return _ends_before(_LIST_BEFORE, match) and _END_AFTER.match(*_tail(match)) is not None


def _are_years(match: re.Match[str]) -> bool:
    last = match["y2"]
    is_list = re.search(r"\sand\s", match.group(), re.IGNORECASE) is not None
    if is_list and not _ends_before(_BETWEEN_BEFORE, match):
        return False
    if len(last) == 2 and int(last) <= int(match["y"]) % 100:
        return False
    return not (_ends_before(_NO_YEAR_BEFORE, match) or _PRODUCT_AFTER.match(*_tail(match)))


_NAMED_WEEKDAY = re.compile(
    r"\b(?:bloody|black|good|easter|palm|ash|holy|shrove|maundy|super|cyber|whit|spy|man|girl|a|an)[ ]\Z",
    re.IGNORECASE,
)
_PAPER_AFTER = re.compile(
    rf"{_S}(?:Times|Telegraph|Mirror|Express|Mail|Independent|Herald|Post|Tribune|school|Review|Morning{_S}Herald)\b"
)


def _is_weekday(match: re.Match[str]) -> bool:
    word = match["w"]
    if not word[0].isupper() and word not in _WEEKDAYS:
        return False
    return not (_ends_before(_NAMED_WEEKDAY, match) or _PAPER_AFTER.match(*_tail(match)))


def _is_season(match: re.Match[str]) -> bool:
    if match["season"].lower() != "fall" or match["y"]:
        return True
    return bool(match["rel"]) or match.group().lower().startswith("in")


_RESULT_AFTER = re.compile(
    rf"{_S}(?!(?:in|at|on|near|by|when|as|but|and|while|from|after|with)\b)\w", re.IGNORECASE
)


def _is_absolute_shift(match: re.Match[str]) -> bool:
    """Whether nothing follows that it is counted from: not "two days before the vote"."""
    if match["way"].lower() in {"earlier", "later", "previously", "afterwards", "afterward"}:
        return True
    return _RESULT_AFTER.match(*_tail(match)) is None


def _is_absolute_neighbor(match: re.Match[str]) -> bool:
    if not match["way2"]:
        return True
    return _RESULT_AFTER.match(*_tail(match)) is None


# --- the forms ----------------------------------------------------------------------------------


def _form(
    pattern: str,
    read: Callable[[re.Match[str], _Clock], _Reading],
    accepts: Callable[[re.Match[str]], bool] = _always,
) -> _Form:
    return _Form(pattern, read, accepts=accepts)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # At first use: forty large patterns would cost a tenth of a second at import.
    return re.compile(rf"(?<![\w@#$€£])(?:{pattern})(?!\w)", re.IGNORECASE)


_NOT_IN_NUMBER = r"(?<![\d][.,:/-])"
_DATE_WEEKDAY = rf"(?:{_ANY_WEEKDAY},?{_S}(?:the{_S})?)?"
_LINK = rf"(?P<link>{_DASH}|/|{_S}(?:to|and|through|until|till){_S}(?:the{_S})?)"
_PART_OF = (
    rf"(?:(?P<part>early|late|mid|(?:the{_S})?(?:end|beginning|start|middle|(?:first|second){_S}half|"
    rf"(?:first|second|third|fourth){_S}quarter|(?:first|second|third|last){_S}week){_S}of)(?:{_S}|-))?"
)
_REL = r"(?P<rel>last|this|next|past|coming|previous)"

_FORMS = (
    _form(
        rf"{_NOT_IN_NUMBER}{_DATE_WEEKDAY}(?P<m>{_MONTH}){_S}(?P<d>{_DAY_NUMBER}){_ORDINAL}{_LINK}"
        rf"(?:{_ANY_WEEKDAY},?{_S})?(?:(?P<m2>{_MONTH}){_S})?(?P<d2>{_DAY_NUMBER}){_ORDINAL}{_YEAR_AFTER}?",
        _read_dates,
        _are_dates,
    ),
    _form(
        rf"{_NOT_IN_NUMBER}(?P<d>{_DAY_NUMBER}){_ORDINAL}(?:{_S}(?P<m>{_MONTH})){_LINK}(?P<d2>{_DAY_NUMBER}){_ORDINAL}"
        rf"{_S}(?P<m2>{_MONTH}){_YEAR_AFTER}?",
        _read_dates,
        _are_dates,
    ),
    _form(
        rf"{_NOT_IN_NUMBER}(?P<d>{_DAY_NUMBER}){_ORDINAL}{_LINK}(?P<d2>{_DAY_NUMBER}){_ORDINAL}{_S}(?:of{_S})?"
        rf"(?P<m>(?P<m2>{_MONTH})){_YEAR_AFTER}?",
        _read_dates,
        _are_dates,
    ),
    _form(
        rf"{_DATE_WEEKDAY}(?P<m>{_MONTH}){_S}(?:the{_S})?(?P<d>{_DAY_NUMBER}){_ORDINAL}(?![.,:/-]?\d)"
        rf"{_YEAR_AFTER}?",
        _read_date,
        _is_date,
    ),
    _form(
        rf"{_NOT_IN_NUMBER}{_DATE_WEEKDAY}(?P<d>{_DAY_NUMBER}){_ORDINAL}(?:{_S}|-)(?:of{_S})?(?P<m>{_MONTH})"
        rf"{_YEAR_AFTER}?",
        _read_date,
        _is_date,
    ),
    _form(
        rf"{_ANY_WEEKDAY}{_S}?\((?:(?P<d>{_DAY_NUMBER}){_ORDINAL}{_S}(?P<m>{_MONTH})){_YEAR_AFTER}?\)",
        _read_date,
    ),
    _form(
        rf"{_ANY_WEEKDAY}{_S}?\((?P<m>{_MONTH}){_S}(?P<d>{_DAY_NUMBER}){_ORDINAL}{_YEAR_AFTER}?\)",
        _read_date,
    ),
    _form(
        rf"{_NOT_IN_NUMBER}(?P<y>{_YEAR})(?P<mark>[-/.])(?P<m>1[0-2]|0[1-9])(?P=mark)(?P<d>3[01]|[12]\d|0[1-9])"
        rf"(?:T\d\d:\d\d[\d:.]{{0,10}}(?:Z|[+-]\d\d:?\d\d)?)?",
        _read_iso,
    ),
    _form(
        rf"{_NOT_IN_NUMBER}(?:(?P<w>{_ANY_WEEKDAY}),?{_S})?(?P<a>\d{{1,2}})(?P<mark>[/.])(?P<b>\d{{1,2}})(?P=mark)(?P<y>{_YEAR})",
        _read_slashed,
    ),
    _form(
        rf"(?P<m>{_MONTH})(?:{_S}(?P<d>{_DAY_NUMBER}){_ORDINAL})?,?{_S}(?:of{_S})?(?P<rel>last|this|next){_S}year",
        _read_month_of,
        lambda m: m["m"][0].isupper(),
    ),
    _form(
        rf"{_PART_OF}(?:{_REL}{_S})?(?P<m>{_MONTH})(?:(?:{_S}of)?,?{_S}(?:(?P<y>1\d\d\d|20\d\d)(?![\d,]\d)\b|['’](?P<yy>\d\d)\b))?",
        _read_month,
        _is_month,
    ),
    _form(
        rf"(?P<m>{_MONTH}){_LINK}(?P<m2>{_MONTH})(?:(?:{_S}of)?{_YEAR_AFTER})?",
        _read_months,
        _are_months,
    ),
    _form(rf"{_PART_OF}(?P<y>{_YEAR})", _read_year, _is_year),
    _form(
        rf"{_NOT_IN_NUMBER}(?P<y>{_YEAR})(?:[-–/]|{_S}(?:to|and|until|through){_S})(?P<y2>{_YEAR}|\d\d)(?![\d-])",
        _read_years,
        _are_years,
    ),
    _form(
        rf"(?:the{_S})?(?:(?P<part>early|late|mid)(?:{_S}|-))?(?P<y>(?:1[89]|20)\d0)['’]?s",
        _read_decade,
    ),
    _form(
        rf"(?:(?P<rel>last|this|next){_S}|(?:in|since|until|by|during|over|of|late|early|mid){_S}(?:the{_S})?"
        rf"(?:(?:late|early|mid){_S})?|(?=(?:spring|summer|autumn|fall|winter)(?:{_S}of)?{_S}{_YEAR}))"
        rf"(?P<season>spring|summer|autumn|fall|winter)(?!{_S}(?:of{_S}(?!{_YEAR}|last|this|next)|offensive|camp|water))"
        rf"(?:(?:{_S}of)?{_S}(?:(?P<y>{_YEAR})|(?P<rel2>last|this|next){_S}year))?",
        _read_season,
        _is_season,
    ),
    _form(
        rf"(?:{_EARLY}(?:{_S}on)?(?:{_S}|-))?(?:(?P<rel>last|this|next|past|coming|(?<=the\s)(?:previous|following)){_S})?(?P<w>{_WEEKDAY})"
        rf"(?:,?{_S}(?:of{_S})?(?P<week>last|this|next){_S}week)?(?:{_S}{_PART_AFTER})?",
        _read_weekday,
        _is_weekday,
    ),
    _form(
        rf"(?P<w>{_WEEKDAY})(?:{_DASH}|(?:{_S}(?:night|evening|morning|afternoon))?{_S}(?:to|through|until|and)"
        rf"(?=[^.\n]{{0,20}}day){_S}(?:early{_S})?)(?P<w2>{_WEEKDAY})(?:{_S}{_PART_AFTER})?",
        _read_weekdays,
        lambda m: (
            not re.search(r"\sand\s", m.group(), re.IGNORECASE)
            or _ends_before(re.compile(rf"\bbetween{_S}\Z", re.IGNORECASE), m)
        ),
    ),
    _form(
        rf"overnight{_S}(?:from{_S})?(?:(?P<w>{_WEEKDAY}){_S})?(?:in)?to{_S}(?:early{_S})?(?P<w2>{_WEEKDAY})(?:{_S}{_PART_AFTER})?",
        _read_weekdays,
    ),
    _form(
        rf"(?P<week>last|this|next){_S}week,?{_S}(?:on{_S})?(?P<rel>)(?P<w>{_WEEKDAY})(?:{_S}{_PART_AFTER})?",
        _read_weekday,
    ),
    _form(rf"(?:every|each|an?|some|most){_S}(?:other{_S})?{_WEEKDAY}", _no_single_day),
    _form(
        rf"(?:earlier{_S}|later{_S}|early{_S}|late{_S})?(?P<word>today|tonight|this{_S}(?:morning|afternoon|evening)|"
        rf"yesterday|last{_S}(?:night|evening)|the{_S}day{_S}(?:before{_S}yesterday|after{_S}tomorrow)|tomorrow)"
        rf"(?:{_S}{_PART_AFTER})?",
        _read_deictic,
    ),
    _form(rf"overnight(?!{_S}(?:on|from|between){_S})", _read_overnight),
    _form(
        rf"(?:(?P<rel>last|this|next){_S})?(?P<name>{'|'.join(sorted(_HOLIDAYS, reverse=True)).replace(' ', _S)})"
        rf"(?:,?{_S}(?P<y>{_YEAR}))?",
        _read_holiday,
        lambda m: m["name"][0].isupper(),
    ),
    _form(rf"(?:the|{_REL}){_S}(?:past{_S})?weekend(?!{_S}of\b)", _read_weekend),
    _form(
        rf"(?:(?P<part>early|late|earlier|later|mid){_S})?(?:the{_S})?(?P<rel>last|this|next|coming){_S}"
        rf"(?P<unit>week|month|year)(?!{_S}(?:of|ago)\b)",
        _read_period,
    ),
    _form(
        rf"(?:the{_S})?(?P<part>end|beginning|start|middle){_S}of{_S}(?:the|(?P<rel>last|this|next)){_S}"
        rf"(?P<unit>week|month|year)",
        _read_period,
    ),
    _form(
        rf"(?:the|these|this){_S}(?:past|last){_S}(?:(?P<n>{_COUNT}){_S})?(?P<unit>{_UNIT})s?",
        _read_stretch,
    ),
    _form(
        rf"(?:(?:more{_S}than|about|nearly|almost|around|some|over|just|roughly){_S})?(?P<n>{_COUNT}){_S}"
        rf"(?P<unit>{_UNIT})s?{_S}ago(?:,?{_S}(?:on{_S})?(?P<w>{_WEEKDAY}))?",
        _read_ago,
    ),
    _form(
        rf"(?P<n>{_COUNT}){_S}(?P<unit>{_UNIT})s?{_S}(?P<way>earlier|later|before|after|previously|afterwards?|prior)",
        _read_shift,
        _is_absolute_shift,
    ),
    _form(
        rf"{_COUNT}{_S}{_UNIT}s?{_S}(?:before|after|prior{_S}to)(?={_S}(?:the|a|an|his|her|its|their)\b)",
        _read_event_bound,
    ),
    _form(
        rf"(?:on{_S})?(?:(?P<way>the{_S}(?:previous|preceding|following|next|same)|that(?:{_S}same)?){_S}(?P<unit>day|night|morning|"
        rf"afternoon|evening|week|month|year)|the{_S}(?P<unit2>day|night|week|month|year){_S}(?P<way2>before|after))",
        _read_neighbor,
        _is_absolute_neighbor,
    ),
    _form(
        rf"the{_S}(?:day|night|week|month|year){_S}(?:before|after)(?={_S}(?:the|a|an|his|her|its|their)\b)",
        _read_event_bound,
    ),
    _form(
        rf"half{_S}an?{_S}{_UNIT}{_S}ago|{_COUNT}{_S}{_UNIT}s?{_S}and{_S}a{_S}half{_S}ago|the{_S}other{_S}day|(?:{_FEW}{_S}|just{_S})?(?:minute|hour|day|week|month|year|decade|centurie)s{_S}(?:ago|earlier|later|before)|"
        rf"(?:long|some{_S}time){_S}ago|(?:in|over|during){_S}(?:the{_S})?(?:recent|coming|past|last)"
        rf"{_S}(?:few{_S})?(?:hours|days|weeks|months|years|decades)|"
        rf"recently",
        _read_vague,
    ),
)


# --- finding ------------------------------------------------------------------------------------


def _mentions(text: str) -> list[_Mention]:
    """Return the time expressions of the text: leftmost first, then longest, none overlapping."""
    found = [
        _Mention(match, form)
        for form in _FORMS
        for match in _compiled(form.pattern).finditer(text)
        if form.accepts(match)
    ]
    found.sort(key=lambda m: (m.match.start(), -m.match.end()))
    chosen: list[_Mention] = []
    end = 0
    for mention in found:
        if mention.match.start() >= end:
            chosen.append(mention)
            end = mention.match.end()
    return chosen


_REPORTS = "|".join(sorted((word for word, form in VERB_FORMS.items() if not form.is_participle), key=len))
_AHEAD = re.compile(
    rf"\b(?:(?P<ahead>will|shall|won['’]t|(?:is|are|was|were){_S}(?:to(?!{_S}have\b)|due|set|expected|scheduled|planned|slated)|"
    rf"due|scheduled|slated|upcoming|plan(?:s|ning)?{_S}to|planned|going{_S}to|would|deadline)|"
    rf"said|told|announced|reported|added|was|were|had|has|did|after|since|following|killed|came|began|took|met|"
    rf"on{_S}condition)\b",
    re.IGNORECASE,
)


class _Tense:
    """Whether what a time is said of lies ahead: what the last telling word of the sentence says."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentence_starts = [span.start for span in sentences(text)]
        cues = list(_AHEAD.finditer(text))
        self._starts = [cue.start() for cue in cues]
        self._is_ahead = [cue["ahead"] is not None for cue in cues]

    def is_ahead(self, span: Span) -> bool:
        """Whether the sentence speaks of the future where the words of `span` stand."""
        index = bisect_right(self._starts, span.start) - 1
        if index >= 0 and self.sentence_of(self._starts[index]) == self.sentence_of(span.start):
            return self._is_ahead[index]
        return self._leads_ahead(span, index + 1)

    def _leads_ahead(self, span: Span, following: int) -> bool:
        """Whether the first verb after an opening "On Monday" is a future one."""
        if following >= len(self._starts) or not self._is_ahead[following]:
            return False
        between = self._text[span.end : min(self._starts[following], span.end + _NEAR + 1)]
        if len(between) > _NEAR or _POSSESSIVE.match(between) or _PAST_VERB.search(between):
            return False
        return self.sentence_of(self._starts[following]) == self.sentence_of(span.start)

    def is_past(self, span: Span) -> bool:
        """Whether a past verb stands near the words of `span`, and no future one before them."""
        near = self._text[max(0, span.start - _WIDE) : span.end + _WIDE]
        return not self.is_ahead(span) and _PAST_VERB.search(near) is not None

    def sentence_of(self, offset: int) -> int:
        """Return the number of the sentence at `offset`."""
        return bisect_right(self._sentence_starts, offset)


# How far from an opening "On Monday" its verb is looked for, in characters.
_NEAR = 60
_WIDE = 120
_PAST_VERB = re.compile(rf"\b(?:[a-z]{{2,14}}ed|{'|'.join(sorted(FINITE_VERBS))})\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_RELATION = re.compile(
    rf"\b(?P<word>since|until|till|before|after|by|from|between|through|beginning|starting|following|"
    rf"ahead{_S}of|prior{_S}to|up{_S}to)(?:{_S}(?:at|on|around|about|late|early))?(?:{_S}the)?{_S}\Z",
    re.IGNORECASE,
)
_RELATIONS = {
    "since": "since",
    "from": "since",
    "beginning": "since",
    "starting": "since",
    "until": "until",
    "till": "until",
    "through": "until",
    "up to": "until",
    "by": "before",
    "before": "before",
    "ahead of": "before",
    "prior to": "before",
    "after": "after",
    "following": "after",
    "between": "between",
}
_PART_FIRST = re.compile(rf"{_PART}\b", re.IGNORECASE)


def _relation(text: str, mention: _Mention, value: DateRange | None) -> str:
    start, end = mention.match.span()
    found = _RELATION.search(text[max(0, start - 30) : start])
    # "before dawn Wednesday" is on Wednesday.
    if found is None or _PART_FIRST.match(mention.match.group()):
        return "on"
    relation = _RELATIONS[" ".join(found["word"].lower().split())]
    is_range = value is not None and value.granularity is Granularity.RANGE
    if relation == "between":
        return relation if is_range else "on"
    # "wounds from Friday's attack", "hit by Monday's blast", and "from 3 to 5 March" as a whole.
    if relation in {"since", "before"} and found["word"].lower() in {"from", "by"}:
        return "on" if is_range or _POSSESSIVE.match(text, end, end + 2) else relation
    return relation


def _resolve(
    text: str, mentions: Sequence[_Mention], published: date | None, tense: _Tense
) -> tuple[TimeExpression, ...]:
    out: list[TimeExpression] = []
    clock, named_in = _Clock(published), 0
    for mention in mentions:
        span = _without_preposition(text, mention.span)
        sentence = tense.sentence_of(span.start)
        if sentence > named_in + 2:
            # A date named more than two sentences ago is no longer what "earlier" counts from.
            clock = replace(clock, anchor=None)
        is_ahead, is_past = tense.is_ahead(span), tense.is_past(span)
        reading = mention.read(replace(clock, is_ahead=is_ahead, is_past=is_past))
        relation = _relation(text, mention, reading.value)
        out.append(TimeExpression(span, reading.value, relation=relation, reason=reading.reason))
        if reading.value is not None:
            clock, named_in = replace(clock, anchor=reading.value, year=reading.year or clock.year), sentence
    return tuple(out)


_PREPOSITION = re.compile(
    rf"(?:on|in|during|over|of|since|until|by){_S}(?:the{_S}(?!day|night|same|next|prev|foll|prec))?",
    re.IGNORECASE,
)


def _without_preposition(text: str, span: Span) -> Span:
    found = _PREPOSITION.match(text, span.start, span.end)
    return Span(found.end(), span.end) if found and found.end() < span.end else span


# --- the day of writing ---------------------------------------------------------------------------

# How far from the top or the end of a page its own date is looked for, in characters.
_TOP = 3000
_ISO_TOP = 600
_BOTTOM = 1500
_LINE = 100
_AFTER_DATELINE = re.compile(
    r"\s{0,3}(?:,\s)?(?:[(\[][^)\]\n]{1,50}[)\]]\s{0,3})?(?:--|—|–|-\s|\[TEXT\]|:\s)"
)
_CITY = re.compile(r"[^\w\n]{0,6}[A-Z][A-Z'’.]{1,30}(?![a-z])")
_PAGE_CUE = re.compile(
    r"\b(?P<cue>published|posted|updated|modified|date|filed|issued|created|released)\b", re.IGNORECASE
)
_FILE_PHOTO = re.compile(r"\bfile\b", re.IGNORECASE)
_NOTHING_ELSE = re.compile(
    r"\d{1,2}[:.]\d\d|\b(?:[ap]\.?m\.?|gmt|utc|est|edt|et|pst|pdt|bst|cet|updated?|at|by|on|of)\b|[^\w]|\d",
    re.IGNORECASE,
)


def _written(
    document: Document, mentions: Sequence[_Mention], tense: _Tense
) -> tuple[date | None, str, set[Span]]:
    """Return the day of writing, how it is known, and the spans that say nothing but that."""
    text = document.text
    full = [(m, day) for m in mentions if (day := _full_date(m)) is not None]
    found = _dateline(text, mentions, full) or _page_date(text, full)
    used = {found[0]} if found else set()
    if document.published is not None:
        return document.published, "given with the document", used
    if found:
        return found[1], found[2], used
    day, reason = _inferred(text, mentions, full, tense)
    return day, reason, used


def _full_date(mention: _Mention) -> date | None:
    """Return the day of a date that carries its own year."""
    reading = mention.read(_Clock(None))
    is_day = reading.value is not None and reading.value.granularity is Granularity.DAY
    return reading.value.start if reading.value and is_day and reading.year is not None else None


def _line_around(text: str, span: Span) -> tuple[str, str]:
    """Return what stands on the line before and after `span`, as far as `_LINE` characters."""
    earliest = max(0, span.start - _LINE)
    start = max(text.rfind("\n", earliest, span.start) + 1, earliest)
    end = text.find("\n", span.end, span.end + _LINE)
    return text[start : span.start], text[span.end : end if end >= 0 else span.end + _LINE]


def _is_dateline(text: str, span: Span) -> bool:
    before, _ = _line_around(text, span)
    if not 2 < len(before.strip()) < _LINE or len(before.split()) > 7:
        return False
    return bool(_CITY.match(before) and _AFTER_DATELINE.match(text, span.end, span.end + 70))


def _dateline(
    text: str, mentions: Sequence[_Mention], full: Sequence[tuple[_Mention, date]]
) -> tuple[Span, date, str] | None:
    top = [m for m in mentions if m.match.start() < _TOP and _is_dateline(text, m.span)]
    days = {m.span: day for m, day in full}
    for mention in top:
        if mention.span in days:
            day = days[mention.span]
            return mention.span, day, f"the dateline says {mention.span.of(text)!r}"
    for mention in top:
        day_of = _completed(mention, [day for _, day in full])
        if day_of is not None:
            return mention.span, day_of, f"the dateline says {mention.span.of(text)!r}, the text the year"
    return None


def _completed(mention: _Mention, days: Sequence[date]) -> date | None:
    """Return the day of a dateline without year: the first such day at or after the dates in full."""
    if not days:
        return None
    latest = max(days)
    for year in (latest.year, latest.year + 1):
        value = mention.read(_Clock(None, year=year)).value
        if value is not None and value.granularity is Granularity.DAY and value.start >= latest:
            return value.start
    return None


def _page_date(text: str, full: Sequence[tuple[_Mention, date]]) -> tuple[Span, date, str] | None:
    rows: list[tuple[int, Span, date, str]] = []
    for mention, day in full:
        span = mention.span
        if not (span.start < _TOP or span.end > len(text) - _BOTTOM):
            continue
        rank = _page_rank(text, span)
        if rank is not None:
            rows.append((rank, span, day, f"the page says {span.of(text)!r}"))
    if not rows:
        return None
    _, span, day, reason = min(rows)
    return span, day, reason


def _page_rank(text: str, span: Span) -> int | None:
    """Return how surely the line says when the page was published: 0 surest, `None` not at all."""
    before, after = _line_around(text, span)
    cue = _PAGE_CUE.search(before)
    if cue and cue.start() <= 40 and len(before) < _LINE - 10:
        return 0 if cue["cue"].lower() == "published" else 1
    is_all = len(text.strip()) <= len((before + span.of(text) + after).strip())
    if span.start >= _TOP or is_all:
        return None
    remainder = _NOTHING_ELSE.sub(
        "", re.sub(r"(?:^|\|)\s?by [^|\n]{1,60}", "", before + after, flags=re.IGNORECASE)
    )
    if len(remainder) <= 3:
        return 2
    is_iso = re.fullmatch(r"\d{4}-\d\d-\d\d.{0,30}", span.of(text)) is not None
    is_apart = not before.strip() or not after.strip()
    return 3 if is_iso and is_apart and span.start < _ISO_TOP else None


@dataclass(frozen=True, slots=True)
class _Weekdays:
    """The weekdays that a text mentions as past, and the first one on which somebody reported."""

    all: tuple[int, ...]
    reported: int | None


def _inferred(
    text: str, mentions: Sequence[_Mention], full: Sequence[tuple[_Mention, date]], tense: _Tense
) -> tuple[date | None, str]:
    """Work out the day from a full date and the weekdays of the report.

    A report calls the days of its last week by their weekdays, and is about a statement of the same
    day or the day before. So of the eight days from the latest full date on, those stand on which
    what was reported "on Sunday" is no older than a day; among them the one that keeps all
    weekdays mentioned most recent, and of equals the earliest.
    """
    weekdays = _past_weekdays(text, mentions, tense)
    anchor = _anchor(text, [(m, day) for m, day in full if not tense.is_ahead(m.span)])
    if anchor is None or not weekdays.all:
        return None, _UNKNOWN_DAY
    days = [anchor[1] + n * _DAY for n in range(8)]
    if weekdays.reported is not None:
        days = [day for day in days if _age(day, weekdays.reported) <= 1]
    day = min(days, key=lambda d: (max(_age(d, w) for w in set(weekdays.all)), d))
    said = "" if weekdays.reported is None else f", and on {_name(weekdays.reported)} there was a statement"
    reason = (
        f"the text names {anchor[0].span.of(text)!r} in full{said}; the weekdays it mentions "
        f"({', '.join(map(_name, sorted(set(weekdays.all))))}) fit the week before {day:%A} {day} best"
    )
    return day, reason


def _age(day: date, weekday: int) -> int:
    return (day.weekday() - weekday) % 7


def _name(weekday: int) -> str:
    return _WEEKDAYS[weekday].capitalize()


def _anchor(text: str, full: Sequence[tuple[_Mention, date]]) -> tuple[_Mention, date] | None:
    """Return the latest full date that the report is built around: with its weekday, or in the lead."""
    rows = []
    for mention, day in full:
        written = mention.match.group().lower()
        named = next((n for n, name in enumerate(_WEEKDAYS) if written.startswith(name[:3])), None)
        before, _ = _line_around(text, mention.span)
        if _FILE_PHOTO.search(before) or _relation(text, mention, _day(day)) != "on":
            continue
        if named == day.weekday() or (named is None and mention.match.start() < _LEAD):
            rows.append((named is not None, day, mention))
    if not rows:
        return None
    _, day, mention = max(rows, key=lambda row: row[:2])
    return mention, day


_LEAD = 800
_REPORT_BEFORE = re.compile(
    rf"\b(?:{_REPORTS})(?:{_S}[\w'’-]{{1,20}}){{0,3}}{_S}(?:(?:on|late|early){_S}){{0,2}}\Z", re.IGNORECASE
)
_REPORT_AFTER = re.compile(rf"{_S}(?:[a-z]{{2,14}}ly{_S})?(?:{_REPORTS})\b", re.IGNORECASE)


def _past_weekdays(text: str, mentions: Iterable[_Mention], tense: _Tense) -> _Weekdays:
    days: list[int] = []
    reported: int | None = None
    for mention in mentions:
        if mention.form.read is not _read_weekday or mention.match["rel"] or mention.match["week"]:
            continue
        span = _without_preposition(text, mention.span)
        if tense.is_ahead(span):
            continue
        days.append(_weekday_number(mention.match["w"]))
        if reported is None and _is_report(text, span):
            reported = days[-1]
    return _Weekdays(tuple(days), reported)


def _is_report(text: str, span: Span) -> bool:
    before = text[max(0, span.start - 90) : span.start]
    return bool(_REPORT_BEFORE.search(before) or _REPORT_AFTER.match(text, span.end, span.end + 40))
