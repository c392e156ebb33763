"""Posts, in every format: which words are somebody's, and under which heading."""

from html import escape
from pathlib import Path

import pytest

from bot.errors import Invalid
from bot.wisdom.importing.model import Candidate
from bot.wisdom.importing.reading import NO_QUOTES, read
from tests.importing.posts import EVERY, EXPECTED, LEAD, W, docx, paragraph

SEED = Path(__file__).parents[3] / "shared/seed/reflections-of-good-practice.txt"


def words_in(text: str, name: str = "post.txt") -> list[str]:
    return [each.words for each in read(name, text.encode())]


def seen(found: list[Candidate]) -> list[tuple[str | None, str | None, str]]:
    return [(each.heading, each.kind, each.words) for each in found]


@pytest.mark.parametrize("name", EVERY)
def test_a_post_gives_its_quotes_in_order_under_their_headings(name: str) -> None:
    found = read(name, EVERY[name]())

    assert seen(found) == list(EXPECTED)


def test_the_same_post_gives_the_same_in_every_format() -> None:
    first, *others = (read(name, make()) for name, make in EVERY.items())

    assert all(other == first for other in others)


def test_only_the_quote_above_the_first_heading_leads_the_post() -> None:
    found = read("post.txt", EVERY["post.txt"]())

    assert [each.is_lead for each in found] == [True, *[False] * (len(EXPECTED) - 1)]


def test_the_lead_and_its_longer_form_are_shown_beside_each_other() -> None:
    found = read("post.txt", EVERY["post.txt"]())

    doubles = {
        number: [(double.number, double.words) for double in each.nearly_doubles]
        for number, each in enumerate(found, start=1)
        if each.nearly_doubles
    }
    assert doubles == {1: [(8, EXPECTED[7][2])], 8: [(1, LEAD[1:-1])]}


@pytest.mark.skipif(not SEED.exists(), reason="the published post is not beside this checkout")
def test_the_published_post_gives_fourteen_quotes() -> None:
    text = " ".join(SEED.read_text("utf-8").split())

    found = read(SEED.name, SEED.read_bytes())

    begins = [each.heading and each.heading.split(" ")[0] for each in found]
    assert begins == [None, *["Great"] * 6, *["The"] * 3, *["Wisdom"] * 4]
    kinds = [each.kind for each in found]
    assert kinds == [None, *["example"] * 6, *["challenge"] * 3, *["advice"] * 4]
    assert [each.is_lead for each in found] == [True, *[False] * 13]
    # Whole, and in order: each is followed by its closing mark, and nothing was skipped.
    at = 0
    for each in found:
        place = text.index(each.words, at)
        assert text[place - 1] in '"“‘'
        at = place + len(each.words)
        assert text[at] in '"”'
    assert {
        (number, double.number)
        for number, each in enumerate(found, start=1)
        for double in each.nearly_doubles
    } == {(1, 10), (10, 1)}
    everything = " ".join(each.words for each in found)
    for other in ("Fulfilling", "Leave a Reply", "abundance", "Reflections of good", "email"):
        assert other not in everything


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We asked them, and they said no."', ["We asked them, and they said no."]),
        ("“We asked them.”", ["We asked them."]),
        ("‘We asked them.’", ["We asked them."]),
        ("'We asked them.'", ["We asked them."]),
        ("«We asked them.»", ["We asked them."]),
        ("„We asked them.“", ["We asked them."]),
        ("``We asked them.''", ["We asked them."]),
        ('‘We asked them."', ["We asked them."]),
        ("“We asked them.’", ["We asked them."]),
        ('"We asked them.”', ["We asked them."]),
        ("'It's the services' own rule, isn't it?'", ["It's the services' own rule, isn't it?"]),
        ("‘It’s the services’ own rule.’", ["It’s the services’ own rule."]),
        ("\"She said 'no thanks' and left.\"", ["She said 'no thanks' and left."]),
        ("“She said “no thanks” and left.”", ["She said “no thanks” and left."]),
        ('"She said "no thanks" and left."', ['She said "no thanks" and left.']),
        ("‘She said “no thanks” and left.’", ["She said “no thanks” and left."]),
        ("“‘No,’ she said, and left.”", ["‘No,’ she said, and left."]),
        ("\"It was 'cause of the '90s rules.\"", ["It was 'cause of the '90s rules."]),
        ('"We tried and tried…"', ["We tried and tried…"]),
        ('"…and so we stopped."', ["…and so we stopped."]),
        ('"We tried and tried…\n\n"They never came."', ["We tried and tried…", "They never came."]),
        ('"We forgot the mark at the end.', ["We forgot the mark at the end."]),
        ("“One.\n\n“Two things.\n\n“Three.”", ["One.\n\nTwo things.\n\nThree."]),
        ('"First this.\n\nThen that, and the rest."', ["First this.\n\nThen that, and the rest."]),
        (
            '"We asked," said a commissioner, "and they told us."',
            ["We asked, and they told us."],
        ),
        ('"We asked them." "They told us."', ["We asked them.", "They told us."]),
        ('"We asked them." – Commissioner, a city', ["We asked them."]),
        ('- "We asked them."\n- "They told us."', ["We asked them.", "They told us."]),
        ('1. "We asked them."\n2. "They told us."', ["We asked them.", "They told us."]),
        (
            "One of them put it so: “nobody has ever asked me that before” and laughed.",
            ["nobody has ever asked me that before"],
        ),
        ('"A line that\nis wrapped by\nhand here."', ["A line that is wrapped by hand here."]),
        (
            '"We asked them."\nCommissioner\n\n"They told us."\nTenant',
            ["We asked them.", "They told us."],
        ),
    ],
)
def test_quotation_marks(text: str, words: list[str]) -> None:
    assert words_in(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "What the so-called “hard to reach” think of the services' “offer”.",
        "The services' staff don't know, and the people's panel won't say.",
        "A 12\" ruler and a 5'6\" door, as in the '90s.",
        "Nothing that anybody said.",
        "“…”",
    ],
)
def test_what_is_nobodys_words_is_no_candidate(text: str) -> None:
    with pytest.raises(Invalid, match=NO_QUOTES[:30]):
        words_in(text)


