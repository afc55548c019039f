"""How does the summary of a run read as one page that needs neither network nor script?

Every word that a document or a file name brought passes the one function of the maps that escapes it, and
the page's own rule forbids scripts, pictures and addresses of any kind.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geoevents.corpus.summary import Summary
from geoevents.maps.markup import _safe
from geoevents.version import __version__

__all__ = ["summary_page"]

_STYLE = Path(__file__).with_name("summary.css")
_MONTHS = 36  # Beyond three years the table goes by years.
_SHOWN_DOCUMENTS = 4
_ZERO = "·"
_OUTCOMES = {
    "supported": "The map supports it",
    "consistent": "The map allows it",
    "road_only": "The straight line contradicts it",
    "refuted": "The map contradicts it",
    "not_checkable": "Cannot be checked",
}
_MODES = {"road": "by road", "straight": "in a straight line"}


def summary_page(summary: Summary) -> str:
    """Return the page. The same tables give the same bytes."""
    style = _STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    rule = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    count = summary.rows["documents"]
    title = "What one document says" if count == 1 else f"What {count:,} documents say"
    body = "\n".join(section for section in _sections(summary) if section)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{rule}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_safe(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{_safe(title)}</h1>{_lead(summary)}</header>\n<main>\n{body}\n</main>\n"
        f"<footer><p>{_FOOTER}</p><p>geoevents {_safe(__version__)}</p></footer>\n</body>\n</html>\n"
    )


_FOOTER = (
    "Everything here was read by rules from the texts and is as true as they are; a pin is where a text says"
    " that something happened. The rows behind each number, with the sentence they rest on, are in the"
    " Parquet tables beside this page."
)


def _lead(summary: Summary) -> str:
    rows = summary.rows
    facts = [
        (
            rows["documents"],
            "documents",
            f"{rows['duplicates']:,} repeat another" if rows["duplicates"] else "",
        ),
        (summary.outlets, "outlets", "named as sources"),
        (rows["stories"], "events", f"told in {rows['events']:,} reports"),
        (rows["verdicts"], "claims", f"{summary.outcomes['refuted']:,} contradicted by the map"),
        (rows["conflicts"], "conflicts", "between claims"),
        (rows["errors"], "inputs", "not used"),
    ]
    cells = "".join(
        f"<li><b>{number:,}</b> {_safe(word)}{f' <small>{_safe(more)}</small>' if more else ''}</li>"
        for number, word, more in facts
    )
    return f'<ul class="facts">{cells}</ul><p><a href="map.html">The map of these events</a></p>'


def _sections(summary: Summary) -> Iterable[str]:
    yield _section("Events by month and type", _months(summary), _undated(summary))
    yield _section("Events that several sources tell of", _stories(summary), _disputed(summary))
    yield _section("Places that most documents name", _places(summary))
    yield _section("What the map says of the claims", _outcomes(summary))
    yield _section("Claims that cannot both be true", _conflicts(summary))
    yield _section("What was not used, and why", _reasons(summary))


def _section(title: str, content: str, note: str = "") -> str:
    if not content:
        return ""
    told = f"<p>{_safe(note)}</p>" if note else ""
    return f"<section><h2>{_safe(title)}</h2>{told}{content}</section>"


def _undated(summary: Summary) -> str:
    return f"{_number(summary.undated, 'event')} without a day left out." if summary.undated else ""


def _disputed(summary: Summary) -> str:
    if not summary.disputed:
        return ""
    return (
        f"Of {_number(summary.disputed, 'event')} the reports give numbers of dead that cannot all be true."
    )


def _months(summary: Summary) -> str:
    """Return the table of months, or of years where there are many, the latest first."""
    length = 7 if len(summary.months) <= _MONTHS else 4
    periods: dict[str, dict[str, int]] = {}
    for month, counts in summary.months.items():
        period = periods.setdefault(month[:length], {})
        for kind, count in counts.items():
            period[kind] = period.get(kind, 0) + count
    kinds = [kind for kind, _ in summary.types.most_common()]
    most = max((sum(counts.values()) for counts in periods.values()), default=0)
    rows = [
        [period, *(_count(counts.get(kind, 0)) for kind in kinds), _bar(sum(counts.values()), most)]
        for period, counts in sorted(periods.items(), reverse=True)
    ]
    return _table(["", *kinds, "All"], rows, numeric=range(1, len(kinds) + 2))


def _stories(summary: Summary) -> str:
    rows = [
        [
            _days(story),
            f"{story['sub_type']}, {story['name'] or 'no place'}",
            _count(story["sources"]),
            _count(story["reports"]),
            _killed(story),
            _quoted(story),
        ]
        for story in summary.stories
        if story["sources"] > 1
    ]
    heads = ["Day", "What, where", "Sources", "Reports", "Killed", "First report"]
    return _table(heads, rows, numeric=(2, 3, 4))


def _quoted(story: Mapping[str, Any]) -> _Markup:
    text, documents = _safe(_cut(story["text"])), _safe(_documents(story["documents"]))
    return _Markup(f"<q>{text}</q><small>{documents}</small>")


def _days(story: Mapping[str, Any]) -> str:
    start, end = story["date"], story["date_end"]
    if start is None:
        return "no day"
    return f"{start}" if end in {None, start} else f"{start} to {end}"


def _killed(story: Mapping[str, Any]) -> str:
    low, high = story["fatalities_low"], story["fatalities_high"]
    if low is None:
        return ""
    span = (
        f"{low:,.0f}"
        if low == high
        else f"{low:,.0f} or more"
        if high is None
        else f"{low:,.0f} to {high:,.0f}"
    )
    if not story["fatalities_conflict"]:
        return span
    return _Markup(f'<span class="bad">{_safe(span)}, disputed</span>')


def _places(summary: Summary) -> str:
    most = max((place.documents for place in summary.places), default=0)
    rows = [
        [place.name, place.country or "", _bar(place.documents, most), _count(place.stories)]
        for place in summary.places
    ]
    return _table(["Place", "Country", "Documents", "Events there"], rows, numeric=(2, 3))


def _outcomes(summary: Summary) -> str:
    most = max(summary.outcomes.values(), default=0)
    rows = [
        [words, _bar(summary.outcomes[outcome], most)]
        for outcome, words in _OUTCOMES.items()
        if summary.outcomes[outcome]
    ]
    return _table(["Verdict", "Claims"], rows, numeric=(1,))


def _conflicts(summary: Summary) -> str:
    rows = [
        [
            f"{conflict['name']} and {conflict['other']}",
            _said(conflict, "first"),
            _said(conflict, "second"),
            _km(conflict["measured_km_low"], conflict["measured_km_high"]),
        ]
        for conflict in summary.conflicts
    ]
    return _table(["Places", "One says", "Another says", "The map says"], rows)


def _said(conflict: Mapping[str, Any], side: str) -> str:
    length = _km(conflict[f"{side}_km_low"], conflict[f"{side}_km_high"])
    parts = [length, conflict[f"{side}_direction"], _MODES.get(conflict[f"{side}_mode"])]
    documents = _documents(conflict[f"{side}_documents"])
    return f"{' '.join(part for part in parts if part)} ({documents})"


def _km(low: float | None, high: float | None) -> str:
    if low is None:
        return ""
    if high is None:
        return f"{low:,.0f} km or more"
    return f"{low:,.0f} km" if round(low) == round(high) else f"{low:,.0f} to {high:,.0f} km"


def _reasons(summary: Summary) -> str:
    rows = [[reason.reason, f"{reason.count:,}", reason.example] for reason in summary.reasons]
    return _table(["Reason", "Inputs", "One of them"], rows, numeric=(1,))


class _Markup(str):
    """Markup made here, with every word of others in it escaped."""

    __slots__ = ()


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Iterable[int] = ()) -> str:
    """Return a table; cells that are no markup of ours are escaped."""
    if not rows:
        return ""
    right = frozenset(numeric)
    names = [' class="n"' if index in right else "" for index in range(len(heads))]
    empty = ' class="n none"'
    head = "".join(f'<th scope="col"{n}>{_safe(h)}</th>' for h, n in zip(heads, names, strict=True))
    lines = []
    for row in rows:
        cells = [cell if isinstance(cell, _Markup) else _safe(cell) for cell in row]
        marked = zip(heads, cells, names, strict=True)
        lines.append(
            "".join(
                f'<td{empty if cell == _ZERO else n} data-head="{_safe(h)}">{cell}</td>'
                for h, cell, n in marked
            )
        )
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _bar(count: int, most: int) -> _Markup:
    """Return a number over a bar of its share of the largest."""
    share = 100 * count / most if most else 0.0
    return _Markup(
        f'{count:,}<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{share:.1f}" height="4"/></svg>'
    )


def _count(number: int) -> str:
    return f"{number:,}" if number else _ZERO


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _documents(ids: Sequence[str]) -> str:
    more = len(ids) - _SHOWN_DOCUMENTS
    shown = ", ".join(_cut(name, 80) for name in ids[:_SHOWN_DOCUMENTS])
    return f"{shown} and {more:,} more" if more > 0 else shown


def _cut(text: str, length: int = 240) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"
