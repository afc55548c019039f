"""How are events and claims laid on the ground of a still picture, and what stands around it?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle, Wedge
from matplotlib.path import Path
from matplotlib.text import Text

from geoevents.maps.extent import first_view
from geoevents.maps.groups import SINGLE, Group, grouped, radius_of
from geoevents.maps.lettering import missing_words
from geoevents.maps.palette import (
    INK,
    INK_SOFT,
    LINE,
    OUTCOMES,
    PAPER,
    PLACE,
    TYPES,
    gravest_first,
    outcome_of,
    sign_of,
)
from geoevents.maps.paper import Frame, Paper, frame_of, rings_on
from geoevents.maps.projections import EqualEarth
from geoevents.maps.shapes import claim_shapes
from geoevents.maps.sheets import Region
from geoevents.maps.wording import DISCLAIMER, claim_words, clean, credits_line, interval_words, subtitle

if TYPE_CHECKING:
    from geoevents.maps.stills import Sheet

__all__ = ["draw"]

_CIRCLES_AT_MOST = 60
_WIDEST_CIRCLE_KM = 120
_RINGS_AT_MOST = 2
_CANDIDATES_AT_MOST = 12
_BAND_ALPHA = 0.12
_LINES_AT_MOST = 40
_MILE_KM = 1.609344
_VAGUE = 3
_TYPES_AT_MOST = 9
_ENDS = ("subject_point", "reference_point")
_STATUSES = ("claimed", "denied", "planned", "background")

_Rows = list[Mapping[str, Any]]


def draw(collection: Mapping[str, Any], *, title: str, sheet: Sheet, is_svg: bool) -> Figure:
    """Return the finished figure; in an SVG its words get their halos from the style sheet."""
    figure = Figure(figsize=(sheet.width_in, sheet.height_in), dpi=sheet.dpi)
    FigureCanvasAgg(figure)
    entries = _entries(collection, sheet.type_pt)
    room = _Layout(sheet, entries=len(entries))
    axes = figure.add_axes(room.map_box)
    frame = frame_of(first_view(collection), ratio=room.ratio)
    paper = Paper(axes, frame, sheet.type_pt, is_svg=is_svg)
    paper.draw_ground()
    _scale(paper)
    if not sheet.is_wide:
        _locator(figure, frame, room, paper, marks=_marked(paper, collection))
    claims = _rows(collection, "claim")
    shaped = [(row, claim_shapes(row)) for row in claims]
    _bands(paper, shaped)
    _lines(paper, shaped)
    _events(paper, collection)
    _places(paper, collection)
    _figures_on(paper, shaped)
    paper.draw_asked()
    _ring_names(paper, shaped)
    paper.draw_names()
    _title(figure, room, title, collection)
    below = _legend(figure, room, entries)
    if sheet.is_wide:
        _locator(figure, frame, room, None)
        _verdicts(figure, room, gravest_first(claims), below)
    written = [text.get_text() for text in figure.findobj(Text)]
    # An SVG holds text, which its reader draws in fonts of its own.
    _foot(figure, room, collection, note="" if is_svg else missing_words(written, rcParams["font.family"]))
    return figure


class _Layout:
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


def _rows(collection: Mapping[str, Any], layer: str) -> _Rows:
    return [f["properties"] for f in collection["features"] if f["properties"].get("layer") == layer]


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
    if all(row.get("geo_precision") == _VAGUE for row in group.rows):
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


_Shaped = Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]


def _open_ended(shaped: _Shaped) -> _Shaped:
    """Return the claims with one known end, where they are few: rings upon rings say nothing."""
    found = [(row, shapes) for row, shapes in shaped if not shapes.get("line") and shapes.get("center")]
    return found if len(found) <= _RINGS_AT_MOST else []


def _lined(shaped: _Shaped) -> _Shaped:
    return [(row, shapes) for row, shapes in shaped if shapes.get("line")][:_LINES_AT_MOST]


def _bands(paper: Paper, shaped: _Shaped) -> None:
    for row, shapes in _open_ended(shaped):
        _band(paper, row, shapes)
        _candidates(paper, row)


def _lines(paper: Paper, shaped: _Shaped) -> None:
    for row, shapes in _lined(shaped):
        _line(paper, row, shapes)
        _ends(paper, row)


def _figures_on(paper: Paper, shaped: _Shaped) -> None:
    for row, shapes in _lined(shaped):
        _figures(paper, row, shapes)


def _ring_names(paper: Paper, shaped: _Shaped) -> None:
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


def _scale(paper: Paper) -> None:
    """Draw a bar of kilometers and one of miles at the lower left, true at the middle of the map."""
    most_km = paper.frame.width_km * 0.16
    unit = paper.unit
    bars = [(length_for(most_km), 1.0, "km", 1.9), (length_for(most_km / _MILE_KM), _MILE_KM, "mi", 0.8)]
    for value, unit_km, word, up in bars:
        width = value * unit_km * paper.pixels_per_km
        left, level = unit * 0.9, unit * up
        start, end = paper.kilometers(left, level), paper.kilometers(left + width, level)
        paper.axes.plot(
            [start[0], end[0]],
            [start[1], end[1]],
            color=INK,
            linewidth=paper.type_pt / 7,
            zorder=9,
            solid_capstyle="butt",
        )
        label = paper.kilometers(left + width + unit * 0.4, level)
        paper.axes.text(
            *label, f"{value:,g} {word}", va="center_baseline", size=paper.type_pt * 0.72, color=INK, zorder=9
        )
    longest = max(value * unit_km for value, unit_km, *_ in bars) * paper.pixels_per_km
    paper.taken.add((0, 0, unit * 5.2 + longest, unit * 2.8))


def length_for(km: float) -> float:
    """Return the roundest length that is not longer.

    >>> length_for(347.0), length_for(9.4)
    (300.0, 5.0)
    """
    power: float = 10.0 ** math.floor(math.log10(km))
    return next(value * power for value in (5.0, 3.0, 2.0, 1.0) if value * power <= km)


def _marked(paper: Paper, collection: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Return the pixels of all that is marked."""
    ends = [row[end] for row in _rows(collection, "claim") for end in _ENDS if row.get(end)]
    points = [
        feature["geometry"]["coordinates"]
        for feature in collection["features"]
        if feature.get("geometry") is not None and feature["geometry"]["type"] == "Point"
    ]
    spots = [paper.spot(lon, lat) for lon, lat, *_ in [*points, *ends]]
    return [paper.pixels(*at) for at in spots if at is not None]


