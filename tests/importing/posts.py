"""A post of our own, written down in every format that is read."""

import io
import zipfile
from html import escape
from xml.sax.saxutils import escape as escape_xml

TITLE = "What we heard in the spring"
LEAD = "“If nobody senior asks for it, a forum lasts exactly as long as the worker who started it.”"
PARTS: tuple[tuple[str, str], ...] = (
    ("title", TITLE),
    ("p", LEAD),
    ("p", "Forty people came. Here is some of what they said, in no particular order."),
    ("h", "Great examples of working side by side"),
    ("p", '"We wrote the advert together, and it\'s the first one I understood (1)."'),
    ("p", "(1) The advert is on the noticeboard, “as it was printed and put up there”."),
    ("p", "“A tenant told me, ‘you kept the chairs in rows’, so we moved the chairs…”"),
    ("h", "The challenge of keeping it going"),
    ("p", "The so-called “service users” are seldom asked twice."),
    ("p", '‘It depends on one person, whole way through, and when they leave it is gone."'),
    ("p", "“We began with a meeting that nobody came to."),
    ("p", "“Then we asked the people at the door, and they told us why.”"),
    (
        "p",
        "As one commissioner put it, “I never knew what I was measuring until I asked,” and sat.",
    ),
    ("h", "Advice for whoever is next"),
    ("p", "'Don't wait for the services' own forms, they'll never come.'"),
    ("p", "“A forum lasts as long as the worker who started it, if nobody senior asks for it.”"),
    ("p", "Leave a Reply"),
    ("p", "“A reader's comment that is not a part of the post at all, however long it may be.”"),
)

EXPECTED = (  # heading, kind, words
    (None, None, LEAD.strip("“”")),
    (PARTS[3][1], "example", PARTS[4][1].strip('"')),
    (PARTS[3][1], "example", PARTS[6][1][1:-1]),
    (PARTS[7][1], "challenge", PARTS[9][1][1:-1]),
    (PARTS[7][1], "challenge", f"{PARTS[10][1][1:]}\n\n{PARTS[11][1][1:-1]}"),
    (PARTS[7][1], "challenge", "I never knew what I was measuring until I asked,"),
    (PARTS[13][1], "advice", PARTS[14][1][1:-1]),
    (PARTS[13][1], "advice", PARTS[15][1][1:-1]),
)


def as_txt() -> bytes:
    lines: list[str] = []
    number = 0
    for what, text in PARTS:
        number += what == "h"
        lines.append(f"\n\n  {number}. {text}\n" if what == "h" else f"{text}\n")
    return "\n".join(lines).encode()


def as_md() -> bytes:
    marks = {"title": "# ", "h": "## ", "p": ""}
    return "\n\n".join(f"{marks[what]}{text}" for what, text in PARTS).encode()


def as_html() -> bytes:
    tags = {"title": "h1", "h": "h2", "p": "p"}
    body = "\n".join(f"<{tags[what]}>{escape(text)}</{tags[what]}>" for what, text in PARTS)
    title = "<title>“A title is never taken for anything said here”</title>"
    return f"<!DOCTYPE html>{title}{body}".encode()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
STYLES = (
    f'<?xml version="1.0"?><w:styles xmlns:w="{W}">'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in (("Title", "Title"), ("H1", "heading 1"), ("Quote", "Quote"))
    )
    + "</w:styles>"
)


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    words = f'<w:r><w:t xml:space="preserve">{escape_xml(text)}</w:t></w:r>'
    return f"<w:p>{properties}{words}</w:p>"


def docx(body: str, more: dict[str, bytes] | None = None) -> bytes:
    """The least that Word would open."""
    document = (
        f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )
    files = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": RELATIONS.encode(),
        "word/styles.xml": STYLES.encode(),
        "word/document.xml": document.encode(),
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, data in files.items():
            packing.writestr(name, data)
    return out.getvalue()


def as_docx() -> bytes:
    styles = {"title": "Title", "h": "H1", "p": ""}
    return docx("".join(paragraph(text, styles[what]) for what, text in PARTS))


EVERY = {"post.txt": as_txt, "post.md": as_md, "post.html": as_html, "post.docx": as_docx}
