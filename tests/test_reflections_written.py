"""Posts as files: the same quotes come back, in the same sections; and the page is sound."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reflections.writing import Link, Page, Part, Said, html_post, markdown_post
from bot.wisdom.importing.model import Candidate
from bot.wisdom.importing.reading import read as read_in

SEED = Path(__file__).parents[2] / "shared/seed/reflections-of-good-practice.txt"
PAGE = Page(
    title="What we heard & learnt <in May>",
    lead=Said(words="Ask us *first*, and then decide."),
    intro="Some of what people said.\n\nAll of them agreed.",
    parts=[
        Part(
            heading="Great example: Recruitment",
            commentary="It begins with # small things.",
            quotes=[
                Said(words="They paid for the bus.\n\nAnd people came.", credit="A commissioner"),
                Said(words="We were asked.\nWe were heard.", content_note="an eviction"),
            ],
        ),
        Part(heading="Challenge", commentary="", quotes=[Said(words="It ended, nobody said why.")]),
    ],
    did=["Say why a service ends: done. A letter goes out."],
    asks="Tell us.",
    links=[
        Link(called="Contact us", leads_to="hello@example.org"),
        Link(called="Join", leads_to="https://example.org/join?a=1&b=2"),
    ],
    footnotes=["(1) The name of a project"],
)
TEXT = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "Zs"], include_characters="*_#>&<|`~!.-"),
    min_size=1,
    max_size=80,
)


def same(words: str) -> str:
    return " ".join(words.split())


def quotes_of(page: Page) -> list[str]:
    lead = [page.lead] if page.lead is not None else []
    return [same(each.words) for each in [*lead, *(q for part in page.parts for q in part.quotes)]]


@pytest.mark.parametrize(("write", "name"), [(markdown_post, "a.md"), (html_post, "a.html")])
def test_what_is_exported_and_read_in_again_has_the_same_quotes_and_sections(write, name) -> None:
    found = read(write(PAGE), name)
    assert [same(each.words) for each in found] == quotes_of(PAGE)
    assert found[0].is_lead
    assert [each.heading for each in found[1:]] == [
        "Great example: Recruitment",
        "Great example: Recruitment",
        "Challenge",
    ]
    assert [each.kind for each in found[1:]] == ["example", "example", "challenge"]


def read(text: str, name: str) -> list[Candidate]:
    return list(read_in(name, text.encode()))


@pytest.mark.skipif(not SEED.exists(), reason="the published post is not in the repository")
@pytest.mark.parametrize(("write", "name"), [(markdown_post, "a.md"), (html_post, "a.html")])
def test_the_post_that_the_network_has_published_goes_round(write, name) -> None:
    found = read(SEED.read_text("utf-8"), "post.txt")
    sections = list(dict.fromkeys(each.heading for each in found if not each.is_lead))
    page = Page(
        title="Co-production",
        lead=next(Said(words=each.words) for each in found if each.is_lead),
        intro="",
        parts=[
            Part(
                heading=heading or "",
                commentary="",
                quotes=[
                    Said(words=each.words)
                    for each in found
                    if each.heading == heading and not each.is_lead
                ],
            )
            for heading in sections
        ],
        did=[],
        asks="Tell us.",
        links=[],
        footnotes=[],
    )
    again = read(write(page), name)
    assert [same(each.words) for each in again] == [same(each.words) for each in found]
    assert [each.heading for each in again] == [each.heading for each in found]


@given(words=TEXT, heading=TEXT, title=TEXT, note=TEXT)
def test_whatever_is_typed_the_page_is_sound_and_says_it(
    words: str, heading: str, title: str, note: str
) -> None:
    page = Page(
        title=title,
        lead=None,
        intro="",
        parts=[
            Part(heading=heading, commentary=note, quotes=[Said(words=words, content_note=note)])
        ],
        did=[note],
        asks=note,
        links=[Link(called="Contact us", leads_to="hello@example.org")],
        footnotes=[note],
    )
    root = as_xml(html_post(page))
    (quote,) = root.iter("blockquote")
    assert same("".join(quote.itertext())) == same(words)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    named = [each.get("aria-labelledby") for each in root.iter() if each.get("aria-labelledby")]
    assert sorted(ids) == sorted(set(named))


def as_xml(html: str) -> ET.Element:
    """The page is well-formed once the tags that HTML leaves open are closed."""
    closed = re.sub(r"<(meta[^>]*|br)>", r"<\1/>", html.removeprefix("<!DOCTYPE html>\n"))
    return ET.fromstring(closed)  # noqa: S314  # our own page


def test_a_page_without_anything_that_may_be_missing_has_no_empty_part() -> None:
    page = Page(
        title="T", lead=None, intro="", parts=[Part(heading="H", commentary="", quotes=[])],
        did=[], asks="A", links=[], footnotes=[],
    )  # fmt: skip
    html = html_post(page)
    assert "<p></p>" not in html
    assert "<ul>" not in html
    assert "Notes" not in markdown_post(page)
