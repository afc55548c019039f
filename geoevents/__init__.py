"""What happened where, by the text's account, and can the distances claimed be true?

>>> import geoevents as ge
>>> analysis = ge.analyze("Shelling hit Toretsk, 20 km south of Kramatorsk, on Tuesday.")

The public names are loaded when first used, so that `import geoevents` costs nothing: neither
folium nor pandas comes with it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from geoevents.version import __version__

if TYPE_CHECKING:
    from geoevents.checking import verify_distance
    from geoevents.corpus import Limits, Settings, analyze_batches, analyze_frame, run_corpus
    from geoevents.documents import Columns, read_documents
    from geoevents.errors import (
        DocumentError,
        GazetteerError,
        GeoeventsError,
        MissingFileError,
        NetworkError,
        OptionError,
    )
    from geoevents.eventfiles import read_collection
    from geoevents.exports import (
        Layer,
        events_frame,
        feature_collection,
        geo_frame,
        places_frame,
        verdicts_frame,
        write_acled,
        write_csv,
        write_geojson,
        write_geopackage,
        write_geoparquet,
        write_hxl,
        write_kml,
        write_parquet,
        write_plover,
        write_ucdp,
    )
    from geoevents.gazetteer import Gazetteer
    from geoevents.maps import build_map, embed_snippets, safe_popup, safe_tooltip, write_map
    from geoevents.model import (
        Actor,
        Analysis,
        Candidate,
        DistanceClaim,
        Document,
        Event,
        Interval,
        LatLon,
        Place,
        Resolution,
        Span,
        Toponym,
        ToponymRole,
        Verdict,
    )
    from geoevents.pipeline import Pipeline, analyze, analyze_all, locate_event
    from geoevents.reports import write_report
    from geoevents.verification import claim_conflicts

_HOME = {
    "Columns": "documents",
    "verify_distance": "checking",
    "Limits": "corpus",
    "Settings": "corpus",
    "analyze_batches": "corpus",
    "analyze_frame": "corpus",
    "run_corpus": "corpus",
    "read_documents": "documents",
    "DocumentError": "errors",
    "GazetteerError": "errors",
    "GeoeventsError": "errors",
    "MissingFileError": "errors",
    "NetworkError": "errors",
    "OptionError": "errors",
    "events_frame": "exports",
    "feature_collection": "exports",
    "places_frame": "exports",
    "verdicts_frame": "exports",
    "Layer": "exports",
    "write_parquet": "exports",
    "write_plover": "exports",
    "write_ucdp": "exports",
    "write_kml": "exports",
    "write_hxl": "exports",
    "write_geoparquet": "exports",
    "write_geopackage": "exports",
    "write_geojson": "exports",
    "write_csv": "exports",
    "write_acled": "exports",
    "geo_frame": "exports",
    "Gazetteer": "gazetteer",
    "read_collection": "eventfiles",
    "build_map": "maps",
    "embed_snippets": "maps",
    "safe_popup": "maps",
    "safe_tooltip": "maps",
    "write_map": "maps",
    "write_report": "reports",
    "Actor": "model",
    "Analysis": "model",
    "Candidate": "model",
    "DistanceClaim": "model",
    "Document": "model",
    "Event": "model",
    "Interval": "model",
    "LatLon": "model",
    "Place": "model",
    "Resolution": "model",
    "Span": "model",
    "Toponym": "model",
    "ToponymRole": "model",
    "Verdict": "model",
    "Pipeline": "pipeline",
    "analyze": "pipeline",
    "analyze_all": "pipeline",
    "claim_conflicts": "verification",
    "locate_event": "pipeline",
}

__all__ = [
    "Actor",
    "Analysis",
    "Candidate",
    "Columns",
    "DistanceClaim",
    "Document",
    "DocumentError",
    "Event",
    "Gazetteer",
    "GazetteerError",
    "GeoeventsError",
    "Interval",
    "LatLon",
    "Layer",
    "Limits",
    "MissingFileError",
    "NetworkError",
    "OptionError",
    "Pipeline",
    "Place",
    "Resolution",
    "Settings",
    "Span",
    "Toponym",
    "ToponymRole",
    "Verdict",
    "__version__",
    "analyze",
    "analyze_all",
    "analyze_batches",
    "analyze_frame",
    "build_map",
    "claim_conflicts",
    "embed_snippets",
    "events_frame",
    "feature_collection",
    "geo_frame",
    "locate_event",
    "places_frame",
    "read_collection",
    "read_documents",
    "run_corpus",
    "safe_popup",
    "safe_tooltip",
    "verdicts_frame",
    "verify_distance",
    "write_acled",
    "write_csv",
    "write_geojson",
    "write_geopackage",
    "write_geoparquet",
    "write_hxl",
    "write_kml",
    "write_map",
    "write_parquet",
    "write_plover",
    "write_report",
    "write_ucdp",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'geoevents' has no attribute {name!r}")
    value = getattr(import_module(f"geoevents.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
