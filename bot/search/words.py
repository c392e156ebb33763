"""Text as the index knows it: words folded so that spellings of one word are one word.

What is kept and what is asked for go through the same `words`, so neither can hold anything
that the other does not: no quotation marks, no operators, no control characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]  # it has none

LONGEST_WORD = 40
"""Letters of a word that count. Nobody types more, and pasted gibberish is cut short."""

_REMEMBERED = 20_000

_DASHES = "-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_QUOTES = "'\u2018\u2019\u02bc\uff07\u0060\u00b4"
# Marks that belong to the letter before them; \w leaves them out. Scripts of India and
# South-East Asia write vowels with them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u109f"
)
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_COPRODUCTION = re.compile(
    rf"co[{_DASHES}\s]{{0,2}}pro(?:duc(?:e|es|ed|er|ers|ing|tion|tions|tive|tively)|s)?",
    re.IGNORECASE,
)
_WORD = re.compile(
    rf"""
    (?<![^\W_]){_COPRODUCTION.pattern}(?!{_LETTER})                     # however it is spelt
    | (?<![^\W_])co[{_DASHES}]{{1,2}}(?=[^\W\d_])(?P<joint>{_LETTER}+)  # co-design: codesign
    | (?:[^\W\d_]\.){{2,}}(?!{_LETTER})                                # L.A.
    | {_LETTER}+(?:[{_QUOTES}]{_LETTER}+)*                              # don't
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SPELT = (
    (re.compile(r"(?<=[a-z]{3})iz(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)"), "is"),
    (re.compile(r"(?<=[a-z]{3})yz(?=(?:e|ed|es|er|ers|ing)$)"), "ys"),
    (re.compile(r"^program(?=s?$)"), "programme"),
    (re.compile(r"^center(?=(?:s|ed)?$)"), "centre"),
    (
        re.compile(r"^(behavi|lab|col|fav|neighb|hon|hum|rum|endeav|harb|vap)or(?!ous|at|if)"),
        r"\1our",
    ),
    (re.compile(r"^enrol(?=s?$|ment)"), "enroll"),
    (re.compile(r"^(counsel|label|travel|model|cancel|fuel)(?=ing$|ed$|or|er)"), r"\1l"),
    (re.compile(r"^licens(?=e)"), "licenc"),
    (re.compile(r"^practis(?=e)"), "practic"),
    (re.compile(r"^judgment"), "judgement"),
)

