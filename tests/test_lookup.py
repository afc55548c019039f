from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from geoevents.cli import main
from geoevents.errors import NetworkError
from geoevents.gazetteer import online
from geoevents.gazetteer.online import ask_nominatim
from geoevents.model import PlaceKind

ANSWER = {
    "place_id": 1,
    "osm_type": "node",
    "osm_id": 4711,
    "lat": "33.25",
    "lon": "38.75",
    "class": "place",
    "type": "hamlet",
    "addresstype": "hamlet",
    "name": "Qzarbundi",
    "display_name": "Qzarbundi, Homs Governorate, Syria",
    "address": {"hamlet": "Qzarbundi", "state": "Homs Governorate", "country_code": "sy"},
    "boundingbox": ["33.24", "33.26", "38.74", "38.76"],
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def rows(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("lookup", *arguments, "--format", "jsonl").stdout.splitlines()]


# Offline


def test_only_places_of_the_kind_are_shown() -> None:
    assert {row["kind"] for row in rows("Homs")} > {"admin1"}
    assert {row["kind"] for row in rows("Homs", "--kind", "admin1")} == {"admin1"}
    nothing = run("lookup", "Aleppo", "--kind", "front")
    assert nothing.exit_code == 2
    assert "no place of kind 'front' is called 'Aleppo'" in nothing.stderr


def test_every_row_says_why_it_ranks_so() -> None:
    exact, *_ = rows("Kharkov")
    assert exact["why"] == f"spelled so, {exact['population']:,} people, not its main name"
    assert rows("Tripoli", "--near", "34.4,35.8")[0]["why"].startswith("spelled so, ")  # type: ignore[attr-defined] # a string
    assert "km away" in str(rows("Tripoli", "--near", "34.4,35.8")[0]["why"])
    assert str(rows("Khmeimeem", "--country", "SY")[0]["why"]).startswith("sounds like ")


@pytest.mark.parametrize(
    ("name", "hint"), [("Khmeimeem", "only sound like it"), ("tanf", "another article"), ("Aleppo", "")]
)
def test_a_hint_says_when_only_a_looser_spelling_hit(name: str, hint: str) -> None:
    assert hint in run("lookup", name, "--country", "SY").stderr
    assert bool(hint) == bool(run("lookup", name, "--country", "SY").stderr)


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Paris, Texas", "gn4717560"),
        ("Springfield, Ill.", "gn4250542"),
        ("Tripoli, Lebanon", "lb-tripoli"),
        ("aleppo , SYRIA", "sy-aleppo"),
    ],
)
def test_a_name_may_say_where_it_lies(name: str, place_id: str) -> None:
    assert rows(name)[0]["place_id"] == place_id


@pytest.mark.parametrize("name", [",", "Aleppo, Texas", "Paris, Qzarbundi-les-Bains"])
def test_what_lies_nowhere_is_not_found(name: str) -> None:
    assert run("lookup", name).exit_code == 2


def test_of_several_countries_the_larger_place_comes_first() -> None:
    for order in ("LB,LY", "LY,LB"):
        assert [row["place_id"] for row in rows("Tripoli", "--country", order)][:1] == ["ly-tripoli"]
    assert len(rows("Tripoli", "--country", "LY,LY")) == len(rows("Tripoli", "--country", "LY"))


def test_a_point_south_of_the_equator_is_no_option() -> None:
    shown = run("distance", "-1.68,29.22", "-1.68,29.32")
    assert (shown.exit_code, "-1.68000, 29.22000" in shown.stdout) == (0, True)
    assert rows("Goma", "--near", "-1.68,29.22")[0]["country"] == "CD"
    assert run("distance", "--contry", "CD", "Goma").exit_code == 2


def test_distance_says_how_sure_it_is_in_both_units() -> None:
    shown = run("distance", "33.506,38.618", "Aleppo", "--country", "SY").stdout
    assert "between   317.3 and 337.3 km, 197.2 and 209.6 mi" in shown
    assert "bearing   none" in run("distance", "33.506,38.618", "33.506,38.618").stdout


def test_distance_gives_the_military_grid() -> None:
    shown = run("distance", "33.506,38.618", "89,10").stdout
    assert "37S DT 64520 07449" in shown
    assert "89.00000, 10.00000  (89°00′00″N 10°00′00″E)\n" in shown