def _corner(box: Any, width: float, height: float, marks: Sequence[tuple[float, float]]) -> tuple[bool, bool]:
    """Return which corner has the fewest marks: is it at the right, is it at the top?"""

    def inside(corner: tuple[bool, bool]) -> int:
        is_right, is_top = corner
        return sum(
            (x > box.width - width if is_right else x < width)
            and (y > box.height - height if is_top else y < height)
            for x, y in marks
        )

    # The lower left has the scale.
    return min(((True, False), (True, True), (False, True)), key=inside)


def _locator(
    figure: Figure,
    frame: Frame,
    room: _Layout,
    paper: Paper | None,
    *,
    marks: Sequence[tuple[float, float]] = (),
) -> None:
    """Show where on the globe the picture lies, in a small map of the world."""
    if isinstance(frame.projection, EqualEarth):
        return
    sheet = room.sheet
    width = 0.92 * (1 - room.side_left - room.edge_x) if paper is None else 0.3 * room.map_box[2]
    height = width * sheet.width_in / sheet.height_in * 0.487
    left, bottom = room.side_left, room.map_box[1]
    if paper is not None:
        box, edge = paper.axes.bbox, paper.unit
        reach = (box.width * 0.3 + edge, box.width * 0.3 * 0.487 + edge)
        is_right, is_top = _corner(box, *reach, marks)
        left = room.map_box[0] + (
            room.map_box[2] - width - 0.4 * room.line_x if is_right else 0.4 * room.line_x
        )
        bottom += room.map_box[3] - height - 0.4 * room.line_y if is_top else 0.4 * room.line_y
        right, top = (box.width if is_right else reach[0]), (box.height if is_top else reach[1])
        paper.taken.add((right - reach[0], top - reach[1], right, top))
    axes = figure.add_axes((left, bottom, width, height))
    world = Frame(
        projection=EqualEarth(lon=frame.projection.lon), west_km=-17_300, east_km=17_300,
        south_km=-8430, north_km=8430,
        region=_whole(frame.projection.lon),
    )  # fmt: skip
    small = Paper(axes, world, sheet.type_pt * 0.5)
    small.draw_land_only()
    outline = [frame.projection.inverse(x, y) for x, y in _edge(frame)]
    for piece in small.path(outline):
        axes.plot(*zip(*piece, strict=True), color="#c24d00", linewidth=sheet.type_pt / 9, zorder=6)
    middle = small.spot(frame.projection.lon, frame.projection.lat)
    if middle is not None and frame.width_km < 900:
        axes.plot(*middle, marker="o", markersize=sheet.type_pt * 0.3, color="#c24d00", zorder=6)


