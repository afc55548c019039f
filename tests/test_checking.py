from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import geoevents as ge
from geoevents.checking import CLAIM_COLUMNS, ClaimChecker, ClaimRow, read_claims
from geoevents.cli import main
from geoevents.errors import DocumentError, GeoeventsError, MissingFileError, OptionError
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import LatLon, destination
from geoevents.model import Outcome, Place, PlaceKind

HERE = LatLon(lat=35.0, lon=38.0)
HEADER = ",".join(CLAIM_COLUMNS)


def _no_gazetteer() -> Gazetteer:
    raise AssertionError("nothing had to be looked up")


def town(name: str, distance_km: float = 0.0, bearing_deg: float = 0.0, population: int = 5_000) -> Place:
    point = destination(HERE, bearing_deg=bearing_deg, distance_km=distance_km)
    return Place(name.lower(), name, point=point, kind=PlaceKind.SETTLEMENT, population=population)


def table(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "claims.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def line(claim: str, distance_km: float, bearing_deg: float = 0.0, *, size: str = "5000,,5000,") -> str:
    subject = destination(HERE, bearing_deg=bearing_deg, distance_km=distance_km)
    return f'S,{subject.lat},{subject.lon},R,{HERE.lat},{HERE.lon},"{claim}",{size}'


def check(path: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--claims", str(path), *options])


def rows_of(result: Result) -> list[dict]:
    return [json.loads(each) for each in result.stdout.splitlines()]


def test_two_places_and_a_phrase_are_enough_for_a_verdict():
    verdict = ge.verify_distance(town("A", 30, 45), town("B"), claim="about 30 km northeast")
    assert verdict.outcome is Outcome.SUPPORTED
    assert verdict.reason.startswith("A to B is 30 km")
    assert verdict.claim.subject.resolution.place.name == "A"


def test_points_have_no_extent():
    point = destination(HERE, bearing_deg=0, distance_km=30)
    verdict = ge.verify_distance(point, HERE, claim="30 km north")
    assert verdict.measured.low == pytest.approx(verdict.measured.high)


def test_names_are_looked_up_together():
    verdict = ge.verify_distance("Toretsk", "Kramatorsk", claim="about 40 km south")
    assert verdict.outcome is Outcome.CONSISTENT
    verdict = ge.verify_distance("Paris, Texas", "Dallas", claim="about 160 km northeast")
    assert verdict.claim.subject.resolution.place.admin1 == "Texas"


@pytest.mark.parametrize("phrase", ["quite near", "banana", ""])
def test_a_phrase_without_a_length_is_a_verdict_without_an_answer_as_in_a_table(phrase):
    verdict = ge.verify_distance(ge.LatLon(lat=36, lon=38), ge.LatLon(lat=36.27, lon=38), claim=phrase)
    assert verdict.outcome is Outcome.NOT_CHECKABLE
    assert verdict.reason == f"no length and no travel time is read in {phrase!r}: not checkable"


def test_what_is_neither_phrase_nor_claim_is_refused():
    with pytest.raises(OptionError, match="a claim is a phrase or a DistanceClaim, got 30"):
        ge.verify_distance(ge.LatLon(lat=36, lon=38), ge.LatLon(lat=36.27, lon=38), claim=30)


def test_a_travel_time_can_only_be_impossible():
    assert (
        ge.verify_distance(town("A", 90), town("B"), claim="a two-hour drive").outcome is Outcome.CONSISTENT
    )
    assert ge.verify_distance(town("A", 900), town("B"), claim="a two-hour drive").outcome is Outcome.REFUTED


def test_a_table_gets_one_verdict_a_row_in_order(tmp_path):
    lines = [line("30 km north", 30), line("15 km north", 30), line("300 km", 30), line("45 km", 30)]
    result = check(table(tmp_path, *lines), "--format", "jsonl")
    assert result.exit_code == 0
    rows = rows_of(result)
    assert [row["outcome"] for row in rows] == ["supported", "refuted", "refuted", "road_only"]
    assert [row["line"] for row in rows] == [2, 3, 4, 5]
    assert [row["text"] for row in rows] == ["30 km north", "15 km north", "300 km", "45 km"]
    assert (rows[0]["subject"], rows[0]["reference"]) == ("S", "R")


def test_the_formats_hold_the_same_verdicts(tmp_path):
    path = table(tmp_path, line("30 km north", 30), line("30 km south", 30))
    as_csv = list(csv.DictReader(io.StringIO(check(path, "--format", "csv").stdout)))
    as_json = rows_of(check(path, "--format", "jsonl"))
    assert list(as_csv[0]) == list(as_json[0])
    assert [row["outcome"] for row in as_csv] == [row["outcome"] for row in as_json]
    assert "refuted" in check(path).stdout
    assert "would hold to the N" in check(path, "--explain").stdout


def test_coordinates_alone_need_no_gazetteer(tmp_path):
    path = table(tmp_path, line("30 km north", 30))
    rows = list(read_claims(path, on_error=pytest.fail))
    (verdict,) = ClaimChecker(_no_gazetteer)(rows)
    assert verdict.outcome is Outcome.SUPPORTED


def test_a_radius_in_the_table_counts_before_the_population(tmp_path):
    path = table(
        tmp_path, line("40 km north", 30, size="5000,12,5000,"), line("40 km south", 30, size="1,0,1,0")
    )
    rows = list(read_claims(path, on_error=pytest.fail))
    assert (rows[0].subject.radius_km, rows[1].subject.radius_km) == (12, 0)
    assert next(ClaimChecker(_no_gazetteer)(rows)).outcome is Outcome.CONSISTENT


def test_a_town_without_a_size_gets_that_of_the_town_of_its_name_there():
    aleppo = Gazetteer.load().lookup("Aleppo", country="SY", kind=PlaceKind.SETTLEMENT, limit=1)[0].place
    bare = Place(
        "given:Aleppo", "Aleppo", point=aleppo.point, kind=PlaceKind.SETTLEMENT, source="given in the table"
    )
    row = ClaimRow(2, bare, town("R"), "100 km")
    (verdict,) = ClaimChecker(Gazetteer.load)([row])
    assert verdict.claim.subject.resolution.place.population == aleppo.population


def test_bad_rows_are_reported_with_line_and_value_and_the_rest_is_kept(tmp_path):
    path = table(
        tmp_path,
        line("30 km north", 30),
        "A,95,38,B,36,37,300 km,,,,",
        "A,33.5,,B,36,37,300 km,,,,",
        ",,,B,36,37,300 km,,,,",
        "A,33,38,B,36,37,,,,,",
        "A,33,38,B,36,37,300 km,many,,,",
        "A,33,38,B,36,37,300 km,,-1,,",
        "A,33,38,B,36,37,300 km,,,,,more",
        line("30 km south", 30),
    )
    result = check(path, "--format", "jsonl", "--fail-on", "refuted")
    assert result.exit_code == 2
    assert [row["line"] for row in rows_of(result)] == [2, 10]
    for number, words in (
        (3, "subject_lat '95' is not a number from -90 to 90"),
        (4, "subject_lat '33.5' has no subject_lon"),
        (5, "subject '' has neither a name nor coordinates"),
        (6, "claim '' is empty"),
        (7, "subject_population 'many' is not a number"),
        (8, "subject_radius_km '-1' is not a number"),
        (9, "more cells than the header has columns: ['more']"),
    ):
        assert f"claims.csv:{number}: {words}" in result.stderr
    assert "7 rows not used, 2 claims checked" in result.stderr


def test_lines_are_counted_over_quoted_line_breaks_and_blank_lines(tmp_path):
    path = table(tmp_path, '"A\ntown",33,38,B,36,37,300 km,,,,', "", "A,99,38,B,36,37,300 km,,,,")
    errors: list[GeoeventsError] = []
    assert [row.line for row in read_claims(path, on_error=errors.append)] == [2]
    assert [error.line for error in errors] == [5]


def test_a_phrase_that_says_nothing_of_distance_is_a_verdict_without_an_answer(tmp_path):
    (row,) = rows_of(check(table(tmp_path, line("quite near", 30)), "--format", "jsonl"))
    assert row["outcome"] == "not_checkable"
    assert row["reason"] == "no length and no travel time is read in 'quite near': not checkable"


def test_names_without_coordinates_are_looked_up(tmp_path):
    path = table(
        tmp_path, "Toretsk,,,Kramatorsk,,,about 40 km south", "Qzarbundixx,,,Kramatorsk,,,5 km", header=HEADER
    )
    rows = rows_of(check(path, "--format", "jsonl"))
    assert [row["outcome"] for row in rows] == ["consistent", "not_checkable"]
    assert "no gazetteer has this name" in rows[1]["reason"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 0),
        (("--fail-on", "refuted"), 1),
        (("--fail-on", "units"), 0),
        (("--fail-on", "not_checkable"), 0),
    ],
)
def test_fail_on_speaks_of_tables_too(tmp_path, options, code):
    assert check(table(tmp_path, line("30 km south", 30)), *options).exit_code == code


