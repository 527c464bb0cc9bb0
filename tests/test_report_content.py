from __future__ import annotations

import datetime

import pytest

from drafts import REGISTER, draft, outline, report, rows, submission, texts
from uprreport.model import Block, Report, number_of

MIDWIVES = {"status": "in progress", "measures": "Twelve midwives were trained"}


def block(told: Report, block_id: str) -> Block:
    found = [b for blocks in told.sections.values() for b in blocks if b.id == block_id]
    assert len(found) == 1, [b.id for blocks in told.sections.values() for b in blocks]
    return found[0]


def text(told: Block) -> str:
    return "\n".join(paragraph.text for paragraph in told.paragraphs)


# One voice --------------------------------------------------------------------------------------------


def test_government_voice__two_agencies__one_paragraph_lead_first_unattributed() -> None:
    told = report(
        submission("moe", {"140.7": {"status": "in progress", "measures": "A course opened in May."}}),
        submission("moh", {"140.7": {**MIDWIVES, "next_steps": "Forty more follow."}}),
    )
    found = block(told, "rec:140.7/measures")
    assert text(found) == "Twelve midwives were trained. A course opened in May. Forty more follow."
    assert found.label == "[140.7 · In progress · moh, moe]"
    assert {source.agency for source in found.sources} == {"moh", "moe"}
    assert found.comments == ()


def test_agencies_voice__two_agencies__a_paragraph_each_attributed() -> None:
    told = report(
        submission("moe", {"140.7": {"status": "in progress", "measures": "A course opened in May."}}),
        submission("moh", {"140.7": MIDWIVES}),
        voice="agencies",
    )
    assert text(block(told, "rec:140.7/measures@moh")) == "Ministry of Health: Twelve midwives were trained."
    assert text(block(told, "rec:140.7/measures@moe")) == "Ministry of Education: A course opened in May."
    assert "rec:140.7/measures" not in {b.id for b in told.sections["implementation"]}


def test_voice__same_text_of_two_agencies__stands_once() -> None:
    told = report(submission("moe", {"140.7": MIDWIVES}), submission("moh", {"140.7": MIDWIVES}))
    assert text(block(told, "rec:140.7/measures")) == "Twelve midwives were trained."


def test_measures__several_lines__become_paragraphs_in_their_order() -> None:
    told = report(submission("moh", {"140.7": {**MIDWIVES, "measures": "Two steps:\n- a course\n- a post"}}))
    found = block(told, "rec:140.7/measures")
    assert [(p.text, p.look) for p in found.paragraphs] == [
        ("Two steps:", "numbered"),
        ("- a course", "continued"),
        ("- a post", "continued"),
    ]


# What is missing --------------------------------------------------------------------------------------


def gathered(told: Report, section: str = "implementation") -> tuple[str, ...]:
    """The comments on a chapter, which stand on the line of references of its first theme."""
    first = next(b for b in told.sections[section] if b.id.endswith("/reference"))
    assert not [b.id for b in told.sections[section] if b.comments and b is not first and
                "status-conflict" not in " ".join(b.comments)]  # fmt: skip
    return first.comments


def test_missing__sheets_not_back__one_comment_for_each_agency_with_all_its_numbers() -> None:
    told = report()
    found = block(told, "rec:140.1/measures")
    assert [(p.text, p.placeholder) for p in found.paragraphs] == [("[140.1: information is awaited.]", True)]
    assert gathered(told) == (
        "140.1, 140.7, 140.10: the sheet of Ministry of Health has not come back.",
        "140.7, 140.12: the sheet of Ministry of Education has not come back.",
    )


def test_missing__sheet_back_without_answer__says_so() -> None:
    told = report(submission("moh", {"140.7": MIDWIVES}))
    found = block(told, "rec:140.1/measures")
    assert text(found) == "[140.1: no information was received.]"
    assert "140.1, 140.10: the sheet of Ministry of Health came back without an answer." in gathered(told)


def test_missing__only_a_status__is_told_with_a_comment() -> None:
    told = report(submission("moh", {"140.1": {"status": "planned"}}))
    found = block(told, "rec:140.1/measures")
    assert text(found) == "The level of implementation was reported as “Planned”."
    assert not found.paragraphs[0].placeholder
    assert any(c.startswith("140.1: ") and "without describing measures" in c for c in gathered(told))


def test_withheld__lead__mark_and_comment_without_its_text() -> None:
    answer = {**MIDWIVES, "publication": "internal"}
    told = report(submission("moh", {"140.1": answer}))
    found = block(told, "rec:140.1/measures")
    assert text(found) == "[140.1: no information for publication.]"
    assert any(c.startswith("140.1: ") and "not cleared for publication" in c for c in gathered(told))
    assert "midwives were" not in repr(told)


