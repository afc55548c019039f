"""Which names fit on paper without touching each other or the marks?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Box", "Boxes", "spots_around"]

Box = tuple[float, float, float, float]
_CELL = 40.0


@dataclass(slots=True)
class Boxes:
    """Rectangles (left, bottom, right, top) that are taken, by the squares of a grid."""

    cells: dict[tuple[int, int], list[Box]] = field(default_factory=lambda: defaultdict(list))

    def add(self, box: Box) -> None:
        """Take a rectangle."""
        for square in _squares(box):
            self.cells[square].append(box)

    def are_free(self, box: Box) -> bool:
        """Say whether nothing that is taken lies under the rectangle."""
        return not any(_touch(box, other) for square in _squares(box) for other in self.cells.get(square, ()))


def spots_around(x: float, y: float, *, reach: float, width: float, height: float) -> Iterator[Box]:
    """Yield where a name may stand beside a mark: right, left, above, below, and aslant."""
    half, gap = height / 2, reach + height * 0.3
    rise = reach + half + height * 0.12
    for left, middle in (
        (x + gap, y), (x - gap - width, y), (x - width / 2, y + rise), (x - width / 2, y - rise),
        (x + gap * 0.7, y + rise), (x + gap * 0.7, y - rise), (x - gap * 0.7 - width, y + rise),
    ):  # fmt: skip
        yield left, middle - half, left + width, middle + half


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    left, bottom, right, top = (int(edge // _CELL) for edge in box)
    for column in range(left, right + 1):
        for line in range(bottom, top + 1):
            yield column, line


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
