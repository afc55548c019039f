"""What becomes of one batch of documents, wherever it is worked on?

Each document is read, analyzed and turned into rows within its limits of time and memory; one that
breaks them, or breaks the analysis, is set aside with its reason and costs no other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from geoevents.corpus.batches import Batch, unit_name
from geoevents.corpus.limits import Limits, TooLongError, time_limit
from geoevents.corpus.tables import Rows, error_row, no_rows, rows_of
from geoevents.documents import Unit, read_unit
from geoevents.errors import GeoeventsError
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import LatLon
from geoevents.model import Analysis, Document
from geoevents.pipeline import Pipeline
from geoevents.seams import with_named_stages

__all__ = ["Settings", "batch_rows", "document_rows", "pipeline_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the tables of a run depend on, beside its documents; each worker builds its pipeline from it.

    `gazetteers` and `layers` are files that each worker must be able to read at these paths; `day` is when
    texts were written that do not say so themselves; a part of a table holds the findings of `batch_size`
    documents, the first ones of fewer. `recognizer` and `resolver` name stages of the user's own as
    "package.module:object", which each worker must be able to import. Raises `ValueError` for a batch of none.
    """

    gazetteers: tuple[Path, ...] = ()
    layers: tuple[Path, ...] = ()
    countries: tuple[str, ...] = ()
    near: LatLon | None = None
    day: date | None = None
    recognizer: str | None = None
    resolver: str | None = None
    batch_size: int = 250

    def __post_init__(self) -> None:
        """Check that a batch holds something."""
        if self.batch_size < 1:
            raise ValueError(f"batch_size must be 1 or more, got {self.batch_size!r}")


_LOADING = threading.Lock()


def pipeline_of(settings: Settings) -> Pipeline:
    """Return the pipeline of some settings, loaded once per process however many threads ask."""
    with _LOADING:
        return _loaded(settings)


@lru_cache(maxsize=2)
def _loaded(settings: Settings) -> Pipeline:
    gazetteer = Gazetteer.load(extra=settings.gazetteers, layers=settings.layers)
    pipeline = Pipeline.over(gazetteer, countries=settings.countries, near=settings.near)
    pipeline("Shelling hit Toretsk, 20 km south of Kramatorsk, on Tuesday.")  # loads every table once
    # Named stages come after: they may know nothing of that sentence.
    return with_named_stages(
        replace(pipeline, day=settings.day),
        gazetteer,
        recognizer=settings.recognizer,
        resolver=settings.resolver,
    )


def batch_rows(
    batch: Batch,
    analyze: Callable[[Document], Analysis],
    *,
    limits: Limits,
    aside: Mapping[int, str] = {},
    on_start: Callable[[int], None] = lambda _: None,
) -> Rows:
    """Return what a batch adds to the tables.

    `aside` are the documents that killed a worker before, by index, with the reason; `on_start` is
    told of each document before it is begun.
    """
    rows = no_rows()
    for index, unit in enumerate(batch.units):
        on_start(index)
        if index in aside:
            rows["errors"].append(error_row(unit_name(unit), aside[index], stage="analyze"))
            continue
        for table, more in document_rows(unit, analyze, limits=limits).items():
            rows[table] += more
    return rows


def document_rows(unit: Unit, analyze: Callable[[Document], Analysis], *, limits: Limits) -> Rows:
    """Return what one document adds to the tables, be it its reason for being set aside."""
    if isinstance(unit, GeoeventsError):
        return _aside(unit_name(unit), unit.reason, stage="read", line=unit.line)
    name, stage = unit_name(unit), "read"
    try:
        with time_limit(limits.seconds):
            document = read_unit(unit)
            name, stage = document.id, "analyze"
            return rows_of(analyze(document))
    except TooLongError:
        reason = f"took longer than {limits.seconds:g} seconds"
    except MemoryError:
        reason = f"took more than {limits.memory_bytes:,} bytes of memory"
    except GeoeventsError as error:
        return _aside(name, error.reason, stage=stage, line=error.line)
    except Exception as error:  # noqa: BLE001 -- a corpus outlives the one document that breaks a stage
        reason = f"broke the analysis: {type(error).__name__}: {' '.join(str(error).split())[:300]}"
    return _aside(name, reason, stage=stage)


def _aside(name: str, reason: str, *, stage: str, line: int | None = None) -> Rows:
    return no_rows() | {"errors": [error_row(name, reason, stage=stage, line=line)]}
