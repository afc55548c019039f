"""What the documents of a run say together: repeats, stories, conflicts, and the page that sums them up."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from geoevents.corpus import run_corpus
from geoevents.corpus.across import compare
from geoevents.corpus.atlas import _feature, atlas_page
from geoevents.corpus.columns import document_columns, read_columns
from geoevents.corpus.page import summary_page
from geoevents.corpus.store import Store
from geoevents.corpus.stories import _source_count, _span
from geoevents.corpus.summary import summarize

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

AGENCY = (
    "TORETSK, Ukraine - Russian artillery shelled the town of Toretsk on Thursday and killed 4 people, the head of the"
    " town's military administration said. He told reporters that Toretsk lies 20 km south of Kramatorsk, and that"
    " rescuers had worked through the night in two apartment buildings beside the mine."
)
COPY = AGENCY.replace("TORETSK, Ukraine - ", "") + " Reporting by our staff."
RIVAL = (
    "Nine people died when Russian shelling hit Toretsk on Thursday, doctors said on Friday. Toretsk lies 60 km south"
    " of Kramatorsk, and has been under fire for months."
)
OTHER = "A suicide bomber killed 12 people at a market in Maiduguri, Nigeria, on Wednesday, the police said."
ROWS = [
    {"id": "agency", "text": AGENCY, "source": "Agency"},
    {"id": "copy", "text": COPY, "source": "Daily"},
    {"id": "rival", "text": RIVAL, "source": "Rival"},
    {"id": "other", "text": OTHER, "source": "Daily"},
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("across")
    path = folder / "wire.jsonl"
    rows = [json.dumps(row | {"date": "2024-05-10"}) for row in ROWS]
    path.write_text("\n".join([*rows, "<script>alert(1)</script>"]) + "\n", encoding="utf-8")
    run_corpus(path, folder / "out", workers=1)
    return folder / "out"


def table(out: Path, name: str) -> list[dict]:
    return parquet.read_table(out / f"{name}.parquet").to_pylist()


def test_reports_of_one_event_are_one_story_and_a_copy_is_no_source(run: Path) -> None:
    stories = {tuple(story["documents"]): story for story in table(run, "stories")}
    shelling = stories["agency", "copy", "rival"]
    assert (shelling["reports"], shelling["sources"]) == (3, 2)
    assert (shelling["name"], shelling["date"]) == ("Toretsk", date(2024, 5, 9))
    assert shelling["actors"] == "Military Forces of Russia"
    assert (shelling["fatalities_low"], shelling["fatalities_high"]) == (4, 9)
    assert shelling["fatalities_conflict"] is True
    assert [figure["document"] for figure in shelling["fatalities"]] == ["agency", "copy", "rival"]
    assert "Toretsk" in shelling["text"]
    bombing = stories["other",]
    assert (bombing["reports"], bombing["sources"], bombing["fatalities_conflict"]) == (1, 1, False)


def test_events_without_a_day_are_one_story_in_a_text_and_its_copy(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    rows = [{"id": "first", "text": AGENCY.replace(" on Thursday", "")}, {"id": "other", "text": RIVAL}]
    rows += [{"id": "copy", "text": COPY.replace(" on Thursday", "")}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run_corpus(path, tmp_path / "out", workers=1)
    told = {tuple(story["documents"]): story for story in table(tmp_path / "out", "stories")}
    assert told["first", "copy"]["date"] is None
    assert (told["first", "copy"]["reports"], told["first", "copy"]["sources"]) == (2, 1)
    assert ("first",) not in told
    assert ("copy",) not in told


def test_a_copy_is_named_with_what_it_repeats(run: Path) -> None:
    (row,) = table(run, "duplicates")
    assert (row["document"], row["repeats"]) == ("copy", "agency")
    assert 0.6 <= row["resemblance"] <= 1


def test_claims_that_cannot_both_be_true_stand_side_by_side(run: Path) -> None:
    (row,) = table(run, "conflicts")
    assert {row["name"], row["other"]} == {"Toretsk", "Kramatorsk"}
    assert (row["first_documents"], row["first_sources"]) == (["agency", "copy"], 1)
    assert (row["second_documents"], row["second_sources"]) == (["rival"], 1)
    assert row["first_km_high"] < row["second_km_low"]
    assert row["first_direction"] == row["second_direction"]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in {"href", "src", "style"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_summary_says_what_the_tables_hold_and_shows_markup_as_text(run: Path) -> None:
    parser = _Tags()
    parser.feed((run / "summary.html").read_text(encoding="utf-8"))
    assert "What 4 documents say" in parser.text
    assert "4 to 9, disputed" in parser.text
    assert "Toretsk" in parser.text
    assert "is not JSON" in parser.text
    assert not parser.tags & {"script", "img", "link", "iframe", "object"}
    assert parser.links == ["map.html"]


def test_markup_in_any_word_of_a_document_stays_text(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    text = AGENCY.replace("rescuers", evil)
    row = {"id": f"{evil}&{{{{7*7}}}}", "text": text, "source": evil, "date": "2024-05-10", "title": evil}
    rival = {"id": f"</q>{evil}", "text": RIVAL.replace("doctors", evil), "date": "2024-05-10"}
    path = tmp_path / "<b>wire.jsonl"
    path.write_text(f"{json.dumps(row)}\n{json.dumps(rival)}\n[{json.dumps(evil)}\n", encoding="utf-8")
    run_corpus(path, tmp_path / "out", workers=1)
    parser = _Tags()
    parser.feed((tmp_path / "out" / "summary.html").read_text(encoding="utf-8"))
    assert evil in parser.text
    assert not parser.tags & {"img", "b>wire.jsonl", "script"}


def test_an_empty_run_has_all_its_tables_and_its_page(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"")
    result = run_corpus(path, tmp_path / "out", workers=1)
    assert not any(result.rows.values())
    assert [len(table(tmp_path / "out", name)) for name in ("stories", "duplicates", "conflicts")] == [
        0,
        0,
        0,
    ]
    assert "What 0 documents say" in (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")


def test_the_same_tables_give_the_same_bytes(run: Path) -> None:
    names = ("stories.parquet", "duplicates.parquet", "conflicts.parquet", "map.html")
    before = [(run / name).read_bytes() for name in names]
    store = Store(run)
    compare(store, {"documents": 4, "places": 0, "events": 4, "verdicts": 3, "errors": 1})
    again = [(run / name).read_bytes() for name in names]
    assert again == before
    rows = {
        "documents": 4,
        "events": 4,
        "verdicts": 3,
        "errors": 1,
        "duplicates": 1,
        "stories": 2,
        "conflicts": 1,
    }
    assert summary_page(summarize(store, rows)) == summary_page(summarize(store, rows))


def test_documents_of_one_id_in_two_inputs_are_two(tmp_path: Path) -> None:
    for name, text in (("a", AGENCY), ("b", RIVAL)):
        row = json.dumps({"id": "1", "text": text, "date": "2024-05-10"})
        (tmp_path / f"{name}.jsonl").write_text(row + "\n", encoding="utf-8")
    run_corpus([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], tmp_path / "out", workers=1)
    story = max(table(tmp_path / "out", "stories"), key=lambda s: s["reports"])
    assert (story["reports"], story["sources"]) == (2, 2)


def test_columns_read_back_keep_their_order_and_number_their_documents(run: Path) -> None:
    store = Store(run)
    documents = document_columns(store)
    assert documents.ids.to_pylist() == ["agency", "copy", "rival", "other"]
    assert documents.firsts.tolist() == [0, 0, 2, 3]
    events = read_columns(store, "events", ["event", "type"])
    assert isinstance(events, pa.Table)
    for row in events.to_pylist():
        assert row["event"].startswith(documents.ids[row["number"]].as_py())


def test_sources_are_counted_without_copies_and_second_articles_of_an_outlet(run: Path) -> None:
    documents = document_columns(Store(run))
    assert _source_count([0], documents) == 1
    assert _source_count([0, 1], documents) == 1  # a copy
    assert _source_count([1, 3], documents) == 1  # the same outlet
    assert _source_count([0, 3], documents) == 2
    assert _source_count([0, 3, 1], documents) == 1  # the copy in that outlet joins them
    assert _source_count([0, 1, 2, 3], documents) == 2


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([], (None, None, False)),
        ([(4, 4), (4, 4)], (4, 4, False)),
        ([(4, 4), (9, 9)], (4, 9, True)),
        ([(10, None), (12, 12)], (10, None, False)),
        ([(10, None), (9, 9)], (10 - 1, None, True)),
        ([(20, 99), (30, 30)], (20, 99, False)),
    ],
)
def test_numbers_of_dead_conflict_where_they_cannot_all_be_true(figures, expected) -> None:
    span = _span([{"low": low, "high": high} for low, high in figures])
    assert (span["fatalities_low"], span["fatalities_high"], span["fatalities_conflict"]) == expected


def test_the_map_has_a_pin_for_each_story_and_not_for_each_report(run: Path) -> None:
    assert "Events in 4 documents" in (run / "map.html").read_text(encoding="utf-8")
    (shelling,) = (s for s in table(run, "stories") if s["reports"] == 3)
    feature = _feature(shelling)
    assert feature["geometry"]["coordinates"] == [shelling["lon"], shelling["lat"]]
    assert feature["properties"]["reasons"] == [
        "told in 3 reports by 2 sources, whose numbers of dead cannot all be true"
    ]


def test_of_too_many_stories_those_with_most_sources_are_drawn(run: Path, monkeypatch) -> None:
    monkeypatch.setattr("geoevents.corpus.atlas.MOST_PINS", 1)
    assert "Events in 4 documents: the 1 that most sources tell of" in atlas_page(Store(run), documents=4)
