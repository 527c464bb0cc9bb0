"""The report's own sentences read against the data: nothing is said that no row shows, in any language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from make_template import FORMS, template

from drafts import Answers, report, submission
from reviews import TODAY, expected
from reviews import register as register_of
from uprreport.files.word.package import read_parts
from uprreport.files.word.xml import Element, get, parse, plain_text, w
from uprreport.language import LANGUAGES, Phrase, load_language
from uprreport.model import Register, Report
from uprreport.model.report import CLOSE, OPEN
from uprreport.numerals import ROWS
from uprreport.report import phrases, sentences
from uprreport.review import load_shipped_schema
from uprreport.text import cited_numbers

AGENCIES = """
## Agencies

| Id  | Name                  |
| --- | --------------------- |
| moh | Ministry of Health    |
| moe | Ministry of Education |
"""

COLUMNS = (
    *("Number", "Recommendation", "Position", "Position now", "Reason for the change", "Theme"),
    *("Lead agency", "Supporting agencies", "SDGs", "SDG targets"),
)
HEAD = f"\n## Recommendations\n\n| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}\n"

OTHERS = """
## Observations

| Number | Observation   | Lead agency |
| ------ | ------------- | ----------- |
| O1     | A first one   | moh         |
| O2     | A second one  | moh         |

## Links

