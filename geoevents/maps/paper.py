"""What does the ground of a still picture look like, and where on it is a point?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Stroke

from geoevents.maps.ground import Path as Points, clipped_ring, ground_of, sheets
from geoevents.maps.palette import BORDER, CITY, COAST, COUNTRY, HATCH, LAND, PAPER, SEA
from geoevents.maps.placing import Boxes, spots_around
from geoevents.maps.projections import EqualEarth, Projection, projection_for
from geoevents.maps.sheets import Region, city_rows, disputed_areas, names, world_sheet
from geoevents.maps.wording import clean

__all__ = ["HALOED", "Frame", "Paper", "frame_of", "rings_on"]

# The mark of words that an SVG gives a halo by its style sheet, where a stroke would make them paths.
HALOED = "haloed"

_MARGIN = 0.13
_SMALLEST_KM = 90.0
_WORLD = Region(west=-168.0, south=-57.0, east=190.0, north=78.0)
# A line longer than this between two points of a path runs off the edge of the world.
_JUMP = 0.5
_SAMPLES = 24
# Which cities are named, by the width of the picture in kilometers.
_POPULATION = (
    (400, 0), (800, 30_000), (1500, 100_000), (3000, 300_000), (6000, 900_000), (12_000, 3_000_000),
)  # fmt: skip
# A country's name may move a little from its roomiest spot.
_AROUND = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, -1), (1, -1), (-1, 1), (0, 2), (0, -2))
_COUNTRY_DEG = 0.055  # a country's name wants this share of the picture's width


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The rectangle of paper that is shown, in kilometers, and the part of the globe under it."""

    projection: Projection
    west_km: float
    south_km: float
    east_km: float
    north_km: float
    region: Region

    @property
    def width_km(self) -> float:
        """How wide the picture is."""
        return self.east_km - self.west_km


def frame_of(view: Region | None, *, ratio: float) -> Frame:
    """Return the frame that shows a view with a margin, in the given ratio of width to height."""
    projection = projection_for(view)
    if isinstance(projection, EqualEarth):
        view = _WORLD if view is None or view.east - view.west > 300 else view
    points = [p for p in (projection.point(*at) for at in _outline(view or _WORLD)) if p is not None]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = max(max(xs) - min(xs), _SMALLEST_KM) * (1 + 2 * _MARGIN)
    height = max(max(ys) - min(ys), _SMALLEST_KM / ratio) * (1 + 2 * _MARGIN)
    width, height = max(width, height * ratio), max(height, width / ratio)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    edges = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return Frame(
        projection=projection,
        west_km=edges[0],
        south_km=edges[1],
        east_km=edges[2],
        north_km=edges[3],
        region=_under(projection, *edges),
    )


def _outline(view: Region) -> list[tuple[float, float]]:
    steps = [i / _SAMPLES for i in range(_SAMPLES + 1)]
    lons = [view.west + share * (view.east - view.west) for share in steps]
    lats = [view.south + share * (view.north - view.south) for share in steps]
    sides = [(lon, lat) for lon in lons for lat in (view.south, view.north)]
    return sides + [(lon, lat) for lat in lats for lon in (view.west, view.east)]


