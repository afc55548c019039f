"""How do analyses become pandas frames?

pandas is imported when a frame is asked for: most commands need none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from geoevents.exports.layers import INTERVAL_COLUMNS, with_types
from geoevents.exports.rows import (
    EVENT_COLUMNS,
    PLACE_COLUMNS,
    VERDICT_COLUMNS,
    Row,
    analyses_of,
    event_rows,
    place_rows,
    verdict_rows,
)
from geoevents.model import Analysis

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["events_frame", "places_frame", "verdicts_frame"]

# Cells that are lists or mappings; all other columns have the types of the flat layers.
_NESTED = INTERVAL_COLUMNS | {
    *("actors", "targets", "attribution", "mentions", "counts"),
    *("paired", "implied", "would_hold"),
}


def places_frame(analyses: Iterable[Analysis] | Analysis) -> pd.DataFrame:
    """Return one row per place name: the columns of `PLACE_COLUMNS`, degrees and kilometers.

    The types of the columns are the same whatever the rows hold, none at all included; what is not known
    is missing (`NA`), and a name that is not settled has no place but a reason.

    >>> from geoevents import analyze
    >>> frame = places_frame(analyze("Shelling hit Toretsk, 20 km south of Kramatorsk."))
    >>> frame[["text", "place_id", "country"]].values.tolist()
    [['Toretsk', 'ua-toretsk', 'UA'], ['Kramatorsk', 'ua-kramatorsk', 'UA']]
    """
    return _frame(analyses, place_rows, PLACE_COLUMNS)


def events_frame(analyses: Iterable[Analysis] | Analysis) -> pd.DataFrame:
    """Return one row per event: the columns of `EVENT_COLUMNS`, degrees, kilometers and days.

    Lists stay lists in their cells, intervals are `[low, high]` with `None` for an open end. The types of
    the columns are the same whatever the rows hold.
    """
    return _frame(analyses, event_rows, EVENT_COLUMNS)


def verdicts_frame(analyses: Iterable[Analysis] | Analysis) -> pd.DataFrame:
    """Return one row per claim: the columns of `VERDICT_COLUMNS`, kilometers, degrees and hours.

    Intervals are `[low, high]` with `None` for an open end. The types of the columns are the same whatever
    the rows hold.
    """
    return _frame(analyses, verdict_rows, VERDICT_COLUMNS)


def _frame(
    analyses: Iterable[Analysis] | Analysis,
    rows: Callable[[Analysis], Iterator[Row]],
    columns: tuple[str, ...],
) -> pd.DataFrame:
    import pandas as pd  # late: start-up time

    cells = [row for analysis in analyses_of(analyses) for row in rows(analysis)]
    frame = pd.DataFrame(cells, columns=list(columns))
    return with_types(frame, nested=_NESTED)