def test_short_lines_below_quotes_say_who_spoke_and_are_no_headings() -> None:
    found = read(
        "post.txt",
        b'Report of the day\n\n"We asked them and they said no."\n\nCommissioner\n\n'
        b'"They never asked us at all."\n\nTenant\n\n"We will ask them next time."\n\nManager\n',
    )

    assert {each.heading for each in found} <= {None, "Report of the day"}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("1. Great examples - of recruitment", "example"),
        ("What has worked", "example"),
        ("The challenge", "challenge"),
        ("Barriers and how people learned to live with them", "challenge"),
        ("Wisdom – learn from others", "advice"),
        ("Top tips:", "advice"),
        ("Templates and tools", "template"),
        ("Questions we were left with", "question"),
        ("Recruitment", None),
    ],
)
def test_the_kind_is_guessed_from_the_heading(heading: str, kind: str | None) -> None:
    (found,) = read("post.txt", f'{heading}\n\n"We asked the people at the door."\n'.encode())

    assert found.kind == kind
    assert found.heading == heading.removeprefix("1. ").removesuffix(":")


def test_a_heading_inside_a_section_keeps_its_kind() -> None:
    found = read("a.md", b'# Post\n\n## Challenges\n\n### Money\n\n"There is never any of it."\n')

    assert seen(found) == [("Money", "challenge", "There is never any of it.")]


def test_quotes_marked_by_the_file_need_no_quotation_marks() -> None:
    page = (
        "<blockquote><p>We asked the people at the door.</p><p>They told us.</p>"
        "<cite>A commissioner</cite></blockquote><blockquote>Nobody told us.</blockquote>"
    )
    markdown = (
        "> We asked the people at the door.\n>\n> They told us.\n>\n> — A commissioner\n\n"
        "---\n\n> Nobody told us.\n"
    )
    word = docx(paragraph("We asked the people at the door.", "Quote") + paragraph("By me."))

    expected = ["We asked the people at the door.\n\nThey told us.", "Nobody told us."]
    assert words_in(page, "a.html") == expected
    assert words_in(markdown, "a.md") == expected
    assert [each.words for each in read("a.docx", word)] == ["We asked the people at the door."]


