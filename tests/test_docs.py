"""Is what the documentation says true of the code, and does every link lead somewhere?"""

from __future__ import annotations

import dataclasses
import importlib.util
import inspect
import re
import shlex
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import click
import pandas as pd
import pytest
from click.testing import CliRunner

import geoevents
from geoevents import model, stages
from geoevents.cli import main
from geoevents.exports import ExportFormat, events_frame, places_frame, verdicts_frame, write_export

CHECKOUT = Path(geoevents.__file__).resolve().parent.parent
DOCS = CHECKOUT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *CHECKOUT.glob("*.md"), CHECKOUT / "data" / "README.md"])
IDS = [page.relative_to(CHECKOUT).as_posix() for page in PAGES]
DIRECTIVE = re.compile(r"^\.\. auto(?:function|class|exception|data):: ([\w.]{1,99})$", re.MULTILINE)


def prose(page: Path) -> str:
    """The text of a page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def slug(heading: str) -> str:
    """The anchor that GitHub and Sphinx give a heading."""
    words = re.sub(r"\[([^\]]{1,200})\]\([^)]{1,200}\)", r"\1", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(heading) for heading in re.findall(r"^#{1,6} (.{1,200})$", prose(page), flags=re.MULTILINE)}


# Links


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]{1,300})\)", prose(page)):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name}: {target}"
        assert file.is_relative_to(CHECKOUT), f"{page.name}: {target} leads out of the project"
        if anchor:
            assert anchor in anchors(file), f"{page.name}: {target}"


def test_every_page_is_in_the_index_in_its_tree_and_in_the_readme() -> None:
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([\w-]{1,99}\.(?:md|ipynb))\)", text))
    trees = "\n".join(blocks(DOCS / "index.md", "{toctree}"))
    listed = set(re.findall(r"^(?:[\w ]{1,99} <)?([\w-]{1,99})>?$", trees, flags=re.MULTILINE))
    pages = {path.name for path in [*DOCS.glob("*.md"), *DOCS.glob("*.ipynb")]} - {"index.md"}
    assert linked == pages
    assert listed == {Path(page).stem for page in pages}
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\(docs/([\w-]{1,99}\.(?:md|ipynb))[)#]", readme)) == pages


def limits_in_figures() -> list[tuple[str, str]]:
    page = (DOCS / "limits.md").read_text(encoding="utf-8")
    return re.findall(r"^\| .{1,200} \| (.{1,90}) \| \[\w{1,20}\]\((.{1,90})\) \|$", page, flags=re.MULTILINE)


def test_the_figures_of_the_limits_stand_where_they_are_said_to_be_from() -> None:
    rows = limits_in_figures()
    assert rows
    for cell, target in rows:
        path, _, anchor = target.partition("#")
        text = (DOCS / path).read_text(encoding="utf-8")
        part = next(
            p for p in re.split(r"^#{2,3} ", text, flags=re.MULTILINE) if slug(p.partition("\n")[0]) == anchor
        )
        for figure in re.findall(r"\.\d{2,3}", cell):
            assert re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", part), f"{figure} is not in {target}"


# The reference of Python


def documented() -> list[str]:
    return DIRECTIVE.findall((DOCS / "api.md").read_text(encoding="utf-8"))


def resolved(name: str) -> object:
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)


def test_the_reference_has_every_public_name_once_and_no_other() -> None:
    names = documented()
    assert len(names) == len(set(names))
    for name in names:
        assert resolved(name) is not None, name
    homes = {f"geoevents.{name}" for name in geoevents.__all__}
    assert {name for name in names if name.count(".") == 1} == homes


@pytest.mark.parametrize("module", [model, stages])
def test_the_reference_has_every_value_and_every_stage(module) -> None:
    shown = {id(resolved(name)) for name in documented()}
    assert [name for name in module.__all__ if id(getattr(module, name)) not in shown] == []


def public_callables() -> Iterator[tuple[str, object]]:
    """The functions, classes and public methods of the reference."""
    for name in documented():
        found = resolved(name)
        if not callable(found):
            continue
        yield name, found
        if inspect.isclass(found) and not issubclass(found, Exception):
            for method, member in vars(found).items():
                function = getattr(member, "__func__", getattr(member, "fget", member))
                if not method.startswith("_") and inspect.isfunction(function):
                    yield f"{name}.{method}", function


PUBLIC = dict(public_callables())


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_says_in_full_sentences_what_it_is(name: str) -> None:
    text = inspect.getdoc(PUBLIC[name]) or ""
    first = text.partition("\n\n")[0]
    assert first.rstrip().endswith((".", "?", ":")), f"{name}: {first!r}"
    assert not (dataclasses.is_dataclass(PUBLIC[name]) and text.startswith(name.rpartition(".")[2] + "("))


@pytest.mark.parametrize("name", [name for name, found in PUBLIC.items() if inspect.isfunction(found)])
def test_a_public_function_is_typed_through(name: str) -> None:
    signature = inspect.signature(PUBLIC[name])  # type: ignore[arg-type]
    assert signature.return_annotation is not inspect.Signature.empty
    bare = [p.name for p in signature.parameters.values() if p.annotation is inspect.Parameter.empty]
    assert set(bare) <= {"self", "cls"}


def test_the_reference_has_every_class_that_a_public_name_takes_or_gives() -> None:
    shown = {id(resolved(name)) for name in documented()}
    for name, found in PUBLIC.items():
        home = vars(import_module(found.__module__))
        for word in re.findall(r"[A-Z]\w{1,40}", " ".join(map(str, inspect.get_annotations(found).values()))):
            used = home.get(word)
            if inspect.isclass(used) and used.__module__.startswith("geoevents."):
                assert id(used) in shown, f"{name}: {word}"


@pytest.mark.parametrize("name", [name for name, found in PUBLIC.items() if inspect.isfunction(found)])
def test_the_errors_that_a_docstring_promises_are_ours(name: str) -> None:
    for sentence in re.findall(r"[Rr]aises ([^.]{1,200})", inspect.getdoc(PUBLIC[name]) or ""):
        for error in re.findall(r"`(\w{1,40}Error)`", sentence):
            assert issubclass(getattr(geoevents, error), geoevents.GeoeventsError)


@pytest.mark.parametrize("name", ["Analysis", "Document", "Event", "Place", "Verdict"])
def test_the_types_of_values_can_be_had_at_run_time(name: str) -> None:
    assert get_type_hints(getattr(geoevents, name))


# The reference of commands


def reference_script():
    spec = importlib.util.spec_from_file_location("reference", CHECKOUT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    script = reference_script()
    assert script.PAGE.read_text(encoding="utf-8") == script.cli_reference(), "run scripts/reference.py"


def every_command(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from every_command(child, f"{path} {name}")


COMMANDS = dict(every_command(main, "geoevents"))


def test_every_command_has_a_heading_and_every_option_a_line_with_words() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    parts = {part.partition("\n")[0]: part for part in re.split(r"^#{1,4} ", page, flags=re.MULTILINE)[1:]}
    parts["geoevents"] = parts.pop("Commands")
    assert set(parts) == set(COMMANDS)
    for path, command in COMMANDS.items():
        rows = dict(re.findall(r"^\| `([^`]{1,200})` \| (.{1,900}) \|$", parts[path], flags=re.MULTILINE))
        written = {word for names in rows for word in re.findall(r"(?:^|[ /])(--?[\w-]{1,30})", names)}
        options = {name for p in command.params if isinstance(p, click.Option) for name in p.opts}
        assert written == options, path
        assert all(re.search(r"\w{3}", meaning) for meaning in rows.values()), path


def test_the_readme_names_every_command_and_no_other() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `geoevents (\w{1,30})", readme, flags=re.MULTILINE))
    assert named == set(main.commands)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_a_command_in_the_documentation_has_the_options_that_it_is_shown_with(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"geoevents [a-z][^`\n#]{1,300}", text):
        words = re.split(r"\s(?:>|\|\||\|)\s", line.replace("\\|", "|"))[0].split()
        depth = next(n for n in (3, 2, 1) if " ".join(words[:n]) in COMMANDS)
        if depth == 1 or page.name == "CHANGELOG.md":
            continue
        command = COMMANDS[" ".join(words[:depth])]
        known = {name for p in command.params for name in [*p.opts, *p.secondary_opts]} | {"--help", "-h"}
        used = {word.rstrip(".,;:)'\"") for word in words[depth:] if re.match(r"--?[a-z]", word)}
        assert used <= known, line


# Columns


def dtypes_on_the_page() -> dict[str, dict[str, str]]:
    page = (DOCS / "columns.md").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = {}
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        rows = re.findall(r"^\| (`.{1,200}?) \| ([\w\[\]]{1,40}) \|", part, flags=re.MULTILINE)
        tables[part.partition("\n")[0]] = {
            name: dtype for names, dtype in rows for name in re.findall(r"`(\w{1,40})`", names)
        }
    return tables


@pytest.mark.parametrize(
    ("table", "frame_of"), [("Places", places_frame), ("Events", events_frame), ("Verdicts", verdicts_frame)]
)
def test_the_page_of_columns_has_those_of_the_frames_in_order(table: str, frame_of) -> None:
    frame = frame_of([])
    expected = {column: str(dtype) for column, dtype in frame.dtypes.items()}
    assert list(dtypes_on_the_page()[table].items()) == list(expected.items())


# Code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with what the examples of the documentation speak of."""
    for name in ("examples", "reports"):
        shutil.copytree(CHECKOUT / "examples", tmp_path / name)
    (tmp_path / "output").mkdir()
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:  # as GeoNames has it
        cells = [
            "1",
            "Tall Nowhere",
            "Tall Nowhere",
            "",
            "35.1",
            "37.2",
            "P",
            "PPL",
            "SY",
            "",
            "01",
            *[""] * 3,
            "0",
        ]
        archive.writestr("SY.txt", "\t".join([*cells, "", "300", "Asia/Damascus", "2020-01-01"]) + "\n")
    table = next(block for block in blocks(DOCS / "checking.md", "text") if block.startswith("subject,"))
    (tmp_path / "claims.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


WIRE = pd.DataFrame({"body": ["Shelling hit Toretsk."], "id": ["a"], "day": ["2025-01-14"]})


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda p: p.name)
@pytest.mark.usefixtures("folder")
@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of Dask, by pandas 3
def test_the_python_of_a_page_runs(page: Path) -> None:
    if page.name == "corpus.md":
        WIRE.to_parquet("wire.parquet")
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        if "spark." in block:  # which is no Python package alone; the next test reads what it is given
            continue
        exec(compile(block, str(page), "exec"), names)  # our own pages


