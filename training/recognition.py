"""Learn what makes a stretch of words a place name, from annotated news.

`python training/recognition.py --corpora PATH` prints how well the weights do on documents that they
were not learned from (by corpus, and in five folds of documents), and how well roles are told apart;
`--write` then learns from everything and writes data/recognition.json, the same bytes each time.

A candidate is right when its span is an annotated one. The copies of some documents in capitals, in
lower case and in the case of headlines teach what can be told without capitals; they count less.
So do copies in which persons bear the names of places: "Paris Miller", "Mr. Jordan".
Our own sentences (sentences.txt) stand for what the corpora hold too little of.
Sentences on events add names that are surely right (those that an annotator marked as the place of an
event), and what a first model is sure of in them; the rest of their names is passed over.
"""

from __future__ import annotations

import argparse
import gzip
import json
import xml.etree.ElementTree as ET
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from own_sentences import own_sentences
from sklearn.linear_model import LogisticRegression

from geoevents.evaluation import GoldDocument, SpanMatch, match_spans, read_geowebnews, read_lgl
from geoevents.gazetteer import Gazetteer
from geoevents.lexicon.people import given_names
from geoevents.model import Span
from geoevents.recognition.candidates import Candidate, CandidateFinder
from geoevents.recognition.document import Link, context_features, context_keys, links
from geoevents.recognition.features import features_of
from geoevents.recognition.judging import best_without_overlap, see_alone
from geoevents.recognition.names import NameClass, demonyms
from geoevents.recognition.reading import Reading, Style, read
from geoevents.recognition.weights import Weights

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "data" / "recognition.json"
FOLDS = 5
STRENGTH, CONTEXT_STRENGTH, ROLE_STRENGTH = 0.1, 0.05, 0.1  # the inverse of the regularization
FEWEST_DOCUMENTS = 2  # that a feature must be seen in
COPY_WEIGHT = 0.15
SENTENCE_WEIGHT = 0.3
OWN_WEIGHT = 0.5
SURE = 0.95  # the probability from which a first model's word is taken for a sentence on events
_SCALE = 1000
Rows: TypeAlias = list[list[str]]


@dataclass(slots=True)
class Sample:
    """One document taken apart, with the truth: `labels` are 1, 0, or None where nobody knows."""

    id: str
    reading: Reading
    candidates: list[Candidate]
    spans: list[Span]
    linked: list[Link]
    own: Rows
    labels: list[int | None]
    gold: list[Span] = field(default_factory=list)
    weight: float = 1.0


@dataclass(slots=True)
class Learned:
    """The two layers of weights, and the score of a sample by them."""

    own: dict[str, float]
    context: dict[str, float]
    slope: float
    bias: float

    def first(self, sample: Sample) -> list[float]:
        """Return what each candidate scores alone."""
        return [sum(self.own.get(f, 0.0) for f in set(row)) for row in sample.own]

    def found(self, sample: Sample) -> list[Span]:
        """Return the spans that are places by these weights."""
        scored = self.scores(sample)
        for candidate, score in zip(sample.candidates, scored, strict=True):
            candidate.score = score
        number = {id(candidate): i for i, candidate in enumerate(sample.candidates)}
        kept = best_without_overlap(sample.candidates, min_score=0.0)
        return sorted(sample.spans[number[id(candidate)]] for candidate in kept)

    def scores(self, sample: Sample) -> list[float]:
        """Return what each candidate scores in the light of the others."""
        first = self.first(sample)
        return [
            self.slope * score + self.bias + sum(self.context.get(f, 0.0) for f in row)
            for score, row in zip(first, _context_rows(sample, first), strict=True)
        ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the cross-validated figures, and write the weights when asked to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="the folder with lgl/, geowebnews/, event_location/"
    )
    parser.add_argument("--write", action="store_true", help=f"learn from everything and write {OUT.name}")
    parser.add_argument("--no-validation", action="store_true", help="do not validate first")
    options = parser.parse_args(arguments)
    find = CandidateFinder(Gazetteer.load())
    lgl = read_samples(find, read_lgl(options.corpora / "lgl" / "lgl.xml"))
    path = options.corpora / "geowebnews" / "GWN.xml"
    gwn = read_samples(find, read_geowebnews(path), unsure=peoples(path))
    sentences = read_sentences(find, options.corpora / "event_location" / "items.jsonl.gz")
    uses = uses_of(read_geowebnews(path))
    if not options.no_validation:
        validate(find, lgl, gwn, sentences)
        validate_roles(gwn, uses)
    if options.write:
        learned = learn_with_help(find, [*lgl, *gwn], sentences)
        write(learned, {role: learn_role(gwn, uses, role) for role in ROLES})
        for name, samples in (("LGL", lgl), ("GeoWebNews", gwn)):
            report(f"{name}, as learned from it", samples, learned)


