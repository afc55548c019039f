"""What does a briefing say, whatever it is written in?

Everything from a text is cleaned here once (`geoevents.maps.wording.clean`); each layout escapes it
in its own way. A briefing is for reading: long lists are cut, and say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoevents.maps.aggregate import MOST_EVENTS, aggregated, count_events
from geoevents.maps.layout import Size
from geoevents.maps.palette import TYPES, gravest_first, outcome_of, verdict_words
from geoevents.maps.tolls import differing, toll_words, tolls
from geoevents.maps.wording import (
    DISCLAIMER,
    claim_words,
    clean,
    country_name,
    credits_line,
    date_words,
    describe,
    heading,
    interval_words,
    places_words,
    subtitle,
)

__all__ = ["Brief", "Candidate", "Picture", "Table", "Verdict", "brief_of"]

MOST_ROWS = 400
MOST_VERDICTS = 60
MOST_SOURCES = 300
MOST_ACCOUNTS = 40
_CANDIDATES = 10
_STANCES = {"denies": "denied by", "confirms": "confirmed by", "reports": "reported by"}
_STATUS = {
    "claimed": "what somebody is accused of",
    "denied": "denied",
    "planned": "planned or threatened",
    "background": "background",
}
# Refuted claims first: they are what a reader must not miss.
_OUTCOMES = {
    "refuted": "contradicted by the map",
    "road_only": "contradicted by the straight line unless by road",
    "not_checkable": "cannot be checked",
    "consistent": "allowed by the map",
    "supported": "supported by the map",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its alternative text."""

    png: bytes
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that an unnamed end of a claim could be."""

    name: str
    distance: str
    fit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A claim and what the map says of it."""

    outcome: str
    color: str
    quote: str
    speaker: str
    document: str
    claimed: str
    measured: str
    reason: str
    would_hold: str
    picture: Picture | None
    what_if: tuple[Candidate, ...]
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event as one row of the table."""

    date: str
    event: str
    place: str
    parties: str
    toll: str
    source: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in the order of `Table.heads`, before empty columns are left out."""
        return (self.date, self.event, self.place, self.parties, self.toll, self.source)


