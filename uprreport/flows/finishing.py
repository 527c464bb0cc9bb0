"""The end: the document that is sent, once nothing is pending, and an archive of what it was made from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from uprreport import __version__
from uprreport.files.office import ACCESSIBLE, MEASURED, Office, open_office
from uprreport.files.pdf import pages_of_bookmarks
from uprreport.files.pdf_figures import describe_figures
from uprreport.files.word import contents
from uprreport.files.word.final import Colophon, Final, figures_of, make_final, read_final
from uprreport.files.word.manifest import Manifest, plots_of
from uprreport.files.word.marks import marks_as_generated, stands_in
from uprreport.files.word.pending import read_marks
from uprreport.files.word.revised import Revised
from uprreport.findings import UprReportError
from uprreport.flows.approvals import signed_agencies
from uprreport.flows.base import Result, collect, judge, load
from uprreport.flows.draft import render
from uprreport.flows.history import dates_of, labels_of, withheld_passages
from uprreport.flows.returns import carry_comments, find_manifest, read_revised
from uprreport.flows.rounds import Opened, withheld_left
from uprreport.flows.untaken import untaken_in
from uprreport.review import SETTINGS_FILE, ReviewFolder, write_file, write_folder
from uprreport.revise import finish as judging
from uprreport.revise.clearance import asked_pairs, digests, read_standing
from uprreport.revise.finish import Pending
from uprreport.revise.signoffs import judge_sign_offs, load_asked, load_sign_offs
from uprreport.revise.untaken import Untaken
from uprreport.revise.update import update_draft
from uprreport.revise.withheld import Passages
from uprreport.steps import Step

UNKNOWN = ""
"""The id of the manifest of a draft that has none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``finish`` was asked to do: where to write, and whether to go on although something is pending."""

    out: Path | None = None
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """What ``finish`` gives: its result for a terminal or JSON, and lines about what is pending.

    ``has_office`` tells whether LibreOffice is there, ``paged`` whether the contents have numbers of pages.
    """

    result: Result
    lines: tuple[str, ...]
    has_office: bool = False
    paged: bool = False


def finish(path: Path, file: Path, asked: Asked, today: datetime.date) -> Finished:
    """Write the final of a revised draft as .docx and, with LibreOffice, .pdf, and archive what it came from.

    While something is pending nothing is written, unless asked to go ``anyway``; what is not for publication
    is never written. Raises ``UprReportError`` when the file is no draft of this review, or a final of that
    name exists already.
    """
    opened = _open(path, file, today)
    folder = opened.folder
    target = _target(folder, file, asked.out)
    final = make_final(file.read_bytes(), _colophon(opened, today, asked.anyway))
    said = tuple(read_final(final.content))
    untaken = untaken_in(opened)
    pending = judging.add_up(_judge(opened, (final, said, untaken), file, today))
    lines = tuple(judging.pending_lines(pending))
    if pending and not (asked.anyway and _may_go(pending, said, marks_as_generated(opened.base))):
        document = _document(folder, (pending, untaken), final)
        shown = folder.show(file)
        command = f'uprreport finish "{shown}"' if " " in shown else f"uprreport finish {shown}"
        step = Step("settle what is listed, then finish again", "", command)
        return Finished(Result(document, opened.findings, steps=(step,)), lines)
    with open_office() as office:
        content, paged = number_pages(final.content, office)
        pdf = office.print(content, ACCESSIBLE) if office is not None else None
    pdf = describe_figures(pdf, figures_of(content)) if pdf is not None else None
    made = {target: content, **({target.with_suffix(".pdf"): pdf} if pdf is not None else {})}
    archive = _archive(folder, file, made, today)
    _keep(folder, target, untaken)
    for place, written in reversed(made.items()):  # the .docx last: where it stands, all was done
        write_file(place, written)
    document = _document(folder, (pending, untaken), final, (*made, archive))
    step = Step("read the final once from first to last page, then send it", "", "", folder.show(target))
    result = Result(document, opened.findings, tuple(made), steps=(step,))
    return Finished(result, lines, office is not None, paged)


def _may_go(pending: tuple[Pending, ...], said: tuple[str, ...], generated: frozenset[str]) -> bool:
    """Whether a final may be written although something is pending: it must not show what is withheld."""
    is_never = any(told.kind in judging.NEVER for told in pending)
    return not is_never and not any(stands_in(line, generated) for line in said)


def _document(
    folder: ReviewFolder,
    left: tuple[tuple[Pending, ...], tuple[Untaken, ...]],
    final: Final,
    written: tuple[Path, ...] = (),
) -> dict[str, Any]:
    """``written`` are the .docx, perhaps the .pdf, and the archive; nothing when nothing was written."""
    shown = [folder.show(place) for place in written]
    pending, untaken = left
    return {
        "output": shown[0] if shown else None,
        "pdf": shown[1] if len(shown) > 2 else None,
        "pending": [told.document() for told in pending],
        "not_taken": [told.document() for told in untaken],
        "labels_kept": list(final.kept),
        "made_plain": list(final.settled),
        "marks_removed": list(final.dropped) if written else [],
        "archive": shown[-1] if shown else None,
    }


def _keep(folder: ReviewFolder, target: Path, untaken: tuple[Untaken, ...]) -> None:
    """Answers that are not in a final are kept beside it, for the coordinator: none goes without a trace."""
    if untaken:
        text = "\n\n".join(f"{told.heading}\n{told.text}" for told in untaken)
        write_file(folder.build / "internal" / f"{target.stem}-not-taken.txt", f"{text}\n".encode())


# Opening ----------------------------------------------------------------------------------------------


def _open(path: Path, file: Path, today: datetime.date) -> Opened:
    review = load(path, today)
    collected = collect(review)
    merged, findings = judge(review, collected)
    revised = read_revised(file, today)
    base = find_manifest(revised, review.folder)
    if base is None:
        if not any(revised.anchors(node) for node in revised.nodes()):
            raise UprReportError(
                f"{revised.shown} is no draft that uprreport made, or is finished already",
                "name the revised draft, as it came back from the editors",
            )
        base = Manifest(UNKNOWN, review.folder.settings.id, __version__, "")
    return Opened(review, collected, merged, findings, revised, base)


def _target(folder: ReviewFolder, file: Path, out: Path | None) -> Path:
    target = out or file.with_name(f"{file.stem}-final.docx")
    if target.suffix.lower() != ".docx":
        raise UprReportError(f"{target.name} is no name of a Word file", "name a file that ends in .docx")
    for place in (target, target.with_suffix(".pdf")):
        if place.exists():
            raise UprReportError(
                f"{folder.show(place)} exists already, and is not overwritten",
                "name another file with -o, or move that one away",
            )
    return target


def _colophon(opened: Opened, today: datetime.date, drops: bool) -> Colophon:
    folder, base = opened.folder, opened.base
    labels = labels_of(folder, base) if base.id != UNKNOWN else None
    dates = dates_of(folder, base)
    return Colophon(
        folder.settings.state, today, labels, dates, plots_of(base), marks_as_generated(base), drops
    )


# Judging ----------------------------------------------------------------------------------------------


def _judge(
    opened: Opened, made: tuple[Final, tuple[str, ...], tuple[Untaken, ...]], file: Path, today: datetime.date
) -> Iterator[Pending]:
    """Everything that is pending: in the draft, in what it was made from, and between the two."""
    base = opened.base
    final, said, untaken = made
    standing = read_standing(opened.revised, base)
    titles = {block.anchor: block.title for block in base.blocks}
    held = withheld_passages(opened.collected, opened.merged)
    yield from judging.from_withheld(withheld_left(opened), said, held)
    if base.id == UNKNOWN:
        yield Pending("manifest", 1, where=opened.revised.shown)
    else:
        yield from _from_data(opened, file, today)
    apart = {thread for told in untaken for thread in told.threads}
    yield from judging.from_untaken(untaken)
    marks = read_marks(opened.revised.parts, titles, marks_as_generated(base), apart)
    yield from judging.from_marks(marks)
    yield from judging.from_closed(final.closed)
    yield from judging.from_labels((*final.kept, *final.dropped))
    yield from judging.from_texts(standing, _foreign(opened))
    yield from judging.from_questions(opened.merged.records.open_questions)
    path = opened.folder.history / "clearance.json"
    judged = judge_sign_offs(load_sign_offs(path), digests(standing))
    yield from judging.from_pairs(judged.pending(asked_pairs(standing)), load_asked(path))
    submissions = opened.collected.submissions
    stale = [finding.agency for finding in opened.findings if finding.code == "approval-stale"]
    yield from judging.from_submissions(submissions, signed_agencies(opened.folder, submissions), stale)


def _from_data(opened: Opened, file: Path, today: datetime.date) -> Iterator[Pending]:
    """What an update would do now, tried on a copy."""
    copy = read_revised(file, today)
    titles = {block.id: block.title for block in opened.base.blocks}
    _, carried = carry_comments(copy, opened.base, opened.review)
    proposals = [
        titles.get(c["block"], c["block"]) for c in carried if c["outcome"] in ("carried", "comment")
    ]
    fresh = Revised(file.read_bytes(), copy.shown, today)
    draft, _ = render(opened.review, opened.merged, today)
    yield from judging.from_plans(update_draft(fresh, opened.base, draft, today).plans, proposals)


def _foreign(opened: Opened) -> Passages:
    settings, register = opened.folder.settings, opened.review.register
    languages = {agency.id: agency.language or settings.sheet_language for agency in register.agencies}
    texts = judging.foreign_texts(opened.collected.submissions, languages, settings.language)
    return Passages(texts, [item.text for item in register.items])


# Pages ------------------------------------------------------------------------------------------------


def number_pages(content: bytes, office: Office | None) -> tuple[bytes, bool]:
    """The final with numbers of pages in its contents, where LibreOffice can tell them.

    They are measured on a copy with numbers of equal width in their place, which moves no line.
    """
    names = contents.listed_bookmarks(content)
    if office is None or not names:
        return content, False
    held = dict.fromkeys(names, "00")
    printed = office.print(contents.number(content, held, is_final=False), MEASURED)
    pages = pages_of_bookmarks(printed, names) if printed is not None else {}
    if not pages:
        return content, False
    return contents.number(content, {name: str(page) for name, page in pages.items()}), True


# The archive ------------------------------------------------------------------------------------------

_INPUTS = (
    *(SETTINGS_FILE, "register.xlsx", "decisions.xlsx", "translations.xlsx"),
    *("history/clearance.json", "history/approvals.json"),
)
_FOLDERS = ("submissions", "comments", "templates", "schemas")


def _archive(folder: ReviewFolder, file: Path, made: Mapping[Path, bytes], today: datetime.date) -> Path:
    """Keep inputs, working copy and final together; a second final of a day gets a number."""
    files = {f"inputs/{name}": content for name, content in _inputs(folder)}
    files[f"working/{file.name}"] = file.read_bytes()
    files |= {f"final/{place.name}": content for place, content in made.items()}
    day = today.isoformat()
    names = (day if number == 1 else f"{day}-{number}" for number in count(1))
    place = next(place for name in names if not (place := folder.archive / name).exists())
    write_folder(place, files)
    return place


def _inputs(folder: ReviewFolder) -> Iterator[tuple[str, bytes]]:
    for name in _INPUTS:
        if (folder.path / name).is_file():
            yield name, (folder.path / name).read_bytes()
    for name in _FOLDERS:
        for path in sorted((folder.path / name).rglob("*")):
            if path.is_file():
                yield path.relative_to(folder.path).as_posix(), path.read_bytes()
