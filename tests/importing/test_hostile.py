"""Files that are broken, empty, huge or meant to harm: a plain sentence each time."""

import asyncio
import contextlib
import io
import os
import random
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.errors import Invalid
from bot.wisdom.importing import apart
from bot.wisdom.importing.apart import read_apart
from bot.wisdom.importing.doubles import Known
from bot.wisdom.importing.encoding import NOT_TEXT
from bot.wisdom.importing.model import BIGGEST_FILE, LONGEST, MOST_CANDIDATES, Candidate
from bot.wisdom.importing.reading import FORMATS, NO_QUOTES, read
from bot.wisdom.importing.word import DAMAGED, NOT_WORD, TOO_BIG_INSIDE, UNUSUAL
from tests.importing.posts import EVERY, TYPES, as_docx, as_html, as_txt, docx, paragraph

TEXTS = [name for name in FORMATS if name != ".docx"]


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        read(name, data)
    return str(refused.value)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\n" * 100])
def test_an_empty_file_is_called_empty(form: str, data: bytes) -> None:
    assert refusal(f"a{form}", data) == "That file is empty."


@pytest.mark.parametrize("form", FORMATS)
def test_a_huge_file_is_refused_before_it_is_looked_at(form: str) -> None:
    assert refusal(f"a{form}", b"x" * (BIGGEST_FILE + 100_000)) == (
        "That file is too big: 5.1 MB, and the most is 5 MB. Please part it into smaller files."
    )


def test_more_quotes_than_anybody_could_look_at_are_refused() -> None:
    text = "\n\n".join(f"“We asked {number} people.”" for number in range(MOST_CANDIDATES + 1))

    assert refusal("a.txt", text.encode()) == (
        "I found 2,001 quotes in this file, and can take 2,000 at a time. "
        "Please part it into smaller files."
    )


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and so on",
        b"PK\x03\x04 a zip",
        b"\xd0\xcf\x11\xe0 an old Word file",
        b"{\\rtf1 rich text}",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0 a photograph",
        b'"We asked\x00 all of the people."',
        bytes(range(256)) * 20,
        random.Random(7).randbytes(5_000),  # noqa: S311  # noise, and no secret
    ],
    ids=["pdf", "zip", "doc", "rtf", "png", "jpeg", "nul", "every byte", "noise"],
)
def test_what_is_not_text_is_called_so(form: str, data: bytes) -> None:
    assert refusal(f"a{form}", data) == NOT_TEXT


def test_text_that_breaks_its_own_alphabet_is_called_damaged() -> None:
    assert refusal("a.txt", b"\xef\xbb\xbf\x93We asked\xff\xfe") == (
        "The file seems to be damaged: part of it can't be read. "
        "Please save it again as text in UTF-8."
    )


def test_a_file_without_quotes_says_what_quotes_are() -> None:
    for name in ("a.txt", "a.md", "a.html"):
        assert refusal(name, b"Nothing that anybody said.") == NO_QUOTES
    assert refusal("a.docx", docx(paragraph("Nothing."))) == NO_QUOTES


@pytest.mark.parametrize(
    "data",
    [as_txt(), as_html(), b"\xd0\xcf\x11\xe0 an old Word file", b"%PDF-1.7", b"\x00" * 40],
    ids=["text", "page", "doc", "pdf", "zeros"],
)
def test_a_file_that_is_only_called_docx_is_refused(data: bytes) -> None:
    assert refusal("a.docx", data) == NOT_WORD


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, data in files.items():
            packing.writestr(name, data)
    return out.getvalue()


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    assert refusal("a.docx", zipped({"xl/workbook.xml": b"<a/>"})) == NOT_WORD


def test_a_word_file_that_is_cut_off_or_scribbled_over_is_called_damaged() -> None:
    whole = as_docx()

    assert refusal("a.docx", whole[: len(whole) // 2]) == DAMAGED
    assert refusal("a.docx", whole[:200] + b"\x00" * 200 + whole[400:]) == DAMAGED
    assert refusal("a.docx", docx("", {"word/document.xml": b"<w:document"})) == DAMAGED
    assert refusal("a.docx", docx("", {"_rels/.rels": b"not XML at all"})) == DAMAGED


def test_a_word_file_that_its_reader_stumbles_over_is_called_damaged() -> None:
    body = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'

    assert refusal("a.docx", docx(body)) == DAMAGED


def test_a_word_file_is_read_without_what_is_packed_beside_its_text() -> None:
    outside = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="p" Type="image" Target="file:///etc/passwd" '
        'TargetMode="External"/></Relationships>'
    )
    picture = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
        'main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/'
        'picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships" r:link="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    packed = docx(
        paragraph("“We asked them.”") + picture,
        {"word/_rels/document.xml.rels": outside.encode(), "word/vbaProject.bin": b"MZ"},
    )

    assert [each.words for each in read("a.docx", packed)] == ["We asked them."]


