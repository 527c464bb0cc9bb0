from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrices import GOALS as PRINTED_GOALS
from matrices import HEADINGS, archive, document, list_table, matrix, paragraph, row, table
from uprreport.files.word.tables import TableCell, TableRow, read_tables
from uprreport.findings import Finding
from uprreport.model import Recommendation
from uprreport.register.matrix import GOALS, POSITIONS, Matrix, build_matrix, read_matrix, write_matrix
from uprreport.register.states import STATES
from uprreport.register.wording import split_text
from uprreport.review import load_shipped_schema
from uprreport.text import clean_text

ITEM = "Open a clinic (Chile); | Supported | Right to health | 3"


def read(content: bytes, folder: Path) -> tuple[Matrix, tuple[Finding, ...]]:
    path = folder / "list.docx"
    path.write_bytes(content)
    found, findings = read_matrix(path, "sources/list.docx")
    assert found is not None, [finding.message for finding in findings]
    return found, findings


def items(rows: str, folder: Path) -> dict[str, Recommendation]:
    """The recommendations of a list in which every row can be read."""
    found, findings = read(matrix(rows), folder)
    assert (findings, found.unread) == ((), ())
    return {item.number: item for item in found.recommendations}


def item(line: str, folder: Path) -> Recommendation:
    (found,) = items(line, folder).values()
    return found


def unread(rows: str, folder: Path) -> tuple[tuple[int, str], ...]:
    """The rows that cannot be read; each must be told."""
    found, findings = read(matrix(rows), folder)
    assert [finding.code for finding in findings] == ["matrix-row-unread"] * len(found.unread)
    assert accounted(found)
    return found.unread


def accounted(found: Matrix) -> bool:
    return found.rows == found.headings + found.themes + len(found.recommendations) + len(found.unread)


# A whole list -----------------------------------------------------------------------------------------


def test_read_matrix__whole_list__every_field(tmp_path: Path) -> None:
    found, findings = read(
        matrix("""
        Theme: Right to health
        140.7 Open a clinic (Chile) (Peru); // Source of Position: A/HRC/59/15/Add.1 - Para.3
            | Supported
            | Right to health // Data collection & research
              // Groups of Persons: // Women & girls // Public officials
            | 3 // 5
        Theme: Right to education
        140.10 Build schools (Ghana); // Source of Position: A/HRC/59/15/Add.1 - Para.5
            | Noted | Right to education | 4
        """),
        tmp_path,
    )
    assert findings == ()
    assert found == Matrix(
        state="Examplia", cycle=4, session=51, rows=5, headings=1, themes=2, unread=(),
        recommendations=(
            Recommendation(
                number="140.7",
                text="Open a clinic",
                recommending_states=("Chile", "Peru"),
                position="supported",
                source_of_position="A/HRC/59/15/Add.1 - Para.3",
                theme="Right to health",
                themes=("Right to health", "Data collection & research"),
                persons=("Women & girls", "Public officials"),
                sdgs=("3", "5"),
            ),
            Recommendation(
                number="140.10",
                text="Build schools",
                recommending_states=("Ghana",),
                position="noted",
                source_of_position="A/HRC/59/15/Add.1 - Para.5",
                theme="Right to education",
                themes=("Right to education",),
                sdgs=("4",),
            ),
        ),
    )  # fmt: skip


# What is no such list ---------------------------------------------------------------------------------


