"""Other people's models as recognizers: spaCy itself, and an object with GLiNER's documented interface.

No GLiNER model is on any registry that tests may use; what is tested of that adapter is how it asks,
how it reads answers in the documented form, and what it says when library or model is missing.
"""

from __future__ import annotations

import json
import re
import sys
import types
from dataclasses import replace
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given, strategies as st

from geoevents.adapters import gliner, spacy as spacy_adapter
from geoevents.adapters.entities import passages, toponyms_of
from geoevents.adapters.gliner import GlinerRecognizer
from geoevents.adapters.spacy import SpacyRecognizer
from geoevents.cli import main
from geoevents.errors import OptionError
from geoevents.gazetteer import Gazetteer
from geoevents.model import Document, Span, ToponymRole
from geoevents.pipeline import Pipeline

LITERAL, DEMONYM = ToponymRole.LITERAL, ToponymRole.DEMONYM
TEXT = "The Netherlands' envoy left Aleppo's north. Syrian troops stayed in The Hague, not in Idlib."
PATTERNS = [
    {"label": "GPE", "pattern": [{"LOWER": "the"}, {"LOWER": "netherlands"}, {"TEXT": "'"}]},
    {"label": "GPE", "pattern": [{"TEXT": "Aleppo"}, {"TEXT": "'s"}]},
    {"label": "NORP", "pattern": "Syrian"},
    {"label": "GPE", "pattern": "The Hague"},
    {"label": "LOC", "pattern": "Idlib"},
    {"label": "PERSON", "pattern": "envoy"},
]
FOUND = [
    ("Netherlands", LITERAL),
    ("Aleppo", LITERAL),
    ("Syrian", DEMONYM),
    ("The Hague", LITERAL),
    ("Idlib", LITERAL),
]


@pytest.fixture(scope="module")
def nlp():
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns(PATTERNS)
    return pipeline


def test_spacys_entities_become_toponyms_without_article_and_possessive(nlp) -> None:
    found = SpacyRecognizer(nlp)(Document(TEXT))
    assert [(t.text, t.role) for t in found] == FOUND
    assert all(t.span.of(TEXT) == t.text for t in found)


def test_spacys_labels_can_be_chosen(nlp) -> None:
    found = SpacyRecognizer(nlp, labels={"PERSON": LITERAL})(Document(TEXT))
    assert [t.text for t in found] == ["envoy"]


def test_a_text_beyond_spacys_limit_is_read_in_passages(nlp) -> None:
    text = "Nothing happened here today, again. " * 4000 + TEXT + "\n" * 200_000 + "Idlib burned."
    limited = nlp.max_length
    nlp.max_length = 120_000
    try:
        found = SpacyRecognizer(nlp)(Document(text))
    finally:
        nlp.max_length = limited
    assert [t.text for t in found] == [*(name for name, _ in FOUND), "Idlib"]
    assert all(t.span.of(text) == t.text for t in found)


def test_a_pipeline_runs_on_with_spacys_names(nlp) -> None:
    pipeline = replace(Pipeline.over_places(Gazetteer.load()), recognize=SpacyRecognizer(nlp))
    places = {r.toponym.text: r.place for r in pipeline(TEXT).resolutions}
    assert places["Aleppo"].country == "SY"
    assert places["Netherlands"].country == "NL"


def test_a_spacy_pipeline_is_named_on_the_command_line_by_its_folder(nlp, tmp_path) -> None:
    nlp.to_disk(tmp_path / "ruler")
    name = f"geoevents.adapters.spacy:load:{tmp_path / 'ruler'}"
    result = CliRunner().invoke(main, ["places", "--text", TEXT, "--format", "jsonl", "--recognizer", name])
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == [n for n, _ in FOUND]


def test_a_spacy_pipeline_that_is_not_there_is_one_line() -> None:
    pytest.importorskip("spacy")
    name = "geoevents.adapters.spacy:load:no_such_pipeline"
    result = CliRunner().invoke(main, ["places", "--text", TEXT, "--recognizer", name])
    assert result.exit_code == 2
    assert "spaCy cannot load the pipeline 'no_such_pipeline'" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("library", ["spacy", "gliner"])
def test_a_library_that_is_not_installed_is_one_line(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)  # what Python itself does to forbid an import
    name = f"geoevents.adapters.{library}:load:anything"
    result = CliRunner().invoke(main, ["places", "--text", TEXT, "--recognizer", name])
    assert result.exit_code == 2
    assert f"is not installed (import of {library} halted" in result.stderr
    assert f"pip install 'geoevents[{library}]'" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_importing_the_adapters_imports_neither_library() -> None:
    assert vars(gliner).keys().isdisjoint({"GLiNER"})
    assert vars(spacy_adapter).keys().isdisjoint({"spacy"})


