"""Where on the sheet of a still picture do title, map, legend, locator and foot stand?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["SHEETS", "Layout", "Sheet", "Size"]


class Size(StrEnum):
    """For what a still picture is made: a slide of 16 to 9, a page's width, or a column of print."""

    SLIDE = "slide"
    PAGE = "page"
    COLUMN = "column"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The measures of a picture: inches, dots per inch, the type size in points, legend at the side?"""

    width_in: float
    height_in: float
    dpi: int
    type_pt: float
    is_wide: bool


SHEETS = {
    Size.SLIDE: Sheet(width_in=13.333, height_in=7.5, dpi=150, type_pt=12.0, is_wide=True),
    Size.PAGE: Sheet(width_in=6.5, height_in=4.3, dpi=220, type_pt=6.4, is_wide=True),
    Size.COLUMN: Sheet(width_in=3.5, height_in=4.1, dpi=300, type_pt=5.8, is_wide=False),
}


class Layout:
    """Where on the sheet title, map, legend, locator and foot stand, as shares of it."""

    def __init__(self, sheet: Sheet, *, entries: int) -> None:
        self.sheet = sheet
        point_x, point_y = 1 / (72 * sheet.width_in), 1 / (72 * sheet.height_in)
        size = sheet.type_pt
        self.edge_x, self.edge_y = 1.1 * size * point_x, 0.9 * size * point_y
        self.line_y = size * point_y
        self.line_x = size * point_x
        head, foot = 4.0 * self.line_y, (2.6 if sheet.is_wide else 3.2) * self.line_y
        side = 22.5 * self.line_x if sheet.is_wide else 0.0
        below = 0.0 if sheet.is_wide else (1.2 + 1.55 * math.ceil(entries / 2)) * self.line_y
        bottom = foot + below + self.edge_y * 0.4
        width = 1 - 2 * self.edge_x - side
        self.map_box = (self.edge_x, bottom, width, 1 - bottom - head - self.edge_y * 0.3)
        self.side_left = self.edge_x + width + 1.2 * self.line_x
        self.foot_y, self.legend_top = foot, (1 - head if sheet.is_wide else bottom - 0.8 * self.line_y)

    @property
    def ratio(self) -> float:
        """Width of the map by its height."""
        return (self.map_box[2] * self.sheet.width_in) / (self.map_box[3] * self.sheet.height_in)