def test_scripts_styles_comments_and_menus_of_a_page_are_never_text() -> None:
    said = "“{} is what this says to anybody who looks.”"
    hidden = "".join(
        form.format(said.format(what))
        for what, form in {
            "Script": "<script>{}</script>",
            "Style": "<style>{}</style>",
            "Comment": "<!-- <p>{}</p> -->",
            "Menu": "<nav><p>{}</p></nav>",
            "Hidden": "<p hidden>{}</p>",
            "Not displayed": "<p style='display: none'>{}</p>",
            "Aria": "<p aria-hidden=true>{}</p>",
            "Template": "<template>{}</template>",
            "Reader": "<div id=comments><p>{}</p></div>",
            "Form": "<form><textarea>{}</textarea></form>",
            "Data": "<![CDATA[{}]]>",
        }.items()
    )
    page = (
        f"<?xml version='1.0'?><html><head>{hidden}</head><body>{hidden}"
        "<p>“This is what was said.”</p>"
    )

    assert words_in(page, "a.html") == ["This is what was said."]


def test_the_article_of_a_page_is_read_and_what_surrounds_it_is_not() -> None:
    page = (
        "<div>“Teasers of other posts are not here.”</div><main><p><b>Great examples</b></p>"
        "<p>“We <i>asked</i> the&nbsp;people&hellip;<br>and they told&#39; us.”"
        "<sup><a>1</a></sup></p></main><p>“Neither are these words below it.”</p>"
    )

    assert seen(read("a.html", page.encode())) == [
        ("Great examples", "example", "We asked the people… and they told' us.")
    ]


def test_footnotes_of_markdown_and_of_pages_are_left_out() -> None:
    markdown = '"We asked the people[^1]."\n\n[^1]: "A footnote has words of its own as well."\n'
    page = (
        "<p>“We asked the people.”</p><section class=footnotes><p>“A footnote has words too.”</p>"
        "</section><ol><li id=footnote-1>“And another has words too.”</li></ol>"
    )

    assert len(words_in(markdown, "a.md")) == 1
    assert words_in(page, "a.html") == ["We asked the people."]


def test_what_a_blog_keeps_above_a_post_is_no_part_of_it() -> None:
    blog = '---\ntitle: "What we learned from a whole year"\n---\n# A year\n\n“We learned a lot.”\n'

    assert seen(read("a.md", blog.encode())) == [("A year", None, "We learned a lot.")]


def test_sections_without_a_title_above_them_have_no_lead() -> None:
    for text in (
        "1) Great examples\n\n“We did it.”\n\n2) Challenges\n\n“No money.”\n",
        "# Great examples\n\n“We did it.”\n\n# Challenges\n\n“No money.”\n",
        "## Great examples\n\n“We did it.”\n\n### Challenges\n\n“No money.”\n\n# A\n\n“No time.”",
    ):
        first, second, *_ = read("a.md" if text[0] == "#" else "a.txt", text.encode())
        assert (first.heading, first.kind, first.is_lead) == ("Great examples", "example", False)
        assert (second.heading, second.is_lead) == ("Challenges", False)


def test_a_mark_that_somebody_forgot_swallows_nothing() -> None:
    text = (
        "We say “service user because it is short to say, and go on.\n\n"
        "“We never say it.”\n\nShe told me: “There are three.\n\n“One is time.\n\n“Two is money.”"
    )

    assert words_in(text) == [
        "service user because it is short to say, and go on.",
        "We never say it.",
        "There are three.\n\nOne is time.\n\nTwo is money.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '"We forgot it.\n\nShe wrote "again" here.\n\n"They came back."',
            ["We forgot it.", "They came back."],
        ),
        (
            "“We forgot it.\n\n“We forgot it too.\n\nAnd so on, she wrote.\n\n“They came.”",
            ["We forgot it.", "We forgot it too.", "They came."],
        ),
        ('"We forgot it.\n\nAnd "so on.\n\nThey came."', ["We forgot it."]),
        ("“We forgot it.\n\n“Yes” she wrote.", ["We forgot it.\n\nYes"]),
        ("“We forgot it.\n\n“Yes” she “wrote.", ["We forgot it.\n\nYes"]),
        ('‘We forgot "it" at the workers’ own place.\'', None),
        ("“We forgot the workers’ place\n\nand the services' place.”", None),
    ],
)
def test_marks_that_are_missing(text: str, words: list[str] | None) -> None:
    assert words_in(text) == (words or [text[1:-1]])