| Number | Mechanism | Symbol    | Paragraph | Confirmed |
| ------ | --------- | --------- | --------- | --------- |
| 140.1  | CEDAW     | CEDAW/C/1 | 3         | {}        |
| 140.2  | CRC       | CRC/C/2   | 4         |           |
"""


def register(*rows: str, others: str = "") -> str:
    """A register with recommendations of these cells (position, now, reason, lead, SDGs, targets)."""
    lines = []
    for index, row in enumerate(rows, 1):
        position, now, reason, lead, sdgs, targets = (cell.strip() for cell in row.split("|"))
        lines.append(
            f"| 140.{index} | Do it | {position} | {now} | {reason} | T | {lead} | | {sdgs} | {targets} |"
        )
    return AGENCIES + HEAD + "\n".join(lines) + "\n" + others


SUPPORTED = "Supported | | | moh | 3 | 3.4"
NOTED = "Noted | | | moe | | "
MANY = (SUPPORTED,) * 9 + (NOTED,) * 3
FULL = register(*MANY, others=OTHERS.format("yes"))

FULL_ANSWER = {"status": "in progress", "measures": "Done.", "challenges": "Money.", "next_steps": "More.",
               "assistance_needed": "yes", "challenge_type": "financial"}  # fmt: skip
TABLES: Mapping[str, list[dict[str, Any]]] = {
    "assistance": [{"numbers": ("140.1",), "kind": "training", "description": what,
                    "publication": "public"} for what in ("A course", "A visit")],
    "actions": [{"numbers": ("140.1",), "action": f"Act {n}"} for n in range(11)],
    "consultations": [
        {"date": TODAY, "with": f"Body {kind}", "kind": kind} for kind in sentences.PARTNERS
    ],
}  # fmt: skip


def tables(**changed: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return {name: rows for name, rows in {**TABLES, **changed}.items() if rows}


def consulted(*kinds: str) -> list[dict[str, Any]]:
    return [{"date": TODAY, "with": f"Body {n}", "kind": kind} for n, kind in enumerate(kinds)]


def everything(numbers: int) -> Answers:
    return {f"140.{n}": FULL_ANSWER for n in range(1, numbers + 1)}


ALL = (FULL, everything(9), tables())
CASES: Mapping[str, tuple[str, Answers, dict[str, list[dict[str, Any]]]]] = {
    "everything": ALL,
    "nobody answered": (FULL, {}, {}),
    "one answered": (FULL, everything(1), tables()),
    "two answered": (FULL, everything(2), tables()),
    "all answered": (register(*(SUPPORTED,) * 9), everything(9), {}),
    "one recommendation, answered": (register(SUPPORTED), everything(1), {}),
    "only levels": (FULL, {"140.1": {"status": "planned"}}, {}),
    "only measures": (FULL, {"140.1": {"measures": "Done."}}, {}),
    "no challenges": (FULL, {"140.1": {"status": "planned", "measures": "Done."}}, tables()),
    "everything withheld": (
        FULL, {n: {**a, "publication": "internal"} for n, a in everything(9).items()}, {}
    ),
    "no noted ones": (register(*(SUPPORTED,) * 3), everything(1), {}),
    "only noted ones": (register(*(NOTED,) * 3), {}, {}),
    "noted with a reason": (register(SUPPORTED, "Noted | | Not now. | moe | | "), everything(1), {}),
    "noted with measures": (register(SUPPORTED, "Noted | | | moh | | "), everything(2), {}),
    "position changed": (register(SUPPORTED, "Noted | Supported | New law. | moh | | "), everything(1), {}),
    "two positions changed": (
        register(SUPPORTED, *("Supported | Noted | Cost. | moh | | ",) * 2), everything(1), {}
    ),
    "every position": (
        register(*MANY, "Supported in part | | | moh | | ", "Under consideration | | | moh | | ",
                 *(" | | | moh | | ",) * 2), everything(3), {},
    ),
    "unassigned ones": (register(SUPPORTED, "Supported | | |  | | "), everything(1), {}),
    "nobody assigned": (register("Supported | | |  | | "), {}, {}),
    "no goals": (register("Supported | | | moh | | "), everything(1), {}),
    "goals without targets": (register("Supported | | | moh | 3 | "), everything(1), {}),
    "a link turned down": (register(SUPPORTED, SUPPORTED, others=OTHERS.format("no")), {}, {}),
    "no consultations": (FULL, everything(9), tables(consultations=[])),
    "a consultation of no kind": (FULL, everything(9), tables(consultations=consulted(""))),
    "some kinds": (FULL, everything(9), tables(consultations=consulted("nhri", "", "un", "un"))),
    **{
        f"consultations with {kind}": (FULL, {}, tables(consultations=consulted(kind, kind)))
        for kind in sentences.PARTNERS
    },
    "no assistance": (FULL, everything(9), tables(assistance=[])),
    "no plan": (FULL, everything(9), tables(actions=[])),
    "no recommendations": (AGENCIES, {}, {}),
}  # fmt: skip


class Read:
    """The data of a case, counted here and nowhere else, and the paragraphs that are to tell of it."""

    def __init__(self, case: str, code: str) -> None:
        text, answers, self.tables = CASES[case]
        told = submission("moh", answers, **self.tables)
        given = [told] if answers or self.tables else []
        self.report: Report = report(*given, register=text, language=code,
                                     sheet_language="en", cut_off=None)  # fmt: skip
        self.language = load_language(code)
        self.register: Register = register_of(text)
        items = {item.number: item for item in self.register.recommendations}
        self.items = tuple(items.values())
        self.printed = {n: a for n, a in answers.items() if a.get("publication") != "internal"
                        and "moh" in (items[n].lead, *items[n].supporting)}  # fmt: skip
        self.at_review = Counter(item.position for item in self.items)
        self.now = Counter(item.position_now or item.position for item in self.items)
        self.moved = sum(bool(i.position_now) and i.position_now != i.position for i in self.items)

    def paragraph(self, name: str) -> str:
        told: str = self.report.facts["paragraphs"][name]
        return re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", "§", told)

    def expected(self) -> dict[str, Counter[int]]:
        """The numbers that each paragraph may hold, from the data."""
        linked = {link.number for link in self.register.links if link.confirmed != "no"}
        assigned = [item for item in self.items if item.lead]
        bodies = len({item.lead for item in assigned})
        is_shared = len(assigned) < len(self.items)
        responsible = [bodies, len(assigned), len(self.items)] if is_shared else [bodies]
        informed = len(self.printed)
        some = [] if informed == len(self.items) else [informed] * bool(informed)
        settled = sum("status" in answer for answer in self.printed.values())
        noted, is_moved = self.now["noted"], bool(self.moved)
        types = sum(bool(a.get("challenge_type")) for a in self.printed.values())
        count = {name: len(rows) for name, rows in self.tables.items()}
        whole = [len(self.items)]
        told = {
            "positions": whole + list(self.at_review.values()) + [*self.now.values(), self.moved] * is_moved,
            "responsibility": responsible if bodies else [],
            "coverage": [*some, *whole, *([settled, informed - settled] * (settled < informed)), 1]
            if informed
            else [],
            "consultations": [count.get("consultations", 0)],
            "implementation": [n for key, n in self.now.items() if key not in ("supported", "noted")],
            "noted": [noted],
            "changes": [self.moved],
            "observations": [len(self.register.observations)],
            "links": [len(linked)],
            "goals": [sum(bool(item.sdgs) for item in self.items)],
            "challenges": [types],
            "assistance": [count.get("assistance", 0)],
            "plan": [count.get("actions", 0)],
        }
        return {name: Counter(n for n in numbers if n) for name, numbers in told.items()}

    def numbers(self, name: str) -> Counter[int]:
        """The numbers of a paragraph, in figures and in words."""
        text = self.paragraph(name).casefold()
        rows = ROWS.get(self.language.code, {})
        words = {word: value for row in rows.values() for value, word in enumerate(row) if value}
        split = re.findall(r"\w+", re.sub("\\bو(?!احد)", "", text) if self.language.is_rtl else text)
        found = [words[word] for word in split if word in words]
        return Counter([*found, *map(int, re.findall(r"\d+", text))])


PLURAL = ("consultations",)
"""Paragraphs in which some languages say no more than that there were several."""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_numbers__in_every_paragraph__are_those_of_the_rows(case: str, code: str) -> None:
    read = Read(case, code)
    for name, wanted in read.expected().items():
        found = read.numbers(name)
        # One may be an article, one and two are forms of the noun in Arabic: larger ones are never left out.
        least = 3 if code == "ar" else 2
        needed = Counter({n: times for n, times in wanted.items() if n >= least and name not in PLURAL})
        assert needed <= found, (name, read.paragraph(name))
        idioms = Counter({1: found[1]})  # "one recommendation may be counted under several types"
        assert found <= wanted | idioms, (name, read.paragraph(name))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_paragraph__without_a_row__says_nothing(case: str, code: str) -> None:
    read = Read(case, code)
    for name, wanted in read.expected().items():
        if name != "implementation":  # its blocks say whether its chapter stands
            assert bool(read.paragraph(name)) is bool(wanted), name


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_consultations__kinds_named__are_those_that_occur(case: str, code: str) -> None:
    read = Read(case, code)
    there = {row["kind"] for row in read.tables.get("consultations", ())}
    told = read.paragraph("consultations")
    named = {kind for kind, partner in sentences.PARTNERS.items() if read.language(partner) in told}
    assert named == there - {""}


def test_partners__every_kind__has_its_words() -> None:
    column = load_shipped_schema("consultations").column("kind")
    assert list(sentences.PARTNERS) == [choice.key for choice in column.choices]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_coverage__what_answers_are_about__is_what_they_hold(case: str, code: str) -> None:
    read = Read(case, code)
    there = {name for name in sentences.ASPECTS for answer in read.printed.values() if answer.get(name, "")}
    told = read.paragraph("coverage").replace(read.language(sentences.UNSETTLED), "")
    named = {name for name, aspect in sentences.ASPECTS.items() if read.language(aspect) in told}
    assert named == there


def stands(read: Read, sentence: str, name: str) -> bool:
    return read.language(sentence) in read.paragraph(name)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_noted__reasons_and_measures__are_spoken_of_where_there_are_any(case: str, code: str) -> None:
    read = Read(case, code)
    noted = [item for item in read.items if (item.position_now or item.position) == "noted"]
    assert stands(read, sentences.REASONS, "noted") is any(item.position_reason for item in noted)
    measures = any(read.printed.get(item.number, {}).get("measures") for item in noted)
    assert stands(read, sentences.RELEVANT, "noted") is measures
    assert stands(read, sentences.COVERED, "positions") is (bool(noted) and read.now["supported"] > 0)


@pytest.mark.parametrize("code", LANGUAGES)
def test_challenges__several_types_of_one__are_said_to_be_possible_where_they_are(code: str) -> None:
    text = FULL.replace("| T | moh | |", "| T | moh | moe |", 1)
    sheets = {a: submission(a, {"140.1": {"challenges": "x", "challenge_type": kind}})
              for a, kind in (("moh", "legal"), ("moe", "data"))}  # fmt: skip
    told = load_language(code)(sentences.SEVERAL_TYPES)
    for agencies, wanted in ((("moh", "moe"), True), (("moh",), False)):
        made = report(*(sheets[a] for a in agencies), register=text, language=code, sheet_language="en")
        assert (told in made.facts["paragraphs"]["challenges"]) is wanted


# What the templates say themselves ---------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.file)
def test_template__sentences_of_its_own__are_marks_or_hold_for_every_report(form: Any) -> None:
    root = parse(read_parts(template(form))["word/document.xml"])
    always = form.say(Phrase("The level of implementation is described by the following terms.", {}))
    own = [node for node in root.iter(w("p")) if _is_text(node)]
    assert [plain_text(node) for node in own if not _is_mark(node)] == [always]
    marks = [plain_text(node) for node in own if _is_mark(node)]
    assert len(marks) == 2
    assert all(mark.startswith("[") and mark.endswith("]") for mark in marks)


def _is_text(node: Element) -> bool:
    style = node.find(f"{w('pPr')}/{w('pStyle')}")
    is_numbered = style is not None and get(style, "val") == "NumberedParagraph"
    return is_numbered and "{{" not in plain_text(node)


def _is_mark(node: Element) -> bool:
    return any(get(style, "val") == "UPRPlaceholder" for style in node.iter(w("rStyle")))


# The rules of the United Nations' editors, and whole sentences -------------------------------------------

ENDS = {"zh": "。"}
SIZES = (1, 2, 3, 5, 9, 10, 11, 21, 60, 101, 254)


def whole() -> Iterator[Phrase]:
    """The sentences of the report that the tool itself makes."""
    found = [value for module in (sentences, phrases) for value in vars(module).values()]
    for one in found:
        if isinstance(one, Phrase) and one.endswith(".") and one not in NO_SENTENCES:
            yield one


NO_SENTENCES = (phrases.REFERENCE, phrases.REFERENCE_ONE, phrases.GOALS, phrases.GOAL, phrases.NOTE_PARAGRAPH,
                phrases.NOTE_PARAGRAPHS, phrases.CHART_ALTERNATIVE, phrases.COMMENT_AWAITED,
                phrases.COMMENT_EMPTY, phrases.COMMENT_WITHHELD, phrases.COMMENT_UNASSIGNED,
                phrases.COMMENT_CONTESTED, phrases.COMMENT_NO_MEASURES, phrases.COMMENT_UNTRANSLATED,
                phrases.COMMENT_BUDGET, phrases.COMMENT_DEVELOPMENTS)  # fmt: skip
"""Lines of references, texts that charts are described by, comments for editors."""


WORDS = ("told", "table", "day", "cycle", "status", "numbers", "number", "place", "theme")
"""Places of sentences that hold words: all others are numbers."""


def filled(one: Phrase, size: int, code: str) -> str:
    places = re.findall(r"\{(\w+)", one)
    words: dict[str, str | int] = {place: "WORD" if place in WORDS else size for place in places}
    return load_language(code)(Phrase(one, words))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_sentences__of_any_size__keep_the_rules_of_editors(size: int, code: str) -> None:
    made = [filled(one, size, code) for one in whole()]
    assert len(made) > 30
    for told in made:
        assert told.endswith(ENDS.get(code, ".")), told
        assert not told[0].isdigit(), told
        assert told[0] == told[0].upper(), told
        assert not set("%#{}|") & set(told), told
        assert "  " not in told
        in_figures = {int(n) for n in re.findall(r"\d+", told)}
        assert in_figures <= ({size} if size >= 10 or code == "zh" else set()), told
        assert not list(cited_numbers(told)), told


@pytest.mark.parametrize("code", LANGUAGES)
def test_sentences__none__names_the_state(code: str) -> None:
    made = report(*[submission("moh", everything(9), **tables())], register=FULL, language=code)
    state = expected(FULL).settings.state
    assert state not in "".join(made.facts["paragraphs"].values())


SIGNS = {
    "zh": re.compile(r"[\u4e00-\u9fff][,;:.?!()]|[,;:()][\u4e00-\u9fff]"),
    "ar": re.compile(r"[,;?]"),
    "fr": re.compile(r"[^\u00a0\u202f][;:!?»]|«[^\u00a0\u202f]|\u2019\s"),
    "en": re.compile(r"[«»]|\s[;:,.]"),
    "es": re.compile(r"\s[;:,.]"),
    "ru": re.compile(r"\s[;:,.]"),
    "az": re.compile(r"\s[;:,.]"),
}
"""What no sentence of a language has: signs of another one, or a blank where it has none."""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("case", ["everything", "every position", "two positions changed", "some kinds"])
def test_paragraphs__signs_and_letters__are_those_of_the_language(case: str, code: str) -> None:
    read = Read(case, code)
    for name in sentences.PARAGRAPHS:
        told = read.paragraph(name)
        assert SIGNS[code].search(told) is None, told
        if code in ("ar", "zh", "ru"):
            assert re.search("[A-Za-z]", told) is None, told  # one direction, one alphabet
