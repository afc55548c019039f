"""What stands on and around the map of a still picture: scale, locator, title, legend, verdicts, foot?

Cartographers call it the map's furniture.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from geoevents.maps.layout import Layout
from geoevents.maps.palette import (
    INK,
    INK_SOFT,
    LINE,
    OUTCOMES,
    PAPER,
    TYPES,
    outcome_of,
    sign_of,
    verdict_words,
)
from geoevents.maps.paper import Frame, Paper
from geoevents.maps.projections import EqualEarth
from geoevents.maps.sheets import Region
from geoevents.maps.wording import DISCLAIMER, claim_words, clean, credits_line, subtitle

__all__ = [
    "VAGUE",
    "draw_legend",
    "draw_locator",
    "draw_scale",
    "entries_of",
    "length_for",
    "marked",
    "rows_of",
    "write_foot",
    "write_title",
    "write_verdicts",
]

_MILE_KM = 1.609344
VAGUE = 3
_TYPES_AT_MOST = 9
_ENDS = ("subject_point", "reference_point")
_STATUSES = ("claimed", "denied", "planned", "background")

Rows: TypeAlias = list[Mapping[str, Any]]
Entry: TypeAlias = tuple[Any, str, str]
"""What stands in the legend: a sample, words, and how many."""


def rows_of(collection: Mapping[str, Any], layer: str) -> Rows:
    """Return the properties of the features of one layer."""
    return [f["properties"] for f in collection["features"] if f["properties"].get("layer") == layer]


def draw_scale(paper: Paper) -> None:
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


def marked(paper: Paper, collection: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Return the pixels of all that is marked."""
    ends = [row[end] for row in rows_of(collection, "claim") for end in _ENDS if row.get(end)]
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


def draw_locator(
    figure: Figure,
    frame: Frame,
    room: Layout,
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


def write_title(figure: Figure, room: Layout, title: str, collection: Mapping[str, Any]) -> None:
    """Write the title, and under it what the picture is of."""
    size = room.sheet.type_pt
    top = 1 - room.edge_y
    _fitted(figure, room, clean(title), top, size=size * 1.5, weight="bold", color=INK)
    below = top - 1.95 * room.line_y
    _fitted(figure, room, subtitle(collection), below, size=size * 0.86, weight="normal", color=INK_SOFT)


def _fitted(
    figure: Figure, room: Layout, words: str, y: float, *, size: float, weight: str, color: str
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


def entries_of(collection: Mapping[str, Any], type_pt: float) -> list[Entry]:
    """Return the types and outcomes that occur: a sample, words, and how many."""
    claims = rows_of(collection, "claim")
    kinds = Counter[str]()
    for row in rows_of(collection, "event"):
        kinds[str(row.get("type"))] += int(row.get("weight") or 1)
    order = [*(k for k in TYPES if k in kinds), *sorted(k for k in kinds if k not in TYPES)]
    entries: list[Entry] = [
        (_sample(kind, type_pt), clean(kind), f"{kinds[kind]:,}") for kind in order[:_TYPES_AT_MOST]
    ]
    outcomes = Counter(str(row.get("outcome")) for row in claims)
    for key in (key for key in OUTCOMES if outcomes[key]):
        outcome = OUTCOMES[key]
        style: Any = (0, outcome.dash) if outcome.dash else "solid"
        line = Line2D([], [], color=outcome.color, linewidth=type_pt / 5, linestyle=style)
        entries.append((line, outcome.words, f"{outcomes[key]:,}"))
    entries += _fits(type_pt) if any(row.get("what_if") for row in claims) else []
    return entries + _doubts(rows_of(collection, "event"), type_pt)


def _doubts(events: Rows, type_pt: float) -> list[Entry]:
    """Return what hollow signs and dotted rings mean, where there are any."""
    style: dict[str, Any] = {"marker": "o", "linestyle": "none", "markerfacecolor": PAPER}
    hollow = Line2D([], [], markeredgecolor=INK_SOFT, markersize=type_pt * 0.7, **style)
    hollow.set_markeredgewidth(type_pt / 8)
    kinds = [kind for kind in _STATUSES if any(row.get("status") == kind for row in events)]
    entries: list[Entry] = [(hollow, f"Hollow: {' or '.join(kinds)}", "")] if kinds else []
    if any(row.get("geo_precision") == VAGUE for row in events):
        ring = Line2D([], [], color=INK_SOFT, linestyle=(0, (0.2, 2.2)), linewidth=type_pt / 6)
        ring.set_dash_capstyle("round")
        entries.append((ring, "Dotted ring: somewhere in a larger area", ""))
    return entries


def draw_legend(figure: Figure, room: Layout, entries: Sequence[Entry]) -> float:
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


def _fits(type_pt: float) -> list[Entry]:
    good = OUTCOMES["supported"].color
    dots = [(good, good, "Place that would fit the claim"), (PAPER, INK_SOFT, "Place that would not")]
    return [
        (Line2D([], [], marker="o", markersize=type_pt * 0.55, markerfacecolor=face, markeredgecolor=edge, linestyle="none"), words, "")
        for face, edge, words in dots
    ]  # fmt: skip


def write_verdicts(figure: Figure, room: Layout, claims: Rows, top: float) -> None:
    """Write the verdicts beside the map, as many as there is room for: outcome, quote, reason."""
    size = room.sheet.type_pt
    width = 1 - room.edge_x - room.side_left
    bottom = room.map_box[1] + 0.92 * width * room.sheet.width_in / room.sheet.height_in * 0.487
    y = top - 1.6 * room.line_y
    for row in claims:
        outcome, reason = outcome_of(row.get("outcome")), clean(row.get("reason") or "")
        parts = [
            (verdict_words(row), size * 0.92, "bold", outcome.color),
            (f"“{clean(row.get('text') or claim_words(row))}”", size * 0.78, "normal", INK),
            (reason[:1].upper() + reason[1:], size * 0.72, "normal", INK_SOFT),
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


def write_foot(figure: Figure, room: Layout, collection: Mapping[str, Any], *, note: str) -> None:
    """Write the disclaimer and the sources under the map, and `note` where there is one."""
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
