"""What becomes of one batch of documents, wherever it is worked on?

Each document is read, analyzed and turned into rows within its limits of time and memory; one that
breaks them, or breaks the analysis, is set aside with its reason and costs no other.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import FrameType

from geoevents.corpus.batches import Batch
from geoevents.corpus.tables import Rows, error_row, no_rows, rows_of
from geoevents.documents import Unit, read_unit
from geoevents.errors import GeoeventsError
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import LatLon
from geoevents.model import Analysis, Document
from geoevents.pipeline import Pipeline

__all__ = ["Limits", "Settings", "batch_rows", "document_rows", "limit_memory", "pipeline_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a worker needs to know to build the same pipeline as all others.

    `day` is when texts were written that do not say so themselves.
    """

    gazetteers: tuple[Path, ...] = ()
    layers: tuple[Path, ...] = ()
    countries: tuple[str, ...] = ()
    near: LatLon | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, and bytes of memory beyond what a worker starts with."""

    seconds: float = 60.0
    _: KW_ONLY
    memory_bytes: int = 2 << 30


@lru_cache(maxsize=2)
def pipeline_of(settings: Settings) -> Pipeline:
    """Return the pipeline of some settings, loaded once per process."""
    gazetteer = Gazetteer.load(extra=settings.gazetteers, layers=settings.layers)
    return Pipeline.over(gazetteer, countries=settings.countries, near=settings.near)


def batch_rows(
    batch: Batch,
    analyze: Callable[[Document], Analysis],
    *,
    limits: Limits,
    day: date | None = None,
    aside: Mapping[int, str] = {},
    on_start: Callable[[int], None] = lambda _: None,
) -> Rows:
    """Return what a batch adds to the tables.

    `aside` are the documents that killed a worker before, by index, with the reason; `on_start` is
    told of each document before it is begun.
    """
    rows = no_rows()
    rows["errors"] += [_read_error(problem) for problem in batch.problems]
    for index, unit in enumerate(batch.units):
        on_start(index)
        if index in aside:
            rows["errors"].append(error_row(_name(unit), aside[index], stage="analyze"))
            continue
        for table, more in document_rows(unit, analyze, limits=limits, day=day).items():
            rows[table] += more
    return rows


def document_rows(
    unit: Unit, analyze: Callable[[Document], Analysis], *, limits: Limits, day: date | None = None
) -> Rows:
    """Return what one document adds to the tables, be it its reason for being set aside."""
    try:
        document = read_unit(unit)
    except GeoeventsError as error:
        return no_rows() | {"errors": [_read_error(error)]}
    try:
        with _time_limit(limits.seconds):
            return rows_of(_dated(document, analyze, day))
    except _TooLongError:
        reason = f"took longer than {limits.seconds:g} seconds"
    except MemoryError:
        reason = f"took more than {limits.memory_bytes:,} bytes of memory"
    except Exception as error:  # noqa: BLE001 -- a corpus outlives the one document that breaks a stage
        reason = f"broke the analysis: {type(error).__name__}: {' '.join(str(error).split())[:300]}"
    return no_rows() | {"errors": [error_row(document.id, reason, stage="analyze")]}


def _dated(document: Document, analyze: Callable[[Document], Analysis], day: date | None) -> Analysis:
    analysis = analyze(document)
    if day is None or analysis.timeline.published is not None:
        return analysis
    return analyze(replace(document, published=day))


def _read_error(error: GeoeventsError) -> dict[str, object]:
    path = "" if error.path is None else str(error.path)
    return error_row(path, str(error), stage="read", line=error.line)


def _name(unit: Unit) -> str:
    return unit.id if isinstance(unit, Document) else str(unit)


class _TooLongError(BaseException):
    """Raised into the work on a document; no handler of `Exception` on the way may stop it."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `_TooLongError` after so many seconds; only where signals reach, in a main thread."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    old = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def limit_memory(more_bytes: int) -> None:
    """Let this process take so many bytes more than now; where the system cannot say, do nothing."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + more_bytes
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
