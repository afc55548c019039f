from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoevents.cli import main

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
STORY = str(EXAMPLES / "at-tanf.txt")


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin)


def test_help_teaches_each_verb_with_an_example() -> None:
    assert "Examples:" in run("--help").stdout
    for verb in ("map", "places", "events", "check", "lookup", "distance", "completion"):
        result = run(verb, "--help")
        assert result.exit_code == 0
        assert f"geoevents {verb}" in result.stdout.split("Examples:")[1]


def test_places_as_json_lines_have_the_promised_fields() -> None:
    result = run("places", STORY, "--format", "jsonl")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    text = Path(STORY).read_text(encoding="utf-8")
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert ",".join(rows[0]) == (
        "document,start,end,text,place_id,name,lat,lon,country,admin1,kind,radius_km,score,reason,role"
    )


def test_geojson_holds_the_rows_of_csv_that_say_where_something_is() -> None:
    table = list(csv.DictReader(io.StringIO(run("places", STORY, "--format", "csv").stdout)))
    features = json.loads(run("places", STORY, "--format", "geojson").stdout)["features"]
    located = [row["text"] for row in table if row["role"] not in {"demonym", "embedded"}]
    assert located == [f["properties"]["text"] for f in features]
    assert len(located) < len(table)
    assert {f["properties"]["layer"] for f in features} == {"place"}


PEOPLES = "Syrian rebels left Aleppo, the Aleppo Media Center said."


def test_every_role_is_listed_and_labeled() -> None:
    rows = [json.loads(x) for x in run("places", "--text", PEOPLES, "--format", "jsonl").stdout.splitlines()]
    assert [(row["text"], row["role"]) for row in rows] == [
        ("Syrian", "demonym"),
        ("Aleppo", "literal"),
        ("Aleppo", "embedded"),
    ]


@pytest.mark.parametrize("layout", ["jsonl", "geojson"])
def test_roles_choose_what_is_listed_in_every_format(layout: str) -> None:
    output = run("places", "--text", PEOPLES, "--roles", "demonym,embedded", "--format", layout).stdout
    rows = [json.loads(line) for line in output.splitlines()]
    if layout == "geojson":
        rows = [feature["properties"] for feature in rows[0]["features"]]
    assert [row["text"] for row in rows] == ["Syrian", "Aleppo"]


def test_what_is_shown_does_not_change_which_place_a_name_means() -> None:
    text = "Lebanese officials met in Tripoli."
    for roles in ("literal", "literal,demonym"):
        output = run("places", "--text", text, "--roles", roles, "--format", "jsonl").stdout
        assert json.loads(output.splitlines()[-1])["country"] == "LB"


def test_events_and_claims_of_one_text() -> None:
    text = "Shelling hit Toretsk, 20 km south of Kramatorsk, on Tuesday."
    (event,) = [
        json.loads(line)
        for line in run(
            "events", "--text", text, "--date", "2025-01-15", "--format", "jsonl"
        ).stdout.splitlines()
    ]
    assert (event["sub_type"], event["date"]) == ("Shelling/artillery/missile attack", "2025-01-14")
    (verdict,) = [
        json.loads(line) for line in run("check", "--text", text, "--format", "jsonl").stdout.splitlines()
    ]
    assert (verdict["subject"], verdict["reference"]) == ("Toretsk", "Kramatorsk")


def test_explanations_are_in_words() -> None:
    claims = run("check", STORY, "--explain").stdout
    assert "if it were Aleppo" in claims
    assert "Konashenkov" in claims
    assert "because" in run("events", STORY, "--explain").stdout


def test_what_is_left_alone_is_named() -> None:
    result = run("check", "--explain", "--text", "An Mi-24 hit the wall, which is 5 km long.")
    assert "left alone:" in result.stdout
    assert "5 km" in result.stdout
    assert "a name, not a length" in result.stdout


