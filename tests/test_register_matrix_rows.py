from __future__ import annotations

from pathlib import Path

from matrices import document, list_table, matrix, paragraph, row, table
from reviews import register
from uprreport.files.word.tables import read_tables
from uprreport.register.matrix_rows import MatrixRows, match_rows

ITEMS = {item.number: item for item in register().recommendations}
CLINIC = "140.1 Open a clinic in every district (Chile); | Supported | Right to health | 3"


def matched(content: bytes, folder: Path) -> MatrixRows:
    path = folder / "list.docx"
    path.write_bytes(content)
    found, findings = read_tables(path, "list.docx")
    assert found is not None, findings
    rows = match_rows(found, ITEMS)
    assert rows.rows == rows.headings + rows.themes + rows.matched + len(rows.unmatched)
    return rows


def test_match_rows__list_of_the_register__every_row_is_accounted_for(tmp_path: Path) -> None:
    lines = f"""
        Theme: Right to health
        {CLINIC}
        140.10 Publish waiting times of hospitals (Nepal); | Supported | Right to health | 3
    """
    rows = matched(matrix(lines), tmp_path)
    (found,) = rows.tables
    assert (found.column, found.headings, found.matched) == (None, {0}, {2: "140.1", 3: "140.10"})
    assert (rows.rows, rows.headings, rows.themes, rows.unmatched) == (4, 1, 1, ())
    assert rows.missing == ("140.7", "140.11", "140.12")


def test_match_rows__number_of_another_text__is_told_and_not_filled(tmp_path: Path) -> None:
    lines = """
        140.1 Ratify a treaty on something else altogether (Chile); | Supported | Treaties | 16
        150.9 Open a clinic in every district (Chile); | Supported | Right to health | 3
        <blank>
    """
    rows = matched(matrix(lines), tmp_path)
    assert rows.matched == 0
    assert [line for line, _ in rows.unmatched] == [2, 3, 4]
    assert rows.unmatched[0][1].startswith("140.1 Ratify a treaty")


def test_match_rows__slips_in_the_text__still_its_recommendation(tmp_path: Path) -> None:
    rows = matched(matrix(CLINIC.replace("every district", "every  districts")), tmp_path)
    assert rows.matched == 1


def test_match_rows__number_twice__the_second_is_told(tmp_path: Path) -> None:
    rows = matched(matrix(f"{CLINIC}\n{CLINIC}"), tmp_path)
    assert (rows.matched, [line for line, _ in rows.unmatched]) == (1, [3])


def test_match_rows__list_in_two_tables__rows_are_counted_through(tmp_path: Path) -> None:
    second = table(row([paragraph("Theme: Right to education")], span=4), row([paragraph("odd")] * 4))
    rows = matched(document(list_table(CLINIC) + second), tmp_path)
    assert [found.table for found in rows.tables] == [0, 1]
    assert (rows.rows, rows.themes, rows.unmatched[0][0]) == (4, 1, 4)


def test_match_rows__third_cycle__has_its_own_column(tmp_path: Path) -> None:
    head = ("Recommendation", "Position", "Full list of themes",
            "Assessment/comments on level of implementation")  # fmt: skip
    cells = ("140.1 Open a clinic in every district (Chile);", "Supported", "Right to health", "")
    rows = matched(document(table(*(row([paragraph(t) for t in line]) for line in (head, cells)))), tmp_path)
    assert (rows.tables[0].column, rows.tables[0].matched) == (3, {1: "140.1"})


def test_match_rows__earlier_second_cycle__right_or_area_is_a_theme(tmp_path: Path) -> None:
    head = ("Recommendation", "Recommending state/s", "Position", "Full list of rights/affected persons")
    theme = row([paragraph("Right or area: 9.2. Health")], span=4)
    rows = matched(document(table(row([paragraph(text) for text in head]), theme)), tmp_path)
    assert (rows.headings, rows.themes, rows.tables[0].column) == (1, 1, None)


def test_match_rows__other_tables__are_no_list(tmp_path: Path) -> None:
    rows = matched(document(table(row([paragraph("Name"), paragraph("Post")]))), tmp_path)
    assert (rows.tables, rows.rows, len(rows.missing)) == ((), 0, 5)
