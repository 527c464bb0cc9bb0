"""Rounds that a revised draft goes through: clearance by its agencies, consultation with others."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from uprreport import __version__
from uprreport.collect.comments import Asked, form_properties, form_tabs
from uprreport.collect.merge import Merged
from uprreport.files.word.clearance import ClearanceFile, Form, Passage, write_clearance
from uprreport.files.word.everywhere import read_everything
from uprreport.files.word.manifest import Manifest, plots_of
from uprreport.files.word.regions import RegionText
from uprreport.files.word.revised import Revised
from uprreport.findings import Finding, Location, UprReportError
from uprreport.flows.base import Collected, Findings, Result, Review, collect, judge, load
from uprreport.flows.history import dates_of, labels_of, withheld_passages, withheld_scope
from uprreport.flows.returns import base_manifest, read_revised
from uprreport.review import ReviewFolder, shipped, write_file
from uprreport.revise.clearance import Standing, agencies_of, read_standing, title_of
from uprreport.revise.sent import Sent
from uprreport.revise.signoffs import add_asked
from uprreport.revise.withheld import in_scope, places_of
from uprreport.steps import Step

TEMPLATE = "midterm-report.docx"
HEADING = "{state}: voluntary mid-term report, Universal Periodic Review"


@dataclass(frozen=True, slots=True)
class Opened:
    """A review folder, its data, and a revised draft with what it was made from."""

    review: Review
    collected: Collected
    merged: Merged
    findings: Findings
    revised: Revised
    base: Manifest

    @property
    def folder(self) -> ReviewFolder:
        """The review folder."""
        return self.review.folder

    @property
    def heading(self) -> str:
        """What the round is about, in words."""
        return HEADING.format(state=self.folder.settings.state)


def open_draft(path: Path, file: Path, today: datetime.date) -> Opened:
    """Read a review folder and a revised draft. Raises ``UprReportError`` when either cannot be used."""
    review = load(path, today)
    collected = collect(review)
    merged, findings = judge(review, collected)
    revised = read_revised(file, today)
    return Opened(review, collected, merged, findings, revised, base_manifest(revised, review.folder))


# Clearance ----------------------------------------------------------------------------------------------


def export_clearance(
    path: Path, file: Path, agencies: Sequence[str], out: Path | None, today: datetime.date
) -> Result:
    """Write a clearance file for each agency that is a source of the revised draft, or for the named ones.

    A passage that holds words that are no longer for publication is left out, and told.
    """
    opened = open_draft(path, file, today)
    folder = opened.folder
    is_withheld = withheld_in(opened)
    standing = read_standing(opened.revised, opened.base)
    left_out = tuple(told for told in standing if is_withheld(told))
    own = tuple(_withheld(folder.show(file), title_of(told.blocks)) for told in left_out)
    asked = agencies_of(told for told in standing if told not in left_out)
    target = out or folder.build / "clearance"
    written: list[Path] = []
    kept: list[Path] = []
    document: dict[str, object] = {}
    for agency in _named(opened, asked, agencies):
        made = make_clearance(opened, agency, asked[agency], today)
        place = _free_place(target / f"{agency}-clearance.docx", made.content, kept)
        write_file(folder.history / "manifests" / f"{made.manifest_id}.xml", made.manifest)
        write_file(place, made.content)
        written.append(place)
        document[agency] = {"file": folder.show(place), "passages": len(asked[agency])}
    add_asked(folder.history / "clearance.json", document)
    step = Step(
        "send each agency its file, and bring back what returns",
        "",
        "uprreport update REVISED.docx --with FILE",
    )
    findings = (*opened.findings, *own)
    return Result({"clearance": document}, findings, tuple(written), tuple(kept), (step,), own)


def _named(opened: Opened, asked: Mapping[str, object], agencies: Sequence[str]) -> list[str]:
    """The agencies to write for, in the register's order."""
    known = [agency.id for agency in opened.review.register.agencies]
    for name in agencies:
        if name not in known and name not in asked:
            raise UprReportError(
                f"{name} is not an agency of the register", f"its ids are: {', '.join(known)}"
            )
        if name not in asked:
            raise UprReportError(
                f"nothing in the draft comes from {name}", f"agencies with passages in it: {', '.join(asked)}"
            )
    ordered = [*(a for a in known if a in asked), *(a for a in asked if a not in known)]
    if not ordered:
        raise UprReportError(
            "no passage of this draft comes from an agency",
            "build it anew once answers have come",
        )
    return [agency for agency in ordered if not agencies or agency in agencies]


def _free_place(target: Path, content: bytes, kept: list[Path]) -> Path:
    """Where a file can be written: one that somebody touched stays, and the new one gets a letter."""
    from uprreport.files.word.seal import is_edited

    place = target
    for suffix in "bcdefghijklmnopqrstuvwxyz":
        if not place.exists() or place.read_bytes() == content or not is_edited(place.read_bytes()):
            return place
        kept.append(place)
        place = target.with_stem(f"{target.stem}-{suffix}")
    raise UprReportError(f"{target.name} and all its copies were edited", "move them to another folder")


def make_clearance(
    opened: Opened, agency: str, standing: Sequence[Standing], today: datetime.date
) -> ClearanceFile:
    """One agency's clearance file: its own answers of today beside the passages as they read."""
    settings = opened.folder.settings
    found = opened.review.register.agency(agency)
    sent = Sent(agency, opened.merged.records, opened.collected.submissions, opened.folder.schema)
    form = Form(
        agency=agency,
        agency_name=found.name if found and found.name else agency,
        heading=opened.heading,
        review=settings.id,
        author=settings.state,
        language=settings.language,
        version=__version__,
        today=today,
        passages=tuple(_passage(opened, told, sent) for told in standing),
    )
    return write_clearance((shipped("templates") / TEMPLATE).read_bytes(), form)


