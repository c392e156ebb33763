"""Transcripts, tables and alphabets: what is particular to each kind of file."""

import pytest

from bot.errors import Invalid
from bot.wisdom.importing.reading import read
from tests.importing.posts import EXPECTED, as_txt

VTT = """WEBVTT - a meeting

NOTE Nobody says this.

1
00:00:01.000 --> 00:00:04.000
<v Amina Khan>We asked the people at the door,

2
00:00:04.000 --> 00:00:07.000
<v Amina Khan>and they &amp; their <i>friends</i> told us why.</v>

3
00:00:07.000 --> 00:00:09.000
<v Bryn>So that is what</v> <v Amina Khan>changed for all of us in the end, you know.</v>

4
00:00:09.000 --> 00:00:10.000
<v Bryn>Thanks.</v>
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
AMINA: We asked the people at the door,

2
00:00:04,000 --> 00:00:07,000
and they told us why they came.

3
00:00:07,000 --> 00:00:09,000
Bryn (host): Remember: we had asked them about that before,
Amina: and nobody had written any of it down.

4
00:00:09,000 --> 00:00:12,000
[applause]

5
00:00:12,000 --> 00:00:15,000
>> It was written down, and it was lost again.
"""


def words_in(name: str, text: str) -> list[str]:
    return [each.words for each in read(name, text.encode())]


def test_the_turns_of_a_transcript_are_candidates_without_the_speakers_names() -> None:
    assert words_in("a.vtt", VTT) == [
        "We asked the people at the door, and they & their friends told us why.",
        "changed for all of us in the end, you know.",
    ]


def test_names_in_front_of_what_is_said_are_dropped_too() -> None:
    found = words_in("a.srt", SRT)

    assert found == [
        "We asked the people at the door, and they told us why they came.",
        "Remember: we had asked them about that before,",
        "and nobody had written any of it down.",
        "It was written down, and it was lost again.",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Amina",
        "Amina O'Neill (she/her)",
        "dr. Bryn Williams-Jones",
        "Jean-Luc de la Cruz, Southwark",
        "Speaker 1",
        "IPHONE 12",
        "amina.khan@example.org",
        "amina_k",
        "[Amina]",
        "-Amina",
        ">> AMINA",
    ],
)
def test_however_a_speaker_is_named_the_name_goes(name: str) -> None:
    words = "the thing is: nobody rang us back in all of that time"

    found = words_in("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:05.000\n{name}: {words}\n")

    assert found == [words]


def test_a_transcript_in_plain_text_is_one_where_most_lines_begin_with_a_name() -> None:
    talk = (
        "Conversation of March\n\nFacilitator: Who would like to start?\n"
        "[00:01:02] Amina: We asked people at the door what they wanted,\n"
        "and we wrote it up on the wall.\n00:02:10 Bryn: And nobody took it down for a year!\n"
        "[laughter]\nBryn: Not even the painter.\n"
    )

    assert words_in("a.txt", talk) == [
        "We asked people at the door what they wanted, and we wrote it up on the wall.",
        "And nobody took it down for a year! Not even the painter.",
    ]


def test_names_in_front_of_quotes_do_not_make_a_transcript() -> None:
    post = "Great examples\n\n" + "\n\n".join(
        f"Amina: “We asked {n} people all of it.”" for n in range(5)
    )

    found = read("a.txt", post.encode())

    assert [each.words for each in found] == [f"We asked {n} people all of it." for n in range(5)]
    assert {each.heading for each in found} == {"Great examples"}


def test_a_transcript_without_names_is_parted_at_pauses() -> None:
    cues = "\n\n".join(
        f"00:00:{start:02}.000 --> 00:00:{start + 2:02}.000\n{words}"
        for start, words in (
            (1, "We asked the people at the door"),
            (3, "and they told us why they came."),
            (30, "Nobody had ever written any of it down before."),
        )
    )

    assert words_in("a.vtt", f"WEBVTT\n\n{cues}\n") == [
        "We asked the people at the door and they told us why they came.",
        "Nobody had ever written any of it down before.",
    ]


@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
@pytest.mark.parametrize(
    "text",
    [
        "“These are only words that somebody says.”",
        "WEBVTT\n",
        "WEBVTT\n\n00:99:01.000 --> 00:00:04.000\nHello to all of you.\n",
        "1\n00:00:01,000 -> 00:00:04,000\nHello\n",
    ],
)
def test_a_broken_transcript_is_refused_with_what_one_looks_like(name: str, text: str) -> None:
    with pytest.raises(
        Invalid, match=r"^I can't read that as a transcript \(\.(vtt|srt)\)\. Every"
    ):
        read(name, text.encode())