def test_what_is_no_table_of_claims_is_one_clear_line(tmp_path):
    missing = check(tmp_path / "gone.csv")
    assert (missing.exit_code, "gone.csv: there is no such file" in missing.stderr) == (2, True)
    other = check(table(tmp_path, "1,2", header="a,b"))
    assert other.exit_code == 2
    assert "claims.csv:1: has no column 'subject'" in other.stderr
    empty = check(table(tmp_path, header=""))
    assert empty.exit_code == 2
    with pytest.raises(MissingFileError):
        list(read_claims(tmp_path / "gone.csv", on_error=print))


@pytest.mark.parametrize(
    "options", [("--text", "x"), ("--format", "geojson"), ("--explain", "--format", "csv")]
)
def test_options_that_do_not_go_with_a_table_are_refused(tmp_path, options):
    result = check(table(tmp_path, line("30 km", 30)), *options)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "claims.csv"
    lines = HEADER + "\r\n" + line("30 km north", 30).replace("S,", "Bogotá,", 1) + "\r\n"
    path.write_bytes(lines.encode(encoding))
    (row,) = read_claims(path, on_error=pytest.fail)
    assert (row.subject.name, row.claim) == ("Bogotá", "30 km north")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "subject,reference,kaim\n",
            "has no column 'claim'; it needs subject, reference and claim, and may have",
        ),
        ("", "is empty; a table of claims has a header"),
    ],
)
def test_a_table_without_its_columns_says_which_it_needs(tmp_path, written, message):
    table = tmp_path / "claims.csv"
    table.write_text(written, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        list(read_claims(table, on_error=print))
    assert caught.value.reason.startswith(message)


def test_an_end_that_is_neither_place_nor_point_nor_name_is_refused():
    with pytest.raises(OptionError, match=r"an end is a Place, a LatLon or a name, got \(50, 36\)"):
        ge.verify_distance((50, 36), "Kyiv", claim="30 km")