def _passage(opened: Opened, told: Standing, sent: Sent) -> Passage:
    title = title_of(told.blocks)
    label = told.blocks[0].label.strip("[]").split(" · ")[0] or title
    sources = [source for block in told.blocks for source in block.sources]
    items = {item.number: item for item in opened.review.register.items}
    numbers = [n for n in dict.fromkeys(source.number for source in sources) if n in items]
    lines = " ".join(line for _, line in told.text.paragraphs)
    about = tuple(
        items[number].text if number == title else f"{number}  {items[number].text}"
        for number in (numbers if all(b.id.startswith("rec:") for b in told.blocks) else ())
        if items[number].text not in lines
    )
    return Passage(title, about, sent.on(sources), told.text, f"[{label}]", told.blocks)


# What is no longer for publication ------------------------------------------------------------------------


def withheld_in(opened: Opened) -> Callable[[Standing], bool]:
    """Whether a passage holds words of an answer that is no longer for publication."""
    held = withheld_passages(opened.collected, opened.merged)
    is_held = in_scope(withheld_scope(opened.merged))

    def is_withheld(told: Standing) -> bool:
        if any(is_held(source) for block in told.blocks for source in block.sources):
            return True
        return bool(held) and any(held.is_in(line) for line in _lines(told.text))

    return is_withheld


def withheld_left(opened: Opened) -> tuple[str, ...]:
    """Where a draft holds words that are no longer for publication: passages by their titles, then all other
    places, such as struck words, comments, boxes, properties and workbooks behind charts."""
    is_withheld = withheld_in(opened)
    own = [told for told in read_standing(opened.revised, opened.base) if is_withheld(told)]
    held = withheld_passages(opened.collected, opened.merged)
    said = read_everything(opened.revised.parts) if held else ()
    known = [line for told in own for line in _lines(told.text)]
    return (*(title_of(told.blocks) for told in own), *places_of(said, held.is_in, known))


def _lines(text: RegionText) -> list[str]:
    cells = [cell for table in text.tables for row in table for cell in row]
    return [*(line for _, line in text.paragraphs), *cells, *(note for _, note in text.notes), *text.boxes]


def _withheld(shown: str, title: str) -> Finding:
    return Finding("withheld-in-draft", Location(shown), value=title, heading=title)


# Consultation ---------------------------------------------------------------------------------------------


def export_consultation(path: Path, file: Path, out: Path | None, today: datetime.date) -> Result:
    """Write a copy of the revised draft for consultation, and a comment form that goes with it.

    Nothing is written while the draft holds words that are no longer for publication.
    """
    from uprreport.files.word.consultation import (
        accept_changes,
        clean_copy,
        placeholders,
        without_reasons,
    )
    from uprreport.files.word.final import Colophon
    from uprreport.files.word.marks import CONSULTATION

    opened = open_draft(path, file, today)
    folder = opened.folder
    standing = read_standing(opened.revised, opened.base)
    is_withheld = withheld_in(opened)
    own = tuple(_withheld(folder.show(file), title_of(t.blocks)) for t in standing if is_withheld(t))
    if own:
        step = Step("take withheld words out of the draft", "", f"uprreport update {folder.show(file)}")
        return Result(
            {"document": None, "form": None, "passages": 0, "marks": 0}, own, steps=(step,), own=own
        )
    accepted = accept_changes(file.read_bytes())
    target = out or folder.build / "consultation"
    document = target / f"{file.stem}-consultation.docx"
    form = target / f"comments-{today.isoformat()}.xlsx"
    mark = CONSULTATION.format(date=f"{today.day} {today:%B %Y}")
    asked = _asked(without_reasons(accepted), opened, today)
    content = _form(opened, asked, document.name, today)
    _refuse_filled(form, content)
    labels, dates = labels_of(folder, opened.base), dates_of(folder, opened.base)
    colophon = Colophon(folder.settings.state, today, labels, dates, plots_of(opened.base))
    write_file(document, clean_copy(file.read_bytes(), colophon, mark))
    write_file(form, content)
    told = {
        "document": folder.show(document),
        "form": folder.show(form),
        "passages": len(asked),
        "marks": placeholders(accepted),
    }
    step = Step("send out both files, and put the forms that return into comments/", "", "uprreport merge")
    return Result(told, opened.findings, (document, form), steps=(step,))


def _asked(accepted: bytes, opened: Opened, today: datetime.date) -> list[Asked]:
    from uprreport.revise.consultation import read_consulted

    found = read_consulted(Revised(accepted, opened.revised.shown, today), opened.base)
    return [Asked(told.block, told.title, told.paragraph, told.text) for told in found]


def _form(opened: Opened, asked: Sequence[Asked], document: str, today: datetime.date) -> bytes:
    from uprreport.files.excel.seal import write_sealed

    review = opened.folder.settings.id
    tabs = form_tabs(asked, opened.folder.schema("comments"), review, opened.heading, document)
    return write_sealed(tabs, properties=form_properties(review, opened.base.id), created=today)


def _refuse_filled(form: Path, content: bytes) -> None:
    """A form of that name that somebody filled in is never overwritten."""
    from uprreport.files.excel.seal import is_untouched

    if form.exists() and form.read_bytes() != content and not is_untouched(form):
        raise UprReportError(
            f"{form.name} was opened or filled in, and is not overwritten",
            "move it to the folder comments/, or name another folder with -o",
        )