def test_a_table_gives_its_words_with_what_stands_beside_them() -> None:
    table = (
        "\ufeffYear;Quote;Kind;Themes;Perspective;Credit\r\n"
        '2025;"We asked; they said ""no"".";Great example;Power; tenant;Amina\r\n'
        ";;;;;\r\n"
        "soon;“They never came back.”;challenge;Buy-in | Trust & relations;;\r\n"
    )

    first, second = read("a.csv", table.replace("Power; tenant", "Power;tenant").encode())

    assert first.words == 'We asked; they said "no".'
    assert (first.kind, first.themes, first.year) == ("example", ("Power",), 2025)
    assert (first.perspective, first.credit) == ("tenant", "Amina")
    assert second.words == "They never came back."
    assert (second.kind, second.themes, second.year) == (
        "challenge",
        ("Buy-in", "Trust & relations"),
        None,
    )


@pytest.mark.parametrize("called", ["quote", "WORDS", " Text "])
@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_the_column_of_words_may_be_called_several_things(called: str, between: str) -> None:
    assert words_in("a.csv", f"id{between}{called}\n1{between}We asked them.\n") == [
        "We asked them."
    ]


def test_a_table_of_one_column_is_read() -> None:
    assert words_in("a.csv", 'quote\n"We asked, and they said no."\nThey came.\n') == [
        "We asked, and they said no.",
        "They came.",
    ]


def test_a_table_without_names_of_columns_says_what_it_found() -> None:
    with pytest.raises(Invalid) as refused:
        read("a.csv", b"1,We asked them about it and they told us,x\n2,They came,y\n")

    assert str(refused.value) == (
        "The first row of this table has: “1”, “We asked them about it and the…”, “x”. "
        "One of its columns must be called “quote”, “words” or “text”."
    )


def test_a_table_with_nothing_in_its_first_row_says_so() -> None:
    with pytest.raises(Invalid, match=r"^This table has no first row with names of columns. One"):
        read("a.csv", b",,\n,,\n")


def test_a_row_that_a_comma_has_parted_is_refused_and_not_cut() -> None:
    with pytest.raises(Invalid, match=r"^Row 3 has more cells than the first row. Perhaps a comma"):
        read("a.csv", b"quote,year\nWe asked.,2025\nThey came, and left.,2025\n")


def test_rows_with_too_few_cells_are_read() -> None:
    assert words_in("a.csv", "quote,year,kind\nWe asked them.\nThey came.,2025\n") == [
        "We asked them.",
        "They came.",
    ]


@pytest.mark.parametrize(
    "formula",
    ['=HYPERLINK("http://example.org")', "=cmd|' /C calc'!A0", "=A1", "=SUM(A1:A2)", "=+B2"],
)
def test_a_formula_is_no_words(formula: str) -> None:
    doubled = formula.replace('"', '""')
    with pytest.raises(Invalid, match=r"^Row 2 has a formula where words should be. Please save"):
        read("a.csv", f'quote,year\n"{doubled}",1\n'.encode())


def test_words_that_were_made_harmless_for_a_spreadsheet_are_read_as_they_were() -> None:
    assert words_in("a.csv", "quote\n'- we asked them\n'=== and so on\n") == [
        "- we asked them",
        "=== and so on",
    ]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"],
)
def test_a_post_is_read_in_any_alphabet_that_programs_write(encoding: str) -> None:
    found = read("post.txt", as_txt().decode().encode(encoding))

    assert [each.words for each in found] == [words for _, _, words in EXPECTED]


def test_a_page_may_say_in_which_alphabet_it_is() -> None:
    page = "<meta charset=windows-1250><p>“Šest lidí se zeptalo.”</p>"

    assert words_in("a.html", page) == ["Šest lidí se zeptalo."]
    assert [each.words for each in read("a.html", page.encode("cp1250"))] == [
        "Šest lidí se zeptalo."
    ]


@pytest.mark.parametrize(
    "name",
    [
        "A POST.TXT",
        "ünïcödé “post”.txt",
        "..\\..\\windows\\post.txt",
        "/etc/../x.txt",
        "a.docx.txt",
        "post\n.txt",
        "a\x00b.txt",
        f"{'x' * 5000}.txt",
        "post.text",
    ],
)
def test_odd_names_of_files_do_no_harm(name: str) -> None:
    assert len(read(name, as_txt())) == len(EXPECTED)


@pytest.mark.parametrize(
    "name", ["post", "post.pdf", "post.doc", "", ".txt", "..", "txt", "a.xlsx"]
)
def test_other_files_are_refused_with_those_that_can_be_read(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(name, as_txt())

    assert str(refused.value) == (
        "I can read files that end in .txt, .md, .html, .docx, .vtt, .srt or .csv. "
        "Please save the file as one of these."
    )
