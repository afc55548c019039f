"""How does a file of GeoNames come here over the network, whole or not at all?

Only for who asks for it by name. A download that breaks off leaves what has come beside its place, and
the next one goes on from there.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request

from geoevents.errors import NetworkError, OptionError
from geoevents.gazetteer.countries import COUNTRY_CODES
from geoevents.web import opener_for, require_secure

__all__ = ["GEONAMES_URL", "fetch_country"]

GEONAMES_URL = "https://download.geonames.org/export/dump/"
_PIECE = 1 << 16
_TIMEOUT_S = 30
_AGENT = "geoevents (https://www.geonames.org/export/ user)"
_TOTAL = re.compile(r"bytes \d{1,18}-\d{1,18}/(\d{1,18})")
_ALL = "allCountries"

Progress = Callable[[int, int | None], None]


def fetch_country(
    code: str, folder: Path, *, base_url: str = GEONAMES_URL, on_progress: Progress = lambda *_: None
) -> Path:
    """Download the GeoNames file of a country (or of "allCountries") and return where it lies.

    `on_progress` is told how many bytes there are, and of how many where the server says. The archive
    is checked before it takes the place of an older one. Raises `OptionError` for a code or an address
    that cannot be, and `NetworkError` for what goes wrong on the way.
    """
    name = _ALL if code.lower() == _ALL.lower() else code.upper()
    if name != _ALL and name not in COUNTRY_CODES:
        raise OptionError(f"{code!r} is no ISO 3166-1 alpha-2 code such as SY, nor {_ALL}")
    url = f"{base_url.rstrip('/')}/{name}.zip"
    require_secure(url)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OptionError(f"the folder cannot be made: {error}") from None
    path = folder / f"{name}.zip"
    partial = path.with_name(f"{path.name}.partial")
    is_resumed = partial.is_file() and partial.stat().st_size > 0
    _download(url, partial, on_progress)
    if is_resumed and not _is_whole(partial):
        # What was begun has changed on the server: its two halves do not fit.
        partial.unlink()
        _download(url, partial, on_progress)
    if not _is_whole(partial):
        partial.unlink()
        raise NetworkError(f"what came from {url} is no whole zip file; nothing was kept")
    partial.replace(path)
    return path


def _download(url: str, partial: Path, on_progress: Progress) -> None:
    """Append to `partial` what is missing of it, or write it anew where the server cannot go on."""
    have = partial.stat().st_size if partial.is_file() else 0
    with _requested(url, have) as response:
        if response is None:
            return
        is_continued = response.status == 206
        total = _total(response, is_continued=is_continued)
        have = have if is_continued else 0
        with partial.open("ab" if is_continued else "wb") as file:
            for piece in iter(lambda: response.read(_PIECE), b""):
                file.write(piece)
                have += len(piece)
                on_progress(have, total)
    if total is not None and have < total:
        raise NetworkError(f"{url}: broke off at {have:,} of {total:,} bytes; fetch again to go on")


@contextmanager
def _requested(url: str, have: int) -> Iterator[HTTPResponse | None]:
    """Open the address from a byte on; `None` where there is nothing beyond it."""
    headers = {"User-Agent": _AGENT, **({"Range": f"bytes={have}-"} if have else {})}
    try:
        with opener_for(url).open(Request(url, headers=headers), timeout=_TIMEOUT_S) as response:  # noqa: S310 -- checked to be HTTPS
            yield response
    except HTTPError as error:
        error.close()
        if error.code == 416:  # the whole file is there already
            yield None
            return
        raise NetworkError(f"{url}: the server answers {error.code} {error.reason}") from None
    except (URLError, HTTPException, OSError) as error:
        raise NetworkError(f"{url}: {getattr(error, 'reason', None) or error}") from None


def _total(response: HTTPResponse, *, is_continued: bool) -> int | None:
    if is_continued:
        match = _TOTAL.fullmatch(response.headers.get("Content-Range", ""))
        return int(match[1]) if match else None
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


def _is_whole(path: Path) -> bool:
    """Whether a file is a zip archive whose members have the checksums that they should."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
        return False