def test_lines_drawn_under_headings_in_plain_text() -> None:
    text = "What we heard\n====\n\nRecruitment\n-----\n“We asked them.”\n\n***\n\n“They told us.”\n"

    found = read("a.txt", text.encode())

    assert [(each.heading, each.words) for each in found] == [
        ("Recruitment", "We asked them."),
        ("Recruitment", "They told us."),
    ]


def test_a_question_in_the_text_is_no_heading_unless_it_names_a_kind() -> None:
    found = read(
        "a.txt",
        "A day\n\nWhat do you think?\n\n“We asked them.”\n\nWhat is the challenge?\n\n"
        "“They told us.”\n\n## What else?\n".encode(),
    )

    assert [(each.heading, each.kind) for each in found] == [
        (None, None),
        ("What is the challenge?", "challenge"),
    ]


def test_quotes_of_a_page_that_are_marked_twice_have_no_marks() -> None:
    page = (
        "<p><q>We asked all of them.</q></p>"
        "<blockquote><p>“They told us.”</p><p>“Nobody else did.”</p></blockquote>"
    )

    assert words_in(page, "a.html") == [
        "We asked all of them.",
        "They told us.",
        "Nobody else did.",
    ]


@pytest.mark.parametrize(
    "line", ["3 March", "By Amina Khan", "Posted on Monday", "Monday 3 March 2025"]
)
def test_who_wrote_a_post_and_when_is_no_heading(line: str) -> None:
    page = (
        f"<h1>A year</h1><span>{line}</span><p>“We asked.”</p><h2>Money</h2><p>“There is none.”</p>"
    )

    assert [each.heading for each in read("a.html", page.encode())] == [None, "Money"]


def test_numbers_in_front_of_quotes_are_no_footnotes() -> None:
    assert words_in('(1) "We asked all of the people."\n\n(2) "They told us what they need."') == [
        "We asked all of the people.",
        "They told us what they need.",
    ]


def test_what_is_too_long_for_a_quote_is_parted_between_sentences() -> None:
    sentence = "We asked the people at the door about it, and they told us why they came."

    parts = words_in(f"“{' '.join([sentence] * 50)}”")

    assert all(len(part) <= 1_500 and part.endswith("came.") for part in parts)
    assert " ".join(parts) == " ".join([sentence] * 50)


WORD_NOTES = f"""<?xml version="1.0"?><w:footnotes xmlns:w="{W}"><w:footnote w:id="2">
{paragraph("“A footnote has words of its own as well.”")}</w:footnote></w:footnotes>"""


def test_notes_pictures_and_what_was_struck_out_in_word_are_left_out() -> None:
    body = (
        "<w:p><w:r><w:t>“We asked the people</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:del w:id="1" w:author="A"><w:r><w:delText> nothing</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t> everything</w:t></w:r></w:ins>'
        "<w:r><w:br/><w:t>that we could.”</w:t></w:r></w:p>"
    )

    found = read("a.docx", docx(body, {"word/footnotes.xml": WORD_NOTES.encode()}))

    assert [each.words for each in found] == ["We asked the people everything that we could."]


def test_bold_lines_in_word_are_headings() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Recruitment</w:t></w:r></w:p>"

    found = read(
        "a.docx",
        docx(
            paragraph("Some words in front.")
            + paragraph("“We asked them all of it.”")
            + bold
            + paragraph("“They told us all of it.”")
        ),
    )

    assert [each.heading for each in found] == [None, "Recruitment"]


@pytest.mark.skipif(not SEED.exists(), reason="the published post is not beside this checkout")
def test_the_published_post_is_the_same_in_every_format() -> None:
    text = SEED.read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    page = "".join(
        f"<ol><li><strong>{escape(line[3:])}</strong></li></ol>"
        if line.startswith("1. ")
        else f"<p>{escape(line)}</p>"
        for line in lines
    )
    word = "".join(
        paragraph(line.removeprefix("1. "), "H1" if line.startswith("1. ") else "")
        for line in lines
    )
    first = read("a.txt", text.encode())

    assert read("a.txt", "\n".join(lines).encode("cp1252")) == first
    assert read("a.md", text.encode()) == first
    assert read("a.html", page.encode()) == first
    assert read("a.html", f"<p>{'<br><br>'.join(map(escape, lines))}</p>".encode()) == first
    assert read("a.docx", docx(word)) == first