def test_the_function_for_spark_gives_the_columns_of_the_schema_beside_it() -> None:
    block = next(block for block in blocks(DOCS / "corpus.md", "python") if "spark." in block)
    names: dict[str, Any] = {}
    exec(compile(block.partition("\nspark.")[0], "corpus.md", "exec"), names)  # our own page
    frames = list(names["events"](iter([WIRE.rename(columns={"body": "text", "day": "date"})])))
    columns = [(column.split()[0], column.split()[1]) for column in names["schema"].split(", ")]
    assert [list(frame.columns) for frame in frames] == [[name for name, _ in columns]]
    assert [kind for _, kind in columns] == [SPARK[str(dtype)] for dtype in frames[0].dtypes]


SPARK = {"string": "string", "Float64": "double", "Int64": "long"}


def shown_runs() -> Iterator[tuple[str, list[str], int]]:
    """The commands of the blocks called console: each with the lines shown under it, and its exit code."""
    for page in PAGES:
        for run in re.split(r"^\$ ", "\n".join(blocks(page, "console")), flags=re.MULTILINE)[1:]:
            line, *shown = run.splitlines()
            code = next((int(text[-2]) for text in shown if text.startswith("(exit code ")), 0)
            yield (
                line,
                [text for text in shown if text not in {"", "..."} and not text.startswith("(exit")],
                code,
            )


