"""How is a stream of documents cut into batches that are the same whoever works on them?

A batch is so many documents in the order of the input, or fewer that are long; the first ones are
small, so that a folder of a few hundred files too keeps all workers busy and soon shows how fast it
goes. What could not be read counts as one, so that an input full of faults takes no more memory than
any other. Its number, its documents and so its part of the tables do not depend on the number of
workers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path

from geoevents.documents import Meter, Unit, Unread
from geoevents.errors import DocumentError, GeoeventsError
from geoevents.model import Document

__all__ = ["Batch", "batches", "unit_name"]

_FIRST = 10
_GROWING = 4  # So many batches of a size, then as many of one that is larger by the first one's.
_MAX_CHARACTERS = 4_000_000  # A batch of long documents would not fit beside others in memory.


@dataclass(slots=True)
class Batch:
    """Documents, or files that hold one each, and what could not be read on the way to them.

    `position` is how many bytes of the input are behind us once the batch is done.
    """

    number: int
    units: list[Unit] = field(default_factory=list)
    _: KW_ONLY
    position: int = 0
    _characters: int = field(default=0, repr=False)

    @property
    def digest(self) -> str:
        """What the batch is made of, in short: texts and ids, or paths with their sizes."""
        digest = hashlib.sha256()
        for unit in self.units:
            for part in _parts(unit):
                digest.update(part if isinstance(part, bytes) else part.encode("utf-8", "replace"))
                digest.update(b"\0")
        return digest.hexdigest()

    def is_full(self, size: int) -> bool:
        """Say whether another document belongs to the next batch."""
        return len(self.units) >= size or self._characters >= _MAX_CHARACTERS

    def add(self, unit: Unit) -> None:
        """Take in one more."""
        self.units.append(unit)
        self._characters += _size(unit)

    def packed(self) -> Batch:
        """Return the batch with the bytes of its files, for workers on machines that do not have them."""
        return Batch(self.number, [_packed(unit) for unit in self.units])


def _packed(unit: Unit) -> Unit:
    if not isinstance(unit, Path):
        return unit
    try:
        return Unread.of(unit)
    except DocumentError as error:
        return error


def unit_name(unit: Unit) -> str:
    """Return what a unit is called in the tables."""
    if isinstance(unit, Document):
        return unit.id
    if isinstance(unit, GeoeventsError):
        return "" if unit.path is None else str(unit.path)
    return unit.as_posix() if isinstance(unit, Path) else unit.name


def _parts(unit: Unit) -> tuple[str | bytes, ...]:
    if isinstance(unit, Document):
        return (unit.id, unit.text, str(unit.published), unit.title or "", unit.source or "")
    if isinstance(unit, Unread):
        return (unit.name, unit.data)
    return (unit_name(unit), str(_size(unit)) if isinstance(unit, Path) else str(unit))


def _size(unit: Unit) -> int:
    if isinstance(unit, Document):
        return len(unit.text)
    if isinstance(unit, Unread):
        return len(unit.data)
    try:
        return unit.stat().st_size if isinstance(unit, Path) else 0
    except OSError:  # gone since it was listed: reading it will say so
        return 0


def batches(found: Iterable[Unit], *, size: int, meter: Meter | None = None) -> Iterator[Batch]:
    """Yield the batches of some units in order, reading no further than asked; none is empty."""
    batch = Batch(0)
    for unit in found:
        batch.add(unit)
        if batch.is_full(_room(batch.number, size)):
            yield _placed(batch, meter)
            batch = Batch(batch.number + 1)
    if batch.units:
        yield _placed(batch, meter)


def _room(number: int, size: int) -> int:
    """Return how many documents a batch has room for; it depends on its number and nothing else.

    >>> [_room(number, 25) for number in range(10)]
    [10, 10, 10, 10, 20, 20, 20, 20, 25, 25]
    """
    return min(size, _FIRST * (1 + number // _GROWING))


def _placed(batch: Batch, meter: Meter | None) -> Batch:
    batch.position = 0 if meter is None else meter.done
    return batch
