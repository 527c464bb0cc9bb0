from __future__ import annotations

from clearances import HEALTH, SCHOOLS
from drafts import submission
from reviews import expected
from uprreport.collect.decisions import NO_DECISIONS
from uprreport.collect.merge import merge
from uprreport.model import Source, Submission
from uprreport.review import load_shipped_schema
from uprreport.revise.sent import Sent

TEXT = HEALTH["140.7"]["measures"]


def source(field: str, number: str = "140.7", agency: str = "moh", **place: str) -> Source:
    told = {"file": "submissions/moh.xlsx", "sheet": "Progress", "cell": "A1", **place}
    return Source(agency=agency, field=field, number=number, **told)


def sent(*submissions: Submission, typed: tuple[Submission, ...] | None = None) -> Sent:
    records = merge(submissions, expected(), NO_DECISIONS, {}).records
    return Sent("moh", records, submissions if typed is None else typed, load_shipped_schema)


def both() -> Sent:
    return sent(submission("moh", HEALTH), submission("moe", SCHOOLS))


def test_sent__fields_of_the_passage__with_their_headings_and_labels() -> None:
    own = both().on([source("measures"), source("status"), source("remark")])
    assert own == (("Status", "In progress"), ("Measures taken", TEXT))


def test_sent__another_agencys_source__gives_nothing() -> None:
    assert both().on([source("measures", agency="moe")]) == ()
    assert both().on([source("measures", "140.12", agency="moe")]) == ()


def test_sent__several_recommendations__are_told_apart() -> None:
    own = both().on([source("measures"), source("measures", "140.1")])
    assert [heading for heading, _ in own] == ["140.1: Measures taken", "140.7: Measures taken"]


def test_sent__withheld_since__gives_nothing() -> None:
    held = {**HEALTH, "140.7": {**HEALTH["140.7"], "publication": "internal"}}
    assert sent(submission("moh", held)).on([source("measures")]) == ()


def test_sent__wording_of_the_coordinator__is_called_so() -> None:
    own = sent(submission("moh", HEALTH), typed=()).on([source("measures")])
    assert own == (("Measures taken (wording of the coordinator)", TEXT),)


def test_sent__row_of_another_table__is_found_by_its_cell() -> None:
    row = {"title": "Homes", "practice": "Women wait there."}
    came = submission("moh", HEALTH, practices=[row])
    at = {"file": "submissions/moh.xlsx", "sheet": "Practices"}
    assert sent(came).on([source("practice", "", cell="B2", **at)]) == (("Practice", row["practice"]),)
    assert sent(came).on([source("practice", "", cell="B9", **at)]) == ()