def read_samples(
    find: CandidateFinder, documents: Iterable[GoldDocument], *, unsure: dict[str, set[Span]] | None = None
) -> list[Sample]:
    """Take annotated documents apart; the spans in `unsure` are neither right nor wrong."""
    return [
        sample_of(
            find,
            document.document.id,
            document.document.text,
            [name.span for name in document.toponyms],
            unsure=(unsure or {}).get(document.document.id, set()),
        )
        for document in documents
    ]


def sample_of(
    find: CandidateFinder,
    id_: str,
    text: str,
    gold: list[Span],
    *,
    unsure: Iterable[Span] = (),
    weight: float = 1.0,
) -> Sample:
    """Take one text apart."""
    reading = read(text)
    candidates = find(reading)
    linked = links(reading, candidates)
    spans = [candidate.span(reading) for candidate in candidates]
    see_alone(reading, candidates, linked)
    own = [list(features_of(candidate.seen)) for candidate in candidates]
    right, skipped = set(gold), set(unsure)
    labels = [None if span in skipped else int(span in right) for span in spans]
    for number, candidate in enumerate(candidates):
        if candidate.name.kind is NameClass.INSTITUTION:
            labels[number] = 1  # corpora disagree; we mark a body called by its seat
    return Sample(id_, reading, candidates, spans, linked, own, labels, gold, weight)


def peoples(path: Path) -> dict[str, set[Span]]:
    """Return the spans that GeoWebNews calls peoples and languages, which other corpora count as names."""
    root = ET.parse(path).getroot()  # noqa: S314 - a corpus that the user named
    return {
        "gwn-" + (article.get("file") or ""): {
            Span(int(row.findtext("start") or 0), int(row.findtext("end") or 0))
            for row in article.iter("toponym")
            if row.findtext("type") in {"Demonym", "Language"}
        }
        for article in root.iter("article")
    }


def read_sentences(find: CandidateFinder, path: Path) -> list[Sample]:
    """Read sentences on events; only the places of the events are known to be right."""
    places: dict[str, set[Span]] = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            spans = (Span(s["start"], s["end"]) for s in item["spans"] if s["label"] == "LOCATION")
            places[item["text"]].update(spans)
    out = []
    for number, (text, spans) in enumerate(places.items()):
        sample = sample_of(find, f"sentences {number // 20}", text, [], weight=SENTENCE_WEIGHT)
        sample.labels = [1 if span in spans else None for span in sample.spans]
        out.append(sample)
    return out


def _own_samples(find: CandidateFinder) -> list[Sample]:
    filled = own_sentences(ROOT / "training" / "sentences.txt")
    return [sample_of(find, f"own {n}", text, gold, weight=OWN_WEIGHT) for n, text, gold in filled]


def learn_with_help(find: CandidateFinder, documents: list[Sample], sentences: list[Sample]) -> Learned:
    """Learn from documents, their copies in other cases, and what a first model makes of the sentences."""
    samples = [*documents, *_own_samples(find)]
    first = learn(samples)
    return learn(
        [
            *samples,
            *copies(find, documents),
            *renamed(find, documents),
            *(_judged(first, sentence) for sentence in sentences),
        ]
    )


def _judged(first: Learned, sentence: Sample) -> Sample:
    low = np.log((1 - SURE) / SURE)
    labels = [
        label if label is not None else (0 if score < low else 1 if score > -low else None)
        for label, score in zip(sentence.labels, first.scores(sentence), strict=True)
    ]
    return Sample(
        sentence.id,
        sentence.reading,
        sentence.candidates,
        sentence.spans,
        sentence.linked,
        sentence.own,
        labels,
        weight=sentence.weight,
    )