def headed(*headings: str) -> bytes:
    """A document with one table that has these headings."""
    return document(table(row([paragraph(heading) for heading in headings])))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (document(paragraph("Dear colleague")), "it has no table"),
        (headed("a", "b"), "no table has the headings"),
        (headed(*HEADINGS[:3]), "no table has the headings"),
        (document(table()), "no table has the headings"),
        (
            headed("Recommendation", "Position", "Full list of themes", "Assessment/comments"),
            "a list of an earlier cycle",
        ),
        (
            headed(
                "Recommendation",
                "Recommending state/s",
                "Position",
                "Full list of rights/affected persons",
            ),
            "a list of an earlier cycle",
        ),
    ],
    ids=["letter", "another table", "three of four", "empty table", "third cycle", "second cycle"],
)
def test_read_matrix__another_document__matrix_unknown_says_why(
    content: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.docx"
    path.write_bytes(content)
    found, (finding,) = read_matrix(path, "sources/list.docx")
    assert found is None
    assert finding.code == "matrix-unknown"
    # Another download of an earlier cycle's list has the same layout.
    assert ("download" in finding.hint) != ("earlier cycle" in finding.message)
    assert finding.at.file == "sources/list.docx"
    assert words in finding.message
    assert "{" not in finding.message + finding.hint


def test_read_matrix__no_word_file__is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "list.docx"
    path.write_bytes(archive({"xl/workbook.xml": "<workbook/>"}))
    found, (finding,) = read_matrix(path, "list.docx")
    assert found is None
    assert finding.code == "document-unreadable"


def test_read_matrix__headings_in_other_case_and_spacing__are_known(tmp_path: Path) -> None:
    xml = list_table(f"140.1 {ITEM}").replace("Relevant SDGs", "relevant\u00a0 SDGS ")
    found, _ = read(document(xml), tmp_path)
    assert (found.headings, len(found.recommendations)) == (1, 1)


# Rows are accounted for -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Open a clinic (Chile); | Supported | Right to health | 3",
        "140 Open a clinic (Chile); | Supported | Right to health | 3",
        "140.0 Open a clinic (Chile); | Supported | Right to health | 3",
        "140.07 Open a clinic (Chile); | Supported | Right to health | 3",
        "140.12345 Open a clinic (Chile); | Supported | Right to health | 3",
        "140.1.2 Open a clinic (Chile); | Supported | Right to health | 3",
        "140.1 | Supported | Right to health | 3",
        "140.1 Source of Position: A/HRC/1 | Supported | Right to health | 3",
        "140.1 Open a clinic (Chile); | Perhaps | Right to health | 3",
        "140.1 Open a clinic (Chile); | | Right to health | 3",
        "140.1 Open a clinic (Chile); | Supported | Right to health",
        "140.1 Open a clinic (Chile); | Supported | Right to health | 3 | ",
        "140.1 Open a clinic (Chile);",
        "Right or area: 2.1. Acceptance of international norms",
        "<blank>",
    ],
)
def test_read_matrix__row_that_cannot_be_read__matrix_row_unread_with_its_text(
    line: str, tmp_path: Path
) -> None:
    rows = f"Theme: Right to health\n140.9 {ITEM}\n{line}\n140.10 {ITEM}"
    found, (finding,) = read(matrix(rows), tmp_path)
    assert [item.number for item in found.recommendations] == ["140.9", "140.10"]
    ((number, text),) = found.unread
    assert number == 4
    assert (finding.code, finding.details["row"], finding.value) == ("matrix-row-unread", "4", text)
    shown = "" if line == "<blank>" else line
    assert text.partition("|")[0].split()[:3] == shown.partition("|")[0].split()[:3]
    assert accounted(found)


def test_read_matrix__number_twice__second_row_is_unread(tmp_path: Path) -> None:
    rows = f"140.1 {ITEM}\n140.1 Close it (Peru); | Noted | Right to health | 3"
    ((number, text),) = unread(rows, tmp_path)
    assert (number, text.split(" (")[0]) == (3, "140.1 Close it")


def test_read_matrix__heading_row_again_in_the_table__is_counted(tmp_path: Path) -> None:
    found, findings = read(matrix(f"140.1 {ITEM}\n---\n140.2 {ITEM}"), tmp_path)
    assert findings == ()
    assert (found.rows, found.headings, len(found.recommendations)) == (4, 2, 2)


def test_read_matrix__list_in_several_tables__is_read_whole(tmp_path: Path) -> None:
    first = list_table(f"Theme: Right to health\n140.1 {ITEM}")
    second = list_table(f"Theme: Right to education\n140.2 {ITEM}")
    torn = list_table(f"140.3 {ITEM}\nnothing of the kind | | | ")
    torn = re.sub(r"<w:tr>.*?</w:tr>", "", torn, count=1)
    found, findings = read(document(f"{first}<w:p/>{second}<w:p/>{torn}"), tmp_path)
    assert [item.number for item in found.recommendations] == ["140.1", "140.2", "140.3"]
    assert (found.rows, found.headings, found.themes) == (8, 2, 2)
    assert [finding.details["row"] for finding in findings] == ["8"]
    assert accounted(found)


