"""How do the batches of a run go to the workers of a Dask cluster, and come back as the same tables?

The documents are read here and the parts written here, so that workers need no common disk. A worker
that is killed is Dask's business: its batch goes to another. A document that kills each worker that
reads it is found by trying its batch one document at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, Self

from geoevents.corpus.batches import Batch
from geoevents.corpus.store import Store
from geoevents.corpus.tables import Rows, arrow_tables, error_row, no_rows
from geoevents.corpus.work import Limits, Settings, batch_rows, pipeline_of
from geoevents.errors import NetworkError, OptionError
from geoevents.model import Document

__all__ = ["Cluster"]

_PER_THREAD = 2  # batches that wait at each thread of the cluster, so that none runs dry
_CONNECT_S = 10


class Cluster:
    """The workers of a Dask scheduler. A context manager: leaving it gives up what is unfinished.

    Raises `OptionError` without the extra `cluster`, and `NetworkError` where nobody answers.
    """

    def __init__(self, address: str, *, store: Store, settings: Settings, limits: Limits) -> None:
        self._store, self._settings, self._limits = store, settings, limits
        try:
            self._dask = import_module("distributed")
        except ImportError:
            raise OptionError(
                "a cluster needs distributed, which is not installed: pip install 'geoevents[cluster]'"
            ) from None
        try:
            self._client = self._dask.Client(address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NetworkError(f"no Dask scheduler answers at {address!r}: {error}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def finished(self, batches: Iterable[Batch]) -> Iterator[tuple[int, dict[str, int]]]:
        """Yield the number and the counts of rows of each batch as it is finished, in no order."""
        coming = iter(batches)
        pending = self._dask.as_completed()
        of_future: dict[str, Batch] = {}
        width = _PER_THREAD * max(1, sum(self._client.nthreads().values()))
        for batch in islice(coming, width):
            self._send(pending, of_future, batch)
        for future in pending:
            batch = of_future.pop(future.key)
            yield (
                batch.number,
                self._store.write(batch.number, batch.digest, arrow_tables(self._rows(future, batch))),
            )
            following = next(coming, None)
            if following is not None:
                self._send(pending, of_future, following)

    def _send(self, pending: Any, of_future: dict[str, Batch], batch: Batch) -> None:
        future = self._submit(batch.read())
        of_future[future.key] = batch
        pending.add(future)

    def _submit(self, batch: Batch) -> Any:
        return self._client.submit(_work, batch, self._settings, self._limits, pure=False)

    def _rows(self, future: Any, batch: Batch) -> Rows:
        try:
            rows: Rows = future.result()
        except self._dask.KilledWorker:
            return self._one_by_one(batch.read())
        return rows

    def _one_by_one(self, batch: Batch) -> Rows:
        """Return the rows of a batch in which some document kills its worker."""
        rows = no_rows()
        for index, unit in enumerate(batch.units):
            alone = Batch(batch.number, [unit], batch.problems if index == 0 else [])
            try:
                found = self._submit(alone).result()
            except self._dask.KilledWorker:
                name = unit.id if isinstance(unit, Document) else str(unit)
                reason = "ended the processes that read it"
                found = no_rows() | {"errors": [error_row(name, reason, stage="analyze")]}
            for table, more in found.items():
                rows[table] += more
        return rows


def _work(batch: Batch, settings: Settings, limits: Limits) -> Rows:
    """Work on a batch in a worker of the cluster."""
    return batch_rows(batch, pipeline_of(settings), limits=limits, day=settings.day)