def test_claims_that_cannot_both_be_true_are_told_across_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Toretsk is 20 km from Kramatorsk.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Kramatorsk is 50 km from Toretsk.", encoding="utf-8")
    result = run("check", str(tmp_path), "--format", "jsonl", "--fail-on", "conflict")
    assert result.exit_code == 1
    assert "conflict: Kramatorsk and Toretsk cannot be both" in result.stderr
    assert len(result.stdout.splitlines()) == 2
    alone = run("check", str(tmp_path / "a.txt"), "--fail-on", "conflict")
    assert alone.exit_code == 0


def test_an_outpost_without_a_name_is_placed_and_drawn() -> None:
    text = "An outpost 15 km northeast of Hasakah was attacked."
    (row,) = [
        json.loads(line) for line in run("check", "--text", text, "--format", "jsonl").stdout.splitlines()
    ]
    assert row["implied"]["text"] == "An outpost"
    assert row["implied"]["lat"] == pytest.approx(36.598, abs=0.05)
    claim, implied = json.loads(run("check", "--text", text, "--format", "geojson").stdout)["features"]
    assert claim["properties"]["layer"] == "claim"
    assert implied["geometry"]["type"] == "Polygon"
    assert implied["properties"]["called"] == "An outpost"


def test_standard_input_is_a_document() -> None:
    result = run("places", "-", "--format", "jsonl", stdin="Clashes in Gao, in Mali.")
    assert [json.loads(line)["document"] for line in result.stdout.splitlines()] == ["-", "-"]


def test_fail_on_refuted_exits_with_one() -> None:
    refuted = "Pokrovsk is 500 kilometers west of Donetsk."
    assert run("check", "--text", refuted, "--fail-on", "refuted").exit_code == 1
    assert run("check", "--text", refuted).exit_code == 0
    assert run("check", "--text", "Clashes in Gao.", "--fail-on", "refuted").exit_code == 0