def test_read_matrix__table_that_is_not_part_of_the_list__is_left_aside(tmp_path: Path) -> None:
    other = table(row([paragraph(text) for text in ("Abbreviations", "NHRI", "in full", "page 4")]))
    first = paragraph("140.1 Open a clinic (Chile);") + table(row([paragraph("inner")]))
    inner = row([first, paragraph("Supported"), paragraph("- Right to health"), ""])
    listed = list_table("").replace("</w:tbl>", f"{inner}</w:tbl>")
    found, _ = read(document(other + listed + other), tmp_path)
    assert (found.rows, len(found.recommendations)) == (2, 1)


TYPED = ["", "140.1 Open a clinic (Chile);", "140.2 Build (Peru).", "Noted", "Theme: A", "Theme:", "- A", "x"]
CELLS = st.sampled_from(TYPED)
ROWS: st.SearchStrategy[TableRow] = st.one_of(
    st.lists(CELLS, min_size=1, max_size=5),
    st.just(list(HEADINGS)),
    st.integers(1, 9).map(lambda n: [f"140.{n} Open (Chile);", "Supported", "- A", "- 3 - GOOD HEALTH"]),
).map(lambda texts: tuple(TableCell(tuple(text.splitlines())) for text in texts))


@given(st.lists(ROWS, max_size=12))
def test_build_matrix__any_rows__none_is_lost_and_each_number_stands_once(rows: list[TableRow]) -> None:
    found = build_matrix(rows, "")
    assert found.rows == len(rows)
    assert accounted(found)
    numbers = [item.number for item in found.recommendations]
    assert len(numbers) == len(set(numbers))
    for number, text in found.unread:
        assert text == " | ".join(cell.text for cell in rows[number - 1])
    for item in found.recommendations:
        assert item.text
        assert item.position


# Numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("140.1 Open", "140.1"),
        ("140.10 Open", "140.10"),
        ("140.100 Open", "140.100"),
        ("6.1 Open", "6.1"),
        ("166.6. Open", "166.6"),
        ("166.6.Open", "166.6"),
        ("140.1Open", "140.1"),
        ("140.1&nbsp;Open", "140.1"),
        ("140.1\\tOpen", "140.1"),
        ("{-139-}{+140+}.1 Open", "140.1"),
    ],
)
def test_read_matrix__number__is_text_without_a_stray_dot(printed: str, number: str, tmp_path: Path) -> None:
    found = item(f"{printed} a clinic (Chile); | Supported | Right to health | 3", tmp_path)
    assert (found.number, found.text) == (number, "Open a clinic")
    pattern = load_shipped_schema("recommendations").document["properties"]["number"]["pattern"]
    assert re.search(pattern, number)


def test_read_matrix__two_prefixes_and_ten_beside_one__are_all_kept_in_order(tmp_path: Path) -> None:
    numbers = ["121.1", "122.1", "121.10", "122.10", "121.2"]
    found = items("\n".join(f"{number} {ITEM}" for number in numbers), tmp_path)
    assert list(found) == numbers


# Source of position -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("Source of Position: A/HRC/59/15/Add.1 - Para.3", "A/HRC/59/15/Add.1 - Para.3"),
        ("Source of position: A/HRC/59/15/Add.1 - Para.3vv", "A/HRC/59/15/Add.1 - Para.3vv"),
        ("source of  position : A/HRC/1", "A/HRC/1"),
        ("Source of Position:A/HRC/1", "A/HRC/1"),
        ("Source of Position A/HRC/1", "A/HRC/1"),
        ("Sources of Position: A/HRC/1", "A/HRC/1"),
        ("Source of the position: A/HRC/1", "A/HRC/1"),
        ("Source&nbsp;of Position: A/HRC/1", "A/HRC/1"),
        ("Source of Position:", ""),
    ],
)
def test_read_matrix__source_of_position__in_any_spelling(printed: str, source: str, tmp_path: Path) -> None:
    found = item(f"140.1 Open a clinic (Chile); // {printed} | Supported | Right to health | 3", tmp_path)
    assert (found.text, found.recommending_states) == ("Open a clinic", ("Chile",))
    assert found.source_of_position == source


def test_read_matrix__source_in_the_same_paragraph_or_absent__is_no_part_of_the_text(tmp_path: Path) -> None:
    rows = """
    140.1 Open a clinic (Chile); Source of Position: A/HRC/1 | Supported | Right to health | 3
    140.2 Name the source of income (Peru); | Supported | Right to health | 3
    """
    found = items(rows, tmp_path)
    assert [(i.text, i.source_of_position) for i in found.values()] == [
        ("Open a clinic", "A/HRC/1"),
        ("Name the source of income", ""),
    ]