class Gliner:
    """The documented interface: a prefix of so many tokens is read, the rest silently not."""

    max_len = 384

    def __init__(self, names: dict[str, tuple[str, float]]) -> None:
        self.names = names
        self.asked: list[list[str]] = []

    def predict_entities(self, text, labels, *, threshold=0.5):
        self.asked.append(labels)
        tokens = list(re.finditer(r"\w+|[^\w\s]", text))[: self.max_len]
        read = tokens[-1].end() if tokens else 0
        return [
            {"start": m.start(), "end": m.end(), "text": m.group(), "label": label, "score": score}
            for name, (label, score) in self.names.items()
            for m in re.finditer(re.escape(name), text[:read])
            if label in labels and score >= threshold
        ]


GLINER = Gliner(
    {
        "The Netherlands'": ("country", 0.9),
        "Aleppo's": ("city", 0.9),
        "Aleppo": ("location", 0.6),
        "Syrian": ("nationality", 0.8),
        "The Hague": ("city", 0.7),
        "Idlib": ("region", 0.55),
        "envoy": ("person", 0.9),
    }
)


def test_gliners_predictions_become_toponyms() -> None:
    found = GlinerRecognizer(GLINER)(Document(TEXT))
    assert [(t.text, t.role) for t in found] == FOUND
    assert GLINER.asked[-1] == list(gliner.LABELS)


def test_gliners_threshold_and_labels_can_be_chosen() -> None:
    strict = GlinerRecognizer(GLINER, threshold=0.75)(Document(TEXT))
    assert [t.text for t in strict] == ["Netherlands", "Aleppo", "Syrian"]
    people = GlinerRecognizer(GLINER, labels={"person": LITERAL})(Document(TEXT))
    assert [t.text for t in people] == ["envoy"]
    with pytest.raises(OptionError, match=r"from 0 to 1, got 1\.5"):
        GlinerRecognizer(GLINER, threshold=1.5)


def test_gliner_reads_long_texts_to_their_end() -> None:
    text = "Nothing happened here today, again; nothing at all. " * 100 + TEXT
    assert [t.text for t in GlinerRecognizer(GLINER)(Document(text))] == [name for name, _ in FOUND]
    endless = "word " * 2000 + "Idlib and so on"
    assert [t.text for t in GlinerRecognizer(GLINER)(Document(endless))] == ["Idlib"]


def test_a_gliner_model_is_loaded_from_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class FromHub:
        @staticmethod
        def from_pretrained(name: str, *, local_files_only: bool) -> Gliner:
            asked.append((name, local_files_only))
            if name == "gone":
                raise FileNotFoundError("no such files\nin the cache")
            return GLINER

    library = types.ModuleType("gliner")
    library.GLiNER = FromHub
    monkeypatch.setitem(sys.modules, "gliner", library)
    arguments = ["places", "--text", TEXT, "--format", "jsonl", "--recognizer"]
    result = CliRunner().invoke(
        main, [*arguments, "geoevents.adapters.gliner:load:urchade/gliner_small-v2.1"]
    )
    assert result.exit_code == 0, result.output
    assert asked == [("urchade/gliner_small-v2.1", True)]
    gone = CliRunner().invoke(main, [*arguments, "geoevents.adapters.gliner:load:gone"])
    assert gone.exit_code == 2
    assert "GLiNER cannot load the model 'gone' from this machine: no such files in the cache" in gone.stderr


def test_of_overlapping_entities_the_first_and_longest_is_kept() -> None:
    text = "in New York City and York"
    spans = [Span(7, 11), Span(3, 16), Span(3, 11), Span(21, 25)]
    found = toponyms_of(text, [(span, LITERAL) for span in spans])
    assert [t.text for t in found] == ["New York City", "York"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the U.S.", "U.S."),
        ("THE HAGUE", "THE HAGUE"),
        ("  Gao\n", "Gao"),
        ("Gao’s", "Gao"),
        ("Honduras’", "Honduras"),
        ("Theodosia", "Theodosia"),
        ("the ", None),
        ("'s", None),
        ("", None),
    ],
)
def test_a_name_is_trimmed(text: str, name: str | None) -> None:
    found = toponyms_of(text, [(Span(0, len(text)), LITERAL)])
    assert [t.text for t in found] == ([] if name is None else [name])


@given(st.text(alphabet="ab .\n?\u2028'", max_size=200), st.integers(1, 12))
def test_passages_hold_every_short_word_once_and_are_small_enough(text: str, at_most: int) -> None:
    found = list(passages(text, at_most=at_most, size=len))
    assert all(0 < span.end - span.start <= at_most for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    words = [m.span() for m in re.finditer(r"\S+", text) if m.end() - m.start() <= at_most]
    assert all(any(s.start <= a and b <= s.end for s in found) for a, b in words)