def _under(projection: Projection, west: float, south: float, east: float, north: float) -> Region:
    """Return the part of the globe under a rectangle of paper, with some room around it."""
    if isinstance(projection, EqualEarth):
        return Region(west=projection.lon - 179.99, south=-90.0, east=projection.lon + 179.99, north=90.0)
    xs = [west + i / _SAMPLES * (east - west) for i in range(_SAMPLES + 1)]
    ys = [south + i / _SAMPLES * (north - south) for i in range(_SAMPLES + 1)]
    points = [projection.inverse(x, y) for x in xs for y in ys]
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    lowest, highest = min(lats), max(lats)
    for pole in (-90.0, 90.0):
        at = projection.point(projection.lon, pole)
        if at is not None and west <= at[0] <= east and south <= at[1] <= north:
            lons, lowest, highest = (
                [projection.lon - 179.99, projection.lon + 179.99],
                min(lowest, pole),
                max(highest, pole),
            )
    room = Region(west=min(lons), south=lowest, east=max(lons), north=highest)
    return room.padded(0.03, least_deg=0.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A name that a mark asks for. Names of low rank have the first choice."""

    text: str
    x: float
    y: float
    reach: float
    rank: int
    size: float
    weight: str
    color: str


@dataclass(slots=True)
class Paper:
    """An axes with a frame: draws the ground, finds free spots for names."""

    axes: Axes
    frame: Frame
    type_pt: float
    is_svg: bool = False
    taken: Boxes = field(default_factory=Boxes)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        frame = self.frame
        self.axes.set_xlim(frame.west_km, frame.east_km)
        self.axes.set_ylim(frame.south_km, frame.north_km)
        self.axes.set_facecolor(SEA)
        self.axes.set_xticks([])
        self.axes.set_yticks([])
        for spine in self.axes.spines.values():
            spine.set_linewidth(self.type_pt / 18)
            spine.set_edgecolor("#8a949d")

    @property
    def unit(self) -> float:
        """The type size in pixels."""
        return self.type_pt * float(self.axes.figure.dpi) / 72

    @property
    def pixels_per_km(self) -> float:
        """How many pixels a kilometer takes."""
        return float(self.axes.bbox.width) / float(self.frame.width_km)

    def spot(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Return kilometers on paper, `None` outside the picture."""
        at = self.frame.projection.point(lon, lat)
        frame = self.frame
        if at is None or not (frame.west_km <= at[0] <= frame.east_km):
            return None
        return at if frame.south_km <= at[1] <= frame.north_km else None

    def pixels(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixels of a spot, from the lower left of the map."""
        return (x - self.frame.west_km) * self.pixels_per_km, (y - self.frame.south_km) * self.pixels_per_km

    def kilometers(self, px: float, py: float) -> tuple[float, float]:
        """Return the spot of a pixel."""
        return self.frame.west_km + px / self.pixels_per_km, self.frame.south_km + py / self.pixels_per_km

    def path(self, points: Iterable[Sequence[float]]) -> list[list[tuple[float, float]]]:
        """Return a path on paper, in pieces where it leaves the paper or jumps across the world."""
        pieces: list[list[tuple[float, float]]] = [[]]
        most = _JUMP * max(self.frame.width_km, 20_000.0)
        for lon, lat, *_ in points:
            at = self.frame.projection.point(lon, lat)
            last = pieces[-1]
            if at is None or (last and abs(at[0] - last[-1][0]) > most):
                pieces.append([])
            if at is not None:
                pieces[-1].append(at)
        return [piece for piece in pieces if len(piece) > 1]

    def draw_ground(self) -> None:
        """Draw land, coasts, borders and what is disputed."""
        ground = ground_of(self.frame.region)
        self._fill(ground.land, facecolor=LAND, edgecolor=LAND, linewidth=0.3, zorder=1)
        areas = [ring for area in disputed_areas() for ring in area["rings"]]
        self._fill(
            areas,
            facecolor="none",
            edgecolor=HATCH,
            linewidth=0.0,
            hatch="/" * (4 if self.type_pt > 8 else 7),
            alpha=0.35,
            zorder=2,
        )
        thin = self.type_pt / 14
        self._stroke(ground.coasts, color=COAST, linewidth=0.7 * thin, zorder=3)
        self._stroke(
            ground.borders, color=BORDER, linewidth=0.8 * thin, linestyle=(0, (7, 2, 1.5, 2)), zorder=3
        )
        self._stroke(ground.disputed, color=BORDER, linewidth=0.8 * thin, linestyle=(0, (1.5, 3)), zorder=3)

    def draw_land_only(self) -> None:
        """Draw land and coasts, for a map too small for anything else."""
        land = [ring for _, rings, _, _ in sheets(world_sheet("110m"), "110m") for ring in rings]
        pieces = [
            clipped_ring([(lon + turn, lat) for lon, lat in ring], self.frame.region)
            for ring in land
            for turn in (-360, 0, 360)
        ]
        self._fill(
            [ring for ring in pieces if len(ring) > 2],
            facecolor=LAND,
            edgecolor=COAST,
            linewidth=0.25,
            zorder=1,
        )

    def _fill(self, rings: Iterable[Points], **style: object) -> None:
        vertices: list[tuple[float, float]] = []
        codes: list[int] = []
        for ring in rings:
            for piece in self.path(ring):
                vertices += [*piece, piece[0]]
                codes += [Path.MOVETO, *[Path.LINETO] * (len(piece) - 1), Path.CLOSEPOLY]
        if vertices:
            self.axes.add_patch(PathPatch(Path(vertices, codes), **style))

    def _stroke(self, lines: Iterable[Points], **style: object) -> None:
        pieces = [piece for line in lines for piece in self.path(line)]
        self.axes.add_collection(LineCollection(pieces, capstyle="round", **style), autolim=False)

    def measure(self, text: str, *, size: float, weight: str) -> tuple[float, float]:
        """Return width and height of a text in pixels."""
        renderer: RendererBase = self.axes.figure.canvas.get_renderer()
        font = FontProperties(size=size, weight=weight)
        width, height, _ = renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(width), float(height)

    def ask(
        self, text: object, at: tuple[float, float], *, reach: float, rank: int, size: float, **style: str
    ) -> None:
        """Ask for a name beside a spot; `size` is a share of the type size."""
        words = clean(text)
        if words:
            weight, color = style.get("weight", "bold"), style.get("color", CITY)
            asked = Asked(
                text=words, x=at[0], y=at[1], reach=reach, rank=rank, size=size * self.type_pt,
                weight=weight, color=color,
            )  # fmt: skip
            self.asked.append(asked)

    def draw_asked(self) -> None:
        """Write the names that were asked for; of two at one spot the fuller one."""
        kept: list[Asked] = []
        for asked in sorted(self.asked, key=lambda a: -len(a.text)):
            fuller = next((one for one in kept if self._is_said_by(asked, one)), None)
            if fuller is None:
                kept.append(asked)
            else:
                reach, rank = max(fuller.reach, asked.reach), min(fuller.rank, asked.rank)
                kept[kept.index(fuller)] = replace(fuller, reach=reach, rank=rank)
        for asked in sorted(kept, key=lambda a: a.rank):
            self.name(asked)

    def _is_said_by(self, asked: Asked, fuller: Asked) -> bool:
        is_near = math.hypot(fuller.x - asked.x, fuller.y - asked.y) < 1.2 * self.unit / self.pixels_per_km
        return is_near and fuller.text.startswith(asked.text)

    def name(self, asked: Asked) -> bool:
        """Write a name beside its spot where there is room; says whether there was."""
        width, height = self.measure(asked.text, size=asked.size, weight=asked.weight)
        px, py = self.pixels(asked.x, asked.y)
        for box in spots_around(px, py, reach=asked.reach, width=width, height=height * 1.15):
            if self.is_inside(box) and self.taken.are_free(box):
                self.write(asked.text, box, size=asked.size, weight=asked.weight, color=asked.color)
                return True
        return False

    def is_inside(self, box: tuple[float, float, float, float]) -> bool:
        """Say whether a rectangle of pixels lies within the map."""
        room = self.unit * 0.2
        width, height = float(self.axes.bbox.width), float(self.axes.bbox.height)
        return box[0] > room and box[1] > room and box[2] < width - room and box[3] < height - room

    def write(self, words: str, box: tuple[float, float, float, float], **style: object) -> None:
        """Write words into a rectangle of pixels, and take it."""
        at = self.kilometers(box[0], (box[1] + box[3]) / 2)
        size = float(style.get("size", self.type_pt))  # type: ignore[arg-type] # ours
        place = {"ha": "left", "va": "center_baseline", "parse_math": False, "clip_on": True}
        if not self.is_svg:
            # A stroke of its own below the words: one text with both would no longer be text.
            halo = self.axes.text(*at, words, zorder=8.9, **place, **(style | {"color": PAPER}))
            halo.set_path_effects([Stroke(linewidth=size * 0.24, foreground=PAPER, alpha=0.85)])
        self.axes.text(*at, words, zorder=9, gid=HALOED, **place, **style)
        self.taken.add(box)

    def draw_names(self) -> None:
        """Name countries, then capitals and cities, where there is room."""
        for name, width_deg, places in names()["countries"]:
            self._name_country(name, width_deg, places)
        least = next((people for km, people in _POPULATION if self.frame.width_km <= km), 8_000_000)
        for name, lat, lon, population, is_capital in _capitals_first(city_rows(self.frame.region)):
            at = self.spot(lon, lat)
            if at is None or not (population >= least or (is_capital and self.frame.width_km < 9000)):
                continue
            self._name_city(name, at, is_capital=bool(is_capital))

    def _name_country(self, name: str, width_deg: float, places: Sequence[Sequence[float]]) -> None:
        width_km = width_deg * 111
        if width_km < _COUNTRY_DEG * self.frame.width_km:
            return
        share = width_km / self.frame.width_km
        size = self.type_pt * min(1.0, 0.6 + 0.8 * share)
        words = name.upper()
        width, height = self.measure(words, size=size, weight="bold")
        step = width_km * 0.09 * self.pixels_per_km
        for lon, lat in places:
            at = self.spot(lon, lat)
            if at is None:
                continue
            px, py = self.pixels(*at)
            for dx, dy in _AROUND:
                x, y = px + dx * step, py + dy * step
                box = (x - width / 2, y - height * 0.6, x + width / 2, y + height * 0.6)
                if self.is_inside(box) and self.taken.are_free(box):
                    self.write(words, box, size=size, weight="bold", color=COUNTRY)
                    return

    def _name_city(self, name: str, at: tuple[float, float], *, is_capital: bool) -> None:
        px, py = self.pixels(*at)
        dot = self.unit * 0.16
        if not self.taken.are_free((px - dot, py - dot, px + dot, py + dot)):
            return
        weight = "bold" if is_capital else "normal"
        size = self.type_pt * (0.8 if is_capital else 0.74)
        asked = Asked(
            text=clean(name), x=at[0], y=at[1], reach=dot, rank=9, size=size, weight=weight, color=CITY
        )
        if self.name(asked):
            marker = "s" if is_capital else "o"
            width = self.type_pt * (0.26 if is_capital else 0.22)
            self.axes.plot(*at, marker=marker, markersize=width, color=CITY, markeredgewidth=0, zorder=8)
            self.taken.add((px - dot, py - dot, px + dot, py + dot))


def _capitals_first(rows: list[list[object]]) -> list[tuple[str, float, float, int, int]]:
    ordered = [row for row in rows if row[4]] + [row for row in rows if not row[4]]
    return [(str(a), float(b), float(c), int(d), int(e)) for a, b, c, d, e in ordered]  # type: ignore[arg-type,call-overload]


def rings_on(paper: Paper, flat: Sequence[float]) -> list[list[tuple[float, float]]]:
    """Return a flat list of longitude and latitude as paths on paper."""
    return paper.path(zip(flat[::2], flat[1::2], strict=True))
