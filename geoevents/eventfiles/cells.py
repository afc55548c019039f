"""What value does a cell hold that somebody else wrote?

Each function takes a cell of any kind and returns a value of the kind that maps expect, `None` for
an empty one. It raises `ValueError` naming the value where the cell is meant for something else.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

__all__ = ["code", "day", "latitude", "longitude", "names", "number", "pair", "text"]

_MONTHS = {
    name: number
    for number, names_ in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sep sept", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names_.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.Z+-]{1,20})?")
_SPELLED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -,]{1,2}(\d{4})")
_FORMULA = re.compile(r"'[=+\-@\t\r]")
_LONGEST = 100_000
_NAMES = 60


def text(value: Any) -> str | None:
    """Return a cell as text; what our own tables defused for spreadsheets is itself again.

    >>> text(" Aleppo "), text("'-30 km"), text(7), text("")
    ('Aleppo', '-30 km', '7', None)
    """
    if value is None:
        return None
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False)
    if _FORMULA.match(value):
        value = value[1:]
    return value.strip()[:_LONGEST] or None


def number(value: Any) -> float | None:
    """Return a cell as a finite number.

    >>> number("3"), number("3.5"), number(None)
    (3, 3.5, None)
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        found = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{_shown(value)} is not a number") from None
    if not math.isfinite(found) or abs(found) > 1e15:
        raise ValueError(f"{_shown(value)} is not a number")
    return int(found) if found == int(found) else found


def latitude(value: Any) -> float | None:
    """Return a cell as degrees of latitude."""
    return _degrees(value, 90)


def longitude(value: Any) -> float | None:
    """Return a cell as degrees of longitude."""
    return _degrees(value, 180)


def code(value: Any, *, most: int) -> int | None:
    """Return a cell as a code from 1 to `most`."""
    found = number(value)
    if found is None:
        return None
    if found not in range(1, most + 1):
        raise ValueError(f"{_shown(value)} is not a code from 1 to {most}")
    return int(found)


def day(value: Any) -> str | None:
    """Return a cell as a day in ISO 8601: `2024-05-01`, with a time behind it, or `1 May 2024`.

    >>> day("01 May 2024"), day("2011-07-03 00:00:00.000")
    ('2024-05-01', '2011-07-03')
    """
    written = text(value)
    if written is None:
        return None
    if found := _ISO.fullmatch(written):
        year, month, of_month = (int(part) for part in found.groups())
    elif found := _SPELLED.fullmatch(written):
        of_month, month, year = int(found[1]), _MONTHS.get(found[2].lower(), 0), int(found[3])
    else:
        raise ValueError(f"{_shown(value)} is not a day such as 2024-05-01")
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        raise ValueError(f"{_shown(value)} is not a day of the calendar") from None


def names(value: Any) -> list[str]:
    """Return a cell as a list of names: a list, JSON of one, or names parted by semicolons.

    >>> names('["Army", "Rebels"]'), names("Army; Rebels"), names(None)
    (['Army', 'Rebels'], ['Army', 'Rebels'], [])
    """
    listed = _from_json(value)
    if isinstance(listed, str):
        listed = listed.split(";")
    if not isinstance(listed, list):
        listed = [] if listed is None else [listed]
    found = [text(one.get("name") if isinstance(one, dict) else one) for one in listed[:_NAMES]]
    return [name for name in found if name]


def pair(value: Any) -> list[float | None] | None:
    """Return a cell as an interval `[low, high]`, `high` absent where it is open.

    >>> pair("12"), pair("[2, null]"), pair([2, 4]), pair("")
    ([12, 12], [2, None], [2, 4], None)
    """
    found = _from_json(value)
    if not isinstance(found, list):
        single = number(found)
        return None if single is None else [single, single]
    if len(found) != 2:
        raise ValueError(f"{_shown(value)} is not an interval of two figures")
    low, high = number(found[0]), number(found[1])
    if low is None or (high is not None and high < low):
        raise ValueError(f"{_shown(value)} is not an interval from low to high")
    return [low, high]


def rows(value: Any, *, most: int = 200) -> list[dict[str, Any]]:
    """Return a cell as a list of objects; anything else in it is left out."""
    found = _from_json(value)
    listed: Sequence[Any] = found if isinstance(found, list) else []
    return [row for row in listed[:most] if isinstance(row, dict)]


def _degrees(value: Any, most: int) -> float | None:
    found = number(value)
    if found is not None and abs(found) > most:
        raise ValueError(f"{_shown(value)} is not a number from -{most} to {most}")
    return found


def _from_json(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."
