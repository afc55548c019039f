"""How does a page come here that the user named by its address?

Nothing but what was typed is asked for: no pictures, scripts or further pages.
"""

from __future__ import annotations

import io
import time
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.request import Request

from geoevents.documents.sources import Source
from geoevents.errors import NetworkError
from geoevents.web import opener_for

__all__ = ["fetched", "is_address"]

_TIMEOUT_S = 30  # for each answer of the server
_PATIENCE_S = 120  # for all of them
_PIECE = 1 << 16
_MAX_BYTES = 20_000_000
_AGENT = "geoevents (reads one page for a user who named it)"
# What servers say a page is, and the ending under which a file of it is read.
_KINDS = {"text/plain": ".txt", "application/pdf": ".pdf"}


def is_address(name: str) -> bool:
    """Say whether a name is an address on the web rather than a path."""
    return name.lower().startswith(("https://", "http://"))


def fetched(url: str) -> Source:
    """Return the page at an address, named by it.

    Raises `OptionError` for an address that is neither HTTPS nor on this machine, and `NetworkError` for
    what goes wrong on the way.
    """
    opener = opener_for(url)
    request = Request(url, headers={"User-Agent": _AGENT})  # noqa: S310 -- checked to be HTTPS
    try:
        with opener.open(request, timeout=_TIMEOUT_S) as answer:
            data = _read(answer, url)
            kind = answer.headers.get_content_type()
    except HTTPError as error:
        error.close()
        raise NetworkError(f"{url}: the server answers {error.code} {error.reason}") from None
    except (URLError, HTTPException, OSError) as error:
        raise NetworkError(f"{url}: {getattr(error, 'reason', None) or error}") from None
    return Source(url, lambda: io.BytesIO(data), kind=_KINDS.get(kind, ".html"))


def _read(answer: HTTPResponse, url: str) -> bytes:
    """Return what a server sends, unless it sends too much or takes too long about it."""
    until = time.monotonic() + _PATIENCE_S
    data = bytearray()
    while piece := answer.read1(_PIECE):
        data += piece
        if len(data) > _MAX_BYTES:
            raise NetworkError(f"{url} is longer than {_MAX_BYTES:,} bytes")
        if time.monotonic() > until:
            raise NetworkError(f"{url}: the server took longer than {_PATIENCE_S} seconds")
    return bytes(data)
