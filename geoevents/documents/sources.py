"""Where do bytes come from, and how many are too many?

A `Source` is a file, a member of an archive, standard input or a page: a name and a way to open it. What
is read whole is bounded, whatever an archive or a header claims of its size.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from geoevents.errors import DocumentError

__all__ = [
    "MAX_BYTES",
    "Meter",
    "Source",
    "file_source",
    "members",
    "peekable",
    "require_modest",
    "seekable",
    "uncompressed",
]

# A text this long is no article; a limit keeps a wrong path, or a zip bomb, from filling memory.
MAX_BYTES = 100_000_000
_MAX_MEMBERS = 500_000  # The list of them alone takes 400 MB.
# News compresses three- to fourfold, a table of it up to some twentyfold; a bomb a thousandfold.
_MAX_RATIO = 200
_SURE_BYTES = 10_000_000  # Below this, nobody minds the ratio.
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What Python's own unpacking raises for broken archives, beside its own errors.
_BROKEN = (
    *(zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name: `open` gives a stream to read from, each time from the beginning.

    `depth` is how many archives it lies in; `kind` an ending that says more than that of the name;
    `path` the file that it is, where it is one of its own.
    """

    name: str
    open: Callable[[], IO[bytes]]
    _: KW_ONLY
    depth: int = 0
    kind: str | None = None
    path: Path | None = None

    @property
    def suffix(self) -> str:
        """The ending that says of which kind it is, in lower case, with its dot."""
        return PurePosixPath(self.name.lower()).suffix if self.kind is None else self.kind

    def read(self, *, limit: int = MAX_BYTES) -> bytes:
        """Return all bytes. Raises `DocumentError` for more than `limit` and for what cannot be read."""
        try:
            with self.open() as stream:
                data = stream.read(limit + 1)
        except DocumentError:
            raise
        except _BROKEN as error:
            raise DocumentError(f"is a broken archive: {error}", path=self.name) from None
        except OSError as error:
            raise DocumentError(
                f"cannot be read ({(error.strerror or str(error)).lower()})", path=self.name
            ) from None
        if len(data) > limit:
            raise DocumentError(f"is longer than {limit:,} bytes", path=self.name)
        return data

    def metered(self, meter: Meter) -> Source:
        """Return the same source, which tells `meter` of what is read from it."""
        return replace(self, open=lambda: io.BufferedReader(_Metered(self.open(), meter)))


class Meter:
    """Counts the bytes of files as they are read; what a file has that nobody reads counts at its end."""

    def __init__(self) -> None:
        self._before = 0
        self._of_file = 0

    @property
    def done(self) -> int:
        """How many bytes of the files named so far are behind us."""
        return self._before + self._of_file

    @contextmanager
    def file(self, size: int) -> Iterator[None]:
        """Count the reading of one file of this size."""
        try:
            yield
        finally:
            self._before += size
            self._of_file = 0

    def reached(self, count: int) -> None:
        """Take note that so many bytes of the file were read; one that is opened again begins anew."""
        self._of_file = count


class _Metered(io.RawIOBase):
    """A file that tells a meter how much of it was read."""

    def __init__(self, inner: IO[bytes], meter: Meter) -> None:
        self._inner = inner
        self._meter = meter
        self._given = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._inner.seek(offset, whence)

    def readinto(self, buffer: object) -> int:
        count: int = self._inner.readinto(buffer)  # type: ignore[attr-defined]  # a file opened in binary
        self._given += count
        self._meter.reached(self._given)
        return count

    def close(self) -> None:
        self._inner.close()
        super().close()


