"""Reads the packed columns of a page back, as `geoevents/maps/columns.py` describes them."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any

ROWS = 2048
ABSENT = 0xFFFFFFFF


def block(page: str, name: str) -> str:
    found = re.search(rf'id="{name}">([A-Za-z0-9+/=]*)</script>', page)
    assert found
    return found[1]


def read_page(page: str) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return the head and, by layer, the rows as the page sees them."""
    data = gzip.decompress(base64.b64decode(block(page, "ge-data")))
    length = int.from_bytes(data[:4], "little")
    head = json.loads(data[4 : 4 + length])
    body, layers, number = data[4 + length :], {}, 0
    for name, layer in head["layers"].items():
        names = [f"ge-texts-{number + i}" for i in range(layer["groups"])]
        groups = [gzip.decompress(base64.b64decode(block(page, one))) for one in names]
        number += len(groups)
        columns, body = read_columns(layer["columns"], layer["count"], body, groups)
        layers[name] = [{key: cells[i] for key, cells in columns.items()} for i in range(layer["count"])]
    assert not body
    assert f"ge-texts-{number}" not in page
    return head, layers


def read_columns(
    heads: list[dict[str, Any]], count: int, body: bytes, groups: list[bytes]
) -> tuple[dict[str, list[Any]], bytes]:
    columns: dict[str, list[Any]] = {}
    slow = [head for head in heads if head["kind"] in {"text", "json"}]
    late = read_groups(slow, count, groups)
    for head in heads:
        match head["kind"]:
            case "same":
                cells = [head["value"]] * count
            case "codes":
                numbers, body = planes(body, count, head["bytes"])
                cells = [head["values"][number] for number in numbers]
            case "number":
                numbers, body = planes(body, count, head["bytes"])
                cells = [unscaled(number, head) for number in numbers]
            case "lists":
                counts, body = planes(body, count, 1)
                numbers, body = planes(body, head["total"], head["bytes"])
                rest = iter(numbers)
                cells = [[head["values"][next(rest)] for _ in range(many)] for many in counts]
            case _:
                cells = late[head["name"]]
        columns[head["name"]] = cells
    return columns, body


def unscaled(number: int, head: dict[str, Any]) -> float | None:
    if number == 0:
        return None
    whole = number - 1 + head["base"]
    return whole if head["scale"] == 1 else whole / head["scale"]


def planes(body: bytes, count: int, width: int) -> tuple[list[int], bytes]:
    numbers = [sum(body[plane * count + i] << 8 * plane for plane in range(width)) for i in range(count)]
    return numbers, body[width * count :]


def read_groups(slow: list[dict[str, Any]], count: int, groups: list[bytes]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {head["name"]: [] for head in slow}
    for number, group in enumerate(groups):
        rows = min(ROWS, count - number * ROWS)
        at = 0
        for head in slow:
            lengths = [int.from_bytes(group[at + 4 * i : at + 4 * i + 4], "little") for i in range(rows)]
            at += 4 * rows
            for length in lengths:
                text = None if length == ABSENT else group[at : at + length].decode("utf-8")
                at += 0 if length == ABSENT else length
                is_json = head["kind"] == "json" and text is not None
                columns[head["name"]].append(json.loads(text) if is_json else text)
        assert at == len(group)
    return columns
