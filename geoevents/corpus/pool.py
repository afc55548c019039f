"""How are batches spread over processes, and what if one of them dies or hangs?

Each worker is a process of its own, with its own pipeline. The parent hears from it only when a batch
is finished; which document it is at stands in memory that both share. A worker that dies is replaced
and its batch done anew, because the system may have killed it for no fault of the document; where that
document ends a second process, or a worker stays at it for far longer than the limit, the batch is done
without it. A worker whose parent dies ends at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path
from typing import Self

from geoevents.corpus.batches import Batch
from geoevents.corpus.limits import Limits, limit_memory
from geoevents.corpus.store import Store
from geoevents.corpus.tables import arrow_tables
from geoevents.corpus.work import Settings, batch_rows, pipeline_of
from geoevents.errors import GeoeventsError, OptionError

__all__ = ["Pool"]

_TICK_S = 0.5
_LEAVE_S = 5.0  # What a document may be late before its worker is killed.
_IDLE = -1.0


_DEATHS = 2  # A document at which so many workers died is set aside.
_PATIENCE = 4  # Workers that die at one batch, at no document, one after the other.


@dataclass(slots=True)
class _Task:
    """A batch, its documents that are not to be tried again with the reason, and where workers died."""

    batch: Batch
    aside: dict[int, str] = field(default_factory=dict)
    deaths: list[int] = field(default_factory=list)

    def note_death(self, index: int, ending: str) -> None:
        """Set the document aside that ends its processes. Raises `OptionError` where it is none of them."""
        self.deaths.append(index)
        if index < 0 or index in self.aside:
            if self.deaths.count(index) >= _PATIENCE:
                raise OptionError(
                    f"the worker processes end before their work ({ending}); a script that starts a run does so"
                    " under `if __name__ == '__main__':`"
                )
        elif self.deaths.count(index) >= _DEATHS:
            self.aside[index] = f"ended the processes that read it ({ending})"


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    at: SynchronizedArray[float]  # the index of the document, and when it was begun
    task: _Task | None = None

    @property
    def index(self) -> int:
        return int(self.at[0])

    def give(self) -> None:
        """Send the task; a process that is gone is noticed by its silence."""
        with suppress(OSError):
            self.connection.send(self.task)

    def is_late(self, limits: Limits) -> bool:
        is_working = self.task is not None and self.at[0] >= 0
        return is_working and time.monotonic() - self.at[1] > 1.5 * limits.seconds + _LEAVE_S


class Pool:
    """Worker processes that write batches into a store. A context manager: leaving it ends them."""

    def __init__(self, workers: int, *, store: Store, settings: Settings, limits: Limits) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._arguments = (store.folder, settings, limits)
        self._limits = limits
        self._size = workers
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        try:
            while len(self._workers) < self._size:
                self._workers.append(self._started())
        except BaseException:  # Ctrl-C among them: whoever was started would outlive what it shares with us
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()
            worker.connection.close()

    def finished(self, batches: Iterable[Batch]) -> Iterator[tuple[int, dict[str, int]]]:
        """Yield the number and the counts of rows of each batch as it is finished, in no order.

        No more batches are read than there are workers, and one. Raises `GeoeventsError` where a worker
        cannot work at all.
        """
        coming = iter(batches)
        ahead: Batch | None = None
        while True:
            for worker in self._workers:
                if worker.task is None and (batch := ahead or next(coming, None)) is not None:
                    ahead = None
                    worker.task = _Task(batch)
                    worker.give()
            if all(worker.task is None for worker in self._workers):
                return
            if ahead is None and all(worker.task is not None for worker in self._workers):
                ahead = next(coming, None)  # read while all are busy, so that nobody waits for it
            yield from self._answers()

    def _started(self) -> _Worker:
        here, there = self._context.Pipe()
        at: SynchronizedArray[float] = self._context.Array("d", [_IDLE, 0.0])
        process = self._context.Process(target=_serve, args=(there, at, *self._arguments), daemon=True)
        try:
            with _deaf():
                process.start()
        except BaseException:  # a signal that came meanwhile is heard here
            if process.pid is not None:
                process.kill()
                process.join()
            raise
        there.close()
        return _Worker(process, here, at)

    def _answers(self) -> Iterator[tuple[int, dict[str, int]]]:
        """Wait a moment, yield what was finished, and replace the workers that have died or hang."""
        busy = [worker for worker in self._workers if worker.task is not None]
        heard = wait([worker.connection for worker in busy], timeout=_TICK_S)
        for worker in busy:
            task = worker.task
            if worker.connection in heard and task is not None:
                answer = self._answer(worker)
                if isinstance(answer, GeoeventsError):
                    raise answer
                if answer is not None:
                    worker.task = None
                    yield task.batch.number, answer
            elif worker.is_late(self._limits):
                self._replace(worker, f"took longer than {self._limits.seconds:g} seconds")

    def _answer(self, worker: _Worker) -> dict[str, int] | GeoeventsError | None:
        """Return what a worker says; replace one that has died, and return `None`."""
        try:
            answer: dict[str, int] | GeoeventsError = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker, None)
            return None
        return answer

    def _replace(self, worker: _Worker, reason: str | None) -> None:
        """Put a new process in the place of one that is dead or hangs, and give it the same batch.

        `reason` is why the document that it was at is set aside, where that is known.
        """
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        task, index = worker.task, worker.index
        assert task is not None
        if reason is None:
            task.note_death(index, _ending(worker.process))
        else:
            task.aside[index] = reason
        new = self._started()
        worker.process, worker.connection, worker.at = new.process, new.connection, new.at
        worker.give()


@contextmanager
def _deaf() -> Iterator[None]:
    """Let what is started under it never hear of Ctrl-C or SIGTERM: the parent does, and ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be kept from hearing it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    store = Store(folder)
    try:
        pipeline = pipeline_of(settings)
    except GeoeventsError as error:
        connection.send(error)
        return
    limit_memory(limits.memory_bytes)

    def note(index: int) -> None:
        at[0], at[1] = float(index), time.monotonic()

    while True:
        try:
            task: _Task = connection.recv()
        except (EOFError, OSError):
            return
        rows = batch_rows(task.batch, pipeline, limits=limits, aside=task.aside, on_start=note)
        at[0] = _IDLE
        try:
            connection.send(store.write(task.batch.number, task.batch.digest, arrow_tables(rows)))
        except GeoeventsError as error:
            connection.send(error)
            return


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