@pytest.mark.parametrize(("line", "expected", "code"), list(shown_runs()))
@pytest.mark.usefixtures("folder")
def test_a_command_that_is_shown_runs_and_prints_what_is_shown(
    line: str, expected: list[str], code: int
) -> None:
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code == code, result.output
    printed = result.output.splitlines()
    for words in expected:
        start = words.removesuffix(" ...")
        assert any(p.startswith(start) if start != words else p == words for p in printed), words


def test_the_page_on_installing_has_every_extra() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = re.findall(
        r"^\| (`.{1,60}`) \|", (DOCS / "installing.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert set(re.findall(r"`(\w{1,30})`", " ".join(rows))) == set(project["optional-dependencies"])


def test_the_page_on_people_says_what_travels_in_a_file(tmp_path: Path) -> None:
    text = "Shelling hit Toretsk on Jan. 14, 2025, Ivan Example said. This sentence tells of nothing."
    analyses = [geoevents.analyze(text)]
    page = (DOCS / "ethics.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.{1,120}) \| (yes|no) \| (yes|no) \| (yes|no) \|$", page, flags=re.MULTILINE)
    stated = {name: cells for names, *cells in rows for name in re.findall(r"`([a-z]{1,20})`", names)}
    assert set(stated) == set(ExportFormat)
    for name, cells in stated.items():
        path = write_export(analyses, tmp_path / f"out.{name}", layout=ExportFormat(name))
        written = path.read_bytes()
        found = [word in written for word in (b"tells of nothing", b"Shelling hit", b"Ivan Example")]
        assert ["yes" if is_there else "no" for is_there in found] == list(cells), name