# Names of places that many persons bear, as the first and as the last name.
_FIRST_NAMES = """
Paris Jordan Georgia Israel Dallas Brooklyn Denver Austin Chelsea Savannah Sydney Florence Vienna Santiago
Victoria Charlotte Madison Houston Lincoln Jackson Diego Chad Kenya India London Milan Carolina Virginia Dakota
Montana Kingston Phoenix Orlando Adelaide Sofia Lourdes Troy Cleveland Memphis Boston Bristol Alexandria Asia
""".split()
_LAST_NAMES = """
Jordan Washington Houston Paris London Berlin Lincoln Kingston Israel Holland England Ireland France Lebanon
Cleveland Jackson Denver Austin Dallas Hamilton Lancaster York Bolton Burton Sheffield Preston Marseille Cruz
Santiago Cordoba Sevilla Toledo Medina Valencia Leon Trent Lourdes Hamburg Lorraine Vienna Boston Bristol Madrid
""".split()


def renamed(find: CandidateFinder, samples: Iterable[Sample]) -> list[Sample]:
    """Return the samples that name persons once more, their persons named like places throughout."""
    out = []
    for sample in samples:
        names = _renamings(sample)
        if names:
            out.append(_renamed(find, sample, names))
    return out


def _renamings(sample: Sample) -> dict[int, str]:
    """Return the new words for those that name persons, by their numbers."""
    reading, seed = sample.reading, zlib.crc32(sample.id.encode())
    gold = {i for i, at in enumerate(reading.starts) if any(s.start <= at < s.end for s in sample.gold)}
    out: dict[int, str] = {}
    for i, key in enumerate(reading.keys):
        if i in gold or not reading.capital[i] or reading.style(i) is not Style.NORMAL:
            continue
        number = seed + zlib.crc32(key.encode())
        is_first = reading.run_first(i) == i and key in given_names() and reading.key(i + 1) in reading.people
        if is_first and i + 1 not in gold:
            out[i] = _FIRST_NAMES[number % len(_FIRST_NAMES)]
        elif key in reading.people and number % 2:
            out[i] = _LAST_NAMES[number % len(_LAST_NAMES)]
    return out


def _renamed(find: CandidateFinder, sample: Sample, names: dict[int, str]) -> Sample:
    reading = sample.reading
    pieces, end, shifts = [], 0, [(0, 0)]
    for i, name in sorted(names.items()):
        pieces += [reading.text[end : reading.starts[i]], name]
        end = reading.ends[i]
        shifts.append((end, shifts[-1][1] + len(name) - (end - reading.starts[i])))

    def moved(span: Span) -> Span:
        shift = next(by for at, by in reversed(shifts) if at <= span.start)
        return Span(span.start + shift, span.end + shift)

    unsure = [moved(span) for span, label in zip(sample.spans, sample.labels, strict=True) if label is None]
    text = "".join((*pieces, reading.text[end:]))
    gold = [moved(span) for span in sample.gold]
    return sample_of(find, sample.id, text, gold, unsure=unsure, weight=COPY_WEIGHT)


_CASES: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str.title)


def copies(find: CandidateFinder, samples: Iterable[Sample]) -> list[Sample]:
    """Return every sample once more, in one of the other cases, as far as its length stays the same."""
    out = []
    for sample in samples:
        number = zlib.crc32(sample.id.encode()) % len(_CASES)
        text = _CASES[number](sample.reading.text)
        if len(text) == len(sample.reading.text):
            unsure = [span for span, label in zip(sample.spans, sample.labels, strict=True) if label is None]
            out.append(sample_of(find, sample.id, text, sample.gold, unsure=unsure, weight=COPY_WEIGHT))
    return out


