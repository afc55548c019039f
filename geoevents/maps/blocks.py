"""How does data travel in the page without ever being code?

As gzip in base64 inside `<script type="text/plain">`: no character of that alphabet can end the
element, start a template or be escaped. The page inflates it with `assets/inflate.js`.
"""

from __future__ import annotations

import base64
import json
import struct
import zlib

__all__ = ["data_block", "packed", "packed_json"]


# RFC 1952: deflate, no flags, no time, best compression, no system. Python's own `gzip` names the
# system in some versions and not in others, so that the same map would have other bytes.
_HEADER = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
# Past this size the last percent would cost seconds.
_LARGE = 1_000_000


def packed(data: bytes) -> str:
    """Return bytes as base64 of gzip: the same for the same input on every Python with zlib's deflate.

    >>> import base64, gzip
    >>> gzip.decompress(base64.b64decode(packed(b"abc")))
    b'abc'
    """
    deflate = zlib.compressobj(9 if len(data) < _LARGE else 6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    trailer = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return base64.b64encode(_HEADER + body + trailer).decode("ascii")


def packed_json(value: object) -> str:
    """Return a value as packed JSON. ASCII only, so that a lone surrogate in a text cannot stop it."""
    return packed(json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii"))


def data_block(name: str, block: str) -> str:
    """Return the inert element that carries a packed block. `name` is one of ours, never of the text."""
    return f'<script type="text/plain" id="{name}">{block}</script>'
