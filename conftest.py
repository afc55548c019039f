"""Which modules can be looked through for examples where an extra is not installed?"""

from __future__ import annotations

from importlib.util import find_spec

_NEEDS = {
    "matplotlib": ["geoevents/maps/drawing.py", "geoevents/maps/measures.py", "geoevents/maps/paper.py"],
    "docx": ["geoevents/reports/word.py"],
    "pptx": ["geoevents/reports/slides.py"],
}
collect_ignore = [path for library, paths in _NEEDS.items() if find_spec(library) is None for path in paths]
