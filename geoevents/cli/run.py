"""What does `geoevents run` do with its arguments, and what does it say while a corpus is worked on?"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from geoevents.cli.folders import installed_layers
from geoevents.cli.parameters import Bytes, knowledge_options, reading_options, stage_options
from geoevents.cli.progress import ProgressLine
from geoevents.cli.running import count, load_gazetteer, require_countries, say, say_skipped
from geoevents.errors import GeoeventsError, OptionError
from geoevents.geodesy import LatLon

if TYPE_CHECKING:
    from geoevents.corpus import Result, Settings

__all__ = ["run_command"]

_MOST_TOLD = 20  # What cannot be used beyond these is in the table of errors.


@click.command("run")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="CORPUS...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write; one with a run that was stopped is gone on with.",
)
@reading_options
@knowledge_options
@stage_options
@click.option("--workers", type=click.IntRange(1), help="How many processes.  [default: one per core]")
@click.option("--scheduler", metavar="ADDRESS", help="Work on the Dask cluster with this scheduler instead.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Set a document aside that takes longer.",
)
@click.option(
    "--memory-limit",
    type=Bytes(),
    default="2G",
    show_default=True,
    help="Set a document aside for which a process needs more memory than that beside what it starts with.",
)
@click.option(
    "--batch-size",
    type=click.IntRange(1),
    default=250,
    show_default=True,
    metavar="N",
    help="How many documents go to a process at a time, and into one part of each table.",
)
def run_command(
    paths: tuple[str, ...],
    output: Path,
    *,
    day: date | None,
    text_column: str | None,
    id_column: str | None,
    date_column: str | None,
    is_strict: bool,
    gazetteers: tuple[Path, ...],
    countries: tuple[str, ...],
    near: LatLon | None,
    recognizer: str | None,
    resolver: str | None,
    workers: int | None,
    scheduler: str | None,
    time_limit: float,
    memory_limit: int,
    batch_size: int,
) -> None:
    """Analyze a corpus of any size into Parquet tables, a summary page and a map.

    CORPUS is files, folders, globs, tables, archives, addresses, or - for standard input (with
    --text-column a stream of JSON Lines or CSV, which need not end). The folder gets the tables
    documents, places, events, verdicts and errors in parts, stories.parquet (reports of one event
    across documents), duplicates.parquet, conflicts.parquet, summary.html and map.html.

    Stopped or killed at any moment, the same command goes on where it was; the result is the same
    bytes, whatever the number of workers. What cannot be used is named and left out, and the exit
    code is 2.

    \b
    Examples:
      geoevents run reports/ -o output/reports
      geoevents run wire.csv.gz -o output/wire --text-column body --date-column day
      tail -f feed.jsonl | geoevents run - -o output/feed --text-column text --batch-size 50
      geoevents run archive/ -o output/archive --scheduler tcp://10.0.0.5:8786
    """  # noqa: D301 - \b is click's mark for a paragraph to leave as it is
    from geoevents.corpus import Limits, Settings, run_corpus  # late: start-up time
    from geoevents.documents import Columns

    if workers is not None and scheduler is not None:
        raise click.UsageError("give --workers or --scheduler, not both")
    settings = Settings(
        gazetteers=gazetteers,
        layers=installed_layers(),
        countries=countries,
        near=near,
        day=day,
        recognizer=recognizer,
        resolver=resolver,
        batch_size=batch_size,
    )
    bad_rows = _checked(settings, is_strict=is_strict)
    problems = _Problems(output, is_strict=is_strict)
    try:
        with _stoppable(), ProgressLine() as line:
            result = run_corpus(
                paths,
                output,
                settings=settings,
                columns=Columns(text_column, id_column, date_column),
                workers=scheduler or workers,
                limits=Limits(time_limit, memory_bytes=memory_limit),
                on_progress=line.show,
                on_error=lambda error: line.above(lambda: problems.tell(error)),
            )
    except KeyboardInterrupt:
        say("geoevents: stopped; the same command goes on from here")
        raise click.exceptions.Exit(130) from None
    _end(result, bad_rows)


def _events(rows: Mapping[str, int]) -> str:
    """Return how many events the documents tell of, and in how many reports where that is another number."""
    told = count(rows["stories"], "event")
    return told if rows["events"] == rows["stories"] else f"{told} in {count(rows['events'], 'report')}"


def _checked(settings: Settings, *, is_strict: bool) -> int:
    """Name the bad rows of the user's own places, and return how many; the workers read the rest."""
    if not (settings.gazetteers or settings.countries):
        return 0
    gazetteer = load_gazetteer(settings.gazetteers, is_strict=is_strict)
    require_countries(gazetteer, settings.countries)
    return len(gazetteer.problems)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let the system's word to end (SIGTERM) stop a run as Ctrl-C does, so that its processes are ended."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    old = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, old)


class _Problems:
    """Says what could not be used: the first few of it, or the first one and no more."""

    def __init__(self, output: Path, *, is_strict: bool) -> None:
        self._output = output
        self._is_strict = is_strict
        self._told = 0

    def tell(self, error: GeoeventsError) -> None:
        if self._is_strict:
            raise error
        self._told += 1
        if self._told <= _MOST_TOLD:
            say(f"geoevents: {error}")
        elif self._told == _MOST_TOLD + 1:
            say(f"geoevents: what else cannot be used is in {self._output / 'errors'}")


def _end(result: Result, bad_rows: int) -> None:
    """Say what came of it, and leave with the exit code that the run deserves."""
    rows = result.rows
    say_skipped(result.skipped, result.skipped_names)
    if not any(rows.values()):
        raise OptionError("there is no text document in what was named")
    found = [count(rows["documents"], "document"), _events(rows)]
    found.append(count(rows["verdicts"], "checked claim"))
    say(f"{result.folder}: {', '.join(found)}; see {result.folder / 'summary.html'}")
    if rows["errors"] or bad_rows:
        parts = [count(rows["errors"], "input")] if rows["errors"] else []
        parts += [count(bad_rows, "gazetteer row")] if bad_rows else []
        say(f"geoevents: {' and '.join(parts)} not used, {count(rows['documents'], 'document')} analyzed")
        raise click.exceptions.Exit(2)
