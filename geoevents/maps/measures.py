"""How does a verdict look as a picture: claimed and measured interval on one axis, and the bearing?"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle, Wedge
from matplotlib.ticker import MaxNLocator

from geoevents.maps.palette import INK, INK_SOFT, LINE, outcome_of
from geoevents.maps.stills import STYLE
from geoevents.maps.wording import interval_words

__all__ = ["measure_picture", "measure_words"]

_WIDTH_IN, _ROW_IN, _FOOT_IN, _COMPASS_IN = 6.2, 0.3, 0.26, 0.95
_DPI = 200
_TYPE_PT = 9.0
# A place on another continent must not squeeze all others into a corner.
_MARKS_REACH = 2.5
_WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


def measure_words(row: Mapping[str, Any]) -> str:
    """Return what the picture says, for who cannot see it."""
    parts = (
        [f"{_claimed_label(row)} {interval_words(row.get('claimed_km'))}"] if row.get("claimed_km") else []
    )
    parts += [f"measured {interval_words(row.get('measured_km'))}"] if row.get("measured_km") else []
    bearing = row.get("bearing_deg")
    if bearing is not None:
        parts.append(f"bearing {bearing:.0f}° ({_WINDS[round(bearing / 22.5) % 16]})")
        parts += [f"claimed direction {row['direction']}"] if row.get("direction") in _WINDS else []
    return ", ".join(parts)


def measure_picture(row: Mapping[str, Any]) -> bytes | None:
    """Return the picture of one claim as PNG, `None` where it has no figure to draw."""
    color = outcome_of(row.get("outcome")).color
    bars = [
        (label, row[key], alpha)
        for label, key, alpha in ((_claimed_label(row), "claimed_km", 0.5), ("Measured", "measured_km", 1.0))
        if row.get(key)
    ]
    if not bars:
        return None
    bearing = row.get("bearing_deg")
    reach = _MARKS_REACH * max(value for _, interval, _ in bars for value in interval if value is not None)
    marks = [mark for mark in _marks(row) if mark[0] <= reach]
    rows = len(bars) + bool(marks)
    height = max(rows * _ROW_IN + _FOOT_IN, 0.0 if bearing is None else _COMPASS_IN)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(_WIDTH_IN, height), dpi=_DPI)
        FigureCanvasAgg(figure)
        right = 0.0 if bearing is None else _COMPASS_IN / _WIDTH_IN
        body = rows * _ROW_IN / height
        _bars(figure.add_axes((0.13, 1 - body, 0.83 - right, body)), bars, marks, color)
        if bearing is not None:
            share = min(1.0, _COMPASS_IN / height)
            _compass(figure.add_axes((1 - right, 1 - share, right, share)), bearing, row.get("direction"))
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None}, facecolor="white")
    return out.getvalue()


def _claimed_label(row: Mapping[str, Any]) -> str:
    """A time becomes a distance only by what one can go in it."""
    return "In reach" if row.get("duration_h") else "Claimed"


_Mark = tuple[float, str]


def _marks(row: Mapping[str, Any]) -> list[_Mark]:
    """Return how far off each place is that an unnamed end could be, with the color of its fit."""
    good = {"supported", "consistent"}
    return [
        (float(entry["measured_km"][0] or 0), "#00805d" if entry.get("outcome") in good else "#76808a")
        for entry in row.get("what_if") or ()
        if entry.get("measured_km")
    ]


_Bar = tuple[str, Sequence[float | None], float]


def _bars(axes: Axes, bars: Sequence[_Bar], marks: Sequence[_Mark], color: str) -> None:
    low, high = _domain([interval for _, interval, _ in bars], [km for km, _ in marks])
    axes.set_xlim(low, high)
    axes.set_ylim(len(bars) + bool(marks) - 0.5, -0.5)
    span = high - low
    for number, (label, interval, alpha) in enumerate(bars):
        start, end = max(low, interval[0] or 0), interval[1]
        width = max((high if end is None else end) - start, span * 0.008)
        axes.add_patch(
            Rectangle((start, number - 0.28), width, 0.56, color=color, alpha=alpha, linewidth=0, zorder=2)
        )
        if end is None:
            points = [
                (high - span * 0.02, number - 0.28),
                (high, number),
                (high - span * 0.02, number + 0.28),
            ]
            axes.add_patch(Polygon(points, color=color, zorder=3, linewidth=0))
        axes.text(
            low - span * 0.015, number, label, ha="right", va="center_baseline", size=_TYPE_PT, color=INK
        )
    for km, ink in marks:
        if low <= km <= high:
            axes.plot([km, km], [len(bars) - 0.28, len(bars) + 0.28], color=ink, linewidth=2.2, zorder=3)
    if marks:
        axes.text(
            low - span * 0.015,
            len(bars),
            "What if",
            ha="right",
            va="center_baseline",
            size=_TYPE_PT,
            color=INK,
        )
    _axis(axes)


def _axis(axes: Axes) -> None:
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,g} km")
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.tick_params(axis="x", labelsize=_TYPE_PT * 0.85, labelcolor=INK_SOFT, color=LINE, length=2, pad=2)
    axes.set_yticks([])
    axes.grid(visible=True, axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _domain(intervals: Sequence[Sequence[float | None]], marks: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the axis: from zero, or, where all figures lie far off and close, around them."""
    known = [value for interval in intervals for value in interval if value is not None]
    known += marks
    is_open = any(interval[1] is None for interval in intervals)
    least, most = min(known), max(known) * (1.25 if is_open else 1.0)
    is_far = len(known) > 1 and least > most * 0.6
    room = max((most - least) * 0.6, most * 0.06, 0.1) if is_far else most * 0.08 + 0.1
    return (max(0.0, least - room) if is_far else 0.0), most + room


def _compass(axes: Axes, bearing: float, claimed: object) -> None:
    axes.set_xlim(-1.35, 1.35)
    axes.set_ylim(-1.6, 1.15)
    axes.set_aspect("equal")
    axes.axis("off")
    axes.add_patch(Circle((0, 0), 1, facecolor="#f4f6f8", edgecolor=LINE, linewidth=0.8))
    if claimed in _WINDS:
        middle = 90 - _WINDS.index(str(claimed)) * 22.5
        axes.add_patch(Wedge((0, 0), 1, middle - 45, middle + 45, facecolor="#cfe3f0", linewidth=0))
    turn = math.radians(bearing)
    tip, left, right = ((0.86, 0.0), (-0.2, 0.2), (-0.2, -0.2))
    points = [
        (ahead * math.sin(turn) - side * math.cos(turn), ahead * math.cos(turn) + side * math.sin(turn))
        for ahead, side in (tip, left, (-0.05, 0.0), right)
    ]
    axes.add_patch(Polygon(points, facecolor=INK, linewidth=0))
    axes.text(0, 0.9, "N", ha="center", va="top", size=_TYPE_PT * 0.7, color=INK_SOFT)
    axes.text(
        0,
        -1.52,
        f"{bearing:.0f}° {_WINDS[round(bearing / 22.5) % 16]}",
        ha="center",
        va="bottom",
        size=_TYPE_PT * 0.85,
        color=INK_SOFT,
    )