def test_withheld__lead_but_not_supporting__the_supporting_answer_is_printed() -> None:
    told = report(
        submission("moh", {"140.7": {**MIDWIVES, "publication": "internal"}}),
        submission("moe", {"140.7": {"status": "planned", "measures": "A course is planned."}}),
    )
    found = block(told, "rec:140.7/measures")
    assert text(found) == "A course is planned."
    assert any("Ministry of Health is not cleared" in comment for comment in gathered(told))


def test_contested__both_texts_stand_and_the_comment_names_the_question() -> None:
    told = report(
        submission("moh", {"140.7": MIDWIVES}),
        submission("moe", {"140.7": {"status": "implemented", "measures": "All is done."}}),
    )
    found = block(told, "rec:140.7/measures")
    assert text(found) == "Twelve midwives were trained. All is done."
    assert found.label.startswith("[140.7 · Contested")
    assert "status-conflict:140.7" in found.comments[0]


def test_unassigned__is_marked() -> None:
    register = REGISTER.replace(
        "| Right to education | moe         |                     | 4 ", "| Right to education |  |  | 4 "
    )
    register = register.replace(
        "| Right to education   | moe         |", "| Right to education   |             |"
    )
    told = report(register=register)
    found = block(told, "rec:140.12/measures")
    assert text(found) == "[140.12: no agency has been asked.]"
    assert gathered(told)[0].startswith("140.12: no agency is assigned.")


# Themes ------------------------------------------------------------------------------------------------


def test_theme__heading_references_paragraphs_challenges_in_order() -> None:
    told = report(submission("moh", {"140.7": {**MIDWIVES, "challenges": "Few apply."}}))
    ids = [b.id for b in told.sections["implementation"]]
    assert ids[:7] == [
        "theme:right-to-health/heading",
        "theme:right-to-health/reference",
        "rec:140.1/measures",
        "rec:140.7/measures",
        "rec:140.10/measures",
        "theme:right-to-health/challenges-heading",
        "theme:right-to-health/challenges",
    ]
    assert (
        text(block(told, ids[1])) == "Recommendations 140.1, 140.7, 140.10. Sustainable Development Goal 3."
    )
    assert [(p.text, p.look) for block_id in ids[5:7] for p in block(told, block_id).paragraphs] == [
        ("Challenges", "heading3"),
        ("Few apply.", "numbered"),
    ]


def test_theme__without_challenges__has_no_such_block() -> None:
    told = report(submission("moh", {"140.7": MIDWIVES}))
    assert "theme:right-to-health/challenges" not in {b.id for b in told.sections["implementation"]}


def test_theme__noted__stands_in_its_own_chapter() -> None:
    told = report()
    assert [b.id for b in told.sections["noted"]] == [
        "noted:right-to-health/heading",
        "noted:right-to-health/reference",
        "rec:140.11/measures",
    ]


def with_themes(heading: str, *cells: str) -> str:
    first, second = cells
    lines = (
        f"| Theme                | Lead agency | {heading} |",
        "| --- | --- | --- |",
        f"| Right to health | moh | {first} |",
        f"| Right to education | moe | {second} |",
    )
    before, _, rest = REGISTER.partition("## Themes")
    return (
        f"{before}## Themes\n\n"
        + "\n".join(lines)
        + "\n\n## Recommendations"
        + rest.partition("## Recommendations")[2]
    )


def test_theme__narrative__is_the_only_block_and_its_answers_are_sources() -> None:
    told = report(
        submission("moh", {"140.7": MIDWIVES}), register=with_themes("Narrative", "Health improved.", "")
    )
    ids = [b.id for b in told.sections["implementation"]]
    assert ids[:3] == [
        "theme:right-to-health/heading",
        "theme:right-to-health/reference",
        "theme:right-to-health/narrative",
    ]
    assert "rec:140.7/measures" not in ids
    narrative = block(told, ids[2])
    assert text(narrative) == "Health improved."
    assert {source.field for source in narrative.sources} == {"status", "measures"}


def test_theme__narrative_and_noted_ones__is_printed_once() -> None:
    told = report(register=with_themes("Narrative", "Health improved.", ""))
    assert [b.id for blocks in told.sections.values() for b in blocks if b.id.endswith("/narrative")] == [
        "theme:right-to-health/narrative"
    ]
    assert block(told, "rec:140.11/measures").paragraphs[0].placeholder
    noted = with_themes("Narrative", "Health improved.", "").replace(
        "| Supported | Right to health", "| Noted | Right to health"
    )
    assert block(report(register=noted), "noted:right-to-health/narrative")


