"""How do findings look in Google Earth and other readers of KML?

OGC KML 2.3: a folder each for events, claims, areas and places; a style a type of event and a verdict,
with a description of what the text says and why. Text travels as text: markup in a name or a
quotation is escaped, so that no balloon runs or loads anything. Icons are left to the reader, because a
file that is mailed must not fetch any.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geoevents.exports.files import write_whole
from geoevents.exports.layers import Findings, Layer, collection_of, layer_features

__all__ = ["write_kml"]

_NAMESPACE = "http://www.opengis.net/kml/2.2"
# Okabe and Ito's colors, told apart by the color-blind, as KML writes them: alpha, blue, green, red.
_TYPE_COLORS = {
    "Battles": "ffb27200",
    "Explosions/Remote violence": "ff005ed5",
    "Violence against civilians": "ffa779cc",
    "Protests": "ff739e00",
    "Riots": "ff009fe6",
    "Strategic developments": "ffe9b456",
    "Political activity": "ff3f3a37",
}
_OUTCOME_COLORS = {
    "supported": "ff739e00",
    "consistent": "ffb27200",
    "road_only": "ff009fe6",
    "refuted": "ff005ed5",
    "not_checkable": "ffa86f75",
}
_PLAIN = "ff6b5a4a"
_FILL = 0x26  # Areas let the ground show through.
# What XML 1.0 has no way to write, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ORDER = (Layer.EVENTS, Layer.CLAIMS, Layer.AREAS, Layer.PLACES)


def write_kml(findings: Findings, path: Path | str) -> Path:
    """Write the findings as KML, or as KMZ where the path ends in ".kmz", and return the path.

    What has no place on the map is left out. Raises `OptionError` for what is no collection, and where the
    path cannot be written.
    """
    data = _document(layer_features(collection_of(findings)))
    write = _write_kmz if Path(path).suffix.lower() == ".kmz" else Path.write_bytes
    return write_whole(path, lambda beside: _ignored(write(beside, data)))


def _ignored(_: object) -> None:
    """Drop what a writer returns."""


def _write_kmz(path: Path, data: bytes) -> None:
    # A fixed day, so that the same findings give the same bytes.
    entry = zipfile.ZipInfo("doc.kml", date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, data)


def _document(layers: Mapping[Layer, Iterable[Mapping[str, Any]]]) -> bytes:
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = _child(root, "Document")
    _child(document, "name", "geoevents")
    for color in sorted({*_TYPE_COLORS.values(), *_OUTCOME_COLORS.values(), _PLAIN}):
        _style(document, color)
    for layer in _ORDER:
        folder = _child(document, "Folder")
        _child(folder, "name", layer.value)
        for feature in layers[layer]:
            if feature["geometry"] is not None:
                _placemark(folder, feature, layer)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _style(document: ET.Element, color: str) -> None:
    style = _child(document, "Style", id=f"c{color}")
    _child(_child(style, "IconStyle"), "color", color)
    line = _child(style, "LineStyle")
    _child(line, "color", color)
    _child(line, "width", "2.5")
    _child(_child(style, "PolyStyle"), "color", f"{_FILL:02x}{color[2:]}")


def _placemark(folder: ET.Element, feature: Mapping[str, Any], layer: Layer) -> None:
    properties = feature["properties"]
    mark = _child(folder, "Placemark")
    _child(mark, "name", _name(properties, layer))
    _child(mark, "description", _description(properties))
    if properties.get("date"):
        span = _child(mark, "TimeSpan")
        _child(span, "begin", str(properties["date"]))
        _child(span, "end", str(properties.get("date_end") or properties["date"]))
    _child(mark, "styleUrl", f"#c{_color(properties)}")
    _geometry(mark, feature["geometry"])


def _name(properties: Mapping[str, Any], layer: Layer) -> str:
    match layer:
        case Layer.EVENTS:
            return f"{properties['sub_type']}, {properties.get('name') or 'no place'}"
        case Layer.CLAIMS:
            return f"{properties['outcome']}: {properties['text']}"
        case Layer.AREAS:
            return str(properties["meaning"])
        case _:
            return str(properties.get("name") or properties["text"])


_TOLD = ("text", "date", "status", "actors", "targets", "fatalities", "claimed_km", "measured_km", "reason")


def _description(properties: Mapping[str, Any]) -> str:
    """Return lines of HTML, every value escaped: a balloon reads its description as HTML."""
    told = ((key, properties.get(key)) for key in (*_TOLD, "document"))
    lines = (f"<b>{key}</b> {html.escape(_said(value))}" for key, value in told if value not in (None, []))
    return "<br/>".join(lines)


def _said(value: object) -> str:
    if isinstance(value, list):
        return "; ".join("no limit" if item is None else str(item) for item in value)
    return str(value)


def _color(properties: Mapping[str, Any]) -> str:
    by_outcome = _OUTCOME_COLORS.get(properties.get("outcome", ""))
    return by_outcome or _TYPE_COLORS.get(properties.get("type", ""), _PLAIN)


def _geometry(parent: ET.Element, geometry: Mapping[str, Any]) -> None:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind.startswith("Multi"):
        several = _child(parent, "MultiGeometry")
        for part in coordinates:
            _geometry(several, {"type": kind.removeprefix("Multi"), "coordinates": part})
    elif kind == "Point":
        _child(_child(parent, "Point"), "coordinates", _written([coordinates]))
    elif kind == "LineString":
        line = _child(parent, "LineString")
        _child(line, "tessellate", "1")
        _child(line, "coordinates", _written(coordinates))
    else:
        polygon = _child(parent, "Polygon")
        _child(polygon, "tessellate", "1")
        for index, corners in enumerate(coordinates):
            side = _child(polygon, "innerBoundaryIs" if index else "outerBoundaryIs")
            _child(_child(side, "LinearRing"), "coordinates", _written(corners))


def _written(positions: Iterable[Iterable[float]]) -> str:
    return " ".join(",".join(str(value) for value in position) for position in positions)


def _child(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    if text is not None:
        child.text = _NO_XML.sub("\ufffd", text)
    return child
