"""Which day was a text written on?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from geoevents.dates.finding import TimeMention
from geoevents.dates.reading import UNKNOWN_DAY, Clock
from geoevents.dates.relative import read_weekday
from geoevents.dates.tense import REPORTS, Tense, relation_of, without_preposition
from geoevents.dates.values import ONE_DAY, day_range
from geoevents.dates.vocabulary import SPACE, WEEKDAYS, weekday_number
from geoevents.model import Document, Granularity, Span

__all__ = ["day_of_writing"]

# How far from the top or the end of a page its own date is looked for, in characters.
_TOP = 3000

_ISO_TOP = 600

_BOTTOM = 1500

_LINE = 100

_AFTER_DATELINE = re.compile(
    r"\s{0,3}(?:,\s)?(?:[(\[][^)\]\n]{1,50}[)\]]\s{0,3})?(?:--|—|–|-\s|\[TEXT\]|:\s)"
)

_CITY = re.compile(r"[^\w\n]{0,6}[A-Z][A-Z'’.]{1,30}(?![a-z])")

# "Beirut, Lebanon, 28 September 2024 -": nothing but names before the date, and a dash behind it.
_NAMED_CITY = re.compile(
    r"[^\w\n]{0,6}(?!(?:On|In|By|From|Since|Until|After|Before|Last|Next|Published|Posted|Updated)\b)"
    r"(?:[A-Z][\w'’.-]{1,24}(?: [A-Z][\w'’.-]{1,24}){0,3}, ){1,3}"
)
_DASH_AFTER = re.compile(r",?\s{0,3}(?:[(\[][^)\]\n]{1,50}[)\]]\s{0,3})?(?:--|—|–|-\s)")
# "28 September 2024. Jets struck": the first words of all.
_ENDS_THERE = re.compile(r"\s{0,3}(?:\.|--|—|–|-)\s")

_PAGE_CUE = re.compile(
    r"\b(?P<cue>published|posted|updated|modified|date|filed|issued|created|released)\b", re.IGNORECASE
)

_FILE_PHOTO = re.compile(r"\bfile\b", re.IGNORECASE)

_NOTHING_ELSE = re.compile(
    r"\d{1,2}[:.]\d\d|\b(?:[ap]\.?m\.?|gmt|utc|est|edt|et|pst|pdt|bst|cet|updated?|at|by|on|of)\b|[^\w]|\d",
    re.IGNORECASE,
)


def day_of_writing(
    document: Document, mentions: Sequence[TimeMention], tense: Tense
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


def _full_date(mention: TimeMention) -> date | None:
    """Return the day of a date that carries its own year."""
    reading = mention.read(Clock(None))
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
    if not text[: span.start].strip():
        return _ENDS_THERE.match(text, span.end, span.end + 6) is not None
    if not 2 < len(before.strip()) < _LINE or len(before.split()) > 7:
        return False
    if _NAMED_CITY.fullmatch(before):
        return _DASH_AFTER.match(text, span.end, span.end + 70) is not None
    return bool(_CITY.match(before) and _AFTER_DATELINE.match(text, span.end, span.end + 70))


def _dateline(
    text: str, mentions: Sequence[TimeMention], full: Sequence[tuple[TimeMention, date]]
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


def _completed(mention: TimeMention, days: Sequence[date]) -> date | None:
    """Return the day of a dateline without year: the first such day at or after the dates in full."""
    if not days:
        return None
    latest = max(days)
    for year in (latest.year, latest.year + 1):
        value = mention.read(Clock(None, year=year)).value
        if value is not None and value.granularity is Granularity.DAY and value.start >= latest:
            return value.start
    return None


def _page_date(text: str, full: Sequence[tuple[TimeMention, date]]) -> tuple[Span, date, str] | None:
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
    text: str, mentions: Sequence[TimeMention], full: Sequence[tuple[TimeMention, date]], tense: Tense
) -> tuple[date | None, str]:
    """Work out the day from a full date and the weekdays of the report.

    A report calls the days of its last week by their weekdays, and is about a statement of the same
    day or the day before. So of the eight days from the latest full date on, those stand on which
    what was reported "on Sunday" is no older than a day; among them the one that keeps all
    weekdays mentioned most recent, and of equals the earliest.
    """
    anchor = _anchor(text, [(m, day) for m, day in full if not tense.is_ahead(m.span)]) if full else None
    if anchor is None:
        return None, UNKNOWN_DAY
    weekdays = _past_weekdays(text, mentions, tense)
    if not weekdays.all:
        return None, UNKNOWN_DAY
    days = [anchor[1] + n * ONE_DAY for n in range(8)]
    if weekdays.reported is not None:
        days = [day for day in days if _age(day, weekdays.reported) <= 1]
    day = min(days, key=lambda d: (max(_age(d, w) for w in set(weekdays.all)), d))
    said = (
        "" if weekdays.reported is None else f", and on {_day_name(weekdays.reported)} there was a statement"
    )
    reason = (
        f"the text names {anchor[0].span.of(text)!r} in full{said}; the weekdays it mentions "
        f"({', '.join(map(_day_name, sorted(set(weekdays.all))))}) fit the week before {day:%A} {day} best"
    )
    return day, reason


def _age(day: date, weekday: int) -> int:
    return (day.weekday() - weekday) % 7


def _day_name(weekday: int) -> str:
    return WEEKDAYS[weekday].capitalize()


def _anchor(text: str, full: Sequence[tuple[TimeMention, date]]) -> tuple[TimeMention, date] | None:
    """Return the latest full date that the report is built around: with its weekday, or in the lead."""
    rows = []
    for mention, day in full:
        written = mention.match.group().lower()
        named = next((n for n, name in enumerate(WEEKDAYS) if written.startswith(name[:3])), None)
        before, _ = _line_around(text, mention.span)
        if _FILE_PHOTO.search(before) or relation_of(text, mention, day_range(day)) != "on":
            continue
        if named == day.weekday() or (named is None and mention.match.start() < _LEAD):
            rows.append((named is not None, day, mention))
    if not rows:
        return None
    _, day, mention = max(rows, key=lambda row: row[:2])
    return mention, day


_LEAD = 800

_REPORT_BEFORE = re.compile(
    rf"\b(?:{REPORTS})(?:{SPACE}[\w'’-]{{1,20}}){{0,3}}{SPACE}(?:(?:on|late|early){SPACE}){{0,2}}\Z",
    re.IGNORECASE,
)

_REPORT_AFTER = re.compile(rf"{SPACE}(?:[a-z]{{2,14}}ly{SPACE})?(?:{REPORTS})\b", re.IGNORECASE)


def _past_weekdays(text: str, mentions: Iterable[TimeMention], tense: Tense) -> _Weekdays:
    days: list[int] = []
    reported: int | None = None
    for mention in mentions:
        if mention.form.read is not read_weekday or mention.match["rel"] or mention.match["week"]:
            continue
        span = without_preposition(text, mention.span)
        if tense.is_ahead(span):
            continue
        days.append(weekday_number(mention.match["w"]))
        if reported is None and _is_report(text, span):
            reported = days[-1]
    return _Weekdays(tuple(days), reported)


def _is_report(text: str, span: Span) -> bool:
    before = text[max(0, span.start - 90) : span.start]
    return bool(_REPORT_BEFORE.search(before) or _REPORT_AFTER.match(text, span.end, span.end + 40))