def test_links__turned_down__are_not_printed() -> None:
    lines = (
        "| Number | Mechanism | Confirmed |",
        "| --- | --- | --- |",
        "| 140.7 | Committee A | Yes |",
        "| 140.7 | Committee B | No |",
        "| 140.1 | Committee C | |",
    )
    tables = "\n".join(lines)
    table = block(report(register=f"{REGISTER}\n## Links\n\n{tables}"), "table:links").table
    assert table is not None
    assert [row.cells[:2] for row in table.rows] == [("140.1", "Committee C"), ("140.7", "Committee A")]


def test_theme__order__puts_it_first() -> None:
    told = report(register=with_themes("Order", "2", "1"))
    assert told.sections["implementation"][0].id == "theme:right-to-education/heading"


def test_theme__chapter__gathers_themes_one_level_below() -> None:
    told = report(register=with_themes("Chapter", "Social rights", "Social rights"))
    headings = [(b.id, b.paragraphs[0].look) for b in told.sections["implementation"] if not b.label]
    assert headings == [
        ("theme-chapter:social-rights", "heading2"),
        ("theme:right-to-health/heading", "heading3"),
        ("theme:right-to-education/heading", "heading3"),
    ]


def test_group__answered_once__others_point_to_it() -> None:
    lines = []
    for line in REGISTER.splitlines():
        cells = (
            line.rstrip("|").split("|") if line.startswith(("| 140.", "| Number | Recommendation")) else None
        )
        if cells is None:
            lines.append(line)
            continue
        number = cells[1].strip()
        group = (
            "Group" if number == "Number" else ("clinics" if number in ("140.1", "140.10", "140.12") else "")
        )
        lines.append(f"{line.rstrip()} {group} |")
    register = "\n".join(lines).replace("| ---- |\n", "| ---- | --- |\n")
    told = report(
        submission("moh", {"140.1": {"status": "planned", "measures": "Sites are chosen."}}),
        register=register,
    )
    ids = [b.id for b in told.sections["implementation"]]
    assert "rec:140.10/measures" not in ids
    home = block(told, "rec:140.1/measures")
    assert text(home) == "Sites are chosen."
    assert home.label.startswith("[140.1, 140.10")
    assert text(block(told, "rec:140.12/measures")) == "This is answered together with recommendation 140.1."


# Other chapters ---------------------------------------------------------------------------------------


def test_pledge_and_observation__print_what_was_asked_above_the_answer() -> None:
    told = report(submission("moh", {"P1": {"status": "implemented", "measures": "The forum met in May."}}))
    found = block(told, "rec:P1/measures")
    assert [p.text for p in found.paragraphs] == ["P1. Host a regional health forum", "The forum met in May."]
    assert told.sections["observations"][0].paragraphs[1].placeholder


def test_sections__nothing_to_say__are_empty() -> None:
    told = report()
    for name in ("changes", "links", "challenges", "assistance", "practices", "plan", "consultations"):
        assert told.sections[name] == (), name


def test_status_table__rows_and_columns_add_up() -> None:
    told = report(submission("moh", {"140.7": MIDWIVES, "140.11": {"status": "not implemented"}}))
    table = block(told, "table:status").table
    assert table is not None
    assert [c.heading for c in table.columns] == ["Level of implementation", "Supported", "Noted", "Total"]
    body = [[int(cell) for cell in row.cells[1:]] for row in table.rows]
    assert all(sum(cells[:-1]) == cells[-1] for cells in body)
    assert [sum(column) for column in zip(*body[:-1], strict=True)] == body[-1] == [4, 1, 5]


def test_assistance__rows_of_two_agencies__by_number_with_keys_that_stay() -> None:
    need = {
        "numbers": ("140.7",),
        "kind": "training",
        "description": "Trainers for midwives",
        "cost": 12000,
        "currency": "USD",
    }
    other = {"numbers": ("140.1",), "kind": "funds", "description": "Solar pumps", "voluntary_fund": "yes"}
    told = report(submission("moh", {}, assistance=[need]), submission("moe", {}, assistance=[other]))
    table = block(told, "table:assistance").table
    assert table is not None
    assert [(row.key, row.cells[0], row.cells[1]) for row in table.rows] == [
        ("moe/solar-pumps", "140.1", "Funds"),
        ("moh/trainers-for-midwives", "140.7", "Training"),
    ]
    assert table.rows[1].cells[-1] == "12,000 USD"
    alone = block(report(submission("moh", {}, assistance=[need])), "table:assistance").table
    assert alone is not None
    assert alone.rows[0] == table.rows[1]


