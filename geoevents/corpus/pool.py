"""How are batches spread over processes, and what if one of them dies or hangs?

Each worker is a process of its own, with its own pipeline. The parent hears from it only when a batch
is finished; which document it is at stands in memory that both share. A worker that dies, or stays
at one document for far longer than the limit, is replaced, and its batch done anew without that
document.
"""

from __future__ import annotations

import math
import multiprocessing
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path
from typing import Self

from geoevents.corpus.batches import Batch
from geoevents.corpus.store import Store
from geoevents.corpus.tables import arrow_tables
from geoevents.corpus.work import Limits, Settings, batch_rows, limit_memory, pipeline_of
from geoevents.errors import GeoeventsError

__all__ = ["Pool"]

_TICK_S = 0.5
_LEAVE_S = 5.0  # What a document may be late before its worker is killed.
_IDLE = -1.0


@dataclass(frozen=True, slots=True)
class _Task:
    """A batch, and its documents that are not to be tried again, with the reason."""

    batch: Batch
    aside: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    at: SynchronizedArray[float]  # the index of the document, and when it was begun
    task: _Task | None = None

    @property
    def index(self) -> int:
        return int(self.at[0])

    def is_late(self, limits: Limits) -> bool:
        is_working = self.task is not None and self.at[0] >= 0
        return is_working and time.monotonic() - self.at[1] > 1.5 * limits.seconds + _LEAVE_S


class Pool:
    """Worker processes that write batches into a store. A context manager: leaving it ends them."""

    def __init__(self, workers: int, *, store: Store, settings: Settings, limits: Limits) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._arguments = (store.folder, settings, limits)
        self._limits = limits
        self._workers = [self._started() for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()
            worker.connection.close()

    def finished(self, batches: Iterable[Batch]) -> Iterator[tuple[int, dict[str, int]]]:
        """Yield the number and the counts of rows of each batch as it is finished, in no order.

        No more batches are read than there are workers. Raises `GeoeventsError` where a worker cannot
        work at all.
        """
        coming = iter(batches)
        for worker in self._workers:
            self._give(worker, next(coming, None))
        while any(worker.task is not None for worker in self._workers):
            for worker in self._ready():
                done = self._received(worker)
                if done is not None:
                    yield done
                    self._give(worker, next(coming, None))

    def _started(self) -> _Worker:
        here, there = self._context.Pipe()
        at: SynchronizedArray[float] = self._context.Array("d", [_IDLE, 0.0])
        process = self._context.Process(target=_serve, args=(there, at, *self._arguments), daemon=True)
        process.start()
        there.close()
        return _Worker(process, here, at)

    def _give(self, worker: _Worker, batch: Batch | None) -> None:
        worker.task = None if batch is None else _Task(batch)
        if worker.task is not None:
            worker.connection.send(worker.task)

    def _ready(self) -> list[_Worker]:
        """Wait a moment, and return the workers that have answered, died or hung."""
        busy = [worker for worker in self._workers if worker.task is not None]
        heard = wait([worker.connection for worker in busy], timeout=_TICK_S)
        answered = [worker for worker in busy if worker.connection in heard]
        return answered or [worker for worker in busy if worker.is_late(self._limits)]

    def _received(self, worker: _Worker) -> tuple[int, dict[str, int]] | None:
        """Return what a worker has finished; replace one that has not, and return `None`."""
        assert worker.task is not None
        if worker.connection.poll():
            try:
                answer = worker.connection.recv()
            except (EOFError, ConnectionError):
                self._replace(worker, None)
                return None
            if isinstance(answer, GeoeventsError):
                raise answer
            return worker.task.batch.number, answer
        self._replace(worker, f"took longer than {self._limits.seconds:g} seconds")
        return None

    def _replace(self, worker: _Worker, reason: str | None) -> None:
        """Put a new process in the place of one that is dead or hangs, and give it the same batch.

        `reason` is why the document that it was at is set aside, by default how the process ended.
        """
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        task, index = worker.task, worker.index
        assert task is not None
        if index < 0 or index in task.aside:
            raise GeoeventsError(f"a worker process ended before its work ({_ending(worker.process)})")
        task.aside[index] = reason or f"ended the process that read it ({_ending(worker.process)})"
        new = self._started()
        worker.process, worker.connection, worker.at = new.process, new.connection, new.at
        worker.connection.send(task)


def _ending(process: SpawnProcess) -> str:
    code = process.exitcode
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


def _serve(
    connection: Connection, at: SynchronizedArray[float], folder: Path, settings: Settings, limits: Limits
) -> None:
    """Work on the batches that come, until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends us
    store = Store(folder)
    try:
        pipeline = pipeline_of(settings)
    except GeoeventsError as error:
        connection.send(error)
        return
    if math.isfinite(limits.memory_bytes):
        limit_memory(limits.memory_bytes)

    def note(index: int) -> None:
        at[0], at[1] = float(index), time.monotonic()

    while True:
        try:
            task: _Task = connection.recv()
        except (EOFError, ConnectionError):
            return
        rows = batch_rows(
            task.batch, pipeline, limits=limits, day=settings.day, aside=task.aside, on_start=note
        )
        at[0] = _IDLE
        counts = store.write(task.batch.number, task.batch.digest, arrow_tables(rows))
        connection.send(counts)
