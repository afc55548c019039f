"""How do analyses become pandas frames?

pandas is imported when a frame is asked for: most commands need none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from geoevents.exports.rows import (
    EVENT_COLUMNS,
    PLACE_COLUMNS,
    VERDICT_COLUMNS,
    Row,
    event_rows,
    place_rows,
    verdict_rows,
)
from geoevents.model import Analysis

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["events_frame", "places_frame", "verdicts_frame"]

_WHOLE = ("start", "end", "time_precision", "geo_precision", "ucdp_violence", "ucdp_where_precision")
_REAL = ("lat", "lon", "radius_km", "score", "distance_km", "bearing_deg")
_DAYS = ("date", "date_end")


def places_frame(analyses: Iterable[Analysis] | Analysis) -> pd.DataFrame:
    """Return one row per place name: the columns of `PLACE_COLUMNS`, degrees and kilometers."""
    return _frame(analyses, place_rows, PLACE_COLUMNS)


def events_frame(analyses: Iterable[Analysis] | Analysis) -> pd.DataFrame:
    """Return one row per event: the columns of `EVENT_COLUMNS`; lists stay lists in their cells."""
    return _frame(analyses, event_rows, EVENT_COLUMNS)


def verdicts_frame(analyses: Iterable[Analysis] | Analysis) -> pd.DataFrame:
    """Return one row per claim: the columns of `VERDICT_COLUMNS`, kilometers and degrees."""
    return _frame(analyses, verdict_rows, VERDICT_COLUMNS)


def _frame(
    analyses: Iterable[Analysis] | Analysis,
    rows: Callable[[Analysis], Iterator[Row]],
    columns: tuple[str, ...],
) -> pd.DataFrame:
    import pandas as pd  # late: start-up time

    many = [analyses] if isinstance(analyses, Analysis) else analyses
    frame = pd.DataFrame([row for analysis in many for row in rows(analysis)], columns=list(columns))
    types = dict.fromkeys(_WHOLE, "Int64") | dict.fromkeys(_REAL, "Float64")
    frame = frame.astype({column: kind for column, kind in types.items() if column in columns})
    for column in _DAYS:
        if column in columns:
            frame[column] = pd.to_datetime(frame[column])
    return frame
