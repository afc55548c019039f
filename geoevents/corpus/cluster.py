"""How do the batches of a run go to the workers of a Dask cluster, and come back as the same tables?

Files are opened here and the parts written here, so that workers need no common disk; what costs
effort, the reading of a PDF as well as the analysis, is theirs. A worker that is killed is Dask's business:
its batch goes to another. A document that kills each worker that reads it is found by trying its batch
one document at a time.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, Self

from geoevents.corpus.batches import Batch, unit_name
from geoevents.corpus.limits import Limits
from geoevents.corpus.store import Store
from geoevents.corpus.tables import Rows, arrow_tables, error_row, no_rows
from geoevents.corpus.work import Settings, batch_rows, pipeline_of
from geoevents.errors import GeoeventsError, NetworkError, OptionError

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
        pending = self._dask.as_completed(loop=self._client.loop)
        of_future: dict[str, Batch] = {}
        width = _PER_THREAD * max(1, sum(self._client.nthreads().values()))
        for batch in islice(coming, width):
            self._send(pending, of_future, batch)
        for future in pending:
            batch = of_future.pop(future.key)
            tables = arrow_tables(self._rows(future, batch))
            yield batch.number, self._store.write(batch.number, batch.digest, tables)
            following = next(coming, None)
            if following is not None:
                self._send(pending, of_future, following)

    def _send(self, pending: Any, of_future: dict[str, Batch], batch: Batch) -> None:
        future = self._submit(batch.packed())
        of_future[future.key] = batch
        pending.add(future)

    def _submit(self, batch: Batch) -> Any:
        return self._client.submit(_work, batch, self._settings, self._limits, pure=False)

    def _rows(self, future: Any, batch: Batch) -> Rows:
        """Return the rows of a batch. Raises `NetworkError` where the cluster is lost or cannot work."""
        try:
            return self._result(future)
        except self._dask.KilledWorker:
            return self._one_by_one(batch.packed())

    def _result(self, future: Any) -> Rows:
        try:
            rows: Rows = future.result()
        except (GeoeventsError, self._dask.KilledWorker):
            raise
        except (Exception, CancelledError) as error:
            reason = " ".join(str(error).split())[:300]
            raise NetworkError(
                f"the cluster gave no answer ({type(error).__name__}: {reason}); the same command goes on from here"
            ) from error
        return rows

    def _one_by_one(self, batch: Batch) -> Rows:
        """Return the rows of a batch in which some document kills its worker."""
        rows = no_rows()
        for unit in batch.units:
            try:
                found = self._result(self._submit(Batch(batch.number, [unit])))
            except self._dask.KilledWorker:
                row = error_row(unit_name(unit), "ended the processes that read it", stage="analyze")
                found = no_rows() | {"errors": [row]}
            for table, more in found.items():
                rows[table] += more
        return rows


def _work(batch: Batch, settings: Settings, limits: Limits) -> Rows:
    """Work on a batch in a worker of the cluster."""
    return batch_rows(batch, pipeline_of(settings), limits=limits)
