"""Whole files inside a draft, and what is only linked: the check names it, and finish refuses."""

from __future__ import annotations

import json
from pathlib import Path

from editors import Editor
from test_files_word_foreign import WHO, everything, link, linked_picture, whole_file
from test_flows_finishing import approve, finish, settled, told
from test_flows_finishing import no_office as no_office  # noqa: PLC0414 - a fixture
from test_flows_revision import folder as folder  # noqa: PLC0414 - a fixture
from test_flows_revision import run


def test_finish__what_cannot_be_cleaned__is_named_by_check_and_refused_whatever_is_asked(
    folder: Path,
) -> None:
    approve(folder)
    editor = Editor(settled(folder).read_bytes())
    whole_file(editor)
    linked_picture(editor)
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    done = run("-C", str(folder), "check", str(path), "--format", "json")
    values = [f["value"] for f in json.loads(done.stdout)["findings"] if f["code"] == "file-inside"]
    assert len(values) == 2
    assert {p["where"] for p in told(folder, path, "--anyway")["pending"] if p["kind"] == "closed"} == set(
        values
    )
    done = finish(folder, path, "--anyway")
    assert done.exit_code == 1
    assert "2 things that cannot be read or cleaned: " in done.stdout
    assert not (folder / "revised-final.docx").exists()


def test_finish__links_to_files__are_made_plain_and_told(folder: Path) -> None:
    approve(folder)
    editor = Editor(settled(folder).read_bytes())
    link(editor)
    path = folder / "revised.docx"
    path.write_bytes(editor.save())
    done = finish(folder, path)
    assert done.exit_code == 0, done.output
    assert "made plain, or not looked into: a link to a file is plain words now, by" in done.stderr
    assert WHO.encode() not in everything((folder / "revised-final.docx").read_bytes())
