"""How does an office file keep its bytes when its content is the same?"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

__all__ = ["EPOCH", "named", "repacked"]

# A zip knows no earlier year. An office file asks when it was made; nothing here reads a clock.
EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 -- office files keep times without a zone


def repacked(data: bytes) -> bytes:
    """Return a zip with the same members in the same order, without the times they were packed at."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            member = zipfile.ZipInfo(name, date_time=EPOCH.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return out.getvalue()


def named(properties: Any, *, title: str) -> None:
    """Give an office file its title, and the same author and day each time."""
    properties.title = title[:255]
    properties.author = properties.last_modified_by = "geoevents"
    properties.created = properties.modified = EPOCH
    properties.revision = 1
    properties.language = "en"
