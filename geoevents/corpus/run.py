"""How does a corpus of any size become tables, on every core of one machine, and never twice?"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path
from typing import Any

from geoevents.corpus.across import compare
from geoevents.corpus.batches import Batch, batches
from geoevents.corpus.cluster import Cluster
from geoevents.corpus.limits import Limits
from geoevents.corpus.pool import Pool
from geoevents.corpus.store import Store
from geoevents.corpus.tables import TABLES
from geoevents.corpus.work import Settings
from geoevents.documents import Columns, Meter, require_some, total_bytes, units
from geoevents.errors import GeoeventsError, OptionError
from geoevents.seams import require_stages
from geoevents.version import __version__

__all__ = ["Progress", "Result", "run_corpus"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: documents done, of those that were done by an earlier run, and rows so far.

    `is_comparing` says that all documents are done and what they say together is being worked out.
    `fraction` is how much of the input is done, from 0 to 1; `None` while that is not known, as for
    standard input. `earlier_fraction` is what an earlier run had done of it.
    """

    documents: int
    _: KW_ONLY
    earlier: int
    rows: dict[str, int]
    fraction: float | None = None
    earlier_fraction: float = 0.0
    is_comparing: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a run has written: its folder, how many rows each table has, and how many files it passed over.

    Those are the files in folders that are of kinds that are not read; `skipped_names` are the first of them.
    """

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    _: KW_ONLY
    skipped: int = 0
    skipped_names: tuple[Path, ...] = ()


def run_corpus(
    paths: Iterable[str | Path] | str | Path,
    out: Path | str,
    *,
    settings: Settings | None = None,
    columns: Columns | None = None,
    workers: int | str | None = None,
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_error: Callable[[GeoeventsError], None] | None = None,
) -> Result:
    """Analyze all documents of some paths into Parquet tables in the folder `out`.

    The tables `documents`, `places`, `events`, `verdicts` and `errors` are folders of parts, one per
    batch of documents in the order of the input; beside them `stories.parquet` joins the reports of one
    event, `duplicates.parquet` and `conflicts.parquet` say which texts and claims repeat or contradict one
    another, and `summary.html` and `map.html` show it all. Killed at any moment and started again with the same
    input, it goes on where it stopped; the parts are the same bytes with any `workers`: so many
    processes (by default one per core), or those of the Dask cluster with this address. `on_error` is
    told of each row of the table of errors, once its batch is done; what it raises stops the run. The folder
    `out` may lie in one that is read, and is passed over there. Raises `OptionError` for a folder with
    something else in it, `MissingFileError` where nothing that is named is there, and `NetworkError` for
    no scheduler.
    """
    chosen, wanted, named = settings or Settings(), columns or Columns(), _named(paths)
    require_stages(recognizer=chosen.recognizer, resolver=chosen.resolver)
    require_some(named)
    store, meter = Store(Path(out)), Meter()
    tally = _Tally(store, on_progress, on_error, total=_Total(named, without=store.folder))
    found = units(named, columns=wanted, on_skip=tally.skip, meter=meter, without=store.folder)
    coming = tally.unfinished(batches(found, size=chosen.batch_size, meter=meter))
    with (
        store.begun(_manifest(chosen, wanted)),
        _crew(workers, store=store, settings=chosen, limits=limits or Limits()) as crew,
    ):
        tally.show()
        for number, rows in crew.finished(coming):
            tally.add(number, rows)
        store.end(tally.last)
        tally.show(is_comparing=True)
        rows = compare(store, tally.rows)
    return Result(store.folder, rows, skipped=tally.skipped, skipped_names=tuple(tally.skipped_names))


def _named(paths: Iterable[str | Path] | str | Path) -> Sequence[str | Path]:
    return [paths] if isinstance(paths, str | Path) else list(paths)


def _crew(workers: int | str | None, *, store: Store, settings: Settings, limits: Limits) -> Pool | Cluster:
    if isinstance(workers, str):
        return Cluster(workers, store=store, settings=settings, limits=limits)
    if workers is not None and workers < 1:
        raise OptionError(f"workers must be 1 or more, got {workers!r}")
    return Pool(workers or _cores(), store=store, settings=settings, limits=limits)


def _cores() -> int:
    """Return how many cores this process may use, which in a container may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_SKIPPED_NAMES = 5


class _Total:
    """How many bytes there are to read, worked out beside the run: a million files take a while to list."""

    def __init__(self, paths: Sequence[str | Path], *, without: Path) -> None:
        self.bytes: int | None = None
        self._paths = paths
        self._without = without
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        self.bytes = total_bytes(self._paths, without=self._without)


class _Tally:
    """Counts rows, and passes over the batches that an earlier run has finished."""

    def __init__(
        self,
        store: Store,
        on_progress: Callable[[Progress], None],
        on_error: Callable[[GeoeventsError], None] | None,
        *,
        total: _Total,
    ) -> None:
        self._store = store
        self._on_progress = on_progress
        self._on_error = on_error
        self._total = total
        self._positions: dict[int, int] = {}
        self._done = self._done_earlier = self._earlier = 0
        self.rows = dict.fromkeys(TABLES, 0)
        self.last = -1
        self.skipped = 0
        self.skipped_names: list[Path] = []

    def skip(self, path: Path) -> None:
        self.skipped += 1
        if len(self.skipped_names) < _SKIPPED_NAMES:
            self.skipped_names.append(path)

    def unfinished(self, coming: Iterable[Batch]) -> Iterator[Batch]:
        for batch in coming:
            self.last = batch.number
            self._positions[batch.number] = batch.position
            if self._store.is_done(batch.number, batch.digest):
                rows = self._store.counts(batch.number)
                self._earlier += rows["documents"]
                self._done_earlier = batch.position
                self.add(batch.number, rows)
            else:
                yield batch

    def add(self, number: int, rows: dict[str, int]) -> None:
        self._done = max(self._done, self._positions.pop(number))
        for table, count in rows.items():
            self.rows[table] += count
        if rows["errors"] and self._on_error is not None:
            for error in self._store.errors(number):
                self._on_error(error)
        self.show()

    def show(self, *, is_comparing: bool = False) -> None:
        self._on_progress(
            Progress(
                self.rows["documents"],
                earlier=self._earlier,
                rows=dict(self.rows),
                fraction=self._fraction(self._done),
                earlier_fraction=self._fraction(self._done_earlier) or 0.0,
                is_comparing=is_comparing,
            )
        )

    def _fraction(self, position: int) -> float | None:
        total = self._total.bytes
        return min(1.0, position / total) if total else None


def _manifest(settings: Settings, columns: Columns) -> dict[str, Any]:
    return {
        "format": 3,
        "geoevents": __version__,
        "batch size": settings.batch_size,
        "text column": columns.text,
        "id column": columns.id,
        "date column": columns.date,
        "gazetteers": [_content(path) for path in settings.gazetteers],
        "layers": [_content(path) for path in settings.layers],
        "countries": list(settings.countries),
        "near": None if settings.near is None else [settings.near.lat, settings.near.lon],
        "date": None if settings.day is None else settings.day.isoformat(),
        "recognizer": settings.recognizer,
        "resolver": settings.resolver,
    }


def _content(path: Path) -> str:
    """Return a file's name with a digest of what is in it, so that a run goes on with the same places only."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise OptionError(f"cannot read {str(path)!r}: {error.strerror or error}") from error
    return f"{path.name} {digest[:16]}"
