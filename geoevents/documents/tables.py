"""Which documents are in the rows of a table?

CSV, TSV, JSON Lines and Parquet, read row by row, so that a table may be larger than memory. A bad row
goes to `on_error` with its line, and the rows after it are read.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import IO, Any

from geoevents.documents.pages import day_of, require
from geoevents.documents.sources import Source, peekable, seekable
from geoevents.documents.texts import encoding_of, marked_encoding
from geoevents.errors import DocumentError
from geoevents.model import Document

__all__ = ["TABLE_SUFFIXES", "Columns", "read_table"]

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"})
_TEXT_NAMES = ("text", "body", "content", "article", "maintext", "full_text")
_MAX_CELL = 10_000_000  # characters; the longest article is a fiftieth of that
_MAX_HEADER = 1_000_000
_MAX_LINE = 20_000_000
_SAMPLE = 1 << 20
_BATCH = 1_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")


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


def read_table(source: Source, columns: Columns) -> Iterator[Document | DocumentError]:
    """Yield one document per row, or what is wrong with it.

    Raises `DocumentError` where the table lacks a column that was asked for or has none with a text,
    and `OptionError` for Parquet without pyarrow.
    """
    match source.suffix:
        case ".csv" | ".tsv":
            rows = _delimited(source, columns)
        case ".parquet":
            rows = _parquet(source, columns)
        case _:
            rows = _json_lines(source, columns)
    for row in rows:
        try:
            if isinstance(row, DocumentError):
                yield row
            else:
                yield from _documents(source, *row)
        except DocumentError as error:
            yield error


_Row = tuple[int, Mapping[str, Any], _Found]


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


def _delimited(source: Source, columns: Columns) -> Iterator[_Row | DocumentError]:
    csv.field_size_limit(_MAX_CELL)
    encoding = _encoding(source)
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")
        try:
            first = text.readline(_MAX_HEADER)
            mark = "\t" if source.suffix == ".tsv" else _mark(first)
            lines = iter(lambda: text.readline(_MAX_LINE), "")
            reader = csv.reader(chain([first], lines), delimiter=mark)
            header = next(reader, [])
        except (csv.Error, UnicodeError) as error:
            raise DocumentError(f"is no table: {error}", path=source.name, line=1) from None
        found = _chosen(header, columns, source)
        for row in _cells(reader, header, source):
            yield row if isinstance(row, DocumentError) else (*row, found)


def _mark(header: str) -> str:
    """Return what separates the columns: a comma, or what spreadsheets write where that is the decimal mark."""
    return max(",;\t", key=header.count)


def _encoding(source: Source) -> str:
    """Return the encoding of a table by its beginning; standard input is looked into, not read."""
    stream = source.open()
    if source.name == "-":
        sample = peekable(stream).peek(1)
    else:
        with stream:
            sample = stream.read(_SAMPLE)
    return marked_encoding(sample) or encoding_of(sample, path=source.name)


def _cells(
    reader: Any, header: list[str], source: Source
) -> Iterator[tuple[int, Mapping[str, str]] | DocumentError]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            yield DocumentError(f"is no row of a table: {error}", path=source.name, line=line)
            continue
        if len(cells) > len(header):
            message = f"has {len(cells)} cells, more than the {len(header)} of the header"
            yield DocumentError(message, path=source.name, line=line)
        elif cells:
            yield line, dict(zip(header, cells, strict=False))


def _json_lines(source: Source, columns: Columns) -> Iterator[_Row | DocumentError]:
    found: _Found | None = None
    with source.open() as stream:
        for line, data in enumerate(_bounded_lines(stream), start=1):
            row = _object(data)
            if isinstance(row, str):
                yield DocumentError(row, path=source.name, line=line)
            elif row is not None:
                found = found or _chosen(list(row), columns, source)
                yield line, row, _only(found, row)


def _object(data: bytes | None) -> Mapping[str, Any] | str | None:
    """Return the JSON object in a line, `None` for an empty line, or what is wrong with it."""
    if data is None:
        return f"is a line of more than {_MAX_CELL:,} bytes"
    if not data.strip():
        return None
    try:
        row = json.loads(data)
    except (ValueError, RecursionError) as error:
        return f"is not JSON: {error}"
    return row if isinstance(row, dict) else f"is not a JSON object but {type(row).__name__}"


def _only(found: _Found, row: Mapping[str, Any]) -> _Found:
    """Return the columns of the first row without those that this one, of another shape, lacks."""
    return replace(
        found,
        id=found.id if found.id in row else None,
        date=found.date if found.date in row else None,
        title=found.title if found.title in row else None,
        source=found.source if found.source in row else None,
    )


def _bounded_lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the lines, `None` for one that is too long."""
    is_first = True
    while data := stream.readline(_MAX_CELL):
        if len(data) == _MAX_CELL and not data.endswith(b"\n"):
            while data and not data.endswith(b"\n"):
                data = stream.readline(_MAX_CELL)
            yield None
        else:
            yield data.removeprefix(b"\xef\xbb\xbf") if is_first else data
        is_first = False


