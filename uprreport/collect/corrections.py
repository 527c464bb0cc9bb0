"""A fresh sheet with an agency's own answers, in which what the check found is marked cell by cell.

Each marked cell has a note, and a page in front lists everything with links: no colour is the only sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from uprreport.collect.check_page import PLACES, WEIGHTS, line_of
from uprreport.collect.expected import Expected
from uprreport.collect.restore import Restored
from uprreport.collect.sheet import sheet_tabs
from uprreport.files.excel.workbook import FormTab, Jump, ListTab, Note, Tab, TableTab
from uprreport.findings import FOR_THE_COORDINATOR, Finding, Severity, count_severities, group_findings
from uprreport.language import Language, phrase
from uprreport.model import Agency, Raw
from uprreport.values import as_text

TITLE = phrase("Findings")
"""The tab that lists what was found; it is never read back."""

LONGEST_NOTE = 1200
"""Characters of a cell's note that fit in its box; the page of findings has the whole text."""

_WIDTHS = (14.0, 20.0, 18.0, 42.0, 42.0, 44.0)
_WEIGHT = {severity: index for index, severity in enumerate(Severity)}


def for_agency(findings: Sequence[Finding], agency: str) -> tuple[Finding, ...]:
    """The findings of one agency's files that this agency can do something about.

    What stands in a row that a later one has replaced is of no interest any more.
    """
    own = [finding for finding in findings if finding.agency == agency]
    replaced = {(f.at.file, f.recommendation) for f in own if f.code == "superseded-submission"}
    return tuple(
        f for f in own if f.code not in FOR_THE_COORDINATOR and (f.at.file, f.recommendation) not in replaced
    )


def correction_tabs(
    expected: Expected, agency: Agency, restored: Restored, findings: Sequence[Finding], language: Language
) -> list[Tab]:
    """The page of findings, then the tabs of the agency's sheet with its answers and the marks.

    ``findings`` are those of ``for_agency``: the result holds nothing of another one's.
    """
    tabs = sheet_tabs(expected, agency, restored.filled)
    titles = {tab.schema.name: tab.title for tab in tabs if isinstance(tab, (TableTab, FormTab))}
    marks = _Marks(findings, restored, language, _rows_by_number(tabs), titles)
    return [marks.listing(agency), *(marks.on(tab) for tab in tabs)]


def _rows_by_number(tabs: Sequence[Tab]) -> dict[str, int]:
    progress = next(tab for tab in tabs if isinstance(tab, TableTab) and tab.schema.name == "progress")
    return {str(row["number"]): index for index, row in enumerate(progress.rows)}


@dataclass(frozen=True, slots=True)
class _Marks:
    """What was found in one agency's files; ``rows`` gives the index of each number's row on Progress.

    ``titles`` gives the title of each tab by its schema's name.
    """

    findings: Sequence[Finding]
    restored: Restored
    language: Language
    rows: Mapping[str, int]
    titles: Mapping[str, str]

    def jump(self, finding: Finding) -> Jump | None:
        """The cell of the fresh sheet that a finding is about; None where it has none."""
        target = self.restored.target(finding)
        if target is None:
            return None
        if target.tab != "progress":
            return Jump(target.tab, int(target.row or 0), target.column)
        return Jump("progress", self.rows[target.row], target.column) if target.row in self.rows else None

    def on(self, tab: Tab) -> Tab:
        """A tab with a note on each cell that an error or a warning is about."""
        if not isinstance(tab, (TableTab, FormTab)):
            return tab
        told: dict[tuple[int, str], list[Finding]] = {}
        for finding in self.findings:
            jump = self.jump(finding)
            if jump is not None and jump.tab == tab.schema.name and finding.severity is not Severity.NOTE:
                told.setdefault((jump.row, jump.column), []).append(finding)
        notes = {at: self._note(findings) for at, findings in told.items()}
        if isinstance(tab, TableTab):
            return replace(tab, notes=notes)
        return replace(tab, notes={column: note for (_, column), note in notes.items()})

    def _note(self, findings: Sequence[Finding]) -> Note:
        texts = []
        for finding in findings:
            message, hint = finding.tell(self.language)
            texts.append(f"{self.language(WEIGHTS[finding.severity])}\n{message}\n→ {hint}")
        text = "\n\n".join(dict.fromkeys(texts))
        grave = any(finding.severity is Severity.ERROR for finding in findings)
        return Note(text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1] + "…", grave)

    # The page of findings ---------------------------------------------------------------------------------

    def listing(self, agency: Agency) -> ListTab:
        """Everything that was found, the gravest first, with links to the cells of this workbook."""
        told = self.language
        counts = count_severities(self.findings)
        passages = (
            phrase(
                "Your answers stand in this workbook as you sent them. The cells that must be corrected, or "
                "looked at, are coloured and have a note. Please correct them here and send this workbook "
                "back; nothing else need be typed again."
            ),
            phrase(
                "To be corrected: {errors}. To be looked at: {warnings}. For information: {notes}.",
                errors=str(counts["error"]),
                warnings=str(counts["warning"]),
                notes=str(counts["note"]),
            ),
        )
        headings = (
            phrase("Importance"),
            phrase("Cell"),
            phrase("Number and heading"),
            phrase("What was found"),
            phrase("What to do"),
            phrase("What stood there"),
        )
        heading = phrase("Findings: {agency}", agency=agency.called(told.code))
        return ListTab(
            title=told(TITLE),
            heading=told(heading),
            passages=[told(passage) for passage in passages],
            headings=[told(heading) for heading in headings],
            widths=_WIDTHS,
            rows=[self._row(finding, also) for finding, also in self._ordered()],
        )

    def _ordered(self) -> Iterator[tuple[Finding, str]]:
        """The findings to list; of many equal ones only the first, with the other places."""
        groups = group_findings(self.findings)
        for group in sorted(groups, key=lambda group: _WEIGHT[group[0].severity]):
            if len(group) > PLACES:
                yield group[0], line_of(group, self.language).also
            else:
                yield from ((finding, "") for finding in group)

    def _row(self, finding: Finding, also: str) -> tuple[Raw | Jump | None, ...]:
        message, hint = finding.tell(self.language)
        jump = self.jump(finding)
        about = [finding.recommendation, self.language(finding.heading)]
        if jump is not None and self.language.is_rtl:
            about.append(self.titles[jump.tab])
        return (
            self.language(WEIGHTS[finding.severity]),
            jump,
            "\n".join(dict.fromkeys(text for text in about if text)),
            f"{message}\n({also})" if also else message,
            hint,
            self._stood(finding),
        )

    def _stood(self, finding: Finding) -> str:
        """What the agency had typed, and in which file and cell; the whole row where it has no place here."""
        place = str(finding.at._replace(file=PurePosixPath(finding.at.file).name))
        lost = self.restored.lost(finding)
        if not lost:
            return "\n".join(filter(None, (place, finding.value)))
        schema = self.restored.schema
        open_columns = {
            c.name: self.language(c.title) for c in schema.columns if not c.locked or c.name == "number"
        }
        cells = [
            f"{open_columns[name]}: {as_text(raw)}" for name, raw in lost.items() if name in open_columns
        ]
        return "\n".join([place, *cells])
