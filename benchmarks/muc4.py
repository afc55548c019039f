"""Are the incidents of MUC-4, wires in capitals, found with their type, and put in the right department?

    python benchmarks/muc4.py --corpora PATH

The keys in PATH hold who did what to whom, but neither the incident's type nor its place; those of 61
templates of the development documents are given in `muc4_incidents.csv`, by our own reading. Prints, for
these documents, precision, recall and F1 of the types of incident that each one tells of (as a set, and with
each incident counted), how many incidents with a department have a fitting event inside it, and how many
documents of the whole development set are rightly seen to tell of incidents or of none.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from geoevents.gazetteer import Gazetteer
from geoevents.model import Document, Event, EventStatus, SubType
from geoevents.pipeline import Pipeline
from geoevents.text import name_key

INCIDENTS = Path(__file__).with_name("muc4_incidents.csv")
TYPES = {
    SubType.ATTACK: "ATTACK",
    SubType.ARMED_CLASH: "ATTACK",
    SubType.SHELLING: "ATTACK",
    SubType.AIR_STRIKE: "ATTACK",
    SubType.EXCESSIVE_FORCE: "ATTACK",
    SubType.MOB_VIOLENCE: "ATTACK",
    SubType.REMOTE_EXPLOSIVE: "BOMBING",
    SubType.GRENADE: "BOMBING",
    SubType.SUICIDE_BOMB: "BOMBING",
    SubType.DISRUPTED_WEAPONS: "BOMBING",
    SubType.ABDUCTION: "KIDNAPPING",
    SubType.LOOTING: "ARSON",
}


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the development documents, with their datelines."""
    with (path / "doc_dev").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Document(f"{row['dateline']} -- [TEXT] {row['text']}", id=row["docid"])


def read_relevant(path: Path) -> dict[str, bool]:
    """Return for each document whether its key holds an incident that must be found."""
    relevant: dict[str, bool] = defaultdict(bool)
    for part in (path / "keys_dev").read_text(encoding="utf-8").split("%%%"):
        if part.strip():
            slots = dict(reversed(json.loads(part)))
            is_incident = slots["message_template"] != "*" and not slots.get("message_template_optional")
            relevant[slots["message_id"]] |= is_incident
    return relevant


def incidents_of(events: Sequence[Event]) -> list[Event]:
    """Return the events that are incidents: violence that was done or tried."""
    return [e for e in events if e.sub_type in TYPES and e.status is not EventStatus.PLANNED]


def fits(event: Event, row: Mapping[str, str]) -> bool:
    """Whether the event lies in the department of the incident."""
    place = None if event.location is None else event.location.place
    if place is None or place.country != row["country"]:
        return False
    wanted = name_key(row["department"])
    return wanted in name_key(f"{place.admin1 or ''} {place.name}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--errors", action="store_true", help="list the documents that went wrong")
    options = parser.parse_args()
    path = options.corpora / "muc4"
    pipeline = Pipeline.over(Gazetteer.load())
    found = {d.id: incidents_of(pipeline(d).events) for d in read_documents(path)}
    gold: dict[str, list[dict[str, str]]] = defaultdict(list)
    with INCIDENTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            gold[row["document"]].append(row)
    as_set, counted, placed = Counter[str](), Counter[str](), Counter[str]()
    for document, rows in gold.items():
        wanted = Counter(row["type"] for row in rows)
        told = Counter(TYPES[e.sub_type] for e in found[document])
        _tally(counted, told, wanted)
        _tally(as_set, Counter(set(told)), Counter(set(wanted)))
        for row in rows:
            if row["department"]:
                placed["all"] += 1
                placed["right"] += any(fits(e, row) for e in found[document])
        if options.errors:
            where = [(e.location and e.location.place and e.location.place.name) for e in found[document]]
            print(document, "gold", dict(wanted), {r["department"] for r in rows}, "found", dict(told), where)
    relevant = read_relevant(path)
    right = sum(bool(found[d]) == relevant[d] for d in found)
    print(f"MUC-4 development, {len(gold)} documents with {sum(map(len, gold.values()))} incidents")
    print(f"  types as a set     {_line(as_set)}")
    print(f"  types counted      {_line(counted)}")
    print(f"  right department   {placed['right'] / placed['all']:.3f} of {placed['all']}")
    print(f"  with or without    {right / len(found):.3f} of {len(found)} documents")


def _tally(counts: Counter[str], told: Counter[str], wanted: Counter[str]) -> None:
    counts["hit"] += (told & wanted).total()
    counts["told"] += told.total()
    counts["wanted"] += wanted.total()


def _line(counts: Counter[str]) -> str:
    precision, recall = counts["hit"] / max(1, counts["told"]), counts["hit"] / max(1, counts["wanted"])
    return f"precision {precision:.3f} recall {recall:.3f} F1 {2 * counts['hit'] / max(1, counts['told'] + counts['wanted']):.3f}"


if __name__ == "__main__":
    main()
