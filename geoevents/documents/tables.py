"""Which documents are in the rows of a table?

CSV, TSV, JSON Lines and Parquet, read row by row, so that a table may be larger than memory. A bad row
goes to `on_error` with its line, and the rows after it are read.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from geoevents.documents.pages import day_of, require
from geoevents.documents.sources import Source
from geoevents.documents.texts import encoding_of
from geoevents.errors import DocumentError
from geoevents.model import Document

__all__ = ["TABLE_SUFFIXES", "Columns", "read_table"]

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"})
_TEXT_NAMES = ("text", "body", "content", "article", "maintext", "full_text")
_MAX_CELL = 10_000_000  # characters; the longest article is a fiftieth of that
_SAMPLE = 1 << 20
_BATCH = 1_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")

OnError = Callable[[DocumentError], None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; `None` for the usual names.

    Those are text (or body, content, article, maintext, full_text), id, date, title and source. A
    table without an id column names its documents by file and line.
    """

    text: str | None = None
    id: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    id: str | None
    date: str | None
    title: str | None
    source: str | None


def read_table(source: Source, columns: Columns, *, on_error: OnError) -> Iterator[Document]:
    """Yield one document per row.

    Raises `DocumentError` where the table lacks a column that was asked for or has none with a text,
    and `OptionError` for Parquet without pyarrow.
    """
    match source.suffix:
        case ".csv" | ".tsv":
            rows = _delimited(source, columns, on_error)
        case ".parquet":
            rows = _parquet(source, columns)
        case _:
            rows = _json_lines(source, columns, on_error)
    for line, row, found in rows:
        try:
            yield _document(source, line, row, found)
        except DocumentError as error:
            on_error(error)


_Rows = Iterator[tuple[int, Mapping[str, Any], _Found]]


def _chosen(names: list[str], columns: Columns, source: Source) -> _Found:
    for wanted in (columns.text, columns.id, columns.date):
        if wanted is not None and wanted not in names:
            raise DocumentError(f"has no column {wanted!r}, only {_listed(names)}", path=source.name)
    lowered = {name.lower(): name for name in reversed(names)}
    text = columns.text or next((lowered[n] for n in _TEXT_NAMES if n in lowered), None)
    if text is None:
        raise DocumentError(
            f"has no column that is known to hold texts, only {_listed(names)}: name one with --text-column",
            path=source.name,
        )
    return _Found(
        text,
        columns.id or lowered.get("id"),
        columns.date or lowered.get("date"),
        lowered.get("title"),
        lowered.get("source"),
    )


def _listed(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names[:20]) or "nothing"


def _delimited(source: Source, columns: Columns, on_error: OnError) -> _Rows:
    csv.field_size_limit(_MAX_CELL)
    with source.open() as sample:
        encoding = encoding_of(sample.read(_SAMPLE), path=source.name)
    with source.open() as stream:
        name = "utf-8-sig" if encoding == "utf-8" else encoding
        text = io.TextIOWrapper(stream, encoding=name, errors="surrogateescape", newline="")
        reader = csv.reader(text, delimiter="\t" if source.suffix == ".tsv" else ",")
        try:
            header = next(reader, [])
        except csv.Error as error:
            raise DocumentError(f"is no table: {error}", path=source.name, line=1) from None
        found = _chosen(header, columns, source)
        yield from ((line, row, found) for line, row in _cells(reader, header, source, on_error))


def _cells(
    reader: Any, header: list[str], source: Source, on_error: OnError
) -> Iterator[tuple[int, Mapping[str, str]]]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            on_error(DocumentError(f"is no row of a table: {error}", path=source.name, line=line))
            continue
        if len(cells) > len(header):
            message = f"has {len(cells)} cells, more than the {len(header)} of the header"
            on_error(DocumentError(message, path=source.name, line=line))
        elif cells:
            yield line, dict(zip(header, cells, strict=False))


