"""Which reports, of many documents, tell of the same event?

Works on light records, so that hundreds of thousands fit in memory. Two reports are linked when they agree on
the sort of event, the place, the days and whoever is named. Candidates are looked for only among reports of
the same sort, day and cell of the map, and each is held against the latest few clusters there: the time is near
to linear in the number of reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta

from geoevents.geodesy import LatLon, lie_within
from geoevents.model import Analysis, EventStatus, EventType, Interval, SubType

__all__ = ["Report", "disagreement", "link", "link_by_day", "reports_of"]


@dataclass(frozen=True, slots=True)
class Report:
    """What one document says of one event, as far as linking needs it.

    `start` and `end` are the days that it may have been on, `actors` and `targets` the names of the parties in
    ACLED's manner, `fatalities` the figure given.
    """

    document: str
    event_id: str
    _: KW_ONLY
    type: EventType
    sub_type: SubType
    status: EventStatus = EventStatus.FACTUAL
    start: date | None = None
    end: date | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    place_id: str | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    fatalities: Interval | None = None


def reports_of(analysis: Analysis) -> tuple[Report, ...]:
    """Return the reports of one analyzed document."""
    return tuple(
        Report(
            analysis.document.id,
            event.id,
            type=event.type,
            sub_type=event.sub_type,
            status=event.status,
            start=None if event.date is None else event.date.start,
            end=None if event.date is None else event.date.end,
            lat=None if place is None else place.point.lat,
            lon=None if place is None else place.point.lon,
            radius_km=event.radius_km,
            place_id=None if place is None else place.id,
            actors=tuple(actor.name for actor in event.actors),
            targets=tuple(actor.name for actor in event.targets),
            fatalities=event.fatalities,
        )
        for event in analysis.events
        for place in [None if event.location is None else event.location.place]
    )


# What one reporter calls a clash another calls an attack, and a blast may be told of as a bomb or a shell.
_FAMILIES = {
    EventType.BATTLES: "violence",
    EventType.EXPLOSIONS: "violence",
    EventType.VIOLENCE_AGAINST_CIVILIANS: "violence",
    EventType.PROTESTS: "crowd",
    EventType.RIOTS: "crowd",
}
# Reports of one event differ by a day where one of them was written overnight.
_SLACK = timedelta(days=1)
# Longer ranges than this say too little of when.
_LONGEST_RANGE_DAYS = 7
# Two names of one place, a village and the base beside it, lie so close together, in kilometers.
_CLOSE_KM = 15.0
# A place of a larger extent than this, a province or a country, says too little of where.
_LARGEST_KM = 60.0
_CELL_DEG = 0.5
# How many of the latest clusters of one cell and day a report is held against.
_OPEN = 12

_Key = tuple[str, int, int]


@dataclass(slots=True)
class _Cluster:
    number: int
    sub_types: set[SubType]
    start: date
    end: date
    point: LatLon
    radius_km: float
    place_ids: set[str]
    parties: set[str]
    documents: set[str] = field(default_factory=set)


def link(reports: Iterable[Report]) -> list[int]:
    """Return for each report the number of the event that it tells of; equal numbers mean one event.

    Numbers count from 0 in the order of the reports. What has no day or no place small enough, was planned,
    denied or long ago, or comes from a document that already told of the event under another id, stays alone.

    >>> day = date(2024, 5, 3)
    >>> told = {"type": EventType.EXPLOSIONS, "start": day, "end": day, "lat": 48.4, "lon": 37.8}
    >>> one = Report("a", "a#e1", sub_type=SubType.SHELLING, actors=("Military Forces of Russia",), **told)
    >>> other = Report("b", "b#e4", sub_type=SubType.SHELLING, **told)
    >>> link([one, other, Report("b", "b#e5", sub_type=SubType.AIR_STRIKE, **told)])
    [0, 0, 1]
    """
    linker = _Linker()
    return [linker.number_of(report) for report in reports]


def link_by_day(reports: Iterable[Report]) -> Iterator[int]:
    """Yield what `link` returns, for reports that come in order of their first day.

    Keeps only what reports of the days to come may still be linked to, so that there may be any number of
    them. Reports without a day may come anywhere.
    """
    linker = _Linker()
    for report in reports:
        if report.start is not None:
            linker.forget_before(report.start.toordinal() - 1)
        yield linker.number_of(report)


class _Linker:
    """The clusters that reports may still belong to, by day and then by kind of event and cell of the map."""

    def __init__(self) -> None:
        self._days: dict[int, dict[_Key, list[_Cluster]]] = {}
        self._count = 0
        self._oldest: int | None = None

    def number_of(self, report: Report) -> int:
        """Return the number of the event that a report tells of, a new one where none is known."""
        cluster = _new_cluster(report, self._count)
        home = None if cluster is None else self._home(cluster, report)
        if home is not None:
            _merge(home, report)
            return home.number
        self._count += 1
        if cluster is not None:
            for day, key in _keys(report, spread=0):
                self._days.setdefault(day, {}).setdefault(key, []).append(cluster)
        return self._count - 1

    def forget_before(self, day: int) -> None:
        """Let go of the clusters of the days before one."""
        if day != self._oldest:
            self._oldest = day
            for old in [known for known in self._days if known < day]:
                del self._days[old]

    def _home(self, new: _Cluster, report: Report) -> _Cluster | None:
        """Return the cluster that the report belongs to, the earliest of those that fit."""
        seen: dict[int, _Cluster] = {}
        for day, key in _keys(report, spread=1):
            seen.update((c.number, c) for c in self._days.get(day, {}).get(key, ())[-_OPEN:])
        return next((seen[number] for number in sorted(seen) if _fits(seen[number], new, report)), None)


def _new_cluster(report: Report, number: int) -> _Cluster | None:
    """Return the cluster that a report opens, `None` where it says too little to be linked."""
    if report.start is None or report.end is None or report.lat is None or report.lon is None:
        return None
    if report.status is not EventStatus.FACTUAL or report.type not in _FAMILIES:
        return None
    radius = report.radius_km or 0.0
    if radius > _LARGEST_KM or (report.end - report.start).days > _LONGEST_RANGE_DAYS:
        return None
    return _Cluster(
        number,
        {report.sub_type},
        report.start,
        report.end,
        LatLon(lat=report.lat, lon=report.lon),
        radius,
        {report.place_id} - {None} if report.place_id else set(),
        set(_parties(report)),
        {report.document},
    )


def _parties(report: Report) -> Iterable[str]:
    """Yield the parties that tell reports apart: not "civilians" or forces of nobody in particular."""
    for name in (*report.actors, *report.targets):
        if not name.startswith(("Civilians", "Unidentified", "Protesters", "Rioters", "Infrastructure")):
            yield name


def _keys(report: Report, *, spread: int) -> Iterator[tuple[int, _Key]]:
    """Yield the days, and the cells of the map, that a report may be found under."""
    assert report.start is not None and report.end is not None  # noqa: PT018 - one fact: it is dated
    assert report.lat is not None and report.lon is not None  # noqa: PT018 - one fact: it is placed
    family = _FAMILIES[report.type]
    row, column = int(report.lat // _CELL_DEG), int(report.lon // _CELL_DEG)
    for day in range(report.start.toordinal() - spread, report.end.toordinal() + spread + 1):
        for north in range(-spread, spread + 1):
            for east in range(-spread, spread + 1):
                yield day, (family, row + north, column + east)


def _fits(known: _Cluster, new: _Cluster, report: Report) -> bool:
    if report.document in known.documents:
        return False
    if new.start > known.end + _SLACK or known.start > new.end + _SLACK:
        return False
    if not (known.sub_types & new.sub_types or _may_be_one(known.sub_types, report.sub_type)):
        return False
    if known.parties and new.parties and not known.parties & new.parties:
        return False
    if known.place_ids & new.place_ids:
        return True
    reach = _CLOSE_KM + max(known.radius_km, new.radius_km)
    return lie_within(known.point, new.point, km=reach)


_PLAIN = frozenset({SubType.ATTACK, SubType.ARMED_CLASH, SubType.REMOTE_EXPLOSIVE})
_CROWD = frozenset(
    {
        SubType.PEACEFUL_PROTEST,
        SubType.PROTEST_WITH_INTERVENTION,
        SubType.EXCESSIVE_FORCE,
        SubType.VIOLENT_DEMONSTRATION,
    }
)


def _may_be_one(known: set[SubType], sort: SubType) -> bool:
    """Whether two sorts can be one event told twice: a plain word, or two views of one crowd."""
    if sort in _CROWD and known & _CROWD:
        return True
    return sort in _PLAIN or bool(known & _PLAIN)


def _merge(home: _Cluster, report: Report) -> None:
    home.sub_types.add(report.sub_type)
    home.parties.update(_parties(report))
    home.documents.add(report.document)
    if report.place_id:
        home.place_ids.add(report.place_id)


def disagreement(reports: Sequence[Report]) -> Interval | None:
    """Return from the lowest to the highest number of dead that reports of one event give, if they give any.

    >>> from dataclasses import replace
    >>> report = Report("a", "a#e1", type=EventType.BATTLES, sub_type=SubType.ARMED_CLASH)
    >>> told = [replace(report, fatalities=Interval(low, low)) for low in (12, 9, 15)]
    >>> disagreement(told)
    Interval(low=9, high=15)
    """
    found = [report.fatalities for report in reports if report.fatalities is not None]
    if not found:
        return None
    return Interval(min(i.low for i in found), max(i.high for i in found))
