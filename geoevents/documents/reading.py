"""Which documents do these files and folders hold?

Plain text in any encoding that can be told, web pages, PDF, Word files, mails, tables with a document
a row, and zip and gzip files of these. A document's `id` is its path as the user gave it (with the
path inside an archive behind it), or that of its row.
"""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geoevents.documents.addresses import fetched, is_address
from geoevents.documents.office import read_docx, read_mail, read_pdf
from geoevents.documents.pages import read_page
from geoevents.documents.sources import Source, file_source, members, uncompressed
from geoevents.documents.tables import TABLE_SUFFIXES, Columns, read_table
from geoevents.documents.texts import decode, headline, is_markup
from geoevents.errors import DocumentError, GeoeventsError, MissingFileError, OptionError
from geoevents.model import Document

__all__ = ["Unit", "read_documents", "read_unit", "units"]

_TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".rst", ""})
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_ARCHIVE_SUFFIXES = frozenset({".zip", ".gz"})
_WHOLE = {".pdf": read_pdf, ".docx": read_docx, ".eml": read_mail}
_SUFFIXES = _TEXT_SUFFIXES | _PAGE_SUFFIXES | _ARCHIVE_SUFFIXES | TABLE_SUFFIXES | _WHOLE.keys()
_MAX_DEPTH = 3  # a gzipped table in a zip in a zip; deeper nesting is an attack

OnError = Callable[[GeoeventsError], None]
OnSkip = Callable[[Path], None]


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
    whatever its name, as plain text where it is of no kind that is known. "-" is standard input. An
    address beginning with https:// is fetched because the user typed it, nothing else is. What cannot
    be read goes to `on_error`, and the rest goes on; without `on_error` it raises `DocumentError` or
    `MissingFileError`. A format whose library is not installed raises `OptionError`, or goes to
    `on_error` likewise.
    """
    tell = on_error or _raise
    reader = _Reader(columns or Columns(), tell)
    for source in _sources([paths] if isinstance(paths, str | Path) else paths, tell, on_skip):
        yield from reader.documents(source)


# A document that had to be read to be found, the path of a file that holds one and is yet to be read, or
# why such a file could not be.
Unit = Document | Path | GeoeventsError


def units(
    paths: Iterable[str | Path],
    *,
    columns: Columns | None = None,
    on_error: OnError,
    on_skip: OnSkip | None = None,
) -> Iterator[Unit]:
    """Yield what `read_documents` would, but files that hold one document each as their paths.

    Whoever works on many documents side by side can so read each where it is worked on, by `read_unit`.
    """
    reader = _Reader(columns or Columns(), on_error)
    for source in _sources(paths, on_error, on_skip):
        if source.path is not None and source.suffix not in _ARCHIVE_SUFFIXES | TABLE_SUFFIXES:
            yield source.path
        else:
            yield from reader.documents(source)


def read_unit(unit: Unit) -> Document:
    """Return the document of a unit. Raises `DocumentError` and `OptionError`."""
    if isinstance(unit, GeoeventsError):
        raise unit
    if isinstance(unit, Document):
        return unit
    problems: list[GeoeventsError] = []
    for document in _Reader(Columns(), problems.append).documents(file_source(unit)):
        return document
    raise problems[0] if problems else DocumentError("holds no document", path=unit)


def _raise(error: GeoeventsError) -> None:
    raise error


class _Reader:
    """Reads a source by its kind; what goes wrong is told, and only what it concerns is lost."""

    def __init__(self, columns: Columns, on_error: OnError) -> None:
        self._columns = columns
        self._on_error = on_error

    def documents(self, source: Source) -> Iterator[Document]:
        try:
            yield from self._documents(source)
        except (DocumentError, OptionError) as error:
            self._on_error(error)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self._on_error(DocumentError(f"cannot be read ({reason})", path=source.name))

    def _documents(self, source: Source) -> Iterator[Document]:
        suffix = source.suffix
        if suffix in _ARCHIVE_SUFFIXES:
            if source.depth >= _MAX_DEPTH:
                raise DocumentError(f"lies in more than {_MAX_DEPTH} archives", path=source.name)
            if suffix == ".gz":
                yield from self.documents(uncompressed(source))
            else:
                for member in members(source, on_error=self._on_error):
                    if member.suffix in _SUFFIXES:
                        yield from self.documents(member)
        elif suffix in TABLE_SUFFIXES:
            yield from read_table(source, self._columns, on_error=self._on_error)
        elif suffix in _WHOLE:
            yield _WHOLE[suffix](source)
        else:
            yield _page_or_text(source)


def _page_or_text(source: Source) -> Document:
    if source.suffix in _PAGE_SUFFIXES:
        return read_page(source)
    data = source.read()
    if is_markup(data) and source.suffix not in _TEXT_SUFFIXES - {""}:
        return read_page(source)
    text = decode(data, path=source.name)
    return Document(text, id=source.name, title=headline(text))


def _sources(paths: Iterable[str | Path], on_error: OnError, on_skip: OnSkip | None) -> Iterator[Source]:
    for name in paths:
        if str(name) == "-":
            yield Source("-", lambda: sys.stdin.buffer)
        elif is_address(str(name)):
            try:
                yield fetched(str(name))
            except GeoeventsError as error:
                on_error(error)
        else:
            for path in _files(name, on_error):
                yield from _folder(path, on_skip) if path.is_dir() else [file_source(path)]


def _files(name: str | Path, on_error: OnError) -> list[Path]:
    path = Path(name)
    if path.exists():
        return [path]
    found = [Path(match) for match in sorted(glob.glob(str(name), recursive=True))]  # noqa: PTH207 -- any root
    if not found:
        on_error(MissingFileError("there is no such file or folder", path=path))
    return found


def _folder(folder: Path, on_skip: OnSkip | None) -> Iterator[Source]:
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if is_hidden or not path.is_file():
            continue
        if path.suffix.lower() in _SUFFIXES:
            yield file_source(path)
        elif on_skip is not None:
            on_skip(path)
