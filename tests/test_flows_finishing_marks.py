"""No final shows that something is withheld: marks that ``update`` brought in, old ones, retyped ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from drafts import document
from editors import Editor
from finals import bytes_of
from test_flows_finishing import approve, finish, settled, told
from test_flows_finishing import no_office as no_office  # noqa: PLC0414 - a fixture
from test_flows_revision import FIRST, answer, run, update
from test_flows_revision import folder as folder  # noqa: PLC0414 - a fixture
from uprreport.files.word.final import read_final
from uprreport.files.word.marks import marks_in, placeholder_runs, stands_in
from uprreport.files.word.xml import plain_text, w
from uprreport.findings import shorten

HELD = "[140.2: no information for publication.]"


@pytest.fixture
def withdrawn(folder: Path) -> Path:
    """A revised draft of which an unedited answer was withdrawn, and that was updated since."""
    approve(folder)
    settled(folder)
    answer(folder, FIRST, Publication="Internal")
    assert update(folder, folder / "revised.docx").exit_code == 0
    return folder / "revised-updated.docx"


def mark_of(path: Path) -> str:
    """The mark that update put in, as it reads."""
    body, styles = document(path.read_bytes())
    (mark,) = {told for node in body.iter(w("p")) for told in marks_in(node, styles) if "140.2" in told}
    return mark


def test_update__mark_that_comes_in__is_in_the_style_of_marks(withdrawn: Path) -> None:
    body, styles = document(withdrawn.read_bytes())
    mark = mark_of(withdrawn)
    runs = [run for node in body.iter(w("p")) for run in placeholder_runs(node, styles)]
    assert mark in {plain_text(run) for run in runs}


@pytest.mark.parametrize("plain", [False, True], ids=["as it came", "without its style"])
def test_finish__mark_of_a_withdrawn_answer__refuses_and_is_never_printed(
    withdrawn: Path, *, plain: bool
) -> None:
    folder = withdrawn.parent
    mark = mark_of(withdrawn)
    if plain:
        editor = Editor(withdrawn.read_bytes())
        for node in editor.body.iter(w("p")):
            for one in placeholder_runs(node, editor.styles):
                one.remove(one[0])
        withdrawn.write_bytes(editor.save())
    findings = json.loads(run("-C", str(folder), "check", str(withdrawn), "--format", "json").stdout)[
        "findings"
    ]
    assert mark in [f["value"] for f in findings if f["code"] == "placeholder-left"]
    pending = told(folder, withdrawn)["pending"]
    assert [p["where"] for p in pending if p["kind"] == "placeholder"] == [mark]
    assert finish(folder, withdrawn).exit_code == 1
    done = finish(folder, withdrawn, "--anyway")
    assert done.exit_code == 0, done.output
    assert f"left out, because nothing stands in its place: {mark}" in done.stdout
    content = (folder / "revised-updated-final.docx").read_bytes()
    assert [line for line in read_final(content) if stands_in(line)] == []
    assert mark.strip("[]").encode() not in bytes_of(content)


def test_finish__untouched_draft_anyway__holds_no_mark_and_names_each(folder: Path) -> None:
    shutil.copy(folder / "build" / "draft.docx", folder / "revised.docx")
    document = told(folder, folder / "revised.docx", "--anyway")
    standing = [p["where"] for p in document["pending"] if p["kind"] == "placeholder"]
    assert sorted(map(shorten, document["marks_removed"])) == sorted(standing) != []
    content = (folder / "revised-final.docx").read_bytes()
    assert [line for line in read_final(content) if stands_in(line)] == []
