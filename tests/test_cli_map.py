from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoevents.cli import main

HEADER = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,notes,fatalities\n"
GOOD = "SYR1,2024-05-01,Battles,Armed clash,Army,Rebels,Syria,Azaz,36.58,37.04,Clashes,3\n"
BAD = "SYR2,2024-05-01,Battles,Armed clash,Army,Rebels,Syria,Azaz,136.58,37.04,Clashes,3\n"
STORY = "Shelling hit Toretsk, 20 km south of Kramatorsk, on Tuesday."


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def test_a_table_of_events_is_mapped_without_the_texts_being_read(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    result = run("map", str(path), "-o", str(tmp_path / "map.html"))
    assert result.exit_code == 0
    assert "1 event, 0 checked claims" in result.stderr
    assert "<title>acled</title>" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_bad_rows_are_named_the_good_ones_drawn_and_the_exit_code_is_two(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(HEADER + GOOD + BAD, encoding="utf-8")
    result = run("map", str(path), "-o", str(tmp_path / "map.html"))
    assert result.exit_code == 2
    assert f"{path}:3: latitude '136.58' is not a number from -90 to 90" in result.stderr
    assert "1 row not used, 1 event kept" in result.stderr
    assert (tmp_path / "map.html").exists()


def test_thousands_of_bad_rows_do_not_flood_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(HEADER + GOOD + BAD * 3000, encoding="utf-8")
    result = run("map", str(path), "-o", str(tmp_path / "map.html"))
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) < 30
    assert "and 2,980 more rows that could not be used" in result.stderr


def test_texts_and_tables_go_on_one_map(tmp_path: Path) -> None:
    table, text = tmp_path / "acled.csv", tmp_path / "story.txt"
    table.write_text(HEADER + GOOD, encoding="utf-8")
    text.write_text(STORY, encoding="utf-8")
    result = run("map", str(table), str(text), "-o", str(tmp_path / "map.html"))
    assert result.exit_code == 0
    assert "1 document, 2 events" in result.stderr


def test_a_file_that_holds_no_events_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("title,text\nx,y\n", encoding="utf-8")
    result = run("map", str(path), "-o", str(tmp_path / "map.html"))
    assert result.exit_code == 2
    assert "without columns for latitude and longitude" in result.stderr
    assert not (tmp_path / "map.html").exists()


@pytest.mark.parametrize(
    ("target", "message"), [("map.gif", "ends in none of them"), ("map.html/x.html", "cannot write")]
)
def test_a_map_that_cannot_be_written_is_refused_in_one_line(
    target: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "map.html").write_text("", encoding="utf-8")
    result = run("map", "--text", STORY, "-o", str(tmp_path / target))
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output + result.stderr


def test_unknown_tiles_are_refused_with_names_that_work(tmp_path: Path) -> None:
    result = run("map", "--text", STORY, "--tiles", "Nowhere", "-o", str(tmp_path / "map.html"))
    assert result.exit_code == 2
    assert "no online tiles are called 'Nowhere'; try 'OpenStreetMap'" in result.stderr


def test_a_timemap_is_written_and_mapped_again(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    assert run("map", str(path), "-o", str(tmp_path / "timemap.json")).exit_code == 0
    made = json.loads((tmp_path / "timemap.json").read_text(encoding="utf-8"))
    assert made["events"][0]["location"] == "Azaz"
    again = run("map", str(tmp_path / "timemap.json"), "-o", str(tmp_path / "again.html"))
    assert "1 event" in again.stderr


def test_embed_prints_both_frames_and_says_when_which_works(tmp_path: Path) -> None:
    run("map", "--text", STORY, "-o", str(tmp_path / "a map.html"), "--title", 'A "title" <b>')
    result = run("embed", str(tmp_path / "a map.html"), "--height", "500")
    src, srcdoc = result.stdout.splitlines()
    assert src.startswith(
        '<iframe src="a%20map.html" sandbox="allow-scripts allow-downloads" title="A &quot;title&quot; &lt;b&gt;"'
    )
    assert "height:500px" in src
    assert srcdoc.startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;&#10;&lt;html')
    assert "policy" in result.stderr
    only = run("embed", str(tmp_path / "a map.html"), "--kind", "src")
    assert len(only.stdout.splitlines()) == 1


@pytest.mark.parametrize("content", [None, "<html></html>", b"\xff\xfe\x00"])
def test_what_is_no_map_is_not_embedded(content: str | bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("embed", str(path))
    assert result.exit_code == 2
    assert "page.html" in result.stderr


def test_a_briefing_is_written_from_texts(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    result = run("report", "--text", STORY, "-o", str(tmp_path / "brief.html"), "--title", "Week 24")
    assert result.exit_code == 0
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert '<h1 dir="auto">Week 24</h1>' in page
    assert "Toretsk" in page


def test_a_briefing_of_another_kind_is_refused_before_the_texts_are_read(tmp_path: Path) -> None:
    result = run("report", "nowhere.txt", "-o", str(tmp_path / "brief.odt"))
    assert result.exit_code == 2
    assert "ends in none of them" in result.stderr
    assert "nowhere.txt" not in result.stderr