def test_a_table_that_its_reader_cannot_part_is_refused() -> None:
    cell = '"' + "a" * 200_000 + '"'

    assert refusal("a.csv", f"quote\n{cell}\n".encode()) == (
        "I can't read that table. Please save it again as CSV, with commas between columns."
    )


def test_a_word_file_with_a_password_is_refused() -> None:
    packed = bytearray(as_docx())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.find(mark)
        packed[at + flags] |= 1

    assert refusal("a.docx", bytes(packed)) == (
        "That Word file has a password. Please save it without one."
    )


def test_a_zip_bomb_is_seen_in_its_directory() -> None:
    bomb = docx("", {"word/media/a.bin": b"\x00" * 30_000_000})
    wide = docx("", {f"word/part{number}.xml": b"<a>" * 700_000 for number in range(12)})

    assert len(bomb) < 100_000
    assert refusal("a.docx", bomb) == TOO_BIG_INSIDE
    assert refusal("a.docx", wide) == TOO_BIG_INSIDE


def test_a_zip_bomb_whose_directory_lies_is_stopped_while_it_is_read() -> None:
    body = paragraph("“" + "a" * 40_000_000 + "”")
    bomb = bytearray(docx(body))
    # Say that it is small, in both places where a zip says so.
    name = b"word/document.xml"
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = bomb.find(mark)
        while bomb[at + name_at : at + name_at + len(name)] != name:
            at = bomb.find(mark, at + 1)
        struct.pack_into("<I", bomb, at + size_at, 900_000)

    began = time.monotonic()
    assert refusal("a.docx", bytes(bomb)) in (DAMAGED, TOO_BIG_INSIDE)
    assert time.monotonic() - began < 5


def test_a_zip_with_too_many_entries_or_two_of_one_name_is_refused() -> None:
    many = docx("", {f"word/a{number}.txt": b"" for number in range(2_100)})
    out = io.BytesIO(as_docx())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as packing:
        packing.writestr("word/document.xml", b"<a/>")

    assert refusal("a.docx", many) == UNUSUAL
    assert refusal("a.docx", out.getvalue()) == UNUSUAL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_multiply_are_never_followed(encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    document = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "“ha ha ha.” ">{laughs}]><a>&l8;</a>'
    outside = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    )

    for each in (document, outside):
        assert refusal("a.docx", docx("", {"word/document.xml": each.encode(encoding)})) == UNUSUAL
    assert refusal("a.html", document.replace("8;", "8;&l7;").encode()) == NO_QUOTES


def test_deep_nesting_is_refused_or_read_and_never_falls_over() -> None:
    deep = "<w:p>" * 5_000 + "</w:p>" * 5_000
    assert refusal("a.docx", docx(deep)) == UNUSUAL
    for open_, name in (("<div>", "a.html"), ("<b>", "a.html"), ("> ", "a.md"), ("- ", "a.md")):
        text = f"{open_ * 20_000}“We asked all of the people.”"
        with contextlib.suppress(Invalid):
            assert len(read(name, text.encode())) <= 1


@pytest.mark.parametrize(
    "text",
    [
        '"a ' * 10_000,
        "'a " * 10_000,
        "“‘" * 10_000,
        "(“" * 10_000,
        "a' " * 10_000,
        "\"a ' " * 10_000,
        "1. a\n" * 10_000,
        "**" * 10_000,
        "[" * 10_000,
        "<" * 10_000,
        'a:\n"b\n' * 10_000,
        "—" * 10_000,
        "quote\n" + '"' * 10_001,
        "“" + "a. " * 10_000,
        "``" * 10_000,
    ],
)
@pytest.mark.parametrize("form", TEXTS)
def test_marks_without_end_take_little_time(form: str, text: str) -> None:
    began = time.process_time()
    with contextlib.suppress(Invalid):
        read(f"a{form}", text.encode())
    assert time.process_time() - began < 5


PIECES = st.sampled_from(
    [
        *("“", "”", '"', "'", "‘", "’", "…", "\n", "\n\n", "> ", "- ", "1. ", "# ", "<p>", "</p>"),
        *("<blockquote>", "<li>", "<br>", "<!--", "-->", "<script>", "&amp;", "&#0;", "WEBVTT\n\n"),
        *("00:00:01.000 --> 00:00:02.000\n", "1\n00:00:01,000 --> 00:00:02,000\n", "Amina: "),
        *("<v Bryn>", "quote,year\n", "=1+1", ",", ";", "\t", "\x00", "\ufeff", "\u2028", "é"),
        *("we asked the people at the door and they told us", "services'", "(1) ", "[^1]: "),
        *("Great examples", "The challenge:", "Leave a Reply", "\ud7ff", "😀", "\u202e", "\x1b[2J"),
    ]
)
FILES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode()),
    st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode("utf-16")),
    st.lists(PIECES, max_size=20).map(lambda parts: docx(paragraph_or_junk("".join(parts)))),
    st.tuples(st.integers(0, 2_000), st.binary(min_size=1, max_size=8)).map(
        lambda scribble: scribbled(as_docx(), *scribble)
    ),
)