def learn(samples: Sequence[Sample]) -> Learned:
    """Learn both layers; the second from scores that the first gives to documents it has not seen."""
    known = [(s, i) for s in samples for i, label in enumerate(s.labels) if label is not None]
    labels = np.array([s.labels[i] for s, i in known])
    weights = np.array([s.weight for s, _ in known])
    rows = [s.own[i] for s, i in known]
    own = _fit(rows, [s.id for s, _ in known], labels, weights)
    unseen: dict[int, list[float]] = {}
    folds = np.array([_fold(s) for s, _ in known])
    for fold in range(FOLDS):
        inside = np.flatnonzero(folds != fold)
        part = _fit(
            [rows[i] for i in inside], [known[i][0].id for i in inside], labels[inside], weights[inside]
        )
        model = Learned(part, {}, 1.0, 0.0)
        unseen.update({id(s): model.first(s) for s in samples if _fold(s) == fold})
    context_rows = {id(s): _context_rows(s, unseen[id(s)]) for s in samples}
    second = [context_rows[id(s)][i] for s, i in known]
    scores = [unseen[id(s)][i] for s, i in known]
    return _fit_context(own, second, scores, [s.id for s, _ in known], labels, weights)


def _fold(sample: Sample) -> int:
    return zlib.crc32(sample.id.encode()) % FOLDS


def _context_rows(sample: Sample, scores: Sequence[float]) -> Rows:
    for candidate, score in zip(sample.candidates, scores, strict=True):
        candidate.score = float(score)
    keys = context_keys(sample.candidates, sample.linked)
    return [[feature for key in of for feature in context_features(*key)] for of in keys]  # type: ignore[arg-type]


def _columns(rows: Rows, documents: Sequence[str]) -> dict[str, int]:
    seen: dict[str, set[str]] = defaultdict(set)
    for row, document in zip(rows, documents, strict=True):
        for feature in row:
            seen[feature].add(document)
    kept = sorted(feature for feature, where in seen.items() if len(where) >= FEWEST_DOCUMENTS)
    return {feature: number for number, feature in enumerate(kept)}


def _matrix(rows: Rows, columns: dict[str, int]) -> sp.csr_matrix:
    starts, indices = [0], []
    for row in rows:
        indices += sorted({columns[feature] for feature in row if feature in columns})
        starts.append(len(indices))
    return sp.csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), len(columns)))


def _fit(
    rows: Rows,
    documents: Sequence[str],
    labels: np.ndarray,
    weights: np.ndarray,
    *,
    strength: float = STRENGTH,
) -> dict[str, float]:
    columns = _columns(rows, documents)
    model = LogisticRegression(C=strength, max_iter=500)
    model.fit(_matrix(rows, columns), labels, sample_weight=weights)
    learned = dict(zip(columns, model.coef_[0], strict=True))
    learned["always"] = learned.get("always", 0.0) + model.intercept_[0]
    return learned


def _fit_context(
    own: dict[str, float],
    rows: Rows,
    scores: Sequence[float],
    documents: Sequence[str],
    labels: np.ndarray,
    weights: np.ndarray,
) -> Learned:
    columns = _columns(rows, documents)
    matrix = sp.hstack([_matrix(rows, columns), sp.csr_matrix(np.array(scores)[:, None])]).tocsr()
    model = LogisticRegression(C=CONTEXT_STRENGTH, max_iter=1000).fit(matrix, labels, sample_weight=weights)
    context = dict(zip(columns, model.coef_[0][:-1], strict=True))
    return Learned(own, context, model.coef_[0][-1], model.intercept_[0])


def validate(find: CandidateFinder, lgl: list[Sample], gwn: list[Sample], sentences: list[Sample]) -> None:
    """Print the figures for documents that nothing was learned from: by corpus, then in folds."""
    report("learned from GeoWebNews, LGL", lgl, learn_with_help(find, gwn, sentences))
    report("learned from LGL, GeoWebNews", gwn, learn_with_help(find, lgl, sentences))
    found: dict[int, list[Span]] = {}
    for fold in range(FOLDS):
        inside = [s for s in (*lgl, *gwn) if _outer_fold(s) != fold]
        model = learn_with_help(find, inside, sentences)
        found.update({id(s): model.found(s) for s in (*lgl, *gwn) if _outer_fold(s) == fold})
    for name, samples in (("LGL", lgl), ("GeoWebNews", gwn)):
        _print(f"five folds, {name}", samples, [found[id(s)] for s in samples])


def _outer_fold(sample: Sample) -> int:
    return zlib.crc32(b"outer " + sample.id.encode()) % FOLDS


