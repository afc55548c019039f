from __future__ import annotations

import gzip
import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import docx
import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st
from pyarrow import parquet
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from geoevents.documents import Columns, read_documents, read_unit
from geoevents.documents.reading import _pieces, _unread
from geoevents.documents.sources import Source
from geoevents.documents.tables import read_table
from geoevents.errors import DocumentError, GeoeventsError, MissingFileError, NetworkError, OptionError
from geoevents.model import Document

# Third-party readers leave what they opened to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Shells Fall on Gorlovka Suburb</title>
<meta property="article:published_time" content="2024-03-09T07:10:00Z">
<meta property="og:site_name" content="Our Wire"></head><body>
<nav><a href="/">Home</a> <a href="/tip">Want to leave a tip?</a></nav>
<article><h1>Shells Fall on Gorlovka Suburb</h1>
<p>KYIV (Our Wire) — Shells fell on a suburb of Gorlovka on Friday night, the mayor told reporters, and two
people were taken to a hospital with wounds that doctors called light.</p>
<figure><img src="a.jpg"><figcaption>A broken window in Gorlovka, Friday, March 8, 2024.</figcaption></figure>
<p>The front line runs some ten kilometers west of the town, and the shelling of its outskirts has been a
nightly matter since the winter, according to people who live there and to both armies.</p>
<p>No side said that it had fired. Observers counted eleven blasts between ten in the evening and midnight, and
said that the power had failed in two streets for most of the night that followed.</p></article>
<footer>Subscribe to our newsletter. © 2024 Our Wire</footer></body></html>"""


def read(path: Path | list[Path], columns: Columns | None = None) -> tuple[list, list[GeoeventsError]]:
    problems: list[GeoeventsError] = []
    return list(read_documents(path, columns=columns, on_error=problems.append)), problems


def everything_in(source: Source) -> list[Document | GeoeventsError]:
    found: list[Document | GeoeventsError] = []
    for piece in _pieces(source, Columns()):
        try:
            found.append(read_unit(_unread(piece) if isinstance(piece, Source) else piece))
        except GeoeventsError as error:
            found.append(error)
    return found


def saved(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def pdf_of(*lines: str) -> bytes:
    """Return a PDF of one page with a text layer, dated 9 March 2024."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream.set_data(f"BT /F1 10 Tf 20 260 Td {shown} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "Shells Fall", "/CreationDate": "D:20240309071000Z"})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def docx_of(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Avdiivka", "8 shells"
    document.core_properties.created = datetime(2024, 3, 9, tzinfo=UTC)
    document.core_properties.title = "Shells Fall"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def mail_of(body: str, *, subtype: str = "plain") -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Shells Fall", "Desk <desk@example.org>"
    mail["Date"] = "Sat, 09 Mar 2024 07:10:00 +0000"
    mail.set_content(body, subtype=subtype)
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    return mail.as_bytes()


def test_a_saved_page_is_its_article_with_captions_and_without_boilerplate(tmp_path: Path) -> None:
    ((document,), problems) = read(saved(tmp_path / "a.html", PAGE))
    assert not problems
    assert document.title == "Shells Fall on Gorlovka Suburb"
    assert document.published == date(2024, 3, 9)
    assert document.source == "Our Wire"
    assert "eleven blasts" in document.text
    assert "Friday, March 8, 2024" in document.text
    assert "leave a tip" not in document.text
    assert "newsletter" not in document.text


def test_a_page_without_an_article_says_so(tmp_path: Path) -> None:
    (documents, problems) = read(saved(tmp_path / "a.html", "<html><body><nav>Home</nav></body></html>"))
    assert not documents
    assert "a.html: is a page without an article" in str(problems[0])


def test_a_pdf_is_its_text_layer_dated_by_its_metadata(tmp_path: Path) -> None:
    ((document,), _) = read(saved(tmp_path / "a.pdf", pdf_of("Shells fell on Gorlovka.", "Two were hurt.")))
    assert document.text.split("\n") == ["Shells fell on Gorlovka.", "Two were hurt."]
    assert (document.title, document.published) == ("Shells Fall", date(2024, 3, 9))


def test_a_word_file_is_its_paragraphs_and_tables(tmp_path: Path) -> None:
    ((document,), _) = read(saved(tmp_path / "a.docx", docx_of("Shells fell.", "Two were hurt.")))
    assert document.text == "Shells fell.\n\nTwo were hurt.\n\nAvdiivka\t8 shells"
    assert (document.title, document.published) == ("Shells Fall", date(2024, 3, 9))


def test_the_text_knows_its_year_better_than_the_properties_of_its_file(tmp_path: Path) -> None:
    for name, make in (("a.docx", docx_of), ("a.pdf", pdf_of)):
        (document,) = read(saved(tmp_path / name, make("Beirut, 28 September 2016.", "Shells fell.")))[0]
        assert document.published is None
        (document,) = read(saved(tmp_path / name, make("Beirut, 28 February 2024.", "Shells fell.")))[0]
        assert document.published == date(2024, 3, 9)


def test_a_mail_is_its_body_with_subject_sender_and_day(tmp_path: Path) -> None:
    ((document,), _) = read(saved(tmp_path / "a.eml", mail_of("Shells fell on Gorlovka.\n")))
    assert document.text == "Shells fell on Gorlovka.\n"
    assert (document.title, document.source) == ("Shells Fall", "Desk <desk@example.org>")
    assert document.published == date(2024, 3, 9)


def test_a_mail_of_html_is_its_article(tmp_path: Path) -> None:
    ((document,), _) = read(saved(tmp_path / "a.eml", mail_of(PAGE, subtype="html")))
    assert "eleven blasts" in document.text
    assert "<p>" not in document.text


ROWS = [
    {
        "id": "w1",
        "text": "Shells fell on Gorlovka.",
        "date": "2024-03-09",
        "title": "Shells",
        "source": "Wire",
    },
    {
        "id": "w2",
        "text": 'Clashes in "Gao",\nMali.',
        "date": "2024-03-10T06:00:00Z",
        "title": "",
        "source": "",
    },
]


def table_of(suffix: str) -> bytes:
    if suffix == ".parquet":
        buffer = io.BytesIO()
        parquet.write_table(pa.Table.from_pylist(ROWS), buffer)
        return buffer.getvalue()
    if suffix in {".jsonl", ".ndjson"}:
        return "\n".join(json.dumps(row) for row in ROWS).encode()
    mark = "\t" if suffix == ".tsv" else ","
    lines = [mark.join(ROWS[0])]
    lines += [mark.join('"' + cell.replace('"', '""') + '"' for cell in row.values()) for row in ROWS]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"])
@pytest.mark.parametrize("packing", ["", ".gz", ".zip"])
def test_every_table_gives_a_document_a_row(tmp_path: Path, suffix: str, packing: str) -> None:
    data, path = table_of(suffix), tmp_path / f"wire{suffix}{packing}"
    if packing == ".gz":
        path.write_bytes(gzip.compress(data))
    elif packing == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"in/wire{suffix}", data)
    else:
        path.write_bytes(data)
    documents, problems = read(path)
    assert not problems
    assert [d.id for d in documents] == ["w1", "w2"]
    assert documents[1].text == 'Clashes in "Gao",\nMali.'
    assert [d.published for d in documents] == [date(2024, 3, 9), date(2024, 3, 10)]
    assert (documents[0].title, documents[0].source) == ("Shells", "Wire")
    assert documents[1].title is None