STOP_WORDS = frozenset(
    """
    a about above across after again all also although am an and any are aren't as at be because
    been before being below between both but by can can't could couldn't d did didn't do does
    doesn't doing don't down during each else ever every few for from further get gets getting go
    goes going gone got had has have haven't having he he's her here hers him himself his how i i'd
    i'll i'm i've if in into is isn't it it's its itself just know let's like ll made make makes
    making many may me might more most much must my myself no nor not now of off on once one only
    or other our ours out over own quite re really s said same say says see she should shouldn't
    so some somebody someone something such t than that that's the their theirs them themselves
    then there there's these they they're they've thing things think this those through to too
    under until up upon us ve very want was wasn't way we we're we've well were weren't what
    what's when where which while who whom why will with won't would wouldn't yes you you'd you'll
    you're you've your yours yourself
    """.replace("'", "").split()
)


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of *text*, folded, each with where it stands in *text*."""
    for match in _WORD.finditer(text):
        written = f"co{match['joint']}" if match["joint"] else match[0]
        if folded := _folded(written):
            yield Word(folded, match.start(), match.end())


def fold(text: str) -> str:
    """The words of *text* with a space between two."""
    return " ".join(word.text for word in words(text))


def is_stop_word(word: str) -> bool:
    return word in STOP_WORDS


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # its name there


_STEMMER = cast("_Stemmer", snowballstemmer.stemmer("porter"))  # pyright: ignore[reportUnknownMemberType]


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """As the index sees *word*: "recruit" for recruits, recruiting and recruitment."""
    # The index stems no word of one or two letters either.
    is_plain = len(word) > 2 and word.isascii() and word.isalpha()
    return _STEMMER.stemWord(word) if is_plain else word


@lru_cache(_REMEMBERED)
def root(word: str) -> str:
    """What *word* has in common with its family: "lead" of led, leaders and leadership.

    Porter's stemmer leaves many families apart, so this goes on where it ends. It is for adding
    members of a family to a search, never for the index.
    """
    return _without_ending(_without_ending(stem(_IRREGULAR.get(word, word))))


@lru_cache(_REMEMBERED)
def _folded(written: str) -> str:
    if _COPRODUCTION.fullmatch(written):
        return "coproduction"
    # Twice: folding case can decompose a letter further.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", written).casefold())
    plain = "".join(character for character in apart if _is_kept(character))
    word = unicodedata.normalize("NFC", plain)[:LONGEST_WORD]
    for pattern, replacement in _SPELT:
        word = pattern.sub(replacement, word)
    return word if any(character.isalnum() for character in word) else ""


def _is_kept(character: str) -> bool:
    """Letters and figures, and the vowel signs of scripts that write them as marks: no accents."""
    return character.isalnum() or (
        character > "\u036f" and unicodedata.category(character).startswith("M")
    )


# Endings that Porter's stemmer leaves, longest first, and what each leaves behind.
_ENDINGS = (
    ("ipatori", "ip"), ("provis", "provid"), ("atori", ""), ("istic", ""), ("decis", "decid"),
    ("divis", "divid"), ("clus", "clud"), ("anci", "ant"), ("enci", "ent"), ("ship", ""),
    ("ment", ""), ("ativ", ""), ("esti", "est"), ("anc", "ant"), ("enc", "ent"), ("ion", ""),
    ("aci", ""), ("ful", ""), ("ism", ""), ("ist", ""), ("ant", ""), ("ent", ""), ("eri", ""),
    ("iti", ""), ("oye", "oy"), ("oi", "oy"), ("is", ""), ("iv", ""), ("er", ""), ("or", ""),
    ("ee", ""),
)  # fmt: skip
_SHORTEST_ROOT = 4
_LONGER = {"ist": 5, "is": 6}
# Stems that only look as if they had such an ending.
_WHOLE = frozenset(
    """
    apart apartment better bitter brother butter centr charact client comment compartment corner
    counter cover current depart department elder event experi factor father garden govern latter
    letter litter manner master matter member meter million minist minor moment monitor mother
    nation number offer order other paper parent passion patient pattern person power present
    proper prevent quarter question recent region rememb remember river sector segment senior
    shelter sister statement station state student summer talent tender tenant under water weather
    whether winter wonder religion opinion million version mission session pension tension
    """.split()  # noqa: SIM905  # as words they can be read
)
# What no rule about endings joins. Each line: the word, and other forms of it.
_IRREGULAR = {
    form: forms[0]
    for forms in map(
        str.split,
        """
        beat beaten|become became|begin began begun|bend bent|bite bit bitten|blow blew blown
        break broke broken|bring brought|build built|burn burnt|buy bought|catch caught
        child children|choose chose chosen choice choices|come came|cost costing|deal dealt
        draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen
        feed fed|feel felt|fight fought|find found|fly flew flown|foot feet
        forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|give gave given
        grow grew grown|hear heard|hide hid hidden|hold held|keep kept|know knew known|lead led
        learn learnt|leave left|lend lent|life lives|lose lost loss losses|man men|mean meant
        meet met|person persons|pay paid payment payments|ride rode ridden|ring rang rung
        rise rose risen|run ran|see saw seen|seek sought|sell sold|send sent|shake shook shaken
        shoot shot|show shown|shut shutting|sing sang sung|sit sat|sleep slept
        speak spoke spoken speech|spend spent|stand stood|steal stole stolen|stick stuck
        swear swore sworn|sweep swept|take took taken|teach taught|tear tore torn|tell told
        think thought|throw threw thrown|understand understood|wake woke woken|wear wore worn
        win won|woman women|write wrote written
        """.replace("\n", "|").split("|"),
    )
    for form in forms[1:]
}


def _without_ending(stemmed: str) -> str:
    if stemmed in _WHOLE or not stemmed.isascii():
        return stemmed
    for ending, left in _ENDINGS:
        if stemmed.endswith(ending):
            short = stemmed.removesuffix(ending) + left
            if len(short) >= _LONGER.get(ending, _SHORTEST_ROOT):
                return short
    return stemmed
