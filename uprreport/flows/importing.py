"""The list of recommendations comes in: read, compared with the review, merged into the register."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uprreport.findings import Severity, UprReportError
from uprreport.flows.base import Findings, Result, collect, facts_of, judge, load
from uprreport.flows.begin import write_register
from uprreport.model import Recommendation
from uprreport.register.changes import Changes, merge_matrix
from uprreport.register.matrix import Matrix, read_matrix
from uprreport.register.states import same_state
from uprreport.review import ReviewFolder, Settings, write_file
from uprreport.steps import next_steps
from uprreport.text import ordinal


@dataclass(frozen=True, slots=True)
class _List:
    """One file of a list: as people see its name, what was read, and the same file as imported before."""

    shown: str
    file: Path
    matrix: Matrix
    findings: Findings
    base: Matrix | None


def import_lists(path: Path, files: Sequence[Path], today: datetime.date, *, anyway: bool = False) -> Result:
    """Read OHCHR's matrix, in one file or several, into ``register.xlsx``; what was typed there is kept.

    Raises ``UprReportError`` when a file is no such list, or the list of another State, cycle or session
    unless it is to be taken ``anyway``: the register stays as it is.
    """
    review = load(path, today)
    folder = review.folder
    lists = [_read(file, folder) for file in files]
    _refuse_namesakes(files)
    if not anyway:
        for told in lists:
            refuse_other(told.shown, told.matrix, folder.settings, "--anyway takes this one")
    matrix = _joined(lists)
    bases = [told.base for told in lists if told.base is not None]
    base = _as_one(bases) if bases else None
    register, changes = merge_matrix(review.file.register, matrix, base)
    written = write_register(folder, review.file.with_register(register), today)
    written = (*written, *_keep(folder, files))
    loaded = load(path, today)
    collected = collect(loaded)
    steps = next_steps(facts_of(loaded, collected, judge(loaded, collected)[0]))
    findings = (*review.findings, *(finding for told in lists for finding in told.findings))
    return Result(_document(lists, matrix, changes), findings, written, steps=steps)


def _read(file: Path, folder: ReviewFolder) -> _List:
    shown = folder.show(file)
    matrix, findings = read_matrix(file, shown)
    if matrix is None:
        problem = next(f for f in findings if f.severity is Severity.ERROR)
        raise UprReportError(f"{problem.at}: {problem.message}", problem.hint)
    kept = folder.sources / file.name
    base = read_matrix(kept, folder.show(kept))[0] if kept.exists() else None
    return _List(shown, file, matrix, findings, base)


def _keep(folder: ReviewFolder, files: Sequence[Path]) -> Iterator[Path]:
    """Keep the originals in ``sources/``; gives those that were not there."""
    for file in files:
        kept = folder.sources / file.name
        if not kept.exists() or kept.read_bytes() != file.read_bytes():
            write_file(kept, file.read_bytes())
            yield kept


def _document(lists: Sequence[_List], matrix: Matrix, changes: Changes) -> dict[str, Any]:
    return {
        "rows": matrix.rows,
        "headings": matrix.headings,
        "themes": matrix.themes,
        "recommendations": len(matrix.recommendations),
        "unread": [
            {"file": told.shown, "row": row, "text": text}
            for told in lists
            for row, text in told.matrix.unread
        ],
        "positions": dict(Counter(item.position for item in matrix.recommendations)),
        "new": len(changes.new),
        "changed": len(changes.changed),
        "gone": len(changes.gone),
        "repeated": sum(len(told.matrix.recommendations) for told in lists) - len(matrix.recommendations),
        "files": [{"file": told.shown, "list": name_of(told.matrix)} for told in lists],
    }


# Whose list it is -------------------------------------------------------------------------------------


def name_of(matrix: Matrix) -> str:
    """Whose list it is, by its page header, as ``Examplia, 4th cycle, 51st session``."""
    parts = [matrix.state]
    parts += [f"{ordinal(matrix.cycle)} cycle"] if matrix.cycle else []
    parts += [f"{ordinal(matrix.session)} session"] if matrix.session else []
    return ", ".join(part for part in parts if part) or "its page header names no State"


def refuse_other(shown: str, matrix: Matrix, settings: Settings, way_out: str) -> None:
    """Raise ``UprReportError`` for a list whose page header names another State, cycle or session.

    ``way_out`` says how it is taken all the same.
    """
    other = [
        f"the State {matrix.state}, and review.toml {settings.state}"
        for state in [matrix.state]
        if state and not same_state(state, settings.state)
    ]
    for what, found, own in (
        ("cycle", matrix.cycle, settings.cycle),
        ("session", matrix.session, settings.session),
    ):
        if found is not None and own is not None and found != own:
            other.append(f"the {ordinal(found)} {what}, and review.toml the {ordinal(own)}")
    if other:
        raise UprReportError(
            f"{shown} is the list of another review: its page header names {'; '.join(other)}",
            f"take the list of this review, or correct review.toml; {way_out}",
        )


# Several files ----------------------------------------------------------------------------------------


def _refuse_namesakes(files: Sequence[Path]) -> None:
    """Two files of one name could not both be kept in ``sources/``."""
    twice = [name for name, count in Counter(file.name for file in files).items() if count > 1]
    if twice:
        raise UprReportError(
            f"{twice[0]} is named twice", "name each file once; of two files with one name, rename one"
        )


def _joined(lists: Sequence[_List]) -> Matrix:
    """The parts of a list as one. Raises ``UprReportError`` where two of them contradict each other."""
    first: dict[str, tuple[str, Recommendation]] = {}
    for told in lists:
        for item in told.matrix.recommendations:
            shown, known = first.setdefault(item.number, (told.shown, item))
            if known != item:
                raise UprReportError(
                    f"{item.number} is not the same in {shown} and {told.shown}",
                    "import them one after the other: what the second one changes is then counted",
                )
    return _as_one([told.matrix for told in lists])


def _as_one(parts: Sequence[Matrix]) -> Matrix:
    items: Mapping[str, Recommendation] = {
        item.number: item for part in reversed(parts) for item in reversed(part.recommendations)
    }
    return replace(
        parts[0],
        rows=sum(part.rows for part in parts),
        headings=sum(part.headings for part in parts),
        themes=sum(part.themes for part in parts),
        recommendations=tuple(items.values())[::-1],
        unread=tuple(row for part in parts for row in part.unread),
    )
