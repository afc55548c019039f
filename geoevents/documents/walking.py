"""Which files do some paths, folders, globs and addresses name, in which order, and how large are they?"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from geoevents.documents.addresses import fetched, is_address
from geoevents.documents.sources import Meter, Source, file_source, peekable
from geoevents.documents.tables import Columns
from geoevents.errors import DocumentError, GeoeventsError, MissingFileError

__all__ = ["OnSkip", "byte_count", "require_some", "sources"]

OnSkip = Callable[[Path], None]


def sources(
    paths: Iterable[str | Path],
    *,
    columns: Columns,
    known: Collection[str],
    on_skip: OnSkip | None = None,
    meter: Meter | None = None,
    without: Path | None = None,
) -> Iterator[Source | GeoeventsError]:
    """Yield each file that some paths name, or why there is none; folders in order of path.

    In folders only files with the endings in `known` are taken, and `on_skip` is told of the others; the folder
    `without` is passed over.
    """
    left = _identity(without)
    for name in paths:
        if str(name) == "-":
            yield _standard_input(columns)
        elif is_address(str(name)):
            try:
                yield fetched(str(name))
            except GeoeventsError as error:
                yield error
        else:
            yield from _metered(_of_path(name, known, on_skip, left), meter)


def require_some(paths: Iterable[str | Path]) -> None:
    """Raise `MissingFileError` where not one of some paths is there; addresses are taken to be."""
    missing: Path | None = None
    for name in paths:
        if str(name) == "-" or is_address(str(name)) or Path(name).exists() or _matches(name):
            return
        missing = missing or Path(name)
    if missing is not None:
        raise _missing(missing)


def _missing(path: Path) -> MissingFileError:
    return MissingFileError("there is no such file or folder", path=path)


def byte_count(
    paths: Iterable[str | Path], *, known: Collection[str], without: Path | None = None
) -> int | None:
    """Return how many bytes are to be read, `None` where that is not known: standard input, addresses."""
    total, left = 0, _identity(without)
    for name in paths:
        if str(name) == "-" or is_address(str(name)):
            return None
        for source in _of_path(name, known, None, left):
            if isinstance(source, Source):
                total += _size(source)
    return total


def _of_path(
    name: str | Path, known: Collection[str], on_skip: OnSkip | None, left: _Identity | None
) -> Iterator[Source | GeoeventsError]:
    path = Path(name)
    found = [path] if path.exists() else _matches(name)
    if not found:
        yield _missing(path)
    for match in found:
        yield from _folder(match, known, on_skip, left) if match.is_dir() else [file_source(match)]


def _matches(pattern: str | Path) -> list[Path]:
    return [Path(match) for match in sorted(glob.glob(str(pattern), recursive=True))]  # noqa: PTH207 -- any root


def _folder(
    folder: Path, known: Collection[str], on_skip: OnSkip | None, left: _Identity | None
) -> Iterator[Source | GeoeventsError]:
    """Yield the files of a folder, one folder's names at a time in memory, without following links to folders."""
    if left is not None and _identity(folder) == left:
        return
    try:
        with os.scandir(folder) as entries:
            names = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries if e.name[:1] != ".")
    except OSError as error:
        yield DocumentError(f"cannot be read ({(error.strerror or str(error)).lower()})", path=folder)
        return
    for name, is_folder in names:
        path = folder / name
        if is_folder:
            yield from _folder(path, known, on_skip, left)
        elif path.suffix.lower() in known and path.is_file():
            yield file_source(path)
        elif on_skip is not None and path.is_file():
            on_skip(path)


_Identity = tuple[int, int]


def _identity(folder: Path | None) -> _Identity | None:
    """Return what tells a folder from others, however it is named; `None` where there is none."""
    try:
        known = None if folder is None else folder.stat()
    except OSError:
        return None
    return None if known is None else (known.st_dev, known.st_ino)


def _metered(
    found: Iterator[Source | GeoeventsError], meter: Meter | None
) -> Iterator[Source | GeoeventsError]:
    """Pass sources on, and count each as read whole when the next is asked for."""
    for source in found:
        if meter is None or isinstance(source, GeoeventsError):
            yield source
            continue
        with meter.file(_size(source)):
            yield source.metered(meter)


def _size(source: Source) -> int:
    try:
        return 0 if source.path is None else source.path.stat().st_size
    except OSError:  # gone since it was listed: reading it will say so
        return 0


def _standard_input(columns: Columns) -> Source:
    """Return standard input as a source: a text, or where a column of texts is named, a table."""
    if columns.text is None:
        return Source("-", lambda: sys.stdin.buffer)
    stream = peekable(sys.stdin.buffer)
    begin = stream.peek(1).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return Source("-", lambda: stream, kind=".jsonl" if begin == b"{" else ".csv")