# Text and States --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "text", "states"),
    [
        ("Open a clinic (Chile);", "Open a clinic", ("Chile",)),
        ("Open a clinic (Chile).", "Open a clinic", ("Chile",)),
        ("Open a clinic (Chile) ;", "Open a clinic", ("Chile",)),
        ("Open a clinic (Chile)", "Open a clinic", ("Chile",)),
        ("Open a clinic, (Chile);", "Open a clinic", ("Chile",)),
        ("Open a clinic(Chile);", "Open a clinic", ("Chile",)),
        ("Open a clinic (Chile, Peru);", "Open a clinic", ("Chile", "Peru")),
        ("Open a clinic (Chile and Peru);", "Open a clinic", ("Chile", "Peru")),
        ("Open a clinic (Chile) (Peru);", "Open a clinic", ("Chile", "Peru")),
        ("Open a clinic (Chile); (Peru);", "Open a clinic", ("Chile", "Peru")),
        ("Open a clinic (Chile), (Peru). (Ghana).", "Open a clinic", ("Chile", "Peru", "Ghana")),
        ("Open a clinic (Chile) (Chile);", "Open a clinic", ("Chile",)),
        ("Open a clinic (Iran (Islamic Republic of));", "Open a clinic", ("Iran (Islamic Republic of)",)),
        (
            "Open a clinic (Venezuela, Bolivarian Republic of) (Chile);",
            "Open a clinic",
            ("Venezuela, Bolivarian Republic of", "Chile"),
        ),
        ("Open a clinic (Côte d’Ivoire);", "Open a clinic", ("Côte d’Ivoire",)),
        # Parentheses that hold no State belong to the text.
        ("Ratify the Convention (CEDAW) (Chile);", "Ratify the Convention (CEDAW)", ("Chile",)),
        ("Ratify the Convention (No. 189) (Chile);", "Ratify the Convention (No. 189)", ("Chile",)),
        ("Ratify the Convention (No. 189);", "Ratify the Convention (No. 189)", ()),
        ("Ratify the Convention (CEDAW);", "Ratify the Convention (CEDAW)", ()),
        ("Protect all (women and men);", "Protect all (women and men)", ()),
        ("Protect all, (a) women (b) men (Chile);", "Protect all, (a) women (b) men", ("Chile",)),
        ("a) protect women b) protect men (Chile);", "a) protect women b) protect men", ("Chile",)),
        ("Protect minorities, etc. (Chile);", "Protect minorities, etc.", ("Chile",)),
        # A State that the table of names does not have is still one, at the very end.
        ("Open a clinic (Atlantis);", "Open a clinic", ("Atlantis",)),
        ("Open a clinic (Chile) (Kingdom of Atlantis);", "Open a clinic", ("Chile", "Kingdom of Atlantis")),
        ("Open a clinic (Atlantis (Northern Part));", "Open a clinic", ("Atlantis (Northern Part)",)),
        ("Open a clinic (The Isles and the Sea of Mu);", "Open a clinic", ("The Isles and the Sea of Mu",)),
        ("Join the programme (EU);", "Join the programme (EU)", ()),
        ("A(Chile);", "A", ("Chile",)),
        # Slips of the typist.
        ("Open a clinic (Chile;", "Open a clinic", ("Chile",)),
        ("Open a clinic (Iran (Islamic Republic of);", "Open a clinic", ("Iran (Islamic Republic of)",)),
        ("Open a clinic (Chile));", "Open a clinic", ("Chile",)),
        ("Open a clinic ((Chile);", "Open a clinic", ("Chile",)),
        ("Open a clinic ( Chile );", "Open a clinic", ("Chile",)),
        ("Open a clinic;", "Open a clinic", ()),
        ("(Chile);", "(Chile)", ()),
        (")", ")", ()),
    ],
)
def test_split_text__end_of_the_cell__text_and_states(
    printed: str, text: str, states: tuple[str, ...]
) -> None:
    assert split_text(printed) == (text, states)