def test_a_bad_file_is_one_line_and_exit_code_two_and_the_rest_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0\1\2")
    (tmp_path / "b.txt").write_text("Clashes in Gao.", encoding="utf-8")
    result = run("places", str(tmp_path), "--format", "jsonl")
    assert result.exit_code == 2
    assert "a.txt: is binary" in result.stderr
    assert "1 input not used, 1 document analyzed" in result.stderr
    assert json.loads(result.stdout)["text"] == "Gao"
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["places", "gone.txt"], "gone.txt: there is no such file"),
        (["places"], "name a file"),
        (["places", "--text", "x", "y.txt"], "not both"),
        (["places", "--text", "x", "--date", "19/06/2016"], "'19/06/2016' is not a day"),
        (["places", "--text", "x", "--near", "91,200"], "'91,200' is no point: latitude"),
        (["places", "--text", "x", "--country", "Syria"], "'SYRIA' is not an ISO"),
        (["places", "--text", "x", "--country", "XX"], "no country has the code 'XX'"),
        (["places", "--text", "x", "--gazetteer", "gone.csv"], "gone.csv"),
        (["places", "--text", "x", "--roles", "literal,verb"], "'verb' is no role; the roles are literal,"),
        (["check", "--text", "x", "--explain", "--format", "csv"], "--explain is prose"),
        (["distance", "95,10", "Aleppo"], "'95,10' is no point: latitude"),
        (["lookup", "Qzarbundixx"], "no place is called 'Qzarbundixx'"),
        (["distance", "Qzarbundixx", "Aleppo"], "no place is called 'Qzarbundixx'"),
        (["nonsense"], "No such command"),
    ],
)
def test_what_means_nothing_is_one_clear_line(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_the_day_counts_only_where_the_text_does_not_say(tmp_path: Path) -> None:
    (tmp_path / "dated.txt").write_text(
        "KYIV, Ukraine, Jan. 14, 2025 (Wire) — Shelling hit Toretsk on Monday.", encoding="utf-8"
    )
    (tmp_path / "undated.txt").write_text("Shelling hit Kramatorsk on Monday.", encoding="utf-8")
    lines = run("events", str(tmp_path), "--date", "2024-05-15", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["date"] for line in lines] == ["2025-01-13", "2024-05-13"]


def test_a_table_of_several_documents_names_them_and_cuts_no_reason() -> None:
    table = run("check", str(EXAMPLES)).stdout
    assert table.splitlines()[0].startswith("document")
    assert "…" not in table
    assert "not checkable" in " ".join(table.split())


def test_files_of_other_kinds_are_counted(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "a.txt").write_text("Clashes in Gao.", encoding="utf-8")
    result = run("places", str(tmp_path), "--format", "jsonl")
    assert result.exit_code == 0
    assert "1 file of kinds that are not read passed over" in result.stderr


def test_empty_text_finds_nothing_and_is_no_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    for verb in ("places", "events", "check"):
        result = run(verb, str(empty), "--format", "jsonl")
        assert (result.exit_code, result.stdout) == (0, "")
    assert run("map", str(empty), "-o", str(tmp_path / "map.html")).exit_code == 0


def test_lookup_shows_spelling_kind_and_source() -> None:
    rows = [json.loads(line) for line in run("lookup", "Hmeimim", "--format", "jsonl").stdout.splitlines()]
    assert rows[0]["country"] == "SY"
    assert rows[0]["kind"] == "military"
    assert rows[0]["source"]


def test_lookup_near_a_point_puts_the_nearest_first() -> None:
    line = run("lookup", "Tripoli", "--near", "34.4,35.8", "--format", "jsonl").stdout.splitlines()[0]
    assert json.loads(line)["country"] == "LB"


def test_distance_prints_figures_bearing_and_notations() -> None:
    result = run("distance", "At-Tanf", "Aleppo", "--country", "SY")
    assert result.exit_code == 0
    assert "km" in result.stdout
    assert "mi" in result.stdout
    assert "bearing" in result.stdout
    assert "°" in result.stdout
    by_figures = run("distance", "33.506,38.618", "36.2021,37.1343").stdout
    assert "328.4 km, 204.1 mi" in by_figures
    by_minutes = run("distance", "33°30′22″N 38°37′05″E", "36.2021,37.1343").stdout
    assert "328.4 km, 204.1 mi" in by_minutes


def test_a_bad_row_of_the_users_gazetteer_is_named_and_the_good_ones_kept(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "id,name,kind,country,admin1,lat,lon,radius_km,population,geonameid,wikidata,disputed,aliases,source,note\n"
        "x1,Qzarbundi,settlement,ML,Gao,16.30,-0.10,1,,,,,Qzarboundi,own survey,\n"
        "x2,Elsewhere,settlement,ML,Gao,96.30,-0.10,1,,,,,,own survey,\n",
        encoding="utf-8",
    )
    result = run("places", "--text", "Clashes in Qzarboundi.", "--gazetteer", str(table), "--format", "jsonl")
    assert json.loads(result.stdout)["place_id"] == "x1"
    assert "mine.csv:3" in result.stderr
    assert result.exit_code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str) -> None:
    assert "geoevents" in run("completion", shell).stdout


def test_a_text_without_words_is_named(tmp_path: Path) -> None:
    blank = tmp_path / "blank.txt"
    blank.write_text(" \n", encoding="utf-8")
    assert f"geoevents: {blank.as_posix()}: there is no text in it" in run("places", str(blank)).stderr
    assert run("events", "--text", "").stderr == "geoevents: text: there is no text in it\n"


def test_a_gazetteer_without_the_columns_is_named_though_it_has_no_rows(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,latitude,longitude\n", encoding="utf-8")
    result = run("places", "--text", "Clashes in Gao.", "--gazetteer", str(table))
    assert result.exit_code == 2
    assert f"{table}:1: missing columns 'id', 'kind', 'lat', 'lon', 'source'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["places", "--colour"], "No such option"),
        (["places"], "name a file, a folder, - for standard input, or give --text"),
        (["places", "--near", "north", "x"], "Invalid value for '--near': 'north' is not LAT,LON in degrees"),
        (["plces"], "No such command 'plces'"),
        (["--colour"], "No such option"),
        (["distance", "Aleppo"], "Missing argument 'TO'"),
    ],
)
def test_a_mistake_in_the_call_is_one_line(arguments: list[str], line: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"geoevents: {line}")
    assert result.stderr.count("\n") == 1


def test_a_group_without_a_command_shows_its_help() -> None:
    assert "import" in run("gazetteer").output
    assert "places" in run().output
