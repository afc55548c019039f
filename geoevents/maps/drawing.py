"""How are events and claims laid on the ground of a still picture?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Wedge
from matplotlib.text import Text

from geoevents.maps.claims import draw_bands, draw_lines, name_rings, write_figures
from geoevents.maps.extent import first_view
from geoevents.maps.furniture import (
    VAGUE,
    draw_legend,
    draw_locator,
    draw_scale,
    entries_of,
    marked,
    rows_of,
    write_foot,
    write_title,
    write_verdicts,
)
from geoevents.maps.groups import SINGLE, Group, grouped, radius_of
from geoevents.maps.layout import Layout, Sheet
from geoevents.maps.lettering import missing_words
from geoevents.maps.palette import INK, INK_SOFT, PAPER, PLACE, TYPES, gravest_first, sign_of
from geoevents.maps.paper import Paper, frame_of
from geoevents.maps.shapes import claim_shapes

__all__ = ["draw"]

_CIRCLES_AT_MOST = 60
_WIDEST_CIRCLE_KM = 120


def draw(collection: Mapping[str, Any], *, title: str, sheet: Sheet, is_svg: bool) -> Figure:
    """Return the finished figure; in an SVG its words get their halos from the style sheet."""
    figure = Figure(figsize=(sheet.width_in, sheet.height_in), dpi=sheet.dpi)
    FigureCanvasAgg(figure)
    entries = entries_of(collection, sheet.type_pt)
    room = Layout(sheet, entries=len(entries))
    axes = figure.add_axes(room.map_box)
    frame = frame_of(first_view(collection), ratio=room.ratio)
    paper = Paper(axes, frame, sheet.type_pt, is_svg=is_svg)
    paper.draw_ground()
    draw_scale(paper)
    if not sheet.is_wide:
        draw_locator(figure, frame, room, paper, marks=marked(paper, collection))
    claims = rows_of(collection, "claim")
    shaped = [(row, claim_shapes(row)) for row in claims]
    draw_bands(paper, shaped)
    draw_lines(paper, shaped)
    _events(paper, collection)
    _places(paper, collection)
    write_figures(paper, shaped)
    paper.draw_asked()
    name_rings(paper, shaped)
    paper.draw_names()
    write_title(figure, room, title, collection)
    below = draw_legend(figure, room, entries)
    if sheet.is_wide:
        draw_locator(figure, frame, room, None)
        write_verdicts(figure, room, gravest_first(claims), below)
    written = [text.get_text() for text in figure.findobj(Text)]
    # An SVG holds text, which its reader draws in fonts of its own.
    write_foot(
        figure, room, collection, note="" if is_svg else missing_words(written, rcParams["font.family"])
    )
    return figure


def _events(paper: Paper, collection: Mapping[str, Any]) -> None:
    points = []
    for feature in collection["features"]:
        row, geometry = feature["properties"], feature.get("geometry")
        if row.get("layer") == "event" and geometry is not None and geometry["type"] == "Point":
            at = paper.spot(*geometry["coordinates"][:2])
            if at is not None:
                points.append((*paper.pixels(*at), row))
    if len(points) <= _CIRCLES_AT_MOST:
        for px, py, row in points:
            _uncertainty(paper, px, py, row)
    groups = grouped(points, unit=paper.unit)
    for group in groups:
        _mark(paper, group)
        reach = radius_of(group.count) * paper.unit
        paper.taken.add((group.x - reach, group.y - reach, group.x + reach, group.y + reach))
        if group.name:
            at = paper.kilometers(group.x, group.y)
            paper.ask(group.name, at, reach=reach, rank=0, size=0.86, color=INK)


def _uncertainty(paper: Paper, px: float, py: float, row: Mapping[str, Any]) -> None:
    km = row.get("radius_km") or 0
    color = sign_of(row.get("type")).color
    if 0 < km <= _WIDEST_CIRCLE_KM and km * paper.pixels_per_km > paper.unit * 0.9:
        circle = Circle(paper.kilometers(px, py), km, facecolor=color, alpha=0.06, zorder=4, linewidth=0)
        edge = Circle(paper.kilometers(px, py), km, facecolor="none", edgecolor=color, zorder=4)
        edge.set(linestyle=(0, (2, 3)), linewidth=paper.type_pt / 14)
        paper.axes.add_patch(circle)
        paper.axes.add_patch(edge)


def _mark(paper: Paper, group: Group) -> None:
    at = paper.kilometers(group.x, group.y)
    if all(row.get("geo_precision") == VAGUE for row in group.rows):
        reach = (radius_of(group.count) + 0.3) * paper.unit / paper.pixels_per_km
        ring = Circle(at, reach, facecolor="none", edgecolor=INK_SOFT, zorder=6, linewidth=paper.type_pt / 9)
        ring.set(linestyle=(0, (0.2, 2.2)), capstyle="round")
        paper.axes.add_patch(ring)
    if group.count == 1:
        _single(paper, at, group.rows[0])
    else:
        _ring_of_types(paper, at, group)


def _single(paper: Paper, at: tuple[float, float], row: Mapping[str, Any]) -> None:
    """Filled where it happened by the text's account, hollow where that denies or plans it."""
    sign = sign_of(row.get("type"))
    is_hollow = row.get("status") not in {None, "factual"}
    size = paper.type_pt * (1.5 * SINGLE if sign.marker != "*" else 2.3 * SINGLE)
    paper.axes.plot(
        *at, marker=sign.marker, markersize=size, linestyle="none", zorder=7,
        markerfacecolor=PAPER if is_hollow else sign.color,
        markeredgecolor=sign.color if is_hollow else PAPER,
        markeredgewidth=paper.type_pt / (8 if is_hollow else 15),
    )  # fmt: skip