def _whole(lon: float) -> Region:
    return Region(west=lon - 179.99, south=-90.0, east=lon + 179.99, north=90.0)


def _edge(frame: Frame) -> list[tuple[float, float]]:
    steps = [i / 16 for i in range(17)]
    xs = [frame.west_km + s * frame.width_km for s in steps]
    ys = [frame.south_km + s * (frame.north_km - frame.south_km) for s in steps]
    return [
        *((x, ys[0]) for x in xs), *((xs[-1], y) for y in ys),
        *((x, ys[-1]) for x in reversed(xs)), *((xs[0], y) for y in reversed(ys)),
    ]  # fmt: skip


def _title(figure: Figure, room: _Layout, title: str, collection: Mapping[str, Any]) -> None:
    size = room.sheet.type_pt
    top = 1 - room.edge_y
    _fitted(figure, room, clean(title), top, size=size * 1.5, weight="bold", color=INK)
    below = top - 1.95 * room.line_y
    _fitted(figure, room, subtitle(collection), below, size=size * 0.86, weight="normal", color=INK_SOFT)


def _fitted(
    figure: Figure, room: _Layout, words: str, y: float, *, size: float, weight: str, color: str
) -> None:
    """Write a line, cut where it would leave the sheet."""
    text = figure.text(
        room.edge_x, y, words, va="top", size=size, weight=weight, color=color, parse_math=False
    )
    renderer = figure.canvas.get_renderer()
    most = (1 - 2 * room.edge_x) * figure.bbox.width
    while len(words) > 1 and text.get_window_extent(renderer).width > most:
        words = words[: max(1, int(len(words) * 0.94) - 1)].rstrip() + "…"
        text.set_text(words)


_Entry = tuple[Any, str, str]


def _entries(collection: Mapping[str, Any], type_pt: float) -> list[_Entry]:
    """Return the types and outcomes that occur: a sample, words, and how many."""
    claims = _rows(collection, "claim")
    kinds = Counter[str]()
    for row in _rows(collection, "event"):
        kinds[str(row.get("type"))] += int(row.get("weight") or 1)
    order = [*(k for k in TYPES if k in kinds), *sorted(k for k in kinds if k not in TYPES)]
    entries: list[_Entry] = [
        (_sample(kind, type_pt), clean(kind), f"{kinds[kind]:,}") for kind in order[:_TYPES_AT_MOST]
    ]
    outcomes = Counter(str(row.get("outcome")) for row in claims)
    for key in (key for key in OUTCOMES if outcomes[key]):
        outcome = OUTCOMES[key]
        style: Any = (0, outcome.dash) if outcome.dash else "solid"
        line = Line2D([], [], color=outcome.color, linewidth=type_pt / 5, linestyle=style)
        entries.append((line, outcome.words, f"{outcomes[key]:,}"))
    entries += _fits(type_pt) if any(row.get("what_if") for row in claims) else []
    return entries + _doubts(_rows(collection, "event"), type_pt)


def _doubts(events: _Rows, type_pt: float) -> list[_Entry]:
    """Return what hollow signs and dotted rings mean, where there are any."""
    style: dict[str, Any] = {"marker": "o", "linestyle": "none", "markerfacecolor": PAPER}
    hollow = Line2D([], [], markeredgecolor=INK_SOFT, markersize=type_pt * 0.7, **style)
    hollow.set_markeredgewidth(type_pt / 8)
    kinds = [kind for kind in _STATUSES if any(row.get("status") == kind for row in events)]
    entries: list[_Entry] = [(hollow, f"Hollow: {' or '.join(kinds)}", "")] if kinds else []
    if any(row.get("geo_precision") == _VAGUE for row in events):
        ring = Line2D([], [], color=INK_SOFT, linestyle=(0, (0.2, 2.2)), linewidth=type_pt / 6)
        ring.set_dash_capstyle("round")
        entries.append((ring, "Dotted ring: somewhere in a larger area", ""))
    return entries


