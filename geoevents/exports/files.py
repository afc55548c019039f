"""How is a file written so that a reader never sees half of it?"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from geoevents.errors import OptionError

__all__ = ["write_text", "write_whole"]


def write_whole(path: Path | str, write: Callable[[Path], None]) -> Path:
    """Let `write` fill a file beside `path`, then put it in its place at once, and return the path.

    Makes the folder. The ending of the name is kept, for libraries that go by it. Raises `OptionError`
    where the path is a folder or cannot be written; the old file then stays as it was.
    """
    target = Path(path)
    if target.is_dir():
        raise OptionError(f"needs the name of a file, got the folder {str(target)!r}")
    beside = target.with_name(f".{os.getpid()}-{target.name}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OptionError(f"cannot write {str(target)!r}: {error.strerror or error}") from error
    return target


def write_text(path: Path | str, text: str) -> Path:
    """Write a text as UTF-8, as `write_whole` does; what a damaged text cannot say becomes "?".

    Raises `OptionError`.
    """
    data = text.encode("utf-8", "replace")  # a lone surrogate has no UTF-8

    def write(beside: Path) -> None:
        beside.write_bytes(data)

    return write_whole(path, write)
