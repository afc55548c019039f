"""How does data travel in the page without ever being code?

As gzip in base64 inside `<script type="text/plain">`: no character of that alphabet can end the
element, start a template or be escaped. The page inflates it with `assets/inflate.js`.
"""

from __future__ import annotations

import base64
import gzip
import json

__all__ = ["data_block", "packed", "packed_json"]


def packed(data: bytes) -> str:
    """Return bytes as base64 of gzip, the same for the same input.

    >>> import base64, gzip
    >>> gzip.decompress(base64.b64decode(packed(b"abc")))
    b'abc'
    """
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode("ascii")


def packed_json(value: object) -> str:
    """Return a value as packed JSON. ASCII only, so that a lone surrogate in a text cannot stop it."""
    return packed(json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii"))


def data_block(name: str, block: str) -> str:
    """Return the inert element that carries a packed block. `name` is one of ours, never of the text."""
    return f'<script type="text/plain" id="{name}">{block}</script>'
