"""How are single columns of a run's tables read back, so that a whole corpus fits in memory?

Words that repeat are kept once. A document is a number, its place in the order of the run, because the
ids of two inputs may be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoevents.corpus.sketches import NO_HASH, SIZE, near_duplicates
from geoevents.corpus.store import Store

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Documents", "document_columns", "read_columns", "rows_of_parts"]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a run in their order: id, outlet, and the first document that each repeats."""

    ids: pa.Array
    sources: pa.Array
    firsts: np.ndarray[Any, np.dtype[np.int64]]
    sketches: np.ndarray[Any, np.dtype[np.uint32]]

    def sketch(self, number: int) -> list[int]:
        """Return the sketch of one document."""
        return [value for value in self.sketches[number].tolist() if value != NO_HASH]


def document_columns(store: Store) -> Documents:
    """Return what comparing the documents of a run takes."""
    import numpy as np  # late: start-up time
    import pyarrow as pa

    ids, sources, sketches = [], [], [np.empty((0, SIZE), dtype=np.uint32)]
    for part in rows_of_parts(store, "documents", ["document", "source", "sketch"]):
        ids.append(part.column("document").combine_chunks())
        sources.append(part.column("source").combine_chunks())
        sketches.append(_matrix(part.column("sketch").combine_chunks()))
    matrix = np.concatenate(sketches)
    return Documents(
        pa.chunked_array(ids, pa.string()).cast(pa.large_string()).combine_chunks(),
        pa.chunked_array(sources, pa.string()).dictionary_encode().combine_chunks(),
        near_duplicates(matrix),
        matrix,
    )


def _matrix(lists: Any) -> Any:
    """Return a column of sketches as a matrix, filled up on the right."""
    import numpy as np

    lengths = lists.value_lengths().to_numpy(zero_copy_only=False)
    matrix = np.full((len(lists), SIZE), NO_HASH, dtype=np.uint32)
    matrix[np.arange(SIZE) < lengths[:, None]] = lists.flatten().to_numpy()
    return matrix


def read_columns(
    store: Store, table: str, columns: Sequence[str], *, keep: Callable[[pa.Table], Any] | None = None
) -> pa.Table:
    """Return some columns of all parts of a table, with the number of each row's document as `number`.

    The table is "places", "events" or "verdicts"; `keep` says which rows of a part are wanted. Words are
    kept once each, but for those of `event`, which do not repeat.
    """
    import numpy as np  # late: start-up time
    import pyarrow as pa  # late: an extra

    parts, before = [], 0
    documents = rows_of_parts(store, "documents", [table])
    for counts, part in zip(documents, rows_of_parts(store, table, columns), strict=True):
        # The rows of a part stand in the order of their documents, each of which says how many are its own.
        numbers = np.arange(before, before + counts.num_rows).repeat(counts.column(table).to_numpy())
        before += counts.num_rows
        numbered = part.append_column("number", pa.array(numbers))
        parts.append(_coded(numbered if keep is None else numbered.filter(keep(numbered))))
    if not parts:
        return pa.table({name: [] for name in [*columns, "number"]})
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _coded(part: Any) -> Any:
    import pyarrow as pa

    for index, field in enumerate(part.schema):
        if field.type == pa.string() and field.name != "event":
            part = part.set_column(index, field.name, part.column(index).dictionary_encode())
    return part


def rows_of_parts(store: Store, table: str, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Yield some columns of each part of a table, in order."""
    from pyarrow import parquet  # late: an extra

    for path in store.parts(table):
        yield parquet.read_table(path, columns=list(columns), memory_map=False)