@pytest.mark.parametrize(
    ("printed", "text", "states"),
    [
        (
            "Open a clinic (Chile) (Peru); as orally revised",
            "Open a clinic; as orally revised",
            ("Chile", "Peru"),
        ),
        ("Open a clinic (Chile); see 140.3;", "Open a clinic; see 140.3", ("Chile",)),
        (
            "Open it (Iran (Islamic Republic of)); [reworded].",
            "Open it; [reworded].",
            ("Iran (Islamic Republic of)",),
        ),
        ("Ratify the treaty (ICCPR); and report", "Ratify the treaty (ICCPR); and report", ()),
        ("Open a clinic (for all); then report", "Open a clinic (for all); then report", ()),
    ],
)
def test_split_text__words_behind_the_states__stay_in_the_text_and_the_states_leave_it(
    printed: str, text: str, states: tuple[str, ...]
) -> None:
    assert split_text(printed) == (text, states)


def test_read_matrix__hidden_words__are_left_out_and_told(tmp_path: Path) -> None:
    content = matrix("140.1 Open a clinic (Chile); | Supported | Right to health | 3")
    hiding = b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>at once </w:t></w:r><w:r>"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    start = parts["word/document.xml"].index(b"140.1")
    before, run, rest = parts["word/document.xml"][:start].rpartition(b"<w:r>")
    assert run
    parts["word/document.xml"] = before + hiding + rest + parts["word/document.xml"][start:]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    found, findings = read(target.getvalue(), tmp_path)
    assert found.recommendations[0].text == "Open a clinic"
    assert [(finding.code, finding.value) for finding in findings] == [("list-text-hidden", "at once")]


@pytest.mark.parametrize(
    ("printed", "states"),
    [
        ("Open a clinic (Chile); build schools (Peru);", ("Chile", "Peru")),
        ("Open a clinic (Chile). Build schools (Peru).", ("Chile", "Peru")),
        ("Open a clinic (Chile) / Build schools (Peru);", ("Chile", "Peru")),
        ("Open a clinic (Chile) Build schools (Peru);", ("Chile", "Peru")),
        ("Open a clinic (Chile) (Ghana); build schools (Peru) (Fiji);", ("Chile", "Ghana", "Peru", "Fiji")),
        ("Open a clinic (Chile); (Ghana); build schools (Peru);", ("Chile", "Ghana", "Peru")),
        ("Open one (Iran (Islamic Republic of)); two (Peru);", ("Iran (Islamic Republic of)", "Peru")),
    ],
)
def test_split_text__two_texts_with_their_own_states__stays_whole_with_all_states(
    printed: str, states: tuple[str, ...]
) -> None:
    assert split_text(printed) == (printed.rstrip(".;"), states)


@pytest.mark.parametrize(
    "text",
    [
        "Work with neighbours (Chile, Peru) and others",
        "Adopt (i) a law; (ii) a plan",
        "Follow the advice (CEDAW); adopt a law",
    ],
)
def test_split_text__other_parentheses_inside__are_text_only(text: str) -> None:
    assert split_text(f"{text} (Ghana);") == (text, ("Ghana",))


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="()\ufffe\uffff"), max_size=20)


SIGNS_OF_A_CELL = st.sampled_from(["(", ")", "(Chile)", "((", "(A)", "; "])


@given(st.lists(st.one_of(TEXTS, SIGNS_OF_A_CELL), max_size=8).map("".join))
def test_split_text__any_text__no_word_of_it_is_lost(text: str) -> None:
    kept, states = split_text(text)
    assert kept == kept.rstrip(" ;")
    found = "".join(re.findall(r"\w", kept)) + "".join(re.findall(r"\w", "".join(states)))
    assert set(re.findall(r"\w", text)) <= set(found)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Open&nbsp;a clinic", "Open a clinic"),
        ("Rights &amp; duties", "Rights & duties"),
        ("Rights & duties", "Rights & duties"),
        ("laws &regulations; and &copying", "laws &regulations; and &copying"),
        ("A&#38;B &lt;C&gt; &nothing; else", "A&B <C> &nothing; else"),
        ("Open a\\nclinic", "Open a clinic"),
        ("Open a // clinic", "Open a clinic"),
        ("Open\u200b a\u00ad clinic", "Open a clinic"),
        ("Open a clinic  for “all”", "Open a clinic for “all”"),
        ("custom \u2011 designed services", "custom\u2011designed services"),
        ("the system ’ s response", "the system’s response"),
        ("Examplia’ s strategy", "Examplia’s strategy"),
        ("the States’ own services", "the States’ own services"),
        ("prevention - and cure – of all", "prevention - and cure – of all"),
    ],
)
def test_read_matrix__slips_of_the_source__read_as_they_were_meant(
    printed: str, text: str, tmp_path: Path
) -> None:
    assert item(f"140.1 {printed} (Chile); | Supported | Right to health | 3", tmp_path).text == text