def peekable(stream: IO[bytes]) -> io.BufferedReader:
    """Return a stream that can be looked into without waiting for more than there is."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]  # raw enough


def file_source(path: Path) -> Source:
    """Return a file as a source."""
    return Source(path.as_posix(), lambda: path.open("rb"), path=path)


def uncompressed(source: Source) -> Source:
    """Return what a gzip file holds, of the kind that its name without ".gz" says."""
    return Source(
        source.name,
        lambda: io.BufferedReader(_Bounded(source.open(), name=source.name)),
        depth=source.depth + 1,
        kind=PurePosixPath(source.name.lower().removesuffix(".gz")).suffix,
    )


class _Bounded(io.RawIOBase):
    """A stream out of gzip that breaks off where it unpacks to far more than any text does."""

    def __init__(self, packed: IO[bytes], *, name: str) -> None:
        self._packed = packed
        self._inner = gzip.GzipFile(fileobj=packed)
        self._name = name
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # any writable buffer
        data = self._inner.read(len(view))
        view[: len(data)] = data
        self._given += len(data)
        if self._given > _SURE_BYTES and self._given > _MAX_RATIO * max(1, self._packed.tell()):
            raise DocumentError(
                f"unpacks to more than {_MAX_RATIO} times its size: no text does", path=self._name
            )
        return len(data)

    def close(self) -> None:
        self._inner.close()
        self._packed.close()
        super().close()


def members(source: Source) -> Iterator[Source | DocumentError]:
    """Yield the files in a zip archive, in order of name, or why one may not be read.

    Nothing is written to disk. Raises `DocumentError` for what is no zip archive.
    """
    try:
        with seekable(source) as stream, zipfile.ZipFile(stream) as archive:
            entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
            if len(entries) > _MAX_MEMBERS:
                yield DocumentError(f"holds more than {_MAX_MEMBERS:,} files: unpack it", path=source.name)
                return
            # Entries may lie over one another, each of them modest and all of them endless.
            left = max(_SURE_BYTES, _MAX_RATIO * stream.seek(0, io.SEEK_END))
            for entry in entries:
                if entry.is_dir() or _is_hidden(entry.filename):
                    continue
                name = f"{source.name}/{entry.filename}"
                problem = _problem(entry) or _excess(entry, left)
                if problem is not None:
                    yield DocumentError(problem, path=name)
                    continue
                left -= entry.file_size
                yield Source(name, _opener(archive, entry), depth=source.depth + 1)
    except DocumentError:
        raise
    except _BROKEN as error:
        reason = " ".join(str(error).split())[:200]
        raise DocumentError(f"is a broken zip file: {reason}", path=source.name) from None


def _excess(entry: zipfile.ZipInfo, left: int) -> str | None:
    if entry.file_size <= left:
        return None
    return f"and the files before it unpack to more than {_MAX_RATIO} times their archive's size"


def require_modest(data: bytes, *, name: str) -> None:
    """Raise `DocumentError` for a zip archive that is broken, or unpacks to far more than it weighs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except _BROKEN as error:
        raise DocumentError(f"is no Word file: {' '.join(str(error).split())[:200]}", path=name) from None
    if size > min(MAX_BYTES, max(_SURE_BYTES, _MAX_RATIO * len(data))):
        raise DocumentError(f"unpacks to {size:,} bytes: no text does", path=name)


def seekable(source: Source) -> IO[bytes]:
    """Return a stream that can go back at no cost; out of an archive that would unpack it anew."""
    stream = source.open()
    if source.path is not None and stream.seekable():
        return stream
    stream.close()
    return io.BytesIO(source.read())


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(entry)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def _problem(entry: zipfile.ZipInfo) -> str | None:
    """Say why a member of an archive is not read, `None` where it may be."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or any(part.endswith(":") for part in path.parts[:1]):
        return "has a name that leads out of its archive"
    if entry.flag_bits & 1:
        return "is encrypted"
    if entry.compress_type not in _PACKINGS:
        return "is packed in a way that is not read"
    if entry.file_size > _SURE_BYTES and entry.file_size > _MAX_RATIO * max(1, entry.compress_size):
        return f"unpacks to more than {_MAX_RATIO} times its size: no text does"
    return None
