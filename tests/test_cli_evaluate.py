"""`geoevents evaluate` on small corpora of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoevents.cli import main

ROW = (
    "<toponym><start>{start}</start><end>{end}</end><phrase>{name}</phrase><gaztag geonameid='{number}'>"
    "<fclass>{fclass}</fclass><fcode>{fcode}</fcode><lat>{lat}</lat><lon>{lon}</lon></gaztag></toponym>\n"
)
TEXT = "Shelling hit Saraqib, near Idlib, Syrian activists said. Canada objected."
PLACES = [
    ("Saraqib", 13, 172946, "P", "PPL", 35.86, 36.80),
    ("Idlib", 24, 169389, "P", "PPLA", 35.93, 36.63),  # three characters astray
    ("Syrian", 34, 163843, "A", "PCLI", 35.0, 38.0),
    ("Canada", 57, 6251999, "A", "PCLI", 20.0, -20.0),  # a middle of Canada that nobody shares
]


def lgl(tmp_path: Path, *, more: str = "") -> str:
    rows = "".join(
        ROW.format(name=n, start=s, end=s + len(n), number=i, fclass=c, fcode=f, lat=lat, lon=lon)
        for n, s, i, c, f, lat, lon in PLACES
    )
    article = f"<article docid='1'><text>{TEXT}</text><toponyms>\n{rows}</toponyms></article>"
    path = tmp_path / "small.xml"
    path.write_text(f"<articles>\n{article}\n{more}</articles>", encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["evaluate", *arguments])


def test_everything_is_measured_and_given_as_json(tmp_path: Path) -> None:
    result = run("--format", "lgl", lgl(tmp_path), "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert (figures["documents"], figures["names"], figures["names_with_coordinates"]) == (1, 4, 4)
    assert figures["realigned"] == 1
    assert figures["recognition"]["exact"] | {"right": 4, "predicted": 4, "gold": 4} == {
        "precision": 1.0, "recall": 1.0, "f1": 1.0, "right": 4, "predicted": 4, "gold": 4,
    }  # fmt: skip
    located = figures["end_to_end"]["located"]
    assert (located["point"]["right"], located["area"]["right"]) == (3, 4)
    assert (figures["gold_spans"]["gold"], figures["gold_spans"]["near_or_same"]) == (4, 4)
    assert figures["by_kind"]["settlement"] == {
        "names": 2, "located": 2, "found": 2, "near_given": 2, "near_found": 2,
    }  # fmt: skip
    assert figures["by_role"]["demonym"] == {"pins": 1, "on_names": 1, "near": 1}
    (error,) = figures["errors"]
    assert (error["kind"], error["text"], error["count"]) == ("wrong place", "Canada", 1)
    assert error["error_km"] > 5000
    assert "1 span moved to the phrase" in result.stderr


def test_the_table_shows_each_part_and_the_worst_errors_in_their_text(tmp_path: Path) -> None:
    result = run("--format", "lgl", lgl(tmp_path))
    for words in (
        "small.xml: 1 document, 4 names, 4 with coordinates; 1 span realigned",
        "recognition, same span",
        "raw text, all names",
        "gold spans: .750 of 4 within 161 km (1.000 or same area), 4 answered",
        "area under the error curve",
        "kind of place",
        "our pins by role",
        "1 x wrong place: 'Canada'",
        "activists said. [Canada] objected.",
    ):
        assert words in result.stdout
    assert "wrong place" not in run("--format", "lgl", lgl(tmp_path), "--errors", "0").stdout


def test_roles_choose_which_of_our_names_count(tmp_path: Path) -> None:
    figures = json.loads(run("--format", "lgl", lgl(tmp_path), "--roles", "literal", "--json").stdout)
    assert figures["recognition"]["exact"]["predicted"] == 2  # "Canada objected" is a government
    assert set(figures["by_role"]) == {"literal"}
    assert figures["gold_spans"]["answered"] == 4


def test_what_each_choice_of_roles_does_is_measured_at_once(tmp_path: Path) -> None:
    figures = json.loads(run("--format", "lgl", lgl(tmp_path), "--json").stdout)["by_choice_of_roles"]
    assert {label: score["predicted"] for label, score in figures.items()} == {
        "all names": 4, "without demonyms": 3, "without embedded names": 4, "names that locate": 3, "literal names": 2,
    }  # fmt: skip
    for label in ("all names", "literal names"):
        assert label in run("--format", "lgl", lgl(tmp_path)).stdout


def test_peoples_do_not_count_where_a_corpus_marks_places_only(tmp_path: Path) -> None:
    text = "Syrian doctors saw flu in Aleppo."
    place = "<name>Aleppo</name><start>27</start><end>33</end><lat>36.2</lat><lon>37.16</lon>"
    path = tmp_path / "virus.xml"
    path.write_text(
        f"<articles><article><text>{text}</text><locations><location>{place}</location></locations></article>"
        "</articles>",
        encoding="utf-8",
    )
    plain = json.loads(run("--format", "geovirus", str(path), "--json").stdout)
    chosen = json.loads(run("--format", "geovirus", str(path), "--json", "--roles", "literal,demonym").stdout)
    assert plain["recognition"]["exact"]["predicted"] == 1
    assert chosen["recognition"]["exact"]["predicted"] == 2


def test_named_stages_are_measured_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evaluated_stages.py").write_text(
        "def nothing(document):\n    return ()\n"
        "def unsure(document, toponyms):\n"
        "    from geoevents.model import Resolution\n"
        "    return tuple(Resolution(t, (), is_settled=False, reason='unsure') for t in toponyms)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    blind = run("--format", "lgl", lgl(tmp_path), "--json", "--recognizer", "evaluated_stages:nothing")
    assert json.loads(blind.stdout)["recognition"]["overlap"]["right"] == 0
    assert json.loads(blind.stdout)["gold_spans"]["answered"] == 4
    unsure = run("--format", "lgl", lgl(tmp_path), "--json", "--resolver", "evaluated_stages:unsure")
    assert json.loads(unsure.stdout)["recognition"]["overlap"]["right"] == 4
    assert json.loads(unsure.stdout)["gold_spans"]["answered"] == 0
    assert run("--format", "lgl", lgl(tmp_path), "--resolver", "evaluated_stages:gone").exit_code == 2


def test_what_is_known_beforehand_counts(tmp_path: Path) -> None:
    text = "<article><text>Bombs hit Tripoli.</text>" + ROW.format(
        name="Tripoli", start=10, end=17, number=266826, fclass="P", fcode="PPL", lat=34.44, lon=35.85
    )
    path = tmp_path / "tripoli.xml"
    path.write_text(f"<articles>{text}</article></articles>", encoding="utf-8")
    for options in (["--country", "LB"], ["--near", "34.4,35.8"]):
        figures = json.loads(run("--format", "lgl", str(path), "--json", *options).stdout)
        assert figures["end_to_end"]["located"]["point"]["right"] == 1


def test_bad_rows_are_named_and_counted_and_no_failure(tmp_path: Path) -> None:
    more = "<article><text>Gao</text><toponym><start>a</start><phrase>Gao</phrase></toponym></article>"
    result = run("--format", "lgl", lgl(tmp_path, more=more))
    assert result.exit_code == 0
    assert "small.xml:8: 'a' and '' are no offsets" in result.stderr
    assert "1 row not used" in result.stderr


def test_a_lost_article_is_named_and_the_rest_measured_with_exit_code_two(tmp_path: Path) -> None:
    result = run("--format", "lgl", lgl(tmp_path, more="<article><text>a & b</text></article>\n"), "--json")
    assert result.exit_code == 2
    assert "small.xml:8: malformed article" in result.stderr
    assert "1 article not used" in result.stderr
    assert json.loads(result.stdout)["documents"] == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Shelling hit Saraqib.", "bad.xml:1: is no XML"),
        ("<html></html>", "bad.xml: holds no <article>"),
        ("<a><article><text>a & b</text></article></a>", "none of its articles can be used"),
    ],
)
def test_what_is_no_corpus_is_one_line_and_exit_code_two(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(text, encoding="utf-8")
    result = run("--format", "geovirus", str(path))
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_options_that_mean_nothing_are_one_line(tmp_path: Path) -> None:
    assert "gone.xml: no such corpus file" in run("--format", "lgl", str(tmp_path / "gone.xml")).stderr
    assert "no country has the code 'XX'" in run("--format", "lgl", lgl(tmp_path), "--country", "XX").stderr
    assert run("--format", "wikipedia", lgl(tmp_path)).exit_code == 2
    assert run(lgl(tmp_path)).exit_code == 2


def test_a_long_run_says_that_it_is_alive(tmp_path: Path) -> None:
    more = "".join(f"<article><text>Nothing {i}</text></article>" for i in range(120))
    result = run("--format", "lgl", lgl(tmp_path, more=more), "--errors", "0")
    assert "100 of 121 documents" in result.stderr
    assert "100 of 121" not in result.stdout


def test_hostile_text_does_not_steer_the_terminal(tmp_path: Path) -> None:
    text = "<article><text>A \u202e\u009b31mman fled from Xqzz\u0085town to Gao.</text>" + ROW.format(
        name="Gao", start=34, end=37, number=1, fclass="P", fcode="PPL", lat=0, lon=0
    )
    path = tmp_path / "hostile.xml"
    path.write_text(f"<articles>{text}</article></articles>", encoding="utf-8")
    result = run("--format", "lgl", str(path))
    assert "[Gao]" in result.stdout
    assert not {"\u202e", "\u009b", "\u0085"} & set(result.stdout)
