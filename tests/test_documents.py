from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from geoevents.documents import decode, headline, read_documents
from geoevents.errors import DocumentError, GeoeventsError, MissingFileError

STORY = "Drohnen über Ménaka: Угода, اتفاق\n\nGunmen attacked Ménaka on Saturday.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_reads_the_same_in_every_encoding_that_marks_itself(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(STORY.encode(encoding))
    (document,) = read_documents(path)
    assert document.text == STORY
    assert document.title == "Drohnen über Ménaka: Угода, اتفاق"


def test_legacy_encodings_are_guessed() -> None:
    text = "Обстріл Харкова тривав усю ніч, повідомив голова області. " * 4
    assert decode(text.encode("cp1251"), path="story.txt") == text


@pytest.mark.parametrize("text", ["Caf\xe9 near N’Djamena was hit.", "Clashes at Ménaka – again"])
def test_a_short_western_text_is_no_guess(text: str) -> None:
    assert decode(text.encode("cp1252"), path="story.txt") == text


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><p>Shelling", "\n<html><body>", "<?xml version='1.0'?><a/>"]
)
def test_a_web_page_is_no_plain_text(page: str) -> None:
    with pytest.raises(DocumentError, match=r"story\.txt: is an HTML page"):
        decode(page.encode(), path="story.txt")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf8_without_mark_is_read_as_it_is(text: str) -> None:
    if not text.startswith("\ufeff") and not text.lstrip().startswith("<"):
        assert decode(text.encode(), path="story.txt") == text


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_one_clear_error(data: bytes) -> None:
    try:
        message = None if isinstance(decode(data, path="x.bin"), str) else "no text"
    except DocumentError as error:
        message = str(error)
    assert message is None or (message.startswith("x.bin: is ") and "\n" not in message)


def test_a_binary_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with pytest.raises(DocumentError, match=r"photo\.txt: is binary"):
        list(read_documents(path))


def test_a_missing_file_is_both_ours_and_the_built_in_error(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError) as caught:
        list(read_documents(tmp_path / "gone.txt"))
    assert isinstance(caught.value, GeoeventsError)
    assert isinstance(caught.value, FileNotFoundError)


def test_a_bad_file_does_not_cost_its_neighbors(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Shelling hit Toretsk.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\0\1\2")
    (tmp_path / "c.md").write_text("Clashes in Gao.", encoding="utf-8")
    problems: list[GeoeventsError] = []
    documents = list(read_documents(tmp_path, on_error=problems.append))
    assert [d.text for d in documents] == ["Shelling hit Toretsk.", "Clashes in Gao."]
    assert len(problems) == 1


def test_folders_give_their_text_files_in_order_and_nothing_hidden(tmp_path: Path) -> None:
    for name in ("z.txt", "sub/a.txt", ".git/b.txt", ".hidden.txt", "photo.jpg", "m.MD"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    assert [d.text for d in read_documents(tmp_path)] == ["m.MD", "sub/a.txt", "z.txt"]


def test_documents_are_read_one_at_a_time(tmp_path: Path) -> None:
    first = tmp_path / "a.txt"
    first.write_text("one", encoding="utf-8")
    documents = read_documents([first, tmp_path / "gone.txt"])
    assert next(documents).text == "one"
    with pytest.raises(MissingFileError):
        next(documents)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("© 2024 Example Media.\nStrikes Hit Base\n\nText.", "Strikes Hit Base"),
        ("# Strikes hit base\n\nText.", "Strikes hit base"),
        ("Strikes hit a base in Homs on Monday.\n\nMore.", None),
        ("KYIV, Ukraine — Shelling went on\nMore.", None),
        ("Strikes Hit Base", None),
        ("", None),
    ],
)
def test_a_headline_is_short_and_set_off(text: str, title: str | None) -> None:
    assert headline(text) == title


def test_five_megabytes_on_one_line_are_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Shelling hit Toretsk. " * 230_000, encoding="utf-8")
    started = time.perf_counter()
    (document,) = read_documents(path)
    assert len(document.text) > 5_000_000
    assert time.perf_counter() - started < 2
