"""How does a corpus of any size become tables, on every core of one machine, and never twice?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path
from typing import Any

from geoevents.corpus.batches import Batch, batches
from geoevents.corpus.cluster import Cluster
from geoevents.corpus.pool import Pool
from geoevents.corpus.store import Store
from geoevents.corpus.tables import TABLES
from geoevents.corpus.work import Limits, Settings
from geoevents.documents import Columns
from geoevents.version import __version__

__all__ = ["BATCH_SIZE", "Progress", "Result", "run_corpus"]

BATCH_SIZE = 250


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents done, of those that were done by an earlier run, and rows so far."""

    documents: int
    _: KW_ONLY
    earlier: int
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run has written: its folder and how many rows each table has."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)


def run_corpus(
    paths: Iterable[str | Path],
    out: Path | str,
    *,
    settings: Settings | None = None,
    columns: Columns | None = None,
    workers: int | str | None = None,
    limits: Limits | None = None,
    batch_size: int = BATCH_SIZE,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Result:
    """Analyze all documents of some paths into Parquet tables in the folder `out`.

    The tables `documents`, `places`, `events`, `verdicts` and `errors` are folders of parts, one per
    batch of documents in the order of the input. Killed at any moment and started again with the same
    input, it goes on where it stopped; the parts are the same bytes with any `workers`: so many
    processes (by default one per core), or those of the Dask cluster with this address. Raises
    `OptionError` for a folder with something else in it, and `NetworkError` for no scheduler.
    """
    chosen, wanted = settings or Settings(), columns or Columns()
    store = Store(Path(out))
    store.begin(_manifest(chosen, wanted, batch_size))
    tally = _Tally(store, on_progress)
    coming = batches(paths, columns=wanted, size=batch_size)
    with _crew(workers, store=store, settings=chosen, limits=limits or Limits()) as crew:
        for _number, rows in crew.finished(tally.unfinished(coming)):
            tally.add(rows)
    store.end(tally.last)
    return Result(store.folder, tally.rows)


def _crew(workers: int | str | None, *, store: Store, settings: Settings, limits: Limits) -> Pool | Cluster:
    if isinstance(workers, str):
        return Cluster(workers, store=store, settings=settings, limits=limits)
    return Pool(workers or os.cpu_count() or 1, store=store, settings=settings, limits=limits)


class _Tally:
    """Counts rows, and passes over the batches that an earlier run has finished."""

    def __init__(self, store: Store, on_progress: Callable[[Progress], None]) -> None:
        self._store = store
        self._on_progress = on_progress
        self._earlier = 0
        self.rows = dict.fromkeys(TABLES, 0)
        self.last = -1

    def unfinished(self, coming: Iterable[Batch]) -> Iterator[Batch]:
        for batch in coming:
            self.last = batch.number
            if self._store.is_done(batch.number, batch.digest):
                rows = self._store.counts(batch.number)
                self._earlier += rows["documents"]
                self.add(rows)
            else:
                yield batch

    def add(self, rows: dict[str, int]) -> None:
        for table, count in rows.items():
            self.rows[table] += count
        progress = Progress(self.rows["documents"], earlier=self._earlier, rows=dict(self.rows))
        self._on_progress(progress)


def _manifest(settings: Settings, columns: Columns, batch_size: int) -> dict[str, Any]:
    return {
        "format": 1,
        "geoevents": __version__,
        "batch size": batch_size,
        "text column": columns.text,
        "id column": columns.id,
        "date column": columns.date,
        "gazetteers": [path.as_posix() for path in settings.gazetteers],
        "layers": [path.name for path in settings.layers],
        "countries": list(settings.countries),
        "near": None if settings.near is None else [settings.near.lat, settings.near.lon],
        "date": None if settings.day is None else settings.day.isoformat(),
    }