def test_read_matrix__changes_tracked_and_controls__final_text(tmp_path: Path) -> None:
    rows = """
    140.1 Open {-no-}{+a+} {=clinic=} ({-Peru-}{+Chile+});
        | {=Supported=} | Right to {+health+} | 3
    """
    found = item(rows, tmp_path)
    assert (found.text, found.recommending_states) == ("Open a clinic", ("Chile",))
    assert (found.position, found.themes) == ("supported", ("Right to health",))


# Position ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "position"),
    [
        ("Supported", "supported"),
        ("SUPPORTED", "supported"),
        (" Noted. ", "noted"),
        ("Noted*", "noted"),
        ("Supported/Noted", "supported in part"),
        ("Supported / Noted", "supported in part"),
        ("Supported/ Noted", "supported in part"),
        ("Noted/Supported", "supported in part"),
        ("Partially supported", "supported in part"),
        ("Under&nbsp;consideration", "under consideration"),
        ("Pending", "under consideration"),
    ],
)
def test_read_matrix__position__as_its_key(printed: str, position: str, tmp_path: Path) -> None:
    found = item(f"140.1 Open a clinic (Chile); | {printed} | Right to health | 3", tmp_path)
    assert found.position == position


def test_positions__every_key__is_one_of_the_schema() -> None:
    choices = {choice.key for choice in load_shipped_schema("recommendations").column("position").choices}
    assert set(POSITIONS.values()) == choices


# Themes, persons, goals -------------------------------------------------------------------------------


def third(cell: str, folder: Path, *, theme: str = "Right to health") -> Recommendation:
    rows = f"Theme: {theme}\n140.1 Open a clinic (Chile); | Supported | {cell} | 3"
    return item(rows, folder)


@pytest.mark.parametrize(
    "name",
    [
        "Children: definition; general principles; protection",
        "Economic, social & cultural rights - general measures of implementation",
        "Budget & resources (for human rights implementation)",
        "2030 Agenda & other voluntary commitments",
        "A theme that nobody has ever seen",
    ],
)
def test_read_matrix__theme_with_any_signs__is_never_split(name: str, tmp_path: Path) -> None:
    found = third(f"{name} // Right to health", tmp_path, theme=name)
    assert (found.theme, found.themes) == (name, (name, "Right to health"))


@pytest.mark.parametrize("bullet", ["- ", "-", "– ", "• ", ""])
def test_read_matrix__theme_under_another_bullet__has_none_in_its_name(bullet: str, tmp_path: Path) -> None:
    assert third(f"={bullet}Right to health // ={bullet}Right to life", tmp_path).themes == (
        "Right to health",
        "Right to life",
    )


@pytest.mark.parametrize(
    "cell",
    [
        "Right to health // Groups of Persons: // Women & girls // Media",
        "Right to health // Groups of persons: // Women & girls // Media",
        "Right to health // =Groups of Persons // Women & girls // Media",
        "Right to health // Group of Persons: // Women & girls // Media",
        "Right to health // Affected persons: // Women & girls // Media",
        "Right to health // =Groups of Persons: Women & girls // Media",
        "=- Right to health\\nGroups of Persons:\\n- Women & girls\\n- Media",
    ],
)
def test_read_matrix__groups_of_persons__below_their_label(cell: str, tmp_path: Path) -> None:
    found = third(cell, tmp_path)
    assert (found.themes, found.persons) == (("Right to health",), ("Women & girls", "Media"))


def test_read_matrix__group_with_commas_and_slashes__is_one(tmp_path: Path) -> None:
    groups = ("Judges, lawyers and prosecutors", "Law enforcement / police & prison officials")
    found = third(f"Right to health // Groups of Persons: // {' // '.join(groups)}", tmp_path)
    assert found.persons == groups


def test_read_matrix__theme_row__leads_whatever_the_cell_says_first(tmp_path: Path) -> None:
    found = third("Right to life // Right to health", tmp_path)
    assert (found.theme, found.themes) == ("Right to health", ("Right to health", "Right to life"))
    assert third("", tmp_path).themes == ("Right to health",)


