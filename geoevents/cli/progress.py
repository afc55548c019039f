"""How far is a run, how fast is it, and how long will it take?

At a terminal one line that is written over, elsewhere a line now and then, both to standard error.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from geoevents.corpus import Progress

__all__ = ["ProgressLine", "described", "duration"]

_EVERY_S = 10.0
_BAR = 20
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """Shows the progress of a run. A context manager: leaving it clears the line."""

    def __init__(
        self, *, is_terminal: bool | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._is_terminal = sys.stderr.isatty() if is_terminal is None else is_terminal
        self._clock = clock
        self._begun = self._said = clock()
        self._shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write(_CLEAR)

    def show(self, progress: Progress) -> None:
        """Show how far the run is, elsewhere than at a terminal every ten seconds."""
        now = self._clock()
        text = described(progress, seconds=now - self._begun)
        if self._is_terminal:
            self._shown = f"{_bar(progress.fraction)}{text}"
            self._write(f"{_CLEAR}{self._shown}")
        elif now - self._said >= _EVERY_S:
            self._said = now
            click.echo(text, err=True)

    def above(self, talk: Callable[[], None]) -> None:
        """Let something else be said above the line."""
        self._write(_CLEAR)
        talk()
        self._write(self._shown)

    def _write(self, text: str) -> None:
        if self._is_terminal:
            click.echo(text, nl=False, err=True)


def described(progress: Progress, *, seconds: float) -> str:
    """Return the state of a run in words, after so many seconds of it.

    >>> from geoevents.corpus import Progress
    >>> described(Progress(900, earlier=500, rows={}, fraction=0.5, earlier_fraction=0.25), seconds=60)
    '900 documents, 7/s, 50 %, 2 min left'
    """
    if progress.is_comparing:
        return f"{progress.documents:,} documents; now stories, repeats, conflicts, summary and map"
    rate = (progress.documents - progress.earlier) / seconds if seconds > 0 else 0.0
    parts = [f"{progress.documents:,} documents", f"{rate:,.0f}/s" if rate >= 2 else f"{rate:.1f}/s"]
    errors = progress.rows.get("errors", 0)
    if errors:
        parts.append(f"{errors:,} not used")
    if progress.fraction is not None:
        parts.append(f"{100 * progress.fraction:.0f} %")
        since = progress.fraction - progress.earlier_fraction
        if since > 0:
            parts.append(f"{duration(seconds * (1 - progress.fraction) / since)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return a time as people say it.

    >>> duration(12), duration(3600), duration(200_000)
    ('12 s', '1 h 0 min', '2 d 7 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h"


def _bar(fraction: float | None) -> str:
    if fraction is None:
        return ""
    done = round(_BAR * fraction)
    return f"[{'#' * done}{'.' * (_BAR - done)}] "
