"""Which claims, of all documents of a run, cannot both be true of the same two places?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from geoevents.corpus.columns import Documents, read_columns
from geoevents.corpus.store import Store
from geoevents.model import ClaimKind, Interval, TravelMode
from geoevents.verification.conflicts import can_both_hold, opposite

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["conflict_rows", "conflict_schema"]

_COLUMNS = (
    *("subject_id", "reference_id", "subject", "reference", "claimed_km_low", "claimed_km_high"),
    *("mode", "direction", "kind", "measured_km_low", "measured_km_high", "text"),
)
# Of one pair of places no more statements than these are held against one another, those most often said.
_MOST = 20
_MOST_DOCUMENTS = 100
_Row = dict[str, Any]


@dataclass(slots=True)
class _Statement:
    """A distance and direction that some documents say of the same two places."""

    claimed: Interval
    mode: TravelMode
    direction: str | None
    row: Mapping[str, Any]
    numbers: list[int] = field(default_factory=list)


def conflict_schema() -> pa.Schema:
    """Return the columns of the table of conflicts with their Arrow types."""
    import pyarrow as pa  # late: an extra

    text, real = pa.string(), pa.float64()
    sides = [
        column
        for side in ("first", "second")
        for column in (
            (f"{side}_km_low", real),
            (f"{side}_km_high", real),
            (f"{side}_direction", text),
            (f"{side}_mode", text),
            (f"{side}_text", text),
            (f"{side}_sources", pa.int64()),
            (f"{side}_documents", pa.list_(text)),
        )
    ]
    ends = [(name, text) for name in ("place_id", "name", "other_id", "other")]
    return pa.schema([*ends, ("measured_km_low", real), ("measured_km_high", real), *sides])


def conflict_rows(store: Store, documents: Documents) -> Iterator[_Row]:
    """Yield each pair of statements about two places that cannot both be true, by place and then by length.

    A statement is what some documents say alike; directions are those of the first place from the other.
    """
    import pyarrow.compute as pc  # late: an extra

    claims = read_columns(
        store,
        "verdicts",
        _COLUMNS,
        keep=lambda p: pc.and_(
            pc.equal(p.column("kind"), ClaimKind.DISTANCE.value),
            pc.and_(pc.is_valid(p.column("subject_id")), pc.is_valid(p.column("reference_id"))),
        ),
    )
    for (place, other), said in sorted(_by_pair(claims).items()):
        often = sorted(said.values(), key=lambda s: (-len(s.numbers), _order(s)))
        distinct = sorted(often[:_MOST], key=_order)
        for one, two in combinations(distinct, 2):
            if not can_both_hold(one, two):
                yield _row(place, other, (one, two), documents)


_Statements = dict[tuple[object, ...], _Statement]


def _by_pair(claims: pa.Table) -> dict[tuple[str, str], _Statements]:
    """Return what is said of each pair of places, the first of them by id."""
    found: dict[tuple[str, str], _Statements] = {}
    for batch in claims.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            ends = (row["subject_id"], row["reference_id"])
            if row["claimed_km_low"] is None or ends[0] == ends[1]:
                continue
            direction = row["direction"] if ends[0] < ends[1] else opposite(row["direction"])
            key = (row["claimed_km_low"], row["claimed_km_high"], row["mode"], direction)
            statements = found.setdefault((min(ends), max(ends)), {})
            if key not in statements:
                high = row["claimed_km_high"]
                claimed = Interval(row["claimed_km_low"], float("inf") if high is None else high)
                statements[key] = _Statement(claimed, TravelMode(row["mode"]), direction, row)
            statements[key].numbers.append(row["number"])
    return found


def _order(said: _Statement) -> tuple[float, float, str, str]:
    return said.claimed.low, said.claimed.high, said.mode.value, said.direction or ""


def _row(place: str, other: str, pair: tuple[_Statement, _Statement], documents: Documents) -> _Row:
    told = pair[0].row
    is_first = told["subject_id"] == place
    names = (told["subject"], told["reference"]) if is_first else (told["reference"], told["subject"])
    row: _Row = {"place_id": place, "name": names[0], "other_id": other, "other": names[1]}
    row |= {name: told[name] for name in ("measured_km_low", "measured_km_high")}
    for side, said in zip(("first", "second"), pair, strict=True):
        numbers = list(dict.fromkeys(said.numbers))
        high = said.claimed.high
        row |= {
            f"{side}_km_low": said.claimed.low,
            f"{side}_km_high": None if high == float("inf") else high,
            f"{side}_direction": said.direction,
            f"{side}_mode": said.mode.value,
            f"{side}_text": said.row["text"],
            f"{side}_sources": len({int(documents.firsts[number]) for number in numbers}),
            f"{side}_documents": [documents.ids[n].as_py() for n in numbers[:_MOST_DOCUMENTS]],
        }
    return row
