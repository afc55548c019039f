"""How are claims drawn on a still picture: rings, lines, what was measured, what would fit?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path

from geoevents.maps.palette import INK, INK_SOFT, OUTCOMES, PAPER, outcome_of
from geoevents.maps.paper import Paper, rings_on
from geoevents.maps.wording import claim_words, clean, interval_words

__all__ = ["Shaped", "draw_bands", "draw_lines", "name_rings", "write_figures"]

_RINGS_AT_MOST = 2
_CANDIDATES_AT_MOST = 12
_BAND_ALPHA = 0.12
_LINES_AT_MOST = 40

Shaped: TypeAlias = Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
"""The rows of claims, each with its shapes."""


def _open_ended(shaped: Shaped) -> Shaped:
    """Return the claims with one known end, where they are few: rings upon rings say nothing."""
    found = [(row, shapes) for row, shapes in shaped if not shapes.get("line") and shapes.get("center")]
    return found if len(found) <= _RINGS_AT_MOST else []


def _lined(shaped: Shaped) -> Shaped:
    return [(row, shapes) for row, shapes in shaped if shapes.get("line")][:_LINES_AT_MOST]


def draw_bands(paper: Paper, shaped: Shaped) -> None:
    """Draw the ring of each claim with one known end, and the places that the other could be."""
    for row, shapes in _open_ended(shaped):
        _band(paper, row, shapes)
        _candidates(paper, row)


def draw_lines(paper: Paper, shaped: Shaped) -> None:
    """Draw the line between the ends of each claim, and the ends."""
    for row, shapes in _lined(shaped):
        _line(paper, row, shapes)
        _ends(paper, row)


def write_figures(paper: Paper, shaped: Shaped) -> None:
    """Write on each line what was measured and what is claimed."""
    for row, shapes in _lined(shaped):
        _figures(paper, row, shapes)


def name_rings(paper: Paper, shaped: Shaped) -> None:
    """Write on each ring what it means."""
    for row, shapes in _open_ended(shaped):
        known = row.get("reference") if row.get("reference_point") else row.get("subject")
        rings = rings_on(paper, shapes["inner"] or shapes["outer"])
        words = f"{claim_words(row)} from {known}" if known else claim_words(row)
        if rings:
            _name_ring(paper, rings[0], words, outcome_of(row.get("outcome")).color)


def _band(paper: Paper, row: Mapping[str, Any], shapes: Mapping[str, Any]) -> None:
    color = outcome_of(row.get("outcome")).color
    rings = [rings_on(paper, shapes[name]) for name in ("outer", "inner") if shapes[name]]
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for turn, pieces in enumerate(rings):
        for piece in pieces:
            points = piece[::-1] if turn else piece
            vertices += [*points, points[0]]
            codes += [Path.MOVETO, *[Path.LINETO] * (len(points) - 1), Path.CLOSEPOLY]
    if vertices:
        style = {"facecolor": color, "alpha": _BAND_ALPHA, "linewidth": 0, "zorder": 4}
        paper.axes.add_patch(PathPatch(Path(vertices, codes), **style))
    for name in ("inner",) if shapes["is_open"] else ("inner", "outer"):
        for piece in rings_on(paper, shapes[name]):
            paper.axes.plot(
                *zip(*piece, strict=True),
                color=color,
                linewidth=paper.type_pt / 8,
                zorder=5,
                linestyle=(0, (4, 3)),
            )


def _name_ring(paper: Paper, ring: Sequence[tuple[float, float]], text: str, color: str) -> None:
    """Write what a ring means at its first spot with room, from the top down both sides."""
    words, size = clean(text), paper.type_pt * 0.86
    width, height = paper.measure(words, size=size, weight="bold")
    for x, y in sorted(ring, key=lambda at: -at[1])[::4]:
        px, py = paper.pixels(x, y)
        box = (px - width / 2, py - height * 0.6, px + width / 2, py + height * 0.6)
        if paper.is_inside(box) and paper.taken.are_free(box):
            paper.write(words, box, size=size, weight="bold", color=color)
            return


def _candidates(paper: Paper, row: Mapping[str, Any]) -> None:
    """Mark the places that an unnamed reference could be, those nearest to the figure first."""
    edges = [km for km in row.get("claimed_km") or () if km]

    def off(entry: Mapping[str, Any]) -> float:
        return min((abs(km - float(entry["measured_km"][0] or 0)) for km in edges), default=0.0)

    for entry in sorted(row.get("what_if") or (), key=off)[:_CANDIDATES_AT_MOST]:
        at = paper.spot(entry["lon"], entry["lat"])
        if at is None:
            continue
        fits = entry.get("outcome") in {"supported", "consistent"}
        color = OUTCOMES["supported"].color if fits else INK_SOFT
        paper.axes.plot(
            *at, marker="o", markersize=paper.type_pt * 0.5, zorder=6, markeredgewidth=paper.type_pt / 12,
            markerfacecolor=color if fits else PAPER, markeredgecolor=PAPER if fits else color,
        )  # fmt: skip
        px, py = paper.pixels(*at)
        reach = paper.unit * 0.3
        paper.taken.add((px - reach, py - reach, px + reach, py + reach))
        words = f"{entry.get('name')} {interval_words(entry.get('measured_km'))}"
        weight = "bold" if fits else "normal"
        paper.ask(words, at, reach=reach, rank=1 if fits else 2, size=0.78, weight=weight, color=color)


def _line(paper: Paper, row: Mapping[str, Any], shapes: Mapping[str, Any]) -> None:
    outcome = outcome_of(row.get("outcome"))
    for piece in rings_on(paper, shapes["line"]):
        xs, ys = zip(*piece, strict=True)
        paper.axes.plot(xs, ys, color=PAPER, linewidth=paper.type_pt / 2.6, zorder=5, solid_capstyle="butt")
        style: Any = (0, outcome.dash) if outcome.dash else "solid"
        paper.axes.plot(xs, ys, color=outcome.color, linewidth=paper.type_pt / 5, zorder=5, linestyle=style)


def _ends(paper: Paper, row: Mapping[str, Any]) -> None:
    color = outcome_of(row.get("outcome")).color
    for end, is_hollow in (("reference", True), ("subject", False)):
        point = row.get(f"{end}_point")
        at = None if point is None else paper.spot(point[0], point[1])
        if at is None:
            continue
        paper.axes.plot(
            *at, marker="o", markersize=paper.type_pt * 0.55, zorder=6, markeredgewidth=paper.type_pt / 9,
            markerfacecolor=PAPER if is_hollow else color, markeredgecolor=color if is_hollow else PAPER,
        )  # fmt: skip
        px, py = paper.pixels(*at)
        reach = paper.unit * 0.35
        paper.taken.add((px - reach, py - reach, px + reach, py + reach))
        paper.ask(row.get(end) or "", at, reach=reach, rank=0, size=0.86, color=INK)


def _figures(paper: Paper, row: Mapping[str, Any], shapes: Mapping[str, Any]) -> None:
    """Write what was measured and what is claimed in a box on the line, where there is room."""
    pieces = rings_on(paper, shapes["line"])
    if not pieces or row.get("distance_km") is None:
        return
    color = outcome_of(row.get("outcome")).color
    size = paper.type_pt * 0.8
    lines = [f"{row['distance_km']:,.0f} km measured", f"{clean(claim_words(row))} claimed"]
    sizes = [paper.measure(line, size=size, weight="bold") for line in lines]
    width = max(width for width, _ in sizes) + paper.unit
    height = sum(height for _, height in sizes) * 1.3 + paper.unit * 0.7
    path = max(pieces, key=len)
    for share in (0.5, 0.38, 0.62, 0.26, 0.74):
        px, py = paper.pixels(*path[min(len(path) - 1, int(share * len(path)))])
        if len(path) == 2:
            a, b = paper.pixels(*path[0]), paper.pixels(*path[1])
            px, py = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
        box = (px - width / 2, py - height / 2, px + width / 2, py + height / 2)
        if paper.is_inside(box) and paper.taken.are_free(box):
            _pill(paper, box, lines, size=size, color=color)
            return


def _pill(
    paper: Paper, box: tuple[float, float, float, float], lines: Sequence[str], *, size: float, color: str
) -> None:
    left, bottom = paper.kilometers(box[0], box[1])
    right, top = paper.kilometers(box[2], box[3])
    rounding = paper.unit * 0.35 / paper.pixels_per_km
    style = f"round,pad=0,rounding_size={rounding}"
    patch = FancyBboxPatch((left, bottom), right - left, top - bottom, boxstyle=style, zorder=9)
    patch.set(facecolor=PAPER, edgecolor=color, linewidth=paper.type_pt / 10)
    paper.axes.add_patch(patch)
    for share, line, ink in ((0.7, lines[0], INK), (0.3, lines[1], color)):
        at = ((left + right) / 2, bottom + share * (top - bottom))
        paper.axes.text(
            *at, line, ha="center", va="center_baseline", size=size, weight="bold", color=ink, zorder=10
        )
    paper.taken.add(box)