_EVENT_HEADS = ("Date", "Event", "Place", "Who, to whom", "Toll", "Source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Events as a table: its columns, its rows, how wide each column wants to be, as shares."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


_SHARES = (2.3, 3.1, 3.1, 3.8, 2.3, 2.4)


def _table(rows: list[EventRow], *, has_one_document: bool) -> Table:
    """Return the table without the columns that say nothing: all empty, or one document's title."""
    cells = [row.cells for row in rows]
    kept = [
        number
        for number, head in enumerate(_EVENT_HEADS)
        if any(row[number] for row in cells) and not (head == "Source" and has_one_document)
    ]
    whole = sum(_SHARES[number] for number in kept)
    return Table(
        heads=tuple(_EVENT_HEADS[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in cells),
        shares=tuple(_SHARES[number] / whole for number in kept),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A briefing, ready to be laid out."""

    title: str
    subtitle: str
    summary: tuple[str, ...]
    map: Picture
    caption: str
    verdicts: tuple[Verdict, ...]
    verdicts_left_out: int
    events: Table
    events_left_out: int
    accounts: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    sources_left_out: int
    method: tuple[tuple[str, str], ...]
    credit: str


def brief_of(collection: Mapping[str, Any], *, title: str | None = None) -> Brief:
    """Return the briefing of a feature collection, with its pictures."""
    from geoevents.maps.stills import still  # late: matplotlib

    name = title or heading(collection)
    if count_events(collection) > MOST_EVENTS:
        collection = aggregated(collection)
    documents = (collection.get("geoevents") or {}).get("documents") or []
    titles = _titles(documents)
    events = sorted(_rows(collection, "event"), key=lambda row: str(row.get("date") or "9999"))
    claims = gravest_first(_rows(collection, "claim"))
    # Of one document it goes without saying which.
    named = titles if len(documents) > 1 else {}
    picture = still(collection, suffix=".png", title=name, size=Size.SLIDE)
    return Brief(
        title=clean(name),
        subtitle=subtitle(collection),
        summary=tuple(_summary(events, claims)),
        map=Picture(picture, describe(collection, title=name)),
        caption=DISCLAIMER,
        verdicts=tuple(_verdict(row, named) for row in claims[:MOST_VERDICTS]),
        verdicts_left_out=max(0, len(claims) - MOST_VERDICTS),
        events=_table(
            [_event(row, titles) for row in events[:MOST_ROWS]],
            has_one_document=len(documents) == 1 and not any(row.get("source") for row in events),
        ),
        events_left_out=max(0, len(events) - MOST_ROWS),
        accounts=tuple(_accounts(events, titles)),
        sources=tuple(_sources(documents[:MOST_SOURCES], titles)),
        sources_left_out=max(0, len(documents) - MOST_SOURCES),
        method=METHOD,
        credit=credits_line((collection.get("geoevents") or {}).get("version")),
    )


def _rows(collection: Mapping[str, Any], layer: str) -> list[Mapping[str, Any]]:
    return [f["properties"] for f in collection["features"] if f["properties"].get("layer") == layer]


def _summary(events: list[Mapping[str, Any]], claims: list[Mapping[str, Any]]) -> Iterable[str]:
    if events:
        kinds = Counter[str]()
        for row in events:
            kinds[clean(row.get("type") or "Other")] += int(row.get("weight") or 1)
        order = [*(k for k in TYPES if k in kinds), *sorted(k for k in kinds if k not in TYPES)]
        listed = ", ".join(f"{kind.lower()} {kinds[kind]:,}" for kind in order)
        days = sorted(str(row["date"]) for row in events if row.get("date"))
        span = f" {_between(days)}" if days else ""
        yield f"{_counted(sum(kinds.values()), 'event')}{span}: {listed}."
        if places := places_words(events):
            yield places
    else:
        yield "No event that could be coded."
    outcomes = Counter(str(row.get("outcome")) for row in claims)
    parts = [f"{words} {outcomes[key]:,}" for key, words in _OUTCOMES.items() if outcomes[key]]
    if parts:
        yield f"{_counted(len(claims), 'claim')}: {', '.join(parts)}."


def _between(days: list[str]) -> str:
    if days[0] == days[-1]:
        return f"on {date_words(days[0])}"
    return f"between {date_words(days[0])} and {date_words(days[-1])}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _verdict(row: Mapping[str, Any], titles: Mapping[str, str]) -> Verdict:
    from geoevents.maps.measures import measure_picture, measure_words  # late: matplotlib

    outcome = outcome_of(row.get("outcome"))
    speaker = clean(row.get("speaker") or "")
    said = _STANCES.get(str(row.get("stance")), "said by")
    reason = clean(row.get("reason") or "")
    drawn = measure_picture(row)
    return Verdict(
        outcome=verdict_words(row),
        color=outcome.color,
        quote=clean(row.get("text") or claim_words(row)),
        speaker=f"{said.capitalize()} {speaker}." if speaker else "No speaker named.",
        document=titles.get(str(row.get("document")), ""),
        claimed=_claimed(row),
        measured=interval_words(row.get("measured_km")) if row.get("measured_km") else "not measured",
        reason=reason[:1].upper() + reason[1:],
        would_hold="; or ".join(clean(words) for words in row.get("would_hold") or ()),
        picture=None if drawn is None else Picture(drawn, f"{outcome.words}: {measure_words(row)}."),
        what_if=tuple(_candidates(row)),
        missing=clean((row.get("subject") if row.get("reference_point") else row.get("reference")) or ""),
    )


def _claimed(row: Mapping[str, Any]) -> str:
    if not row.get("claimed_km"):
        return clean(claim_words(row))
    meant = interval_words(row["claimed_km"])
    return f"{claim_words(row)}, {meant} in a straight line" if row.get("duration_h") else meant


def _candidates(row: Mapping[str, Any]) -> Iterable[Candidate]:
    """Yield the places nearest to the figure at which they begin or cease to fit, by their distance."""
    edges = [km for km in row.get("claimed_km") or () if km]
    entries = [entry for entry in row.get("what_if") or () if entry.get("measured_km")]

    def off(entry: Mapping[str, Any]) -> float:
        return min((abs(km - float(entry["measured_km"][0] or 0)) for km in edges), default=0.0)

    nearest = sorted(entries, key=off)[:_CANDIDATES]
    for entry in sorted(nearest, key=lambda e: e["measured_km"][0] or 0):
        fits = entry.get("outcome") in {"supported", "consistent"}
        yield Candidate(
            name=clean(entry.get("name") or ""),
            distance=interval_words(entry["measured_km"]),
            fit="would fit"
            if fits
            else "only by road"
            if entry.get("outcome") == "road_only"
            else "would not",
        )


def _event(row: Mapping[str, Any], titles: Mapping[str, str]) -> EventRow:
    status = _STATUS.get(str(row.get("status")))
    kind = clean(row.get("sub_type") or row.get("type") or "Event")
    count = int(row.get("weight") or 1)
    notes = [note for note in (status, _counted(count, "event") if count > 1 else None) if note]
    near = _NEAR.get(int(row.get("geo_precision") or 0), "") if row.get("name") else ""
    place = [clean(row[key]) for key in ("name", "admin1") if row.get(key)]
    place += [country_name(clean(row["country"]))] if row.get("country") else []
    parties = [_parties(row.get(key)) for key in ("actors", "targets")]
    return EventRow(
        date=date_words(row.get("date"), row.get("date_end")) or clean(row.get("date_text") or "no date"),
        event=f"{kind} ({', '.join(notes)})" if notes else kind,
        place=near + ", ".join(dict.fromkeys(place)) if place else "no place",
        parties=" → ".join(part for part in parties if part),
        toll=toll_words(row) + (" (accounts differ)" if differing(row) else ""),
        source=clean(row.get("source") or titles.get(str(row.get("document")), "")),
    )


_NEAR = {2: "near ", 3: "somewhere in "}


def _accounts(events: Iterable[Mapping[str, Any]], titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield the events whose accounts cannot all be true, each with what is said by whom."""
    apart = [row for row in events if differing(row)]
    for row in apart[:MOST_ACCOUNTS]:
        cells = _event(row, titles)
        told = tolls(row)
        said = [
            f"{harm.capitalize()}: {'; '.join(t.words for t in told if t.harm == harm)}."
            for harm in differing(row)
        ]
        name = ", ".join(part for part in (cells.event, cells.place, cells.date) if part)
        yield name, " ".join(said)


def _parties(actors: Iterable[Any] | None) -> str:
    named = [actor.get("name") if isinstance(actor, Mapping) else actor for actor in actors or ()]
    return ", ".join(clean(name) for name in named[:6] if name)


def _titles(documents: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what each document is called: by its title, or its file without the folder where one file is."""
    files = Counter(_file(str(row["id"])) for row in documents)
    called = {}
    for row in documents:
        file = _file(str(row["id"]))
        called[row["id"]] = clean(row.get("title") or (file if files[file] == 1 else row["id"]))
    return called


def _file(name: str) -> str:
    return name if "://" in name else name.rpartition("/")[2] or name


def _sources(documents: Iterable[Mapping[str, Any]], titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for row in documents:
        title = titles[row["id"]]
        about = [row.get("source"), date_words(row.get("published")), row["id"]]
        yield title, ", ".join(words for part in about if part and (words := clean(part)) != title)


_MADE = (
    "geoevents read the texts offline: it found place names and the places they mean, the day of each "
    "time expression, events after ACLED's codebook, who says so, and claims about distance and "
    "direction. Nothing was added to what the texts say. Events of a table were taken as they stand there."
)
_CHECKED = (
    "A claim becomes the interval that a careful reporter could mean by it: figure, unit, hedge and "
    "rounding. The map becomes the interval that the two places allow: the geodesic on the WGS84 "
    "ellipsoid, less and plus their extents. Contained supports, overlap allows, separation contradicts; "
    "an end that the text does not name cannot be checked, and then the table says what would have to be "
    "true."
)
_LIMITS = (
    "A pin is where a text says that something happened, not where it did. One event told by two texts "
    "counts twice. Villages that no gazetteer knows have no pin, and of namesakes the larger is taken "
    "where a text gives no hint. A verdict speaks of two points on a map, not of anyone's honesty. Look "
    "at the evidence before you rely on it."
)
METHOD = (
    ("How it was made", _MADE),
    ("How claims were checked", _CHECKED),
    ("What it cannot say", _LIMITS),
)