def test_read_matrix__before_any_theme_row__the_first_theme_is_the_primary_one(tmp_path: Path) -> None:
    found = item("140.1 Open a clinic (Chile); | Supported | Right to life // Right to health | 3", tmp_path)
    assert (found.theme, found.themes) == ("Right to life", ("Right to life", "Right to health"))


def test_read_matrix__theme_row_returns_among_the_noted__counts_again(tmp_path: Path) -> None:
    rows = f"""
    Theme: Right to health
    140.1 {ITEM}
    Theme: Right to education
    140.2 Build schools (Chile); | Supported | Right to education | 4
    Theme: Right to health
    140.3 Close a clinic (Chile); | Noted | Right to health | 3
    """
    found, findings = read(matrix(rows), tmp_path)
    assert findings == ()
    assert found.themes == 3
    assert [(i.number, i.theme) for i in found.recommendations] == [
        ("140.1", "Right to health"),
        ("140.2", "Right to education"),
        ("140.3", "Right to health"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "theme:Right to health",
        "THEME: Right&nbsp;to  health",
        "Theme : Right to health",
        "Theme: Right to health | | |",
    ],
)
def test_read_matrix__theme_row__in_any_spelling(line: str, tmp_path: Path) -> None:
    found, findings = read(matrix(f"{line}\n140.1 Open (Chile); | Noted | Right to life | 3"), tmp_path)
    assert findings == ()
    assert (found.themes, found.recommendations[0].theme) == (1, "Right to health")


def test_read_matrix__after_an_unread_heading__no_theme_of_the_part_before(tmp_path: Path) -> None:
    rows = f"Theme: Right to life\n140.1 {ITEM}\nRight or area: health\n140.2 {ITEM}"
    found, _ = read(matrix(rows), tmp_path)
    assert [item.theme for item in found.recommendations] == ["Right to life", "Right to health"]
    assert len(found.unread) == 1


@pytest.mark.parametrize(
    ("cell", "sdgs"),
    [
        ("3 // 16", ("3", "16")),
        ("16 // 3", ("16", "3")),
        ("3 // 3", ("3",)),
        ("=16 - PEACE, JUSTICE AND STRONG INSTITUTIONS", ("16",)),
        ("=– 5 – GENDER EQUALITY", ("5",)),
        ("=- 05 - GENDER EQUALITY", ("5",)),
        ("=- 3 - GOOD HEALTH\\n- 4 - QUALITY EDUCATION", ("3", "4")),
        ("=- 18 - NO SUCH GOAL", ()),
        ("=- 0 - NO SUCH GOAL", ()),
        ("=- 2030 Agenda", ()),
        ("", ()),
    ],
)
def test_read_matrix__goals__by_number_in_the_order_printed(
    cell: str, sdgs: tuple[str, ...], tmp_path: Path
) -> None:
    found = item(f"140.1 Open a clinic (Chile); | Supported | Right to health | {cell}", tmp_path)
    assert found.sdgs == sdgs


# The page header --------------------------------------------------------------------------------------

BOLIVIA = "Bolivia (Plurinational State of)"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("UPR of Examplia (4th Cycle - 51st Session)\tThematic list", ("Examplia", 4, 51)),
        ("UPR of Examplia (4th cycle – 51st session)", ("Examplia", 4, 51)),
        ("UPR  of\u00a0Examplia (4th Cycle- 51st Session)", ("Examplia", 4, 51)),
        ("UPR of Bolivia (Plurinational State of) (3rd Cycle - 34th Session)", (BOLIVIA, 3, 34)),
        ("UPR of Examplia (4th Cycle)", ("Examplia", 4, None)),
        ("Thematic list of recommendations", ("", None, None)),
        ("", ("", None, None)),
    ],
)
def test_read_matrix__page_header__state_cycle_and_session(
    header: str, told: tuple[object, ...], tmp_path: Path
) -> None:
    found, _ = read(matrix(f"140.1 {ITEM}", header=header), tmp_path)
    assert (found.state, found.cycle, found.session) == told


# Written by ourselves ---------------------------------------------------------------------------------


def plain(text: str) -> str:
    return " ".join(clean_text(text)[0].split())


