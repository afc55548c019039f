"""What may one document cost, and how is that held in a process, in a thread, in memory?"""

from __future__ import annotations

import ctypes
import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from types import FrameType

__all__ = ["Limits", "TooLongError", "limit_memory", "time_limit"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, and bytes of memory beyond what a worker starts with.

    `memory_bytes` holds in the processes of a run on one machine; on a cluster, its own limit does.
    Raises `ValueError` for a limit that no document could keep.
    """

    seconds: float = 60.0
    _: KW_ONLY
    memory_bytes: float = 2 << 30

    def __post_init__(self) -> None:
        """Check that both are positive."""
        if not self.seconds > 0:
            raise ValueError(f"seconds must be more than 0, got {self.seconds!r}")
        if not self.memory_bytes > 0:
            raise ValueError(f"memory_bytes must be more than 0, got {self.memory_bytes!r}")


class TooLongError(BaseException):
    """Raised into the work on a document; no handler of `Exception` on the way may stop it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooLongError` in what runs under it after so many seconds, at the next step of Python's.

    In a main thread by the clock of the process, which also ends what waits for the system; elsewhere,
    as in the threads of a cluster's worker, by a watch beside it.
    """
    if not math.isfinite(seconds):
        yield
    elif threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        with _alarm(seconds):
            yield
    else:
        with _watch(seconds):
            yield


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    old = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


@contextmanager
def _watch(seconds: float) -> Iterator[None]:
    thread, lock = ctypes.c_ulong(threading.get_ident()), threading.Lock()
    is_over, is_sent, has_arrived = threading.Event(), threading.Event(), False

    def stop() -> None:
        with lock:
            if not is_over.is_set():
                is_sent.set()
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TooLongError))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    except TooLongError:
        has_arrived = True
        raise
    finally:
        with lock:
            is_over.set()
        timer.cancel()
        if is_sent.is_set() and not has_arrived:
            _let_arrive()


def _let_arrive() -> None:
    """Take what was sent and has not arrived, so that it does not arrive in the work that follows.

    Taking it back instead, by an empty one, leaves a mark in CPython 3.11 that makes a traced thread spin.
    """
    with suppress(TooLongError):
        for _ in range(_STEPS):
            time.sleep(_STEP_S)


_STEPS, _STEP_S = 1000, 0.001


def limit_memory(more_bytes: float) -> None:
    """Let this process take so many bytes more than now; where the system cannot say, do nothing."""
    if not math.isfinite(more_bytes):
        return
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + int(more_bytes)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
