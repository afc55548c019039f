from __future__ import annotations

from pathlib import Path

import pytest

from geoevents.errors import GeoeventsError, MissingFileError
from geoevents.tables import read_rows, table_path


def test_rows_come_with_the_line_they_start_on(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('id,name\na, At-Tanf \nb,"two\nlines"\nc,last\n', encoding="utf-8")
    assert list(read_rows(path)) == [
        (2, {"id": "a", "name": "At-Tanf"}),
        (3, {"id": "b", "name": "two\nlines"}),
        (5, {"id": "c", "name": "last"}),
    ]


def test_a_row_with_too_many_cells_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,name\na,b\nc,d,e\n", encoding="utf-8")
    with pytest.raises(GeoeventsError, match=r"t\.csv:3: more cells .*'e'"):
        list(read_rows(path))


def test_text_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"id\nM\xe9naka\n")
    with pytest.raises(GeoeventsError, match=r"t\.csv: not UTF-8 at byte"):
        list(read_rows(path))


def test_the_curated_gazetteer_is_found() -> None:
    assert table_path("gazetteer.csv").is_file()


def test_a_table_that_is_nowhere_is_named() -> None:
    with pytest.raises(MissingFileError, match=r"nowhere\.csv"):
        table_path("nowhere.csv")
