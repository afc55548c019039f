"""How does a frame of texts become a frame of findings, in pandas, on Dask, or in Spark's workers?

One function takes and gives iterators of pandas frames: `analyze_batches`. It is what Spark's
`mapInPandas` wants; `analyze_frame` calls it for a pandas frame, or for each partition of a Dask frame.
The pipeline is loaded once per process, when its first frame comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from geoevents.corpus.limits import Limits
from geoevents.corpus.tables import TABLES, arrow_tables, no_rows
from geoevents.corpus.work import Settings, document_rows, pipeline_of
from geoevents.documents import Columns
from geoevents.errors import OptionError
from geoevents.model import Document

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["analyze_batches", "analyze_frame"]


def analyze_frame(
    frame: Any,
    *,
    table: str = "events",
    columns: Columns | None = None,
    settings: Settings | None = None,
    limits: Limits | None = None,
) -> Any:
    """Return one table of findings of a frame with a text a row: a pandas frame, or a lazy Dask one.

    `table` is "documents", "places", "events", "verdicts" or "errors", with the columns of a corpus
    run; `columns` says which columns of `frame` hold text, id and day, by default "text", "id" and
    "date". A document without an id is named by its row's label. Raises `OptionError` for a column
    that is not there and a table that is none.
    """
    chosen = _Choice(table, columns or Columns(), settings or Settings(), limits or Limits())
    chosen.check(list(frame.columns))
    if hasattr(frame, "map_partitions"):
        return frame.map_partitions(chosen.analyze, meta=chosen.empty())
    return chosen.analyze(frame)


def analyze_batches(
    frames: Iterable[pd.DataFrame],
    *,
    table: str = "events",
    columns: Columns | None = None,
    settings: Settings | None = None,
    limits: Limits | None = None,
) -> Iterator[pd.DataFrame]:
    """Yield a frame of findings for each frame of texts, as Spark's `mapInPandas` calls it.

    The arguments are those of `analyze_frame`.
    """
    chosen = _Choice(table, columns or Columns(), settings or Settings(), limits or Limits())
    for frame in frames:
        chosen.check(list(frame.columns))
        yield chosen.analyze(frame)


class _Choice:
    """What is asked for; it travels to the workers, which load the pipeline themselves."""

    def __init__(self, table: str, columns: Columns, settings: Settings, limits: Limits) -> None:
        if table not in TABLES:
            raise OptionError(f"table is one of {', '.join(TABLES)}, got {table!r}")
        self._table = table
        self._columns = Columns(columns.text or "text", columns.id, columns.date)
        self._settings = settings
        self._limits = limits

    def check(self, names: list[str]) -> None:
        for wanted in (self._columns.text, self._columns.id, self._columns.date):
            if wanted is not None and wanted not in names:
                raise OptionError(f"the frame has no column {wanted!r}, only {names[:20]!r}")

    def empty(self) -> pd.DataFrame:
        return _frame(no_rows(), self._table)

    def analyze(self, frame: pd.DataFrame) -> pd.DataFrame:
        rows = no_rows()
        pipeline = pipeline_of(self._settings)
        for document in self._documents(frame):
            found = document_rows(document, pipeline, limits=self._limits)
            rows[self._table] += found[self._table]
        return _frame(rows, self._table)

    def _documents(self, frame: pd.DataFrame) -> Iterator[Document]:
        ids = self._columns.id or ("id" if "id" in frame.columns else None)
        days = self._columns.date or ("date" if "date" in frame.columns else None)
        for label, row in zip(frame.index, frame.to_dict("records"), strict=True):
            text = row[self._columns.text]
            name = label if ids is None or row[ids] is None else row[ids]
            yield Document(
                text if isinstance(text, str) else "",
                str(name),
                published=None if days is None else _day(row[days]),
            )


def _day(value: Any) -> date | None:
    """Return the day of a cell; what is none, or missing, is `None`."""
    if isinstance(value, datetime):
        return None if value != value else value.date()  # noqa: PLR0124 -- NaT is the one unlike itself
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _frame(rows: Mapping[str, list[dict[str, object]]], table: str) -> pd.DataFrame:
    import pandas as pd  # late: start-up time

    kinds = {"string": pd.StringDtype(), "int64": pd.Int64Dtype(), "double": pd.Float64Dtype()}
    # Days as objects would leave Dask without a type to write them by.
    made: pd.DataFrame = arrow_tables(rows)[table].to_pandas(
        types_mapper=lambda t: kinds.get(str(t)), date_as_object=False
    )
    return made