def _parquet(source: Source, columns: Columns) -> Iterator[_Row]:
    parquet = require("pyarrow.parquet", for_="Parquet", extra="gis")
    with seekable(source) as stream:
        try:
            names = parquet.ParquetFile(stream).schema_arrow.names
            found = _chosen(names, columns, source)
            wanted = [name for name in (found.text, found.id, found.date, found.title, found.source) if name]
            # A text that a dictionary holds once stays there once, however many rows repeat it.
            table = parquet.ParquetFile(stream, read_dictionary=wanted)
            line = 0
            for batch in table.iter_batches(batch_size=_BATCH, columns=wanted):
                for cells in zip(*(batch.column(name) for name in wanted), strict=True):
                    line += 1
                    yield line, {n: c.as_py() for n, c in zip(wanted, cells, strict=True)}, found
        except DocumentError:
            raise
        except (OSError, ValueError, NotImplementedError, MemoryError, KeyError, OverflowError) as error:
            reason = " ".join(str(error).split())[:200]
            raise DocumentError(f"is no Parquet file: {reason}", path=source.name) from None


def _documents(
    source: Source, line: int, row: Mapping[str, Any], found: _Found
) -> Iterator[Document | DocumentError]:
    """Yield the document of a row, behind what is wrong with its day: a text is not lost for that."""
    text = row.get(found.text)
    if not isinstance(text, str):
        raise DocumentError(f"has no text in {found.text!r}, got {text!r}", path=source.name, line=line)
    if not text.strip():
        raise DocumentError(f"has an empty text in {found.text!r}", path=source.name, line=line)
    if _SURROGATE.search(text):
        raise DocumentError("holds bytes that are no text in its encoding", path=source.name, line=line)
    value = row.get(found.id) if found.id else None
    written = row.get(found.date) if found.date else None
    day = _day(written)
    if day is None and written not in (None, ""):
        problem = f"has the date {written!r}, which is not a day such as 2016-06-19: read without one"
        yield DocumentError(problem, path=source.name, line=line)
    yield Document(
        text,
        f"{source.name}:{line}" if value in (None, "") else str(value),
        published=day,
        source=_word(row, found.source),
        title=_word(row, found.title),
    )


def _word(row: Mapping[str, Any], column: str | None) -> str | None:
    value = row.get(column) if column else None
    return value.strip() or None if isinstance(value, str) else None


def _day(value: Any) -> date | None:
    """Return the day of a cell: a date, ISO 8601, 20160619, 19.06.2016, or the form of mails; `None` for none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value in (None, ""):
        return value or None
    text = str(value).strip()
    if compact := _YEAR_MONTH_DAY.fullmatch(text):
        text = "-".join(compact.groups())
    elif dotted := _DAY_MONTH_YEAR.match(text):  # with dots the day comes first everywhere; with strokes not
        text = f"{dotted[3]}-{dotted[2]:0>2}-{dotted[1]:0>2}"
    found = day_of(text)
    if found is None:
        try:
            found = parsedate_to_datetime(text).date()
        except (ValueError, TypeError, IndexError):
            return None
    return found