def _legend(figure: Figure, room: _Layout, entries: Sequence[_Entry]) -> float:
    """Draw the legend beside or below the map, and return where it ends."""
    if not entries:
        return room.legend_top
    columns = 1 if room.sheet.is_wide else 2
    legend = figure.legend(
        [entry[0] for entry in entries],
        [f"{words} ({count})" if count else words for _, words, count in entries],
        loc="upper left",
        bbox_to_anchor=(room.side_left if room.sheet.is_wide else room.edge_x, room.legend_top),
        frameon=False, fontsize=room.sheet.type_pt * (0.86 if room.sheet.is_wide else 0.92),
        handlelength=1.7, handletextpad=0.6, borderpad=0, borderaxespad=0, labelspacing=0.62,
        columnspacing=1.2, ncols=columns, labelcolor=INK,
    )  # fmt: skip
    return float(legend.get_window_extent(figure.canvas.get_renderer()).y0 / figure.bbox.height)


def _fits(type_pt: float) -> list[_Entry]:
    good = OUTCOMES["supported"].color
    dots = [(good, good, "Place that would fit the claim"), (PAPER, INK_SOFT, "Place that would not")]
    return [
        (Line2D([], [], marker="o", markersize=type_pt * 0.55, markerfacecolor=face, markeredgecolor=edge, linestyle="none"), words, "")
        for face, edge, words in dots
    ]  # fmt: skip


def _verdicts(figure: Figure, room: _Layout, claims: _Rows, top: float) -> None:
    """Write the verdicts beside the map, as many as there is room for: outcome, quote, reason."""
    size = room.sheet.type_pt
    width = 1 - room.edge_x - room.side_left
    bottom = room.map_box[1] + 0.92 * width * room.sheet.width_in / room.sheet.height_in * 0.487
    y = top - 1.6 * room.line_y
    for row in claims:
        outcome = outcome_of(row.get("outcome"))
        parts = [
            (outcome.words, size * 0.92, "bold", outcome.color),
            (f"“{clean(row.get('text') or claim_words(row))}”", size * 0.78, "normal", INK),
            (clean(row.get("reason") or ""), size * 0.72, "normal", INK_SOFT),
        ]
        lines = [
            (line, font, weight, color)
            for words, font, weight, color in parts
            for line in _wrapped(figure, words, font, weight, width * figure.bbox.width)
        ]
        height = sum(font / size * 1.42 for _, font, _, _ in lines) * room.line_y
        if y - height < bottom + room.line_y:
            return
        for line, font, weight, color in lines:
            figure.text(
                room.side_left, y, line, va="top", size=font, weight=weight, color=color, parse_math=False
            )
            y -= font / size * 1.42 * room.line_y
        y -= 0.9 * room.line_y


def _wrapped(figure: Figure, words: str, size: float, weight: str, width: float) -> list[str]:
    """Return words in lines that are no wider than `width` pixels."""
    renderer = figure.canvas.get_renderer()
    font = FontProperties(size=size, weight=weight)
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and renderer.get_text_width_height_descent(joined, font, ismath=False)[0] <= width:
            lines[-1] = joined
        else:
            lines.append(word[:60])
    return lines


def _sample(kind: str, type_pt: float) -> Line2D:
    sign = sign_of(kind)
    size = type_pt * (0.75 if sign.marker != "*" else 1.05)
    return Line2D(
        [], [], marker=sign.marker, markersize=size, color=sign.color, linestyle="none", markeredgewidth=0
    )


def _foot(figure: Figure, room: _Layout, collection: Mapping[str, Any], *, note: str) -> None:
    version = (collection.get("geoevents") or {}).get("version")
    size = room.sheet.type_pt * (0.62 if room.sheet.is_wide else 0.7)
    lines = [DISCLAIMER, f"{credits_line(version)} {note}"]
    pitch = 0.9
    if not room.sheet.is_wide:
        half = DISCLAIMER.index("Nothing")
        lines = [DISCLAIMER[:half], DISCLAIMER[half:], credits_line(version), *([note] if note else [])]
        pitch = 2.7 / len(lines)
    for number, line in enumerate(lines):
        y = room.foot_y - (0.3 + pitch * number) * room.line_y
        _fitted(figure, room, line.strip(), y, size=size, weight="normal", color=INK_SOFT)
    box = room.map_box
    figure.add_artist(Rectangle((box[0], room.foot_y), 1 - 2 * room.edge_x, 0, edgecolor=LINE, linewidth=0.4))