def test_practice__title_text_and_agency() -> None:
    practice = {
        "title": "Night clinics",
        "practice": "Clinics stay open until nine.",
        "result": "A fifth more visits",
    }
    told = report(submission("moh", {}, practices=[practice]))
    found = block(told, "practice:night-clinics@moh")
    assert text(found) == "Night clinics\nClinics stay open until nine. A fifth more visits."


def test_annex__every_recommendation_in_order_with_what_was_answered() -> None:
    answer = {**MIDWIVES, "challenges": "Few apply.", "legal_act": "Act No. 5", "assistance_needed": "yes"}
    made = draft(report(submission("moh", {"140.7": answer}))).content
    told = rows(made, "table:annex-1")
    assert [row.split(" ", 1)[0] for row in told[1:]] == ["140.1", "140.7", "140.10", "140.11", "140.12"]
    assert told[2].split(" | ")[4:] == [
        "Ministry of Health\nSupporting: Ministry of Education", "In progress",
        "Twelve midwives were trained.\nAct No. 5", "Few apply.", "Needed",
    ]  # fmt: skip
    nothing = "No information was available for publication when this report was closed."
    assert told[1].split(" | ")[5:] == ["No information", nothing, "–", "–"]


def referring(answers: dict[str, dict[str, object]], **settings: object) -> dict[str, list[str]]:
    """What Annex I says of each recommendation from its status on, where it refers to the body."""
    made = report(submission("moh", answers), annex_text="reference", **settings)
    rows_of = block(made, "table:annex-1").table
    assert rows_of is not None
    return {row.key: list(row.cells[5:]) for row in rows_of.rows}


def see(number: str, theme: str = "Right to health") -> str:
    """The reference to a recommendation's own paragraph."""
    return f"See {number_of(f'rec:{number}/measures', 'para. {}', f'“{theme}”')}."


def test_annex__reference__nothing_of_the_body_is_printed_again() -> None:
    answer = {**MIDWIVES, "challenges": "Few apply.", "challenge_type": "capacity", "legal_act": "Act No. 5"}
    told = referring({"140.7": answer, "140.11": {"status": "not implemented", "measures": "Fees remain."}})
    assert told["140.7"] == ["In progress", see("140.7"), "Capacity", "–"]
    assert told["140.11"][1] == see("140.11")


def test_annex__reference__challenges_without_a_type__refer_too() -> None:
    told = referring({"140.7": {**MIDWIVES, "challenges": "Few apply."}})
    told_in = number_of("theme:right-to-health/challenges", "para. {}", "“Right to health”")
    assert told["140.7"][1:3] == [see("140.7"), f"See {told_in}."]


def test_annex__indicator__is_printed_with_its_value_only() -> None:
    beds = {"measures": "Beds were bought.", "status": "planned", "indicator": "Beds", "indicator_year": 2025}
    told = referring({"140.1": beds, "140.10": {**beds, "indicator_value": 40}})
    assert told["140.1"][-3] == see("140.1")
    assert told["140.10"][-3] == f"{see('140.10')}\nBeds: 40 (2025)"


def test_annex__expected_date__is_not_printed_beside_what_is_implemented() -> None:
    due = {"measures": "Done.", "expected": datetime.date(2030, 12, 31)}
    told = referring({"140.1": {"status": "implemented", **due}, "140.10": {"status": "planned", **due}})
    assert told["140.1"][-3] == see("140.1")
    assert told["140.10"][-3] == f"{see('140.10')}\nExpected by 31 December 2030"


def test_annex__expected_date__of_one_agency_is_not_printed_beside_another_s_implemented() -> None:
    sent = (
        submission("moh", {"140.7": {"status": "implemented", "measures": "Done."}}),
        submission("moe", {"140.7": {"status": "in progress", "expected": datetime.date(2030, 12, 31)}}),
    )
    made = report(*sent, agree=(frozenset({"implemented", "in progress"}),))
    table = block(made, "table:annex-1").table
    assert table is not None
    (row,) = [row for row in table.rows if row.key == "140.7"]
    assert "Implemented" in row.cells
    assert not any("2030" in cell for cell in row.cells)