def _ring_of_types(paper: Paper, at: tuple[float, float], group: Group) -> None:
    reach = radius_of(group.count) * paper.unit / paper.pixels_per_km
    paper.axes.add_patch(
        Circle(at, reach * 1.06, facecolor=PAPER, edgecolor="#9aa3ab", linewidth=0.4, zorder=7)
    )
    angle = 90.0
    order = [*(k for k in TYPES if k in group.kinds), *sorted(k for k in group.kinds if k not in TYPES)]
    for kind in order:
        turn = 360 * group.kinds[kind] / group.count
        wedge = Wedge(
            at, reach, angle - turn, angle, width=reach * 0.22, facecolor=sign_of(kind).color, zorder=7
        )
        wedge.set(linewidth=0.5, edgecolor=PAPER)
        paper.axes.add_patch(wedge)
        angle -= turn
    digits = len(f"{group.count:,}")
    size = paper.type_pt * min(0.8, 2.1 * radius_of(group.count) / max(2, digits))
    paper.axes.text(
        *at,
        f"{group.count:,}",
        ha="center",
        va="center_baseline",
        size=size,
        weight="bold",
        color=INK,
        zorder=8,
    )


_AREAS = frozenset({"continent", "region", "country", "admin1", "admin2", "water", "land", "institution"})
_UNPINNED = frozenset({"institution", "metonym", "demonym", "embedded"})


def _places(paper: Paper, collection: Mapping[str, Any]) -> None:
    """Mark the places that the texts name, one mark each."""
    seen = set()
    for feature in collection["features"]:
        row, geometry = feature["properties"], feature.get("geometry")
        is_pin = row.get("kind") not in _AREAS and row.get("role") not in _UNPINNED
        if row.get("layer") != "place" or geometry is None or not is_pin:
            continue
        lon, lat = geometry["coordinates"][:2]
        at = paper.spot(lon, lat)
        if at is None or (lon, lat) in seen:
            continue
        seen.add((lon, lat))
        px, py = paper.pixels(*at)
        reach = paper.unit * 0.28
        box = (px - reach, py - reach, px + reach, py + reach)
        if paper.taken.are_free(box):
            paper.axes.plot(
                *at,
                marker="o",
                markersize=paper.type_pt * 0.42,
                color=PLACE,
                zorder=6,
                markeredgecolor=PAPER,
                markeredgewidth=paper.type_pt / 16,
            )
            paper.taken.add(box)
            paper.ask(
                row.get("name") or row.get("text") or "", at, reach=reach, rank=3, size=0.82, color=PLACE
            )
