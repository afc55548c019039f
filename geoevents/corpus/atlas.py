"""How do the events of a run stand on one map?

A pin is a story, not a report, so that an event that many outlets tell of is drawn once. Where there are more
stories than the page can be made of within the memory of a run, those with most sources are drawn, and the
title says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nlargest
from typing import Any

from geoevents.corpus.store import Store
from geoevents.corpus.summary import story_weight, whole_table
from geoevents.maps import build_map
from geoevents.version import __version__

__all__ = ["MOST_PINS", "atlas_page"]

MOST_PINS = 20_000  # A feature takes some 3 kB while the page is made.


def atlas_page(store: Store, *, documents: int) -> str:
    """Return the page of the map of a run. The same tables give the same bytes."""
    placed = (story for story in whole_table(store, "stories") if story["lat"] is not None)
    drawn = nlargest(MOST_PINS + 1, placed, key=story_weight)
    title = f"Events in {documents:,} document{'' if documents == 1 else 's'}"
    if len(drawn) > MOST_PINS:
        drawn.pop()
        title += f": the {MOST_PINS:,} that most sources tell of"
    collection = {
        "type": "FeatureCollection",
        "features": [_feature(story) for story in sorted(drawn, key=lambda story: int(story["story"]))],
        "geoevents": {"version": __version__, "documents": []},
    }
    page: str = build_map(collection, title=title).get_root().render()
    return page


def _feature(story: Mapping[str, Any]) -> dict[str, Any]:
    start, end = story["date"], story["date_end"]
    is_counted = story["fatalities_low"] is not None
    properties = {
        "layer": "event",
        "id": f"story {story['story']}",
        "document": "; ".join(story["documents"][:5]),
        "text": story["text"],
        "type": story["type"],
        "sub_type": story["sub_type"],
        "status": "factual",
        "date": None if start is None else start.isoformat(),
        "date_end": None if end is None else end.isoformat(),
        **{name: story[name] for name in ("place_id", "name", "country", "admin1", "radius_km")},
        "actors": _names(story["actors"]),
        "targets": _names(story["targets"]),
        "fatalities": [story["fatalities_low"], story["fatalities_high"]] if is_counted else None,
        "reasons": [_told(story)],
    }
    point = {"type": "Point", "coordinates": [round(story["lon"], 7), round(story["lat"], 7)]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _told(story: Mapping[str, Any]) -> str:
    reports = f"{story['reports']:,} report{'' if story['reports'] == 1 else 's'}"
    sources = f"{story['sources']:,} source{'' if story['sources'] == 1 else 's'}"
    disputed = ", whose numbers of dead cannot all be true" if story["fatalities_conflict"] else ""
    return f"told in {reports} by {sources}{disputed}"


def _names(cell: str | None) -> list[str]:
    return cell.split("; ") if cell else []