def _json_lines(source: Source, columns: Columns, on_error: OnError) -> _Rows:
    found: _Found | None = None
    with source.open() as stream:
        for line, data in enumerate(_bounded_lines(stream, source, on_error), start=1):
            if not data.strip():
                continue
            try:
                row = json.loads(data)
            except (ValueError, RecursionError) as error:
                on_error(DocumentError(f"is not JSON: {error}", path=source.name, line=line))
                continue
            if not isinstance(row, dict):
                message = f"is not a JSON object but {type(row).__name__}"
                on_error(DocumentError(message, path=source.name, line=line))
                continue
            found = found or _chosen(list(row), columns, source)
            missing = _only(found, row)
            yield line, row, missing


def _only(found: _Found, row: Mapping[str, Any]) -> _Found:
    """Return the columns of the first row without those that this one, of another shape, lacks."""
    return replace(
        found,
        id=found.id if found.id in row else None,
        date=found.date if found.date in row else None,
        title=found.title if found.title in row else None,
        source=found.source if found.source in row else None,
    )


def _bounded_lines(stream: Any, source: Source, on_error: OnError) -> Iterator[bytes]:
    """Yield the lines; one that is too long is told of, and passed over as an empty one."""
    number = 0
    while data := stream.readline(_MAX_CELL):
        number += 1
        if len(data) == _MAX_CELL and not data.endswith(b"\n"):
            message = f"is a line of more than {_MAX_CELL:,} bytes"
            on_error(DocumentError(message, path=source.name, line=number))
            while data and not data.endswith(b"\n"):
                data = stream.readline(_MAX_CELL)
            data = b"\n"
        yield data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data


def _parquet(source: Source, columns: Columns) -> _Rows:
    parquet = require("pyarrow.parquet", for_="Parquet", extra="gis")
    with source.open() as stream:
        try:
            # Parquet is read from its end, which a stream out of an archive has not reached yet.
            table = parquet.ParquetFile(stream if stream.seekable() else io.BytesIO(source.read()))
            found = _chosen(table.schema_arrow.names, columns, source)
            names = [name for name in (found.text, found.id, found.date, found.title, found.source) if name]
            line = 0
            for batch in table.iter_batches(batch_size=_BATCH, columns=names):
                for row in batch.to_pylist():
                    line += 1
                    yield line, row, found
        except (OSError, ValueError) as error:
            if isinstance(error, DocumentError):
                raise
            raise DocumentError(f"is no Parquet file: {str(error)[:200]}", path=source.name) from None


def _document(source: Source, line: int, row: Mapping[str, Any], found: _Found) -> Document:
    text = row.get(found.text)
    if not isinstance(text, str):
        raise DocumentError(f"has no text in {found.text!r}, got {text!r}", path=source.name, line=line)
    if _SURROGATE.search(text):
        raise DocumentError("holds bytes that are no text in its encoding", path=source.name, line=line)
    value = row.get(found.id) if found.id else None
    return Document(
        text,
        f"{source.name}:{line}" if value in (None, "") else str(value),
        published=_day(row.get(found.date), source, line) if found.date else None,
        source=_word(row, found.source),
        title=_word(row, found.title),
    )


def _word(row: Mapping[str, Any], column: str | None) -> str | None:
    value = row.get(column) if column else None
    return value.strip() or None if isinstance(value, str) else None


def _day(value: Any, source: Source, line: int) -> date | None:
    """Return the day of a cell: a date, ISO 8601, 20160619, or the form of mails."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value in (None, ""):
        return value or None
    text = str(value).strip()
    if compact := _YEAR_MONTH_DAY.fullmatch(text):
        text = "-".join(compact.groups())
    found = day_of(text)
    if found is None:
        try:
            found = parsedate_to_datetime(text).date()
        except (ValueError, TypeError, IndexError):
            raise DocumentError(
                f"has the date {value!r}, which is not a day such as 2016-06-19", path=source.name, line=line
            ) from None
    return found