def test_annex__reference__only_a_status__and_nothing_at_all() -> None:
    told = referring({"140.7": {"status": "planned"}}, no_information="Nothing came.")
    assert told["140.7"][:2] == ["Planned", "–"]
    assert told["140.1"][:2] == ["No information", "Nothing came."]


def test_annex__challenges_in_a_later_paragraph__are_referred_to_from_the_first_on() -> None:
    met = {"140.1": "Few apply. Fewer stay.", "140.7": "Nobody counts."}
    told = referring({number: {**MIDWIVES, "challenges": text} for number, text in met.items()})
    place = "theme:right-to-health/challenges"
    form = "para. {} and the paragraphs that follow it"
    assert told["140.1"][2] == f"See {number_of(place, 'para. {}', '“Right to health”')}."
    assert told["140.7"][2] == f"See {number_of(place, form, '“Right to health”')}."


def narrated(narrative: str, **settings: object) -> dict[str, list[str]]:
    text = with_themes("Narrative", narrative, "")
    return referring({"140.7": {**MIDWIVES, "challenges": "Few apply."}}, register=text, **settings)


NARRATIVE = "theme:right-to-health/narrative"


def test_annex__narrative__is_referred_to_and_never_poured_into_a_column() -> None:
    told = narrated("Our own words.")
    reference = f"See {number_of(NARRATIVE, 'para. {}', '“Right to health”')}."
    assert told["140.7"] == ["In progress", reference, reference, "–"]
    assert told["140.1"][1:3] == [reference, "–"]  # the narrative cites it, whatever was answered


def test_annex__narrative_of_several_paragraphs__is_referred_to_from_the_first_on() -> None:
    told = narrated("Our own words.<br>More of them.")
    form = "para. {} and the paragraphs that follow it"
    assert told["140.7"][1] == f"See {number_of(NARRATIVE, form, '“Right to health”')}."


def test_annex__names_that_are_alike__stand_once() -> None:
    told = report(register=with_persons("Women & girls<br>WOMEN & girls<br>Media"))
    annex = block(told, "table:annex-1").table
    assert annex is not None
    assert annex.rows[0].cells[2] == "Women & girls\nMedia"


def with_persons(persons: str) -> str:
    """The register with groups of persons for each recommendation."""
    before, _, after = REGISTER.partition("## Recommendations")
    items, _, rest = after.partition("\n## ")
    lines = [line for line in items.splitlines() if line.startswith("|")]
    heads = ("Groups of persons", "---", *[persons] * len(lines))
    made = [f"{line} {head} |" for line, head in zip(lines, heads, strict=False)]
    return "\n".join([before, "## Recommendations", "", *made, "", f"## {rest}"])


def test_chapter__called_like_its_only_theme__is_one_heading() -> None:
    told = report(register=with_themes("Chapter", "Right to Health", "Schools"))
    headings = [
        (b.id, b.paragraphs[0].look)
        for b in told.sections["implementation"]
        if b.paragraphs[0].look.startswith("heading")
    ]
    assert headings == [
        ("theme:right-to-health/heading", "heading2"),
        ("theme-chapter:schools", "heading2"),
        ("theme:right-to-education/heading", "heading3"),
    ]


# Facts --------------------------------------------------------------------------------------------------


def test_facts__counts_and_dates() -> None:
    told = report(submission("moh", {"140.7": MIDWIVES}), cut_off=datetime.date(2026, 5, 31))
    facts = told.facts
    assert facts["review"]["cycle"] == "fourth"
    assert facts["review"]["session"] == "51st"
    assert facts["report"]["cut_off"] == "31 May 2026"
    counts = facts["counts"]
    assert (counts["recommendations"], counts["supported"], counts["noted"]) == (5, 4, 1)
    assert (counts["agencies"], counts["returned"], counts["informed"], counts["in_progress"]) == (2, 1, 1, 1)


@pytest.mark.parametrize(
    ("language", "shown"), [("fr", "31 mai 2026"), ("en", "31 May 2026"), ("zz", "31 May 2026")]
)
def test_facts__dates__in_the_reports_language(language: str, shown: str) -> None:
    assert report(cut_off=datetime.date(2026, 5, 31), language=language).facts["report"]["cut_off"] == shown


def test_report__without_anything__still_makes_a_draft() -> None:
    made = draft(report(register="## Agencies\n\n| Id | Name |\n| -- | -- |\n"))
    headings = [text for style, _, text in outline(made.content) if style == "heading 1"]
    assert headings == [
        *("Summary", "Introduction and methodology", "Developments since the review", "Conclusion"),
    ]
    assert texts(made.content, "text:developments") == ["[Developments since the review: to be written.]"]
