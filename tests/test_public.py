from __future__ import annotations

import inspect
import json
import subprocess
import sys
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import geoevents

# Libraries of the extras, which a plain installation does without.
EXTRAS = {"docx", "matplotlib", "pptx", "weasyprint"}
CHECKOUT = Path(geoevents.__file__).resolve().parent.parent


def test_every_public_name_can_be_had() -> None:
    for name in geoevents.__all__:
        assert getattr(geoevents, name) is not None


def imported(name: str) -> ModuleType | None:
    """A module; none where it needs an extra that is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            raise
        return None


def test_every_module_keeps_its_promises() -> None:
    for path in sorted(Path(geoevents.__file__).parent.rglob("*.py")):
        parts = path.relative_to(CHECKOUT).with_suffix("").parts
        module = imported(".".join(p for p in parts if p not in {"__init__", "__main__"}))
        if module is None:
            continue
        for name in getattr(module, "__all__", ()):
            assert getattr(module, name) is not None
        assert module.__doc__, f"{module.__name__} does not say what it answers"


def test_importing_loads_neither_folium_nor_pandas_nor_numpy() -> None:
    code = "import sys, json, geoevents; geoevents.analyze; print(json.dumps(sorted(sys.modules)))"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(json.loads(output))
    assert not loaded & {"folium", "branca", "pandas", "numpy", "shapely", "click"}


SIGNATURES = Path(__file__).parent / "golden" / "signatures.json"


def signatures() -> dict[str, list[list[str | bool]]]:
    """What each public function and class takes: names, kinds, and whether it must be given."""
    taken: dict[str, list[list[str | bool]]] = {}
    for name in sorted(geoevents.__all__):
        found = getattr(geoevents, name)
        if callable(found) and not (inspect.isclass(found) and issubclass(found, StrEnum)):
            parameters = inspect.signature(found).parameters.values()
            taken[name] = [[p.name, p.kind.name, p.default is inspect.Parameter.empty] for p in parameters]
    return taken


def test_what_was_written_for_an_earlier_state_still_runs(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        rows = (f"{json.dumps(name)}: {json.dumps(taken)}" for name, taken in signatures().items())
        SIGNATURES.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    now = signatures()
    for name, before in json.loads(SIGNATURES.read_text(encoding="utf-8")).items():
        assert name in now, f"{name} is gone"
        by_place = [p for p in before if p[1] != "KEYWORD_ONLY"]
        assert [p[0] for p in now[name]][: len(by_place)] == [p[0] for p in by_place], name
        after = {parameter: (kind, is_needed) for parameter, kind, is_needed in now[name]}
        for parameter, kind, is_needed in before:
            assert parameter in after, f"{name} takes no {parameter} any more"
            assert after[parameter][0] == kind, f"{name}: {parameter}"
            assert is_needed or not after[parameter][1], f"{name} now needs {parameter}"
        known = {parameter for parameter, _, _ in before}
        assert [p for p, (_, is_needed) in after.items() if is_needed and p not in known] == [], name
