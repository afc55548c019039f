"""How do 100,000 rows travel in a page that opens at once?

As columns, which the page reads without making an object of any row (`assets/columns.js`). A column
is the cheapest of six kinds:

* `same`: one value for all rows, in the head;
* `codes`: the distinct values in the head, and for each row the number of its value;
* `lists`: of text; as `codes`, but for each row how many, then the numbers of all rows in turn;
* `number`: whole numbers after multiplying by `scale` and taking off `base`, plus one; 0 is absent;
* `text` and `json`: UTF-8, for each row its length (all ones: absent), then the bytes.

The first four are read when the page opens. The last two lie in groups of `GROUP_ROWS` rows, each
packed by itself, so that opening one popup inflates one group. Whole numbers stand as planes, all
low bytes first, which gzip packs better.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["GROUP_ROWS", "Columns", "Head", "pack_columns"]

GROUP_ROWS = 2048
# A code takes two bytes at most; more distinct values than this would weigh more than their text.
MOST_CODES = 65_536
# Up to this many distinct values are coded whatever they are; beyond, only short text.
FEW = 256
SHORT = 40
# Text that is long on average is not needed to open a page, however often it is repeated.
LONG = 160
ABSENT = 0xFFFFFFFF
# Five decimals of a degree are a meter.
_SCALES = (1, 10, 100, 1000, 100_000)
_MOST = 0xFFFFFFFE

Head = dict[str, Any]


@dataclass(slots=True)
class Columns:
    """Packed rows: the head of each column, the bytes read at once, and the groups read when needed."""

    count: int
    heads: list[Head] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    groups: list[bytes] = field(default_factory=list)


def pack_columns(named: Iterable[tuple[str, Sequence[Any]]], *, count: int) -> Columns:
    """Pack columns of JSON values, each of `count` rows. What is absent in every row is left out."""
    packed = Columns(count)
    slow: list[list[bytes | None]] = []
    for name, values in named:
        _pack(packed, name, values, slow)
    for start in range(0, count, GROUP_ROWS) if slow else ():
        packed.groups.append(b"".join(_group(cells[start : start + GROUP_ROWS]) for cells in slow))
    return packed


def _pack(packed: Columns, name: str, values: Sequence[Any], slow: list[list[bytes | None]]) -> None:
    if _are_lists(values):
        _pack_lists(packed, name, values)
        return
    coded = _coded(values)
    numbers = None
    if coded is None or len(coded[1]) > FEW:
        numbers = _numbers(values)
    if numbers is not None:
        _keep(packed, name, numbers)
    elif coded is None:
        is_text = all(value is None or value.__class__ is str for value in values)
        packed.heads.append({"name": name, "kind": "text" if is_text else "json"})
        slow.append([_utf8(value, is_text=is_text) for value in values])
    elif len(coded[1]) == 1:
        if coded[1][0] is not None:
            packed.heads.append({"name": name, "kind": "same", "value": coded[1][0]})
    elif coded[1]:
        codes, distinct = coded
        head = {"name": name, "kind": "codes", "values": distinct}
        packed.heads.append(head | _planes(packed, codes))


def _are_lists(values: Sequence[Any]) -> bool:
    """Say whether every value is a list of text (or absent), and some list is not empty."""
    is_any = False
    for value in values:
        if value is None:
            continue
        if value.__class__ is not list or len(value) > 255 or any(v.__class__ is not str for v in value):
            return False
        is_any = is_any or bool(value)
    return is_any


def _pack_lists(packed: Columns, name: str, values: Sequence[Any]) -> None:
    table: dict[str, int] = {}
    codes = [table.setdefault(text, len(table)) for value in values for text in value or ()]
    head = {"name": name, "kind": "lists", "values": list(table), "total": len(codes)}
    packed.body += bytes(len(value or ()) for value in values)
    packed.heads.append(head | _planes(packed, codes))


def _keep(packed: Columns, name: str, numbers: tuple[list[int], int, int]) -> None:
    stored, scale, base = numbers
    head = {"name": name, "kind": "number", "scale": scale, "base": base}
    packed.heads.append(head | _planes(packed, stored))


def _coded(values: Sequence[Any]) -> tuple[list[int], list[Any]] | None:
    """Return the code of each row and the distinct values, or `None` where text serves better."""
    table: dict[Any, int] = {}
    distinct: list[Any] = []
    codes: list[int] = []
    length = 0
    for value in values:
        # Text stands for itself; all else by its repr, which tells 1, 1.0 and True apart.
        key = value if value.__class__ is str else (repr(value),)
        code = table.get(key)
        if code is None:
            code = table[key] = len(distinct)
            distinct.append(value)
            length += len(value) if value.__class__ is str else len(key[0])
            if code >= FEW and (code >= MOST_CODES or length > SHORT * code):
                return None
        codes.append(code)
    is_long = len(distinct) > 1 and length > LONG * len(distinct)
    return None if is_long else (codes, distinct)


def _numbers(values: Sequence[Any]) -> tuple[list[int], int, int] | None:
    """Return the rows as whole numbers from 1, with their scale and base, where that loses nothing."""
    known = [value for value in values if value is not None]
    if any(value.__class__ is not int and value.__class__ is not float for value in known):
        return None
    for scale in _SCALES:
        whole = [round(value * scale) for value in known]
        if all(number / scale == value for number, value in zip(whole, known, strict=True)):
            break
    else:
        return None
    base = min(whole)
    if max(whole) - base + 1 > _MOST:
        return None
    rest = iter(whole)
    return [0 if value is None else next(rest) - base + 1 for value in values], scale, base


def _planes(packed: Columns, numbers: Sequence[int]) -> Head:
    most = max(numbers)
    width = 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4
    data = _little("BHI"[width >> 1], numbers)
    for plane in range(width):
        packed.body += data[plane::width]
    return {"bytes": width}


def _little(code: str, numbers: Sequence[int]) -> bytes:
    cells = array(code, numbers)
    if sys.byteorder == "big":
        cells.byteswap()
    return cells.tobytes()


def _group(cells: Sequence[bytes | None]) -> bytes:
    lengths = _little("I", [ABSENT if cell is None else len(cell) for cell in cells])
    return lengths + b"".join(cell for cell in cells if cell is not None)


def _utf8(value: Any, *, is_text: bool) -> bytes | None:
    if value is None:
        return None
    if not is_text:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
    try:
        return bytes(value, "utf-8")
    except UnicodeEncodeError:  # half a character: one for one, so that spans hold
        return bytes("".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value), "utf-8")
