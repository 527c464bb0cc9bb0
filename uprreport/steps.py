"""Where a review stands, and the next three steps: what ``uprreport`` alone says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next: what, why, the command that does it and the file it is about."""

    step: str
    why: str
    command: str = ""
    file: str = ""

    def __str__(self) -> str:
        """What to do, and with which command."""
        return f"{self.step}: {self.command}" if self.command else self.step

    def document(self) -> dict[str, str]:
        """The step as JSON has it."""
        return {"step": self.step, "why": self.why, "command": self.command, "file": self.file}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the review folder holds at present; the names of agencies are ids.

    ``outdated`` counts recommendations whose theme has named other agencies since they were assigned.
    ``late`` have returned nothing although it was due, ``partial`` have left rows unanswered; ``overdue``
    says whether the day by which sheets are due has passed.
    """

    recommendations: int = 0
    agencies: int = 0
    unassigned: int = 0
    outdated: int = 0
    sheets_missing: tuple[str, ...] = ()
    submissions: int = 0
    errors: int = 0
    to_correct: tuple[str, ...] = ()
    open_questions: int = 0
    late: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    overdue: bool = False
    unread: tuple[str, ...] = ()
    drafted: bool = False

    @property
    def is_overdue(self) -> bool:
        """Whether whoever still owes an answer is late."""
        return self.overdue or bool(self.late)


def next_steps(facts: Facts, limit: int = 3) -> tuple[Step, ...]:
    """The next steps in the order in which they help, at most ``limit``."""
    return tuple(_steps(facts))[:limit]


def _steps(facts: Facts) -> Iterator[Step]:
    if not facts.recommendations:
        yield Step(
            "import the list of recommendations",
            "the register holds no recommendations yet",
            "uprreport import MATRIX.docx",
            "register.xlsx",
        )
        if not facts.agencies:
            yield Step("name the agencies on the tab Agencies", "nobody can answer yet", "", "register.xlsx")
        return
    if not facts.agencies:
        yield Step("name the agencies on the tab Agencies", "nobody can answer yet", "", "register.xlsx")
    if facts.is_overdue:
        yield from _reminding(facts)
    if facts.unassigned:
        yield Step(
            "assign agencies on the tabs Themes and Recommendations",
            f"{_count(facts.unassigned, 'recommendation')} without an agency",
            "uprreport assign",
            "register.xlsx",
        )
    if facts.outdated:
        yield Step(
            "give recommendations the agencies that their themes name now",
            f"{_count(facts.outdated, 'recommendation')} with the lead that the tab Themes named before",
            "uprreport assign",
            "register.xlsx",
        )
    if facts.sheets_missing:
        yield Step(
            "make the progress sheets",
            f"{_count(len(facts.sheets_missing), 'agency', 'agencies')} without a sheet",
            "uprreport sheets",
            "sheets/",
        )
    yield from _collecting(facts)
    yield from _drafting(facts)


def _collecting(facts: Facts) -> Iterator[Step]:
    if facts.errors:
        yield Step(
            "look at what could not be used",
            f"{_count(facts.errors, 'error')} in the submissions",
            "uprreport check",
            "submissions/",
        )
    if facts.to_correct:
        yield correction_step(facts.to_correct)
    if facts.unread:
        more = f" and {len(facts.unread) - 1} more" if len(facts.unread) > 1 else ""
        yield Step(
            "look at the files in submissions/ that are not read",
            f"{facts.unread[0]}{more}",
            "uprreport check",
            "submissions/",
        )
    if facts.open_questions:
        yield Step(
            "decide the open questions",
            f"{_count(facts.open_questions, 'question')} waiting for a decision",
            "",
            "decisions.xlsx",
        )
    if facts.awaited and not facts.sheets_missing:
        why = f"waiting for {', '.join(facts.awaited)}"
        yield Step("send out the sheets, and put what comes back into submissions/", why, "", "sheets/")
    if not facts.is_overdue:
        yield from _reminding(facts)


def _reminding(facts: Facts) -> Iterator[Step]:
    """Who owes an answer: what is late comes first of all, what is not due yet last."""
    parts = []
    if facts.late:
        parts.append(f"nothing has come from {', '.join(facts.late)}")
    if facts.partial:
        parts.append(f"rows without an answer: {', '.join(facts.partial)}")
    if parts:
        step = (
            "remind the agencies that are late" if facts.is_overdue else "ask for the rows without an answer"
        )
        yield Step(step, "; ".join(parts), "uprreport sheets --remind", "build/mail/")


def correction_step(agencies: tuple[str, ...]) -> Step:
    """What to do about errors in the sheets of some agencies."""
    return Step(
        "give the agencies back what they must correct",
        ", ".join(agencies),
        "uprreport sheets --corrections",
        "build/corrections/",
    )


def _drafting(facts: Facts) -> Iterator[Step]:
    if not facts.submissions:
        return
    if facts.drafted:
        yield Step("revise the draft in Word", "the draft is there", "", "build/draft.docx")
        why = "it says what is still pending"
        yield Step("finish the revised draft", why, "uprreport finish REVISED.docx", "build/draft.docx")
    else:
        yield Step("write the draft", "submissions have come", "uprreport build", "build/draft.docx")


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
