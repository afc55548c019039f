"""How is an address opened that the user named, and none beside it?

Only https://, and http:// on this machine; no redirect leads anywhere else.
"""

from __future__ import annotations

from typing import IO
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from geoevents.errors import OptionError

__all__ = ["opener_for", "require_secure"]

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def opener_for(url: str) -> OpenerDirector:
    """Return what opens an address; no proxy stands before this machine itself.

    Raises `OptionError` for an address that is neither HTTPS nor on this machine.
    """
    require_secure(url)
    direct = [ProxyHandler({})] if urlsplit(url).hostname in _LOOPBACK else []
    return build_opener(_SecureRedirects(), *direct)


def require_secure(url: str) -> None:
    """Raise `OptionError` for an address that is neither HTTPS nor on this machine."""
    parts = urlsplit(url)
    is_local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if parts.scheme != "https" and not is_local:
        raise OptionError(f"{url!r} is not an address that begins with https://")


class _SecureRedirects(HTTPRedirectHandler):
    """Follows no redirect away from HTTPS."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> Request | None:
        try:
            require_secure(newurl)
        except OptionError:
            fp.close()  # urllib leaves the answer to whoever refuses to follow it
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type] # typeshed's headers are HTTPMessage