def test_columns_are_chosen_by_name_and_a_row_without_an_id_is_named_by_its_line(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", "day,story\n20240309,Shells fell.\n,Clashes.\n")
    documents, problems = read(path, Columns(text="story", date="day"))
    assert not problems
    assert [(d.id, d.published) for d in documents] == [
        (f"{path}:2", date(2024, 3, 9)),
        (f"{path}:3", None),
    ]


def test_bad_rows_are_named_by_line_and_value_and_the_good_ones_kept(tmp_path: Path) -> None:
    rows = b"id,text,date\n1,Good.,2024-03-09\n2,Bad day.,soon\n3,a,b,c,d\n4,\xff\xfe broken,\n5,Good too.,\n"
    path = saved(tmp_path / "a.csv", rows)
    documents, problems = read(path)
    assert [d.id for d in documents] in (["1", "2", "4", "5"], ["1", "2", "5"])
    assert documents[1].published is None  # a text is not lost for its day
    messages = [str(p) for p in problems]
    assert (
        f"{path}:3: has the date 'soon', which is not a day such as 2016-06-19: read without one" in messages
    )
    assert f"{path}:4: has 5 cells, more than the 3 of the header" in messages


def test_days_are_read_as_tables_write_them(tmp_path: Path) -> None:
    days = ["2024-03-09", "20240309", "9.3.2024", "09.03.2024 07:10", "Sat, 09 Mar 2024 07:10:00 +0000"]
    rows = "".join(f'Gao.,"{day}"\n' for day in [*days, "3/9/2024", "31.02.2024"])
    documents, problems = read(saved(tmp_path / "a.csv", f"text,date\n{rows}"))
    assert [d.published for d in documents] == [date(2024, 3, 9)] * len(days) + [None, None]
    assert len(problems) == 2


def test_a_row_without_a_text_is_named(tmp_path: Path) -> None:
    documents, problems = read(saved(tmp_path / "a.csv", "id,text\n1,Gao.\n2,\n3, \n"))
    assert [d.id for d in documents] == ["1"]
    assert [str(p) for p in problems] == [
        f"{tmp_path}/a.csv:{n}: has an empty text in 'text'" for n in (3, 4)
    ]


def test_bytes_that_are_no_text_cost_their_row_only(tmp_path: Path) -> None:
    long = b"x" * (1 << 20)
    path = saved(tmp_path / "a.csv", b"id,text\n1," + long + b"\n2,\xff\xfe\xfd\n3,Good.\n")
    documents, problems = read(path)
    assert [d.id for d in documents] == ["1", "3"]
    assert "a.csv:3: holds bytes that are no text in its encoding" in str(problems[0])


def test_bad_lines_of_json_are_named(tmp_path: Path) -> None:
    deep = "[" * 100_000
    path = saved(
        tmp_path / "a.jsonl",
        f'{{"text": "Good."}}\n{{"text": \n[1]\n{deep}\n{{"text": 7}}\n{{"text": "Too."}}\n',
    )
    documents, problems = read(path)
    assert [d.text for d in documents] == ["Good.", "Too."]
    assert [p.line for p in problems] == [2, 3, 4, 5]


def test_a_table_without_the_column_says_which_it_has(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", "day,story\n1,2\n")
    _, (problem,) = read(path)
    assert "has no column that is known to hold texts, only 'day', 'story'" in str(problem)
    _, (problem,) = read(path, Columns(text="body"))
    assert "has no column 'body', only 'day', 'story'" in str(problem)


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", "text\none\ntwo\n")
    rows = read_table(Source(str(path), lambda: path.open("rb")), Columns())
    assert next(iter(rows)).text == "one"


def test_a_zip_gives_its_files_by_name_and_refuses_what_leads_out_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.txt", "Clashes in Gao.")
        archive.writestr("../evil.txt", "out")
        archive.writestr("/abs.txt", "out")
        archive.writestr("..\\back.txt", "out")
        archive.writestr("a/a.html", PAGE)
        archive.writestr("__MACOSX/a.txt", "noise")
        archive.writestr("photo.jpg", b"\xff")
        archive.writestr("bomb.txt", b"0" * 50_000_000)
    documents, problems = read(path)
    assert [d.id for d in documents] == [f"{path}/a/a.html", f"{path}/b.txt"]
    assert sorted(str(p) for p in problems) == [
        f"{path}/../evil.txt: has a name that leads out of its archive",
        f"{path}/..\\back.txt: has a name that leads out of its archive",
        f"{path}//abs.txt: has a name that leads out of its archive",
        f"{path}/bomb.txt: unpacks to more than 200 times its size: no text does",
    ]


def test_a_gzip_bomb_stops(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.txt.gz", gzip.compress(b"0" * 60_000_000))
    documents, (problem,) = read(path)
    assert not documents
    assert "unpacks to more than 200 times its size" in str(problem)


def test_archives_in_archives_end(tmp_path: Path) -> None:
    data, name = b"Clashes in Gao.", "a.txt"
    for _ in range(6):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(name, data)
        data, name = buffer.getvalue(), "a.zip"
    documents, (problem,) = read(saved(tmp_path / "a.zip", data))
    assert not documents
    assert "lies in more than 3 archives" in str(problem)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><w:document xmlns:w='w'>&j;</w:document>"
)


def with_body(data: bytes, body: str) -> bytes:
    """Return a Word file with another body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return out.getvalue()


BROKEN = {
    "cut.pdf": pdf_of("Shells fell.")[:200],
    "named.pdf": b"no PDF at all",
    "cut.docx": docx_of("Shells fell.")[:700],
    "laughs.docx": with_body(docx_of("x"), LAUGHS),
    "named.docx": b"PK\x03\x04 nothing",
    "cut.zip": b"PK\x03\x04" + b"\0" * 30,
    "cut.gz": gzip.compress(b"Clashes in Gao." * 1000)[:40],
    "named.gz": b"no gzip",
    "named.parquet": b"PAR1 no table PAR1",
    "empty.csv": b"",
    "binary.csv": bytes(range(256)) * 20,
    "binary.txt": b"\0\1\2",
    "deep.html": ("<div>" * 200_000).encode(),
    "empty.html": b"",
    "laughs.html": LAUGHS.encode(),
    "empty.eml": b"",
    "odd.eml": b"Content-Type: text/plain; charset=no-such\nDate: soon\n\nbody \xff\xfe",
    "empty.pdf": b"",
    "empty.docx": b"",
    "empty.jsonl": b"",
}


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_of(body: str, head: str = "") -> bytes:
    return with_body(docx_of("x"), f"{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>")


def row_of(*cells: str, span: int = 1) -> str:
    about = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>'
    return "".join(
        ("<w:tr>", *(f"<w:tc>{about}<w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in cells), "</w:tr>")
    )


def test_a_merged_cell_is_read_once_however_wide_it_says_it_is(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.docx", word_of(f"<w:tbl>{row_of('Gao', 'Kidal', span=10**9)}</w:tbl>"))
    (document,), problems = read(path)
    assert (document.text, problems) == ("Gao\tKidal", [])


@pytest.mark.parametrize("suffix", ["docx", "html", "xhtml"])
def test_no_entity_reaches_out_of_its_file(tmp_path: Path, suffix: str) -> None:
    secret = saved(tmp_path / "secret.txt", "the word is rutabaga " * 5)
    head = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
    text = "Shells fell on a suburb of Gorlovka on Friday night, the mayor told reporters: &a;"
    page = f"{head}<html><body><article><p>{text}</p></article></body></html>".encode()
    data = word_of(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>", head) if suffix == "docx" else page
    documents, problems = read(saved(tmp_path / f"a.{suffix}", data))
    assert len(documents) + len(problems) == 1
    assert not any("rutabaga" in d.text for d in documents)


def test_what_unpacks_to_far_more_than_it_weighs_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 20_000_000)
    documents, (problem,) = read(saved(tmp_path / "a.docx", out.getvalue()))
    assert not documents
    assert "unpacks to 20,000,000 bytes" in str(problem)


def zip_of(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", "Gao")
    return out.getvalue()


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        ("html", lambda n: b"<article>" + b"<p>Shells fell on Gao at night.</p>" * n),
        ("html", lambda n: b"<article>" + b"<time>1 May</time><p>Shells fell on Gao at night.</p>" * (5 * n)),
        ("html", lambda n: b"<div>" * (5 * n)),
        ("html", lambda n: b"<" * (50 * n)),
        ("docx", lambda n: word_of(f"<w:tbl>{row_of('a', 'b') * n}</w:tbl>")),
        ("eml", lambda n: b"Subject: " + b"=?utf-8?q?a?= " * n + b"\n\nbody"),
        ("eml", lambda n: b"From: " + b"a@b.c, " * n + b"\n\nbody"),
        ("eml", lambda n: b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nShells\n" * n),
        ("csv", lambda n: b"text" + b",a" * (10 * n) + b"\nGao" + b",a" * (10 * n)),
        ("csv", lambda n: b"text\n" + b'"a\n' * (10 * n)),
        ("jsonl", lambda n: b'{"text":' + b"[" * (50 * n)),
        ("zip", zip_of),
        ("txt", lambda n: b"a\xe9" * (50 * n)),
    ],
)  # fmt: skip
def test_time_to_read_is_linear(suffix: str, make: Callable[[int], bytes]) -> None:
    seconds = []
    for size in (300, 1200):
        data, taken = make(size), []
        for _ in range(2):  # the least: other programs do slow a processor down
            started = time.process_time()
            everything_in(Source(f"x.{suffix}", lambda data=data: io.BytesIO(data)))
            taken.append(time.process_time() - started)
        seconds.append(min(taken))
    # Four times the size: a quadratic reader would need sixteen times as long.
    assert seconds[1] < 8 * seconds[0] + 0.2


def test_broken_files_are_a_line_each_and_the_good_ones_beside_them_complete(tmp_path: Path) -> None:
    for name, data in BROKEN.items():
        saved(tmp_path / name, data)
    saved(tmp_path / "good.txt", "Clashes in Gao.")
    saved(tmp_path / "zgood.html", PAGE)
    documents, problems = read(tmp_path)
    names = {Path(d.id).name for d in documents}
    assert {"good.txt", "zgood.html"} <= names
    assert all("\n" not in str(problem) for problem in problems)
    told = {problem.path.name for problem in problems if problem.path}
    silent = {"empty.eml", "odd.eml", "empty.jsonl", "binary.csv"}
    assert set(BROKEN) - told - {name.partition(":")[0] for name in names} <= silent


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html", "eml", "csv", "jsonl", "zip", "txt.gz", "parquet"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_bytes_are_documents_or_one_line(suffix: str, data: st.DataObject) -> None:
    seeds = {
        "pdf": pdf_of("Shells."), "docx": docx_of("Shells."), "html": PAGE.encode(), "eml": mail_of("Shells."),
        "csv": table_of(".csv"), "jsonl": table_of(".jsonl"), "parquet": table_of(".parquet"),
        "txt.gz": gzip.compress(b"Shells fell."),
    }  # fmt: skip
    whole = bytearray(seeds.get(suffix, b"PK\x03\x04"))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    found = everything_in(Source(f"x.{suffix}", lambda: io.BytesIO(cut)))
    assert all(isinstance(f, Document) or "\n" not in str(f) for f in found)


def test_a_glob_is_its_files_and_one_that_matches_none_is_named(tmp_path: Path) -> None:
    for name in "ab":
        saved(tmp_path / f"{name}.txt", name)
    documents, _ = read(tmp_path / "*.txt")
    assert [d.text for d in documents] == ["a", "b"]
    _, (problem,) = read(tmp_path / "*.pdf")
    assert isinstance(problem, MissingFileError)


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "http://example.org/")
                self.end_headers()
                return
            self.send_response(200 if self.path != "/gone" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_an_address_that_the_user_typed_is_read(server: str) -> None:
    (document,) = read_documents(f"{server}/story")
    assert document.id == f"{server}/story"
    assert "eleven blasts" in document.text


def test_a_page_that_is_gone_and_a_redirect_away_are_named(server: str) -> None:
    with pytest.raises(NetworkError, match="answers 404"):
        list(read_documents(f"{server}/gone"))
    with pytest.raises(OptionError, match="is not an address that begins with https"):
        list(read_documents(f"{server}/away"))
    with pytest.raises(OptionError, match="is not an address that begins with https"):
        list(read_documents("http://example.org/story"))


def test_a_missing_library_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(OptionError, match=r"reading PDF needs pypdf.*geoevents\[readers\]"):
        list(read_documents(saved(tmp_path / "a.pdf", b"%PDF")))


def test_a_bad_file_raises_where_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        list(read_documents(saved(tmp_path / "a.gz", b"no")))