# Online, from a server on this machine


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[object] = [ANSWER]
        self.status = 200
        self.asked: list[tuple[dict[str, list[str]], str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((parse_qs(urlsplit(self.path).query), self.headers["User-Agent"]))
        body = json.dumps(self.server.answers).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is theirs
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    monkeypatch.setenv("GEOEVENTS_DATA", str(tmp_path))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_name_that_is_nowhere_is_asked_for_when_the_user_says_so(server: Server) -> None:
    assert run("lookup", "Qzarbundi", "--nominatim", server.url).exit_code == 2
    assert server.asked == []
    (row,) = rows("Qzarbundi", "--online", "--nominatim", server.url, "--country", "SY")
    assert (row["place_id"], row["kind"], row["country"]) == ("osm-node-4711", "settlement", "SY")
    assert (row["spelling"], row["why"]) == ("online", "answer 1 of 1 online")
    ((query, agent),) = server.asked
    assert (query["q"], query["countrycodes"]) == (["Qzarbundi"], ["sy"])
    assert agent.startswith("geoevents/")


def test_what_is_known_here_is_never_asked_for(server: Server) -> None:
    assert rows("Aleppo", "--online", "--nominatim", server.url)[0]["country"] == "SY"
    assert server.asked == []


def test_nothing_is_asked_for_twice(server: Server, tmp_path: Path) -> None:
    first = ask_nominatim("Qzarbundi", cache=tmp_path, server=server.url)
    assert ask_nominatim(" Qzarbundi ", cache=tmp_path, server=server.url) == first
    assert len(server.asked) == 1
    (place,) = first
    assert (place.name, place.admin1, place.radius_km) == ("Qzarbundi", "Homs Governorate", 1.4)


def test_questions_are_a_second_apart(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(online.time, "sleep", pauses.append)
    ask_nominatim("Qzarbundi", cache=tmp_path, server=server.url)
    ask_nominatim("Qzarbundo", cache=tmp_path, server=server.url)
    (pause,) = pauses
    assert 0 < pause <= 1


def test_a_server_that_knows_nothing_or_fails(server: Server, tmp_path: Path) -> None:
    server.answers = []
    assert "no place is called" in run("lookup", "Qzarbundi", "--online", "--nominatim", server.url).stderr
    server.status = 503
    with pytest.raises(NetworkError, match="503"):
        ask_nominatim("Qzarbundo", cache=tmp_path, server=server.url)
    failed = run("lookup", "Qzarbundo", "--online", "--nominatim", server.url)
    assert failed.exit_code == 2
    assert "Traceback" not in failed.output
    server.status, server.answers = 200, [{"lat": "north"}]
    with pytest.raises(NetworkError, match="no answer that can be read"):
        ask_nominatim("Qzarbundo", cache=tmp_path, server=server.url)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"class": "military", "addresstype": "military", "type": "airfield"}, PlaceKind.MILITARY),
        ({"class": "waterway", "addresstype": "river"}, PlaceKind.WATER),
        ({"class": "boundary", "addresstype": "state"}, PlaceKind.ADMIN1),
        ({"class": "amenity", "addresstype": "amenity"}, PlaceKind.FACILITY),
    ],
)
def test_kinds_of_openstreetmap(
    server: Server, tmp_path: Path, change: dict[str, str], kind: PlaceKind
) -> None:
    server.answers = [{**ANSWER, **change}]
    assert ask_nominatim("Qzarbundi", cache=tmp_path, server=server.url)[0].kind is kind


def test_distance_takes_no_place_that_only_sounds_like_the_name() -> None:
    result = CliRunner().invoke(main, ["distance", "Aleppo", "Xanadoo"])
    assert result.exit_code == 2
    assert "geoevents: no place is called 'Xanadoo'; alike in sound only: " in result.stderr


def test_distance_takes_two_figures_with_a_blank_between_for_a_point() -> None:
    result = CliRunner().invoke(main, ["distance", "36.2 37.1", "36.2,37.1"])
    assert "distance  0.0 km" in result.stdout


@pytest.mark.parametrize(
    ("ends", "taken"),
    [
        (("Tripoli", "Beirut"), "Tripoli: taken as Tripoli, settlement, North Lebanon, LB, beside Beirut; "),
        (
            ("33.9,35.5", "Tripoli"),
            "Tripoli: taken as Tripoli, settlement, North Lebanon, LB, beside 33.9,35.5; ",
        ),
        (("Tripoli", "Benghazi"), "Tripoli: taken as Tripoli, settlement, Tripoli, LY; "),
    ],
)
def test_distance_takes_the_namesake_that_goes_with_the_other_end_and_says_so(ends, taken) -> None:
    result = CliRunner().invoke(main, ["distance", *ends])
    assert taken in result.stderr
    assert "could also be Tripoli" in result.stderr


def test_distance_keeps_the_namesake_that_the_user_asks_for() -> None:
    assert "LY" in CliRunner().invoke(main, ["distance", "Tripoli, Libya", "Beirut"]).stdout
    assert "LY" in CliRunner().invoke(main, ["distance", "Tripoli", "Beirut", "--near", "32,13"]).stdout


def test_distance_says_that_a_river_is_not_its_middle() -> None:
    shown = CliRunner().invoke(main, ["distance", "Litani River", "Sidon"]).stdout
    assert "note      where Litani River runs is on no map here" in shown
