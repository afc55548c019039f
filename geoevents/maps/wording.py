"""How does a map read in words: its title, its counts, and what it shows to who cannot see it?

Text from documents is cleaned of what no printer and no reader should meet: control characters,
half characters, and signs that turn the direction of the words after them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from geoevents.maps.palette import TYPES, gravest_first, verdict_words
from geoevents.tables import read_rows, table_path

__all__ = [
    "DISCLAIMER",
    "claim_words",
    "clean",
    "country_name",
    "credits_line",
    "date_words",
    "describe",
    "heading",
    "hours_words",
    "interval_words",
    "people",
    "places_words",
    "subtitle",
]

DISCLAIMER = (
    "Boundaries are drawn as Natural Earth has them, de facto; hatched areas are disputed. "
    "Nothing here implies a position on the legal status of any territory."
)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")
_MONTHS = "January February March April May June July August September October November December".split()
_MOST_NAMES = 6
_LONGEST_HEADING = 90
# A time in one figure comes with less than this between its ends.
_ONE_TIME = 1.5
# Control characters, half characters, and the code points that Unicode keeps from being characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: object, *, is_one_line: bool = True) -> str:
    r"""Return text without characters that steer: fit for XML, for a terminal, and for paper.

    >>> clean("a\x00b\u202ec\ud800\nd")
    'a\ufffdb\ufffdc\ufffd d'
    """
    flat = _SPACE.sub(" ", str(text)).strip() if is_one_line else str(text).replace("\r\n", "\n")
    flat = _TURNING.sub("\ufffd", flat)
    return _UNPRINTABLE.sub("\ufffd", flat)


@cache
def _countries() -> dict[str, str]:
    rows = (row for _, row in read_rows(table_path("gazetteer.csv")) if row["kind"] == "country")
    return {row["country"]: row["name"] for row in rows}


def country_name(code: str) -> str:
    """Return a country's name for its code of two letters; anything else as it is.

    >>> country_name("SY"), country_name("Syria")
    ('Syria', 'Syria')
    """
    return _countries().get(code, code)


def heading(collection: Mapping[str, Any]) -> str:
    """Return the title of a map that was given none: the headline of its one document, or a count.

    >>> text = "Shelling hit Toretsk on Monday, the governor said. " * 3
    >>> heading({"geoevents": {"documents": [{"id": "document", "text": text}]}})
    'Shelling hit Toretsk on Monday, the governor said. Shelling hit Toretsk on Monday, the…'
    """
    documents = (collection.get("geoevents") or {}).get("documents") or []
    if len(documents) == 1:
        return str(documents[0].get("title") or _opening(documents[0]) or documents[0].get("id") or "Events")
    return f"Events in {len(documents):,} documents" if documents else "Events"


def _opening(document: Mapping[str, Any]) -> str:
    """Return the first line of a text without a title, cut between words where it is long."""
    line = str(document.get("text") or "").strip().split("\n", 1)[0].strip()
    if len(line) <= _LONGEST_HEADING:
        return line
    return line[:_LONGEST_HEADING].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"


def subtitle(collection: Mapping[str, Any]) -> str:
    """Return what stands below the title: source and day of one document, or how many; and counts."""
    documents = (collection.get("geoevents") or {}).get("documents") or []
    about: list[Any] = []
    if len(documents) == 1:
        about = [documents[0].get("source"), date_words(documents[0].get("published"))]
    elif documents:
        about = [_plural(len(documents), "document")]
    counts = [(sum(_weight(row) for row in _rows(collection, layer)), layer) for layer in ("event", "claim")]
    parts = [*about, *(_plural(count, noun) for count, noun in counts if count)]
    return " · ".join(clean(part) for part in parts if part)


def credits_line(version: object = None) -> str:
    """Return whom a picture owes its ground and names to."""
    ours = f" geoevents {clean(version)}." if version else ""
    return f"Made with Natural Earth. Cities: GeoNames, CC BY 4.0.{ours}"


def describe(collection: Mapping[str, Any], *, title: str | None = None) -> str:
    """Return alternative text for a picture of the map: what is on it, how many, where, and verdicts.

    >>> describe({"type": "FeatureCollection", "features": []})
    'Map: Events. Nothing is on the map.'
    """
    events, claims = _rows(collection, "event"), _rows(collection, "claim")
    parts = [f"Map: {clean(title or heading(collection)).rstrip('.')}."]
    if events:
        kinds = Counter[str]()
        for row in events:
            kinds[clean(row.get("type") or "Other")] += _weight(row)
        order = [*(k for k in TYPES if k in kinds), *sorted(k for k in kinds if k not in TYPES)]
        listed = "; ".join(f"{kind} {kinds[kind]:,}" for kind in order)
        parts.append(f"{_plural(sum(kinds.values()), 'event')}: {listed}.")
        parts += [places] if (places := places_words(events)) else []
    parts += [_claim_sentence(row) for row in gravest_first(claims)[:3]]
    if len(claims) > 3:
        parts.append(f"And {_plural(len(claims) - 3, 'more claim')}.")
    if not events and not claims:
        parts.append("Nothing is on the map.")
    return " ".join(parts)


def places_words(events: Iterable[Mapping[str, Any]]) -> str:
    """Return where the events are: the places with the most of them, and how many are elsewhere.

    >>> places_words([{"name": "Gao"}, {"name": "Gao"}, {"name": "Kidal"}, {}])
    'Where: Gao 2, Kidal 1, no place 1.'
    """
    counts = Counter[str]()
    for row in events:
        counts[clean(row.get("name") or "")] += _weight(row)
    nowhere = counts.pop("", 0)
    if not counts:
        return ""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    others = sum(count for _, count in ranked[_MOST_NAMES:])
    shares = [*ranked[:_MOST_NAMES], ("other places", others), ("no place", nowhere)]
    return f"Where: {', '.join(f'{name} {count:,}' for name, count in shares if count)}."


def _claim_sentence(row: Mapping[str, Any]) -> str:
    verdict = verdict_words(row)
    ends = f"{clean(row.get('subject') or 'one end')} from {clean(row.get('reference') or 'the other')}"
    return f"Claim: {clean(claim_words(row))}, {ends}. {verdict}."


def claim_words(row: Mapping[str, Any]) -> str:
    """Return what a claim says, as its author would: "more than 300 km"."""
    figure, hedge = row.get("figure"), row.get("hedge")
    if row.get("duration_h"):
        return hours_words(row["duration_h"])
    if not figure:
        return interval_words(row.get("claimed_km")) if row.get("claimed_km") else str(row.get("text") or "")
    return f"{hedge} {figure}" if hedge and hedge not in {"exact", "vague", "between"} else str(figure)


def interval_words(interval: Sequence[float | None] | None) -> str:
    """Return an interval of kilometers in words.

    >>> interval_words([327.1, 331.0]), interval_words([295, None]), interval_words([0, 20])
    ('327–331 km', 'at least 295 km', 'at most 20 km')
    """
    if not interval:
        return "no figure"
    low, high = interval[0], interval[1]
    if high is None:
        return f"at least {_figure(low or 0)} km"
    if not low:
        return f"at most {_figure(high)} km"
    first, last = _figure(low), _figure(high)
    return f"{first} km" if first == last else f"{first}–{last} km"


def hours_words(hours: Sequence[float | None]) -> str:
    """Return a time of travel in words; it comes as an interval around what the text says.

    >>> hours_words([2.55, 3.45]), hours_words([2, 4]), hours_words([1.5, None])
    ('about 3 h of travel', '2–4 h of travel', 'at least 1.5 h of travel')
    """
    low, high = hours[0] or 0, hours[1]
    if high is None:
        return f"at least {_short_hours(low)} h of travel"
    if not low:
        return f"up to {_short_hours(high)} h of travel"
    if high / low < _ONE_TIME:
        return f"about {_short_hours((low + high) / 2)} h of travel"
    return f"{_short_hours(low)}–{_short_hours(high)} h of travel"


def _short_hours(hours: float) -> str:
    return f"{math.floor(hours * 4 + 0.5) / 4 or round(hours, 2):g}"


def people(count: Sequence[float | None] | None) -> str:
    """Return a number of people in words; empty where none is told.

    >>> people([2, 2]), people([12, None]), people(None)
    ('2', '12+', '')
    """
    if not count:
        return ""
    low, high = count[0] or 0, count[1]
    if high is None:
        return f"{low:,.0f}+"
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def date_words(start: str | None, end: str | None = None) -> str:
    """Return a day, a month, a year, or "between" two days, as exactly as it is known.

    >>> date_words("2016-06-01", "2016-06-30"), date_words("2016-06-16"), date_words(None)
    ('June 2016', '16 June 2016', '')
    """
    first, last = _parts(start), _parts(end or start)
    if first is None or last is None:
        return clean(start) if start else ""
    if first == last:
        return _spelled(first)
    is_whole = first[2] == 1 and last[2] >= 28 and first[0] == last[0] and _is_month_end(last)
    if is_whole and first[1] == last[1]:
        return f"{_MONTHS[first[1] - 1]} {first[0]}"
    if is_whole and (first[1], last[1]) == (1, 12):
        return str(first[0])
    return f"between {_spelled(first)} and {_spelled(last)}"


def _parts(day: object) -> tuple[int, int, int] | None:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)", str(day or ""))
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def _is_month_end(day: tuple[int, int, int]) -> bool:
    year, month, of_month = day
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return of_month == (28 + is_leap if month == 2 else 30 if month in {4, 6, 9, 11} else 31)


def _spelled(day: tuple[int, int, int]) -> str:
    return f"{day[2]} {_MONTHS[day[1] - 1]} {day[0]}"


def _figure(km: float) -> str:
    return f"{round(km, 1):g}" if km < 10 else f"{km:,.0f}"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _rows(collection: Mapping[str, Any], layer: str) -> list[Mapping[str, Any]]:
    return [f["properties"] for f in collection["features"] if f["properties"].get("layer") == layer]


def _weight(row: Mapping[str, Any]) -> int:
    return int(row.get("weight") or 1)
