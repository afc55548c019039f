"""Which reports, of all documents of a run, tell of one event, and what do they say together?

A story is one event as all its reports tell it: when and where at the latest and at the closest, by how
many sources apart from those that print one another's text, and whether their numbers of dead agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geoevents.corpus.columns import Documents, read_columns, rows_of_parts
from geoevents.corpus.store import Store
from geoevents.events.linking import Report, link_by_day
from geoevents.model import EventStatus, EventType, SubType

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["story_rows", "story_schema"]

_PLACE = ("place_id", "name", "country", "admin1", "lat", "lon", "radius_km")
_COLUMNS = (
    *("event", "type", "sub_type", "date", "date_end", *_PLACE),
    *("actors", "targets", "fatalities_low", "fatalities_high"),
)
_CHUNK = 2_000
_Row = dict[str, Any]


def story_schema() -> pa.Schema:
    """Return the columns of the table of stories with their Arrow types."""
    import pyarrow as pa  # late: an extra

    figure = pa.struct([("document", pa.string()), ("low", pa.float64()), ("high", pa.float64())])
    texts, whole, real = ["type", "sub_type"], pa.int64(), pa.float64()
    return pa.schema(
        [
            ("story", whole),
            *((name, pa.string()) for name in texts),
            ("date", pa.date32()),
            ("date_end", pa.date32()),
            *((name, real if name in {"lat", "lon", "radius_km"} else pa.string()) for name in _PLACE),
            ("actors", pa.string()),
            ("targets", pa.string()),
            ("reports", whole),
            ("sources", whole),
            ("fatalities_low", real),
            ("fatalities_high", real),
            ("fatalities_conflict", pa.bool_()),
            ("fatalities", pa.list_(figure)),
            ("documents", pa.list_(pa.string())),
            ("events", pa.list_(pa.string())),
            ("text", pa.string()),
        ]
    )


def story_rows(store: Store, documents: Documents) -> Iterator[_Row]:
    """Yield one row per event that is told as a fact, in the order of the first reports of them."""
    import pyarrow.compute as pc  # late: an extra

    events = read_columns(
        store, "events", ["status", *_COLUMNS], keep=lambda p: pc.equal(p.column("status"), "factual")
    )
    if events.num_rows == 0:
        return
    members, starts = _stories(events, documents.firsts)
    texts = _texts(store)
    read = 0
    for first in range(0, len(starts) - 1, _CHUNK):
        last = min(first + _CHUNK, len(starts) - 1)
        reports = events.take(members[starts[first] : starts[last]]).to_pylist()
        for story in range(first, last):
            begin, end = starts[story] - starts[first], starts[story + 1] - starts[first]
            row = members[starts[story]]
            for _ in range(read, row):
                next(texts)
            read = row + 1
            yield {"story": story + 1, "text": next(texts), **_story(reports[begin:end], documents)}


def _stories(events: Any, firsts: Any) -> tuple[Any, Any]:
    """Return the rows of events, story by story, and where each story begins among them.

    Stories are in the order of their first rows, and so are the rows in each.
    """
    import numpy as np

    numbers = np.empty(events.num_rows, dtype=np.int64)
    order = _by_day(events)
    numbers[order] = np.fromiter(link_by_day(_reports(events, order)), dtype=np.int64, count=len(order))
    _join_repeats(events, numbers, firsts)
    _, first_rows, numbers = np.unique(numbers, return_index=True, return_inverse=True)
    rank = np.empty(len(first_rows), dtype=np.int64)
    rank[np.argsort(first_rows, kind="stable")] = np.arange(len(first_rows))
    numbers = rank[numbers]
    members = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[members], np.arange(len(first_rows) + 1))
    return members, starts


def _join_repeats(events: Any, numbers: Any, firsts: Any) -> None:
    """Give the events without a day in a text that repeats another the stories of those in the other.

    Without a day nothing else says that two reports tell of one event.
    """
    import numpy as np
    import pyarrow.compute as pc

    copied = np.unique(firsts[firsts != np.arange(len(firsts))])
    origins = firsts[events.column("number").to_numpy()]
    undated = pc.is_null(events.column("date")).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(undated & np.isin(origins, copied))
    kinds = events.select(["number", "type", "sub_type", "place_id"]).take(rows).to_pylist()
    known: dict[tuple[Any, ...], int] = {}
    seen: Counter[tuple[Any, ...]] = Counter()
    for row, kind in zip(rows.tolist(), kinds, strict=True):
        what = tuple(kind.values())
        seen[what] += 1  # two of a kind in one text are two events
        key = (int(origins[row]), *what[1:], seen[what])
        numbers[row] = known.setdefault(key, int(numbers[row]))


def _by_day(events: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    days = pc.fill_null(events.column("date").cast(pa.int32()), -(2**31))
    return np.argsort(days.to_numpy(), kind="stable")


def _reports(events: Any, order: Any) -> Iterator[Report]:
    wanted = [name for name in (*_COLUMNS, "number") if not name.startswith("fatalities")]
    light = events.select(wanted)
    for start in range(0, len(order), _CHUNK):
        for row in light.take(order[start : start + _CHUNK]).to_pylist():
            yield Report(
                str(row["number"]),
                row["event"],
                type=EventType(row["type"]),
                sub_type=SubType(row["sub_type"]),
                status=EventStatus.FACTUAL,
                start=row["date"],
                end=row["date_end"],
                lat=row["lat"],
                lon=row["lon"],
                radius_km=row["radius_km"],
                place_id=row["place_id"],
                actors=_parties(row["actors"]),
                targets=_parties(row["targets"]),
            )


def _parties(cell: str | None) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()


def _texts(store: Store) -> Iterator[str]:
    """Yield the text of each event told as a fact, a part of the table at a time."""
    import pyarrow.compute as pc

    for part in rows_of_parts(store, "events", ["text", "status"]):
        yield from part.filter(pc.equal(part.column("status"), "factual")).column("text").to_pylist()


def _story(reports: Sequence[Mapping[str, Any]], documents: Documents) -> _Row:
    numbers = list(dict.fromkeys(report["number"] for report in reports))
    ids = {number: documents.ids[number].as_py() for number in numbers}
    dated = [report for report in reports if report["date"] is not None]
    closest = min(reports, key=_vagueness)
    figures = [
        {"document": ids[r["number"]], "low": r["fatalities_low"], "high": r["fatalities_high"]}
        for r in reports
        if r["fatalities_low"] is not None
    ]
    return {
        "type": _commonest(report["type"] for report in reports),
        "sub_type": _commonest(report["sub_type"] for report in reports),
        "date": min((r["date"] for r in dated), default=None),
        "date_end": max((r["date_end"] or r["date"] for r in dated), default=None),
        **{name: closest[name] for name in _PLACE},
        "actors": _named(report["actors"] for report in reports),
        "targets": _named(report["targets"] for report in reports),
        "reports": len(reports),
        "sources": _source_count(numbers, documents),
        **_span(figures),
        "fatalities": figures,
        "documents": list(ids.values()),
        "events": [report["event"] for report in reports],
    }


def _vagueness(report: Mapping[str, Any]) -> tuple[bool, float]:
    radius = report["radius_km"]
    return report["lat"] is None, float("inf") if radius is None else radius


def _commonest(words: Iterable[str]) -> str:
    """Return the word that comes most often, the earliest of those that come as often."""
    return Counter(words).most_common(1)[0][0]


def _named(cells: Iterable[str | None]) -> str | None:
    names = dict.fromkeys(name for cell in cells for name in _parties(cell))
    return "; ".join(names) or None


def _source_count(numbers: Iterable[int], documents: Documents) -> int:
    """Count documents that neither repeat one another's text nor come from one outlet."""
    groups: list[set[tuple[str, object]]] = []
    for number in numbers:
        marks: set[tuple[str, object]] = {("text", int(documents.firsts[number]))}
        outlet = documents.sources[number].as_py()
        if outlet:
            marks.add(("outlet", outlet))
        apart = [group for group in groups if not group & marks]
        groups = [*apart, marks.union(*(group for group in groups if group & marks))]
    return len(groups)


def _span(figures: Sequence[Mapping[str, Any]]) -> _Row:
    """Return from the lowest to the highest number of dead, and whether two figures cannot both be true."""
    lows = [figure["low"] for figure in figures]
    highs = [float("inf") if figure["high"] is None else figure["high"] for figure in figures]
    high = max(highs, default=None)
    return {
        "fatalities_low": min(lows, default=None),
        "fatalities_high": None if high is None or high == float("inf") else high,
        "fatalities_conflict": bool(figures) and max(lows) > min(highs),
    }