SIGNS = st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="();\u2011’")
WORDS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=8),
    st.sampled_from(
        ["rights", "(CEDAW)", "(No. 189)", "&", "<b>", '"quoted"', "R&D", "etc.", "140.1", "; and"]
    ),
)
PHRASES = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: plain(" ".join(words)))
BODIES = PHRASES.map(lambda text: f"Adopt {text}".rstrip(" ;,"))
NAMES = PHRASES.filter(lambda text: text[:1].isalpha())


def several(values: st.SearchStrategy[str], min_size: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, min_size=min_size, max_size=3, unique=True).map(tuple)


@st.composite
def recommendations(draw: st.DrawFn) -> list[Recommendation]:
    numbers = draw(st.lists(st.from_regex(r"\A1[0-9]{2}\.[1-9][0-9]{0,2}\Z"), unique=True, max_size=5))
    return [draw(recommendation(number)) for number in numbers]


@st.composite
def recommendation(draw: st.DrawFn, number: str) -> Recommendation:
    themes = draw(several(NAMES, min_size=1))
    return Recommendation(
        number=number,
        text=draw(BODIES),
        recommending_states=draw(several(st.sampled_from(STATES), min_size=1)),
        position=draw(st.sampled_from(sorted(set(POSITIONS.values())))),
        source_of_position=draw(st.sampled_from(["", "A/HRC/59/15/Add.1 - Para.3"])),
        theme=themes[0],
        themes=themes,
        persons=draw(several(NAMES)),
        sdgs=draw(several(st.integers(1, 17).map(str))),
    )


@given(recommendations())
def test_write_matrix__any_recommendations__read_back_the_same(
    tmp_path: Path, written: list[Recommendation]
) -> None:
    found, findings = read(write_matrix("Examplia", 4, 51, written), tmp_path)
    assert findings == ()
    assert list(found.recommendations) == written
    assert found.themes == len(list(itertools.groupby(item.theme for item in written)))
    assert (found.state, found.cycle, found.session) == ("Examplia", 4, 51)
    assert accounted(found)


@pytest.mark.parametrize(("cycle", "session"), [(1, 11), (2, 22), (3, 33), (4, 43), (4, None)])
def test_write_matrix__cycle_and_session__stand_in_the_page_header(
    cycle: int, session: int | None, tmp_path: Path
) -> None:
    found, _ = read(write_matrix("Iran (Islamic Republic of)", cycle, session, []), tmp_path)
    assert (found.state, found.cycle, found.session) == ("Iran (Islamic Republic of)", cycle, session)


def test_write_matrix__no_states_no_theme_no_goals__read_back_the_same(tmp_path: Path) -> None:
    written = [
        Recommendation("140.1", "Open a clinic", position="noted", theme="Health", themes=("Health",)),
        Recommendation("140.2", "Build schools", position="supported"),
    ]
    found, findings = read(write_matrix("Examplia", 4, 51, written), tmp_path)
    assert findings == ()
    assert list(found.recommendations) == written


def test_write_matrix__layout__is_that_of_the_source(tmp_path: Path) -> None:
    (tmp_path / "list.docx").write_bytes(
        write_matrix(
            "Examplia",
            4,
            51,
            [
                Recommendation(
                    number="140.7",
                    text="Open a clinic",
                    recommending_states=("Chile", "Peru"),
                    position="supported in part",
                    source_of_position="A/HRC/59/15/Add.1 - Para.3",
                    theme="Right to health",
                    themes=("Right to health", "Right to life"),
                    persons=("Women & girls",),
                    sdgs=("3", "16"),
                )
            ],
        )
    )
    found, _ = read_tables(tmp_path / "list.docx", "list.docx")
    assert found is not None
    assert found.headers == ("UPR of Examplia (4th Cycle - 51st Session)\tThematic list of recommendations*",)
    ((heading, theme, item),) = found.tables
    assert tuple(cell.text for cell in heading) == HEADINGS
    assert [(cell.text, cell.span) for cell in theme] == [("Theme: Right to health", 4)]
    assert [cell.paragraphs for cell in item] == [
        ("140.7 Open a clinic (Chile) (Peru);", "Source of Position: A/HRC/59/15/Add.1 - Para.3"),
        ("Supported/Noted",),
        ("- Right to health", "- Right to life", "Groups of Persons:", "- Women & girls"),
        ("- 3 - GOOD HEALTH AND WELL-BEING", "- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS"),
    ]


def test_goals__names__as_they_are_printed() -> None:
    assert dict(enumerate(GOALS, 1)) == {int(number): name for number, name in PRINTED_GOALS.items()}
