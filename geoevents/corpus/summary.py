"""What is there to say of a whole run on one page: counts, places, months, claims, stories, conflicts, errors?

Everything is counted from the tables part by part, so that it takes no more memory for a larger corpus.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import TYPE_CHECKING, Any

from geoevents.corpus.columns import rows_of_parts
from geoevents.corpus.store import Store
from geoevents.model import LOCATING_ROLES

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Reason", "Summary", "TopPlace", "story_weight", "summarize", "whole_table"]

TOP = 25
_ROWS = 10_000
_QUOTED = re.compile(r"'[^']{0,500}'|\"[^\"]{0,500}\"|\d[\d.,]{0,30}")
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TopPlace:
    """A place, how many documents name it and how many stories happened there."""

    name: str
    country: str | None
    documents: int
    stories: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why so many inputs were not used, values left out, with one of them as example."""

    stage: str
    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the tables of a run hold, in numbers and in the rows that most sources tell of."""

    rows: Mapping[str, int]
    outlets: int
    places: list[TopPlace]
    months: dict[str, Counter[str]]
    types: Counter[str]
    undated: int
    outcomes: Counter[str]
    stories: list[_Row]
    disputed: int
    conflicts: list[_Row]
    reasons: list[Reason]


@dataclass(slots=True)
class _Told:
    """What is counted while the table of stories goes by."""

    months: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    types: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    disputed: int = 0

    def passed(self, stories: Iterable[_Row]) -> Iterator[_Row]:
        for story in stories:
            self.types[story["type"]] += 1
            self.disputed += bool(story["fatalities_conflict"])
            if story["place_id"] is not None:
                self.places[story["place_id"]] += 1
            if story["date"] is None:
                self.undated += 1
            else:
                self.months[f"{story['date']:%Y-%m}"][story["type"]] += 1
            yield story


def summarize(store: Store, rows: Mapping[str, int]) -> Summary:
    """Return the summary of a run whose tables have so many rows."""
    told = _Told()
    # Ties are told apart by number, so that the page is the same each time.
    stories = nlargest(TOP, told.passed(whole_table(store, "stories")), key=story_weight)
    conflicts = nlargest(TOP, whole_table(store, "conflicts"), key=_attention)
    return Summary(
        rows=rows,
        outlets=_outlets(store),
        places=_places(store, told.places),
        months=dict(sorted(told.months.items())),
        types=told.types,
        undated=told.undated,
        outcomes=_counted(store, "verdicts", "outcome"),
        stories=stories,
        disputed=told.disputed,
        conflicts=conflicts,
        reasons=_reasons(store),
    )


def story_weight(story: _Row) -> tuple[int, int, int]:
    """Return what stories are ranked by: sources, reports, and the order of the run."""
    return story["sources"], story["reports"], -story["story"]


def _attention(conflict: _Row) -> tuple[int, int]:
    return min(conflict["first_sources"], conflict["second_sources"]), conflict["first_sources"]


def whole_table(store: Store, name: str) -> Iterator[_Row]:
    """Yield the rows of a table of the whole run, some at a time."""
    from pyarrow import parquet  # late: an extra

    with parquet.ParquetFile(store.folder / f"{name}.parquet") as table:
        for batch in table.iter_batches(batch_size=_ROWS):
            yield from batch.to_pylist()


def _counted(store: Store, table: str, column: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for part in rows_of_parts(store, table, [column]):
        for entry in part.column(column).value_counts().to_pylist():
            found[entry["values"]] += entry["counts"]
    return found


def _outlets(store: Store) -> int:
    return sum(1 for name in _counted(store, "documents", "source") if name)


def _places(store: Store, stories: Counter[str]) -> list[TopPlace]:
    """Return the places that most documents name, countries and peoples apart."""
    documents: Counter[tuple[str, str, str | None]] = Counter()
    for part in rows_of_parts(store, "places", ["document", "place_id", "name", "country", "kind", "role"]):
        for row in _distinct(part):
            documents[row["place_id"], row["name"], row["country"]] += row["document_count_distinct"]
    ranked = sorted(documents.items(), key=lambda item: (-item[1], item[0][0]))[:TOP]
    return [TopPlace(name, country, count, stories[id_]) for (id_, name, country), count in ranked]


def _distinct(part: pa.Table) -> list[_Row]:
    import pyarrow as pa  # late: an extra
    import pyarrow.compute as pc

    is_located = pc.is_in(
        part.column("role"), value_set=pa.array(sorted(role.value for role in LOCATING_ROLES))
    )
    is_whole = pc.is_in(part.column("kind"), value_set=pa.array(["country", "continent"]))
    is_known = pc.is_valid(part.column("place_id"))
    named = part.filter(pc.and_(pc.and_(is_located, is_known), pc.invert(is_whole)))
    grouped = named.group_by(["place_id", "name", "country"])
    rows: list[_Row] = grouped.aggregate([("document", "count_distinct")]).to_pylist()
    return rows


def _reasons(store: Store) -> list[Reason]:
    """Return why inputs were not used, most often first; what differs in a value only is one reason."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for part in rows_of_parts(store, "errors", ["document", "line", "stage", "reason"]):
        for row in part.to_pylist():
            key = (row["stage"], _QUOTED.sub("…", row["reason"]))
            counts[key] += 1
            where = row["document"] if row["line"] is None else f"{row['document']}:{row['line']}"
            examples.setdefault(key, f"{where}: {row['reason']}")
        if len(counts) > _ROWS:  # reasons without number: the rare ones are not for a summary
            counts = Counter(dict(counts.most_common(_ROWS // 2)))
            examples = {key: examples[key] for key in counts}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TOP]
    return [Reason(stage, reason, n, examples[stage, reason]) for (stage, reason), n in ranked]