def paragraph_or_junk(text: str) -> str:
    return "".join(paragraph(part) for part in text.split("\n"))


def scribbled(data: bytes, at: int, over: bytes) -> bytes:
    return data[:at] + over + data[at + len(over) :]


@settings(max_examples=400, deadline=10_000, suppress_health_check=[HealthCheck.too_slow])
@given(data=FILES, form=st.sampled_from(FORMATS))
@example(data=b"\xff\xfe\x00", form=".txt")
@example(data=TYPES.encode(), form=".html")
def test_any_bytes_give_candidates_or_a_plain_sentence(data: bytes, form: str) -> None:
    try:
        found = read(f"a{form}", data)
    except Invalid as refused:
        sentence = str(refused)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert len(sentence) < 500
    else:
        assert 0 < len(found) <= MOST_CANDIDATES
        for each in found:
            assert 0 < len(each.words) <= LONGEST
            assert each.words == each.words.strip()
            assert not set(each.words) & {"\x00", "\x1b", "\u202e", "\ufeff"}


async def test_a_process_of_its_own_reads_the_same() -> None:
    kept = [Known(17, read("post.txt", as_txt())[1].words)]

    for name, make in EVERY.items():
        found = await read_apart(name, make(), kept)
        assert found == read(name, make(), kept)
        assert [(each.is_kept, each.number) for each in found[1].nearly_doubles] == [(True, 17)]


async def test_what_the_process_refuses_is_told_in_the_same_words() -> None:
    with pytest.raises(Invalid, match=NOT_WORD[:40]):
        await read_apart("a.docx", as_txt())
    with pytest.raises(Invalid, match=r"^I can read files that end in"):
        await read_apart("a.exe", b"MZ")


async def test_many_quotes_say_how_far_the_reading_has_come() -> None:
    text = "\n\n".join(f"“We asked {number} people.”" for number in range(120))
    told: list[tuple[int, int]] = []

    await read_apart("a.txt", text.encode(), progress=lambda done, of: told.append((done, of)))

    assert told == [(50, 120), (100, 120), (120, 120)]


def child_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str) -> None:
    """Put *does* where the reader is found, for a hostile file that no test may hold."""
    package = tmp_path / "bot/wisdom/importing"
    package.mkdir(parents=True)
    for folder in (package, *list(package.parents)[:2]):
        (folder / "__init__.py").touch()
    (package / "__main__.py").write_text(does)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])


@pytest.mark.parametrize(
    "does",
    [
        "while True: pass",
        "raise MemoryError",
        "print('no JSON', flush=True)",
        "import os; os._exit(9)",
    ],
)
async def test_a_reader_that_never_ends_or_falls_is_stopped_and_told_plainly(
    does: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child_that(monkeypatch, tmp_path, does)
    monkeypatch.setattr(apart, "PATIENCE", 0.7)

    with pytest.raises(Invalid, match=r"^That file took too much time or memory to read, so I"):
        await read_apart("a.txt", as_txt() * 50)


async def test_a_reading_that_is_given_up_leaves_no_process_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "pid"
    child_that(
        monkeypatch,
        tmp_path,
        f"import os, pathlib, time; pathlib.Path({str(mark)!r}).write_text(str(os.getpid()));"
        "time.sleep(60)",
    )
    reading = asyncio.create_task(read_apart("a.txt", as_txt()))
    child = await asyncio.to_thread(its_number, mark)

    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def its_number(mark: Path) -> int:
    """What the child wrote down, waited for."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if mark.exists() and (written := mark.read_text()):
            return int(written)
        time.sleep(0.02)
    raise AssertionError("the child did not begin")


def test_the_process_has_little_memory() -> None:
    eats = (
        "from bot.wisdom.importing.__main__ import _limit; _limit()\n"
        "try: bytearray(2_000_000_000)\n"
        "except MemoryError: print('no more')"
    )

    ended = subprocess.run([sys.executable, "-c", eats], capture_output=True, check=True, text=True)

    assert ended.stdout == "no more\n"


async def test_the_process_is_told_nothing_of_our_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COPRO_TOKEN", "a-token-that-nobody-may-read")
    child_that(
        monkeypatch,
        tmp_path,
        "import json, os; print(json.dumps({'refused': str(dict(os.environ))}))",
    )

    with pytest.raises(Invalid) as refused:
        await read_apart("a.txt", as_txt())

    assert "PYTHONPATH" in str(refused.value)
    assert "COPRO" not in str(refused.value)


def test_candidates_can_be_compared_and_kept_in_sets() -> None:
    assert len({Candidate(words="a"), Candidate(words="a")}) == 1
