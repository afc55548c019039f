"""How is a stream of documents cut into batches that are the same whoever works on them?

A batch is so many documents in the order of the input, or fewer that are long; its number, its
documents and so its part of the tables do not depend on the number of workers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geoevents.documents import Columns, Unit, read_unit, units
from geoevents.errors import GeoeventsError
from geoevents.model import Document

__all__ = ["Batch", "batches"]

_MAX_CHARACTERS = 8_000_000  # A batch of long documents would not fit beside others in memory.


@dataclass(slots=True)
class Batch:
    """Documents, or files that hold one each, and what could not be read on the way to them."""

    number: int
    units: list[Unit] = field(default_factory=list)
    problems: list[GeoeventsError] = field(default_factory=list)
    _characters: int = 0

    @property
    def digest(self) -> str:
        """What the batch is made of, in short: texts and ids, or paths with their sizes."""
        digest = hashlib.sha256()
        for unit in self.units:
            for part in _parts(unit):
                digest.update(part.encode("utf-8", "replace") + b"\0")
        for problem in self.problems:
            digest.update(str(problem).encode("utf-8", "replace") + b"\0")
        return digest.hexdigest()

    def is_full(self, size: int) -> bool:
        """Say whether another document belongs to the next batch."""
        return len(self.units) >= size or self._characters >= _MAX_CHARACTERS

    def add(self, unit: Unit) -> None:
        """Take in one more."""
        self.units.append(unit)
        self._characters += len(unit.text) if isinstance(unit, Document) else _size(unit)

    def read(self) -> Batch:
        """Return the batch with its files read here, for workers on machines that do not have them."""
        found: list[Unit] = []
        for unit in self.units:
            try:
                found.append(read_unit(unit))
            except GeoeventsError as error:
                found.append(error)
        return Batch(self.number, found, self.problems)


def _parts(unit: Unit) -> tuple[str, ...]:
    if isinstance(unit, Document):
        return (unit.id, unit.text, str(unit.published), unit.title or "", unit.source or "")
    return (str(unit), str(_size(unit)))


def _size(unit: Unit) -> int:
    if not isinstance(unit, Path):
        return 0
    try:
        return unit.stat().st_size
    except OSError:  # gone since it was listed: reading it will say so
        return 0


def batches(
    paths: Iterable[str | Path],
    *,
    columns: Columns,
    size: int,
) -> Iterator[Batch]:
    """Yield the batches of some paths in order, reading no further than asked; none is empty."""
    problems: list[GeoeventsError] = []
    batch = Batch(0)
    for unit in units(paths, columns=columns, on_error=problems.append):
        batch.problems += problems
        problems.clear()
        batch.add(unit)
        if batch.is_full(size):
            yield batch
            batch = Batch(batch.number + 1)
    batch.problems += problems
    if batch.units or batch.problems:
        yield batch