def report(label: str, samples: Sequence[Sample], model: Learned) -> None:
    """Print precision, recall and F1 of a model on samples."""
    _print(label, samples, [model.found(sample) for sample in samples])


def _print(label: str, samples: Sequence[Sample], found: Sequence[list[Span]]) -> None:
    parts = []
    for match in SpanMatch:
        pairs = zip(samples, found, strict=True)
        right = sum(len(match_spans(sorted(s.gold), spans, match=match)) for s, spans in pairs)
        precision, recall = right / sum(map(len, found)), right / sum(len(s.gold) for s in samples)
        f1 = 2 * precision * recall / (precision + recall)
        parts.append(f"{match.value} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    print(f"{label:40} {' | '.join(parts)}", flush=True)


ROLES = {"embedded": ("Embedded_Non_Lit", "Embedded_Literal"), "metonym": ("Metonymic",)}
_OF_ONE_NAME = ("name ", "ends in ", "first word ", "last word ")


def uses_of(documents: Iterable[GoldDocument]) -> dict[str, dict[Span, str]]:
    """Return how each gold name is used, by document and span."""
    return {d.document.id: {name.span: name.use for name in d.toponyms} for d in documents}


def _role_rows(
    samples: Iterable[Sample], uses: dict[str, dict[Span, str]], role: str
) -> tuple[Rows, list[str], np.ndarray]:
    """Return what tells whether a gold name is in a role; what one name alone says is left out."""
    rows, documents, labels = [], [], []
    for sample in samples:
        for candidate, span, row in zip(sample.candidates, sample.spans, sample.own, strict=True):
            use = uses[sample.id].get(span)
            if use is not None and candidate.name.key not in demonyms():
                rows.append([feature for feature in row if not feature.startswith(_OF_ONE_NAME)])
                documents.append(sample.id)
                labels.append(int(use in ROLES[role]))
    return rows, documents, np.array(labels)


def learn_role(samples: Iterable[Sample], uses: dict[str, dict[Span, str]], role: str) -> dict[str, float]:
    """Learn what tells names in a role from the others."""
    rows, documents, labels = _role_rows(samples, uses, role)
    return _fit(rows, documents, labels, np.ones(len(labels)), strength=ROLE_STRENGTH)


def validate_roles(samples: list[Sample], uses: dict[str, dict[Span, str]]) -> None:
    """Print how well roles are told apart, in five folds, with the gold spans given."""
    for role in ROLES:
        right = found = gold = 0
        for fold in range(FOLDS):
            weights = learn_role([s for s in samples if _outer_fold(s) != fold], uses, role)
            rows, _, labels = _role_rows([s for s in samples if _outer_fold(s) == fold], uses, role)
            answers = np.array([sum(weights.get(f, 0.0) for f in set(row)) > 0 for row in rows])
            right += int((answers & (labels == 1)).sum())
            found, gold = found + int(answers.sum()), gold + int(labels.sum())
        print(f"{role}: P {right / found:.3f} R {right / gold:.3f} of {gold}", flush=True)


def weights_of(learned: Learned, roles: dict[str, dict[str, float]]) -> Weights:
    """Return what was learned as a recognizer takes it."""
    return Weights(
        own=learned.own, context=learned.context, slope=learned.slope, bias=learned.bias, roles=roles
    )


def write(learned: Learned, roles: dict[str, dict[str, float]]) -> None:
    """Write the weights, in thousandths; what weighs next to nothing is left out."""
    found = {
        "own": _rounded(learned.own),
        "context": _rounded(learned.context),
        "slope": round(learned.slope * _SCALE),
        "bias": round(learned.bias * _SCALE),
        "roles": {role: _rounded(weights) for role, weights in roles.items()},
    }
    OUT.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"wrote {OUT} ({OUT.stat().st_size:,} bytes)")


_SLIGHT = 20  # thousandths


def _rounded(weights: dict[str, float]) -> dict[str, int]:
    scaled = {feature: round(weight * _SCALE) for feature, weight in sorted(weights.items())}
    return {feature: weight for feature, weight in scaled.items() if abs(weight) >= _SLIGHT}


if __name__ == "__main__":
    main()
