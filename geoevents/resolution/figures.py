"""Which place is a point that the text writes in figures? Itself, whatever lies there."""

from __future__ import annotations

from geoevents.model import Candidate, Place, PlaceKind, Resolution, Toponym
from geoevents.notations import point_of

__all__ = ["written_point"]

_REASON = "a point written in figures"


def written_point(toponym: Toponym) -> Resolution | None:
    """Return the resolution of a point in figures, `None` for a name."""
    text = toponym.text
    point = point_of(text) if any(map(str.isdigit, text[:3])) else None
    if point is None:
        return None
    place = Place(
        f"point {point.lat},{point.lon}", text, point=point, kind=PlaceKind.FACILITY, source="the text"
    )
    candidate = Candidate(place, 1.0, reasons=(_REASON,))
    return Resolution(toponym, (candidate,), is_settled=True, reason=_REASON)
