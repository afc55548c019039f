"""Which documents do these files and folders hold?

Plain text in any encoding that can be told, web pages, PDF, Word files, mails, tables with a document
a row, and zip and gzip files of these. A document's `id` is its path as the user gave it (with the
path inside an archive behind it), or that of its row.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass
from pathlib import Path

from geoevents.documents.office import read_docx, read_mail, read_pdf
from geoevents.documents.pages import read_page
from geoevents.documents.sources import Meter, Source, file_source, members, uncompressed
from geoevents.documents.tables import TABLE_SUFFIXES, Columns, read_table
from geoevents.documents.texts import decode, headline, is_markup
from geoevents.documents.walking import OnSkip, byte_count, require_some, sources
from geoevents.errors import DocumentError, GeoeventsError, OptionError
from geoevents.model import Document

__all__ = ["Unit", "Unread", "read_documents", "read_unit", "require_some", "total_bytes", "units"]

_TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".rst", ""})
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_ARCHIVE_SUFFIXES = frozenset({".zip", ".gz"})
_WHOLE = {".pdf": read_pdf, ".docx": read_docx, ".eml": read_mail}
_SUFFIXES = _TEXT_SUFFIXES | _PAGE_SUFFIXES | _ARCHIVE_SUFFIXES | TABLE_SUFFIXES | _WHOLE.keys()
_MAX_DEPTH = 3  # a gzipped table in a zip in a zip; deeper nesting is an attack

OnError = Callable[[GeoeventsError], None]


@dataclass(frozen=True, slots=True)
class Unread:
    """The bytes of a file that holds one document, which travel to whoever reads it."""

    name: str
    data: bytes
    _: KW_ONLY
    kind: str | None = None

    @classmethod
    def of(cls, path: Path) -> Unread:
        """Return a file with its bytes. Raises `DocumentError` for one that is gone or too large."""
        source = file_source(path)
        return cls(source.name, source.read())


# A document that had to be read to be found, a file that holds one and is yet to be read (its path, or its
# bytes where it has no path of its own), or why something could not be read.
Unit = Document | Unread | Path | GeoeventsError


def read_documents(
    paths: Iterable[str | Path] | str | Path,
    *,
    columns: Columns | None = None,
    on_error: OnError | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[Document]:
    """Yield the documents of files, folders, globs and addresses, lazily and in order; folders by path.

    `columns` says which columns of tables hold what. In folders, files of kinds that are not known
    and hidden files are left out, and `on_skip` is told of the former; a file named outright is read
    whatever its name, as plain text where it is of no kind that is known. "-" is standard input: a text,
    or where `columns` names the column of texts, a table. An address beginning with https:// is fetched
    because the user typed it, nothing else is. What cannot be read goes to `on_error`, and the rest goes
    on; without `on_error` it raises `DocumentError` or `MissingFileError`. A format whose library is not
    installed raises `OptionError`, or goes to `on_error` likewise.
    """
    tell = on_error or _raise
    chosen = columns or Columns()
    named = [paths] if isinstance(paths, str | Path) else paths
    for source in sources(named, columns=chosen, known=_SUFFIXES, on_skip=on_skip):
        for piece in _pieces(source, chosen):
            try:
                if isinstance(piece, GeoeventsError):
                    raise piece
                yield piece if isinstance(piece, Document) else _document(piece)
            except GeoeventsError as error:
                tell(error)


def units(
    paths: Iterable[str | Path],
    *,
    columns: Columns | None = None,
    on_skip: OnSkip | None = None,
    meter: Meter | None = None,
    without: Path | None = None,
) -> Iterator[Unit]:
    """Yield what `read_documents` would, but files that hold one document each unread.

    Whoever works on many documents side by side can so read each where it is worked on, by `read_unit`.
    What could not be read comes as an error in its place, so that any number of them takes no memory.
    `meter` is told how many bytes were read, or passed on unread. Files in the folder `without` are none.
    """
    chosen = columns or Columns()
    found = sources(paths, columns=chosen, known=_SUFFIXES, on_skip=on_skip, meter=meter, without=without)
    for source in found:
        for piece in _pieces(source, chosen):
            yield _unread(piece) if isinstance(piece, Source) else piece


def read_unit(unit: Unit) -> Document:
    """Return the document of a unit. Raises `DocumentError` and `OptionError`."""
    if isinstance(unit, GeoeventsError):
        raise unit
    if isinstance(unit, Document):
        return unit
    if isinstance(unit, Path):
        return _document(file_source(unit))
    return _document(Source(unit.name, lambda: io.BytesIO(unit.data), kind=unit.kind))


def total_bytes(paths: Iterable[str | Path], *, without: Path | None = None) -> int | None:
    """Return how many bytes `units` will find under some paths, `None` where nobody can know."""
    return byte_count(paths, known=_SUFFIXES, without=without)


def _raise(error: GeoeventsError) -> None:
    raise error


def _unread(source: Source) -> Unit:
    if source.path is not None and source.path.is_file():
        return source.path
    try:
        return Unread(source.name, source.read(), kind=source.kind)
    except DocumentError as error:
        return error


def _pieces(
    source: Source | GeoeventsError, columns: Columns
) -> Iterator[Source | Document | GeoeventsError]:
    """Yield what a source holds: the rows of a table, each file in an archive, or the one file that it is."""
    if isinstance(source, GeoeventsError):
        yield source
        return
    try:
        if source.suffix in TABLE_SUFFIXES:
            yield from read_table(source, columns)
        elif source.suffix not in _ARCHIVE_SUFFIXES:
            yield source
        elif source.depth >= _MAX_DEPTH:
            yield DocumentError(f"lies in more than {_MAX_DEPTH} archives", path=source.name)
        else:
            for member in [uncompressed(source)] if source.suffix == ".gz" else members(source):
                if isinstance(member, GeoeventsError) or source.suffix == ".gz" or member.suffix in _SUFFIXES:
                    yield from _pieces(member, columns)
    except (DocumentError, OptionError) as error:
        yield error
    except OSError as error:
        yield DocumentError(f"cannot be read ({(error.strerror or str(error)).lower()})", path=source.name)


def _document(source: Source) -> Document:
    """Return the document that a source is. Raises `DocumentError` and `OptionError`."""
    if source.suffix in _WHOLE:
        return _WHOLE[source.suffix](source)
    if source.suffix in _PAGE_SUFFIXES:
        return read_page(source)
    data = source.read()
    if is_markup(data) and source.suffix not in _TEXT_SUFFIXES - {""}:
        return read_page(source)
    text = decode(data, path=source.name)
    return Document(text, id=source.name, title=headline(text))
