"""How do other schemes code an event: PLOVER, CAMEO, UCDP?

What follows from the sub-type alone is a row of `data/event_codes.csv`; what also hangs on the parties, the
place or the time is a rule below. `None` stands where a scheme has no code for it.
"""

from __future__ import annotations

from functools import lru_cache

from geoevents.model import DateRange, Event, EventType, PlaceKind, SubType
from geoevents.tables import read_rows, table_path

__all__ = [
    "cameo_root",
    "plover_codes",
    "ucdp_date_precision",
    "ucdp_violence",
    "ucdp_where_precision",
]


@lru_cache(maxsize=1)
def _rows() -> dict[SubType, dict[str, str]]:
    return {SubType(row["sub_type"]): row for _, row in read_rows(table_path("event_codes.csv"))}


def plover_codes(event: Event) -> tuple[str | None, str | None]:
    """Return PLOVER's event type and mode ("ASSAULT", "heavy-weapons").

    >>> from geoevents.model import Event, EventType, Span, SubType
    >>> strike = Event("e", Span(0, 6), EventType.EXPLOSIONS, sub_type=SubType.AIR_STRIKE, trigger=Span(0, 6))
    >>> plover_codes(strike), cameo_root(strike)
    (('ASSAULT', 'heavy-weapons'), '19')
    """
    row = _rows()[event.sub_type]
    return row["plover_event"] or None, row["plover_mode"] or None


def cameo_root(event: Event) -> str | None:
    """Return the two digits of CAMEO's root category."""
    return _rows()[event.sub_type]["cameo_root"] or None


_LETHAL = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
_STATE = frozenset({"state forces", "external/other forces"})
_NON_STATE = frozenset({"rebel group", "political militia", "identity militia"})
_UNARMED = frozenset({"civilians", "protesters"})


def ucdp_violence(event: Event) -> int | None:
    """Return UCDP's type of violence: 1 state-based, 2 non-state, 3 one-sided.

    One-sided is violence against civilians, or of which only civilians are named as hit. Of the rest it is
    state-based where a state is one of two armed sides, non-state where both are none; with one side
    unnamed it is undecided (`None`), as is everything that is no violence with arms.
    """
    if event.type not in _LETHAL:
        return None
    doers = {a.kind for a in event.actors}
    hit = {a.kind for a in event.targets}
    if event.type is EventType.VIOLENCE_AGAINST_CIVILIANS or (hit and hit <= _UNARMED):
        return 3 if doers & (_STATE | _NON_STATE) else None
    sides = [a.kind for a in (*event.actors, *event.targets) if a.kind in _STATE | _NON_STATE]
    if len(sides) < 2:
        return None
    return 1 if _STATE & set(sides) else 2


_WHERE = {
    PlaceKind.ADMIN2: 3,
    PlaceKind.ADMIN1: 4,
    PlaceKind.REGION: 5,
    PlaceKind.FRONT: 5,
    PlaceKind.LAND: 5,
    PlaceKind.COUNTRY: 6,
    PlaceKind.CONTINENT: 6,
}


def ucdp_where_precision(event: Event) -> int | None:
    """Return UCDP's precision of where: 1 the point itself to 7 the high seas, `None` without a place.

    2 is near a point, 3 somewhere in a district, 4 in a province, 5 along or inside something without
    borders of an administration, 6 in a country.
    """
    place = None if event.location is None else event.location.place
    if place is None:
        return None
    if place.kind is PlaceKind.WATER:
        return 7 if place.country is None else 5
    if place.kind in _WHERE:
        return _WHERE[place.kind]
    return 1 if event.geo_precision == 1 else 2


def ucdp_date_precision(date: DateRange) -> int:
    """Return UCDP's precision of when: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    days = (date.end - date.start).days + 1
    limits = ((1, 1), (6, 2), (7, 3), (31, 4))
    return next((code for limit, code in limits if days <= limit), 5)
