"""Stages that a user names on the command line, good and bad."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoevents.cli import main

TEXT = "Shelling hit Toretsk, 20 km south of Kramatorsk, on Tuesday."
STAGES = '''
from geoevents.model import Candidate, LatLon, Place, PlaceKind, Resolution, Span, Toponym

NUMBER = 7

def capitals(document):
    """Call every word with a capital T a place."""
    out, at = [], 0
    for word in document.text.split():
        at = document.text.index(word, at)
        name = word.strip(",.")
        if name.startswith("T"):
            out.append(Toponym(Span(at, at + len(name)), name))
        at += len(word)
    return tuple(out)

def null_island(document, toponyms):
    place = Place("x", "Null Island", point=LatLon(lat=0.5, lon=0.5), kind=PlaceKind.LAND)
    return [Resolution(t, (Candidate(place, 1.0),), is_settled=True, reason="always") for t in toponyms]

def starting_with(letter):
    """Make a recognizer of the words that start with a letter."""
    def recognize(document):
        at = document.text.index(letter)
        name = document.text[at:].split(",")[0].split()[0]
        return (Toponym(Span(at, at + len(name)), name),)
    return recognize

class Needy:
    def __init__(self, gazetteer):
        self.gazetteer = gazetteer
    def __call__(self, document):
        hit = self.gazetteer.lookup("Toretsk", limit=1)[0]
        start = document.text.find("Toretsk")
        return (Toponym(Span(start, start + 7), hit.place.name),) if start >= 0 else ()

def nothing(*_): return None
def strings(document): return ("Toretsk",)
def misquoting(document): return (Toponym(Span(0, 4), "Toretsk"),)
def overlapping(document): return (Toponym(Span(0, 8), document.text[:8]), Toponym(Span(4, 8), document.text[4:8]))
def failing(*_): raise KeyError("no luck")
def too_few(document, toponyms): return ()
def not_resolutions(document, toponyms): return tuple(toponyms)
def swapped(document, toponyms): return null_island(document, toponyms)[::-1]
'''


@pytest.fixture(autouse=True)
def _modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "my_stages.py").write_text(STAGES, encoding="utf-8")
    (tmp_path / "my_broken.py").write_text("def x(:", encoding="utf-8")
    (tmp_path / "my_needy.py").write_text("import no_such_library_here", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    before = list(sys.path)
    yield
    sys.path[:] = before
    for name in ("my_stages", "my_broken", "my_needy"):
        sys.modules.pop(name, None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_recognizer_of_the_folder_at_hand_finds_the_names() -> None:
    found = rows(run("places", "--text", TEXT, "--recognizer", "my_stages:capitals", "--format", "jsonl"))
    assert [row["text"] for row in found] == ["Toretsk", "Tuesday"]
    assert found[0]["country"] == "UA"


def test_a_resolver_says_which_place_each_name_means() -> None:
    found = rows(run("places", "--text", TEXT, "--resolver", "my_stages:null_island", "--format", "jsonl"))
    assert [(row["text"], row["name"]) for row in found] == [
        ("Toretsk", "Null Island"),
        ("Kramatorsk", "Null Island"),
    ]


def test_a_stage_is_made_of_the_word_behind_it() -> None:
    name = "my_stages:starting_with:Kram"
    found = rows(run("places", "--text", TEXT, "--recognizer", name, "--format", "jsonl"))
    assert [row["text"] for row in found] == ["Kramatorsk"]


def test_a_class_is_made_with_the_gazetteer() -> None:
    found = rows(run("places", "--text", TEXT, "--recognizer", "my_stages:Needy", "--format", "jsonl"))
    assert [row["text"] for row in found] == ["Toretsk"]


@pytest.mark.parametrize("verb", ["events", "check"])
def test_later_stages_work_with_the_named_ones(verb: str) -> None:
    (row,) = rows(run(verb, "--text", TEXT, "--resolver", "my_stages:null_island", "--format", "jsonl"))
    assert "Null Island" in (row.get("name"), row.get("subject"))


def test_a_map_is_drawn_with_the_named_stages(tmp_path: Path) -> None:
    result = run("map", "--text", TEXT, "--resolver", "my_stages:null_island", "-o", str(tmp_path / "m.html"))
    assert result.exit_code == 0
    assert (tmp_path / "m.html").stat().st_size > 100_000


@pytest.mark.parametrize(
    ("option", "name", "words"),
    [
        ("--recognizer", "my_stages", "--recognizer my_stages is not package.module:object"),
        ("--recognizer", ":capitals", "is not package.module:object"),
        ("--recognizer", "no_such_module:x", "there is no such module"),
        ("--recognizer", "my_stages.deeper:x", "there is no such module"),
        ("--recognizer", "my_needy:x", "it needs 'no_such_library_here'"),
        ("--recognizer", "my_broken:x", "cannot be imported: SyntaxError"),
        ("--recognizer", "..x:y", "cannot be imported: TypeError"),
        ("--recognizer", "my_stages:absent", "module 'my_stages' has no 'absent'"),
        ("--recognizer", "my_stages:NUMBER:x", "is an object of type 'int', which cannot be called"),
        ("--recognizer", "my_stages:failing:x", "failed: KeyError: 'no luck' ("),
        ("--recognizer", "my_stages:nothing:x", "is None, which cannot be called"),
        ("--recognizer", "my_stages:NUMBER", "is an object of type 'int', which cannot be called"),
        ("--recognizer", "my_stages:nothing", "gave None, not a tuple"),
        ("--recognizer", "my_stages:strings", "gave an object of type 'str' among its names, not a Toponym"),
        ("--recognizer", "my_stages:misquoting", "gave 'Toretsk' for"),
        ("--recognizer", "my_stages:overlapping", "names that overlap or are out of order"),
        ("--recognizer", "my_stages:failing", "failed: KeyError: 'no luck' ("),
        ("--recognizer", "my_stages:null_island", "failed: TypeError"),
        ("--resolver", "no_such_module:x", "there is no such module"),
        ("--resolver", "my_stages:nothing", "gave None, not a tuple"),
        ("--resolver", "my_stages:too_few", "gave 0 resolutions for 2 names"),
        ("--resolver", "my_stages:not_resolutions", "for 'Toretsk', not a Resolution"),
        ("--resolver", "my_stages:swapped", "gave 'Kramatorsk' where 'Toretsk' was asked for"),
    ],
)
def test_what_is_no_stage_is_one_line_and_exit_code_two(option: str, name: str, words: str) -> None:
    result = run("places", "--text", TEXT, option, name)
    assert result.exit_code == 2
    assert words in result.stderr
    assert name in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.output
