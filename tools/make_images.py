"""Write docs/images/: pages of the sample's draft, a sheet and a trace, as the programs show them."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from uprreport.collect.sheet import sheet_properties, sheet_tabs, write_sheet
from uprreport.flows.base import load
from uprreport.model import Filled
from uprreport.review import shipped
from uprreport.sample import read_submissions
from uprreport.values import choice_of

DOCS = Path(__file__).parent.parent / "docs" / "images"
TODAY = "2026-04-20"


def pdf(path: Path, folder: Path, *, notes: bool = False) -> Path:
    """A document as LibreOffice prints it; ``notes`` shows comments in the margin."""
    kind = (
        'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"},"ExportNotesInMargin":{"type":"boolean","value":"true"}}'
        if notes
        else "pdf"
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    return folder / f"{path.stem}.pdf"


def page(document: Path, number: int, name: str, *crop: int) -> None:
    """One page as a picture; ``crop`` are left, top, width and height in dots, 80 an inch."""
    target = DOCS / name
    command = ["pdftoppm", "-png", "-singlefile", "-r", "80", "-f", str(number), "-l", str(number)]
    command += [part for flag, dots in zip("xyWH", crop, strict=False) for part in (f"-{flag}", str(dots))]
    subprocess.run([*command, str(document), str(target)], check=True)
    sys.stdout.write(f"docs/images/{name}.png\n")


def revise(draft: Path) -> Path:
    """What an editor does, in two places of the draft."""
    target = draft.with_name("revised.docx")
    edits = {
        b"By Decision No. 61 of 4 June 2024 the Cabinet turned": b"In June 2024 the Government turned",
        b"is expected in July 2026": b"is planned for the summer",
    }
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "word/document.xml":
                for old, new in edits.items():
                    part = part.replace(old, new, 1)
            copy.writestr(entry, part)
    return target


def sheet_images(demo: Path, folder: Path) -> None:
    """One agency's filled sheet in three languages: the part in which it answers."""
    review = load(demo, datetime.date.fromisoformat(TODAY))
    (answers,) = (
        s for s in read_submissions(shipped("samples") / "demo" / "submissions") if s.agency == "moh"
    )
    (found,) = (agency for agency in review.register.agencies if agency.id == "moh")
    schema = review.expected.schema("progress")
    keyed = {
        number: {name: choice_of(schema.column(name), str(raw)) or raw for name, raw in row.items()}
        for number, row in answers.filled.progress.items()
    }
    for code in ("en", "az", "ar"):
        agency = replace(found, language=code)
        tabs = sheet_tabs(review.expected, agency, Filled(progress=keyed))
        path = folder / f"sheet-{code}.xlsx"
        properties = sheet_properties(review.expected, agency)
        path.write_bytes(write_sheet(review.expected, agency, tabs, properties))
        page(pdf(path, folder), 4, f"sheet-{code}", 20, 30, 900, 370)


def browse(path: Path, name: str, width: int, height: int) -> None:
    """A page as Chromium shows it."""
    target = DOCS / f"{name}.png"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--window-size={width},{height}", f"--screenshot={target}", path.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    sys.stdout.write(f"docs/images/{name}.png\n")


def answer_late(folder: Path) -> None:
    """Later answers: other words in two cells of a sheet that had come already."""
    import openpyxl

    path = folder / "submissions" / "Copy of mfa-r1.xlsx"
    book = openpyxl.load_workbook(path)
    later = {
        "focal points in 17 institutions": "focal points in 19 institutions",
        "is expected in July 2026": "is expected in September 2026",
        "Forty-three organizations": "Forty-five organizations",
    }
    for row in book["Progress"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                for old, new in later.items():
                    cell.value = cell.value.replace(old, new)
    book.save(path)


def looks(demo: Path, folder: Path) -> None:
    """The same page of the report in the other template, and in a language that reads from the right."""
    uprreport = [sys.executable, "-m", "uprreport"]
    for name, settings in (
        ("national", 'template = "national-report.docx"'),
        ("report-ar", 'language = "ar"'),
    ):
        other = Path(shutil.copytree(demo, folder / name, ignore=shutil.ignore_patterns("build")))
        held = (other / "review.toml").read_text(encoding="utf-8").splitlines()
        key = settings.partition(" ")[0]
        at = held.index("[report]")
        kept = [line for line in held[at + 1 :] if not line.startswith(f"{key} =") or line.startswith("[")]
        (other / "review.toml").write_text("\n".join([*held[: at + 1], settings, *kept]), encoding="utf-8")
        subprocess.run([*uprreport, "-C", str(other), "build", "-q", "--today", TODAY], check=False)
        draft = other / "build" / f"{name}.docx"
        (other / "build" / "draft.docx").rename(draft)
        page(pdf(draft, folder), 3, name)


def main() -> None:
    DOCS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        uprreport = [sys.executable, "-m", "uprreport"]
        subprocess.run(
            [*uprreport, "new", str(folder / "demo"), "--example", "-q", "--today", TODAY], check=True
        )
        subprocess.run([*uprreport, "-C", str(folder / "demo"), "build", "-q", "--today", TODAY], check=False)
        demo = folder / "demo"
        printed = pdf(demo / "build" / "draft.docx", folder)
        page(printed, 3, "summary")
        page(printed, 6, "draft")
        looks(demo, folder)
        final = demo / "final.docx"
        command = [
            *uprreport,
            "-C",
            str(demo),
            "finish",
            str(demo / "build" / "draft.docx"),
            "-o",
            str(final),
        ]
        subprocess.run([*command, "--anyway", "-q", "--today", TODAY], check=True)
        page(final.with_suffix(".pdf"), 2, "final")
        revised = revise(demo / "build" / "draft.docx")
        page(pdf(revised, folder, notes=True), 6, "revised")
        traced = folder / "trace.html"
        asked = ["rec:140.11/measures", "rec:140.12/measures", "-o", str(traced), "-q", "--today", TODAY]
        subprocess.run([*uprreport, "-C", str(demo), "trace", str(revised), *asked], check=True)
        browse(traced, "trace", 1100, 760)
        answer_late(demo)
        subprocess.run(
            [*uprreport, "-C", str(demo), "update", str(revised), "-q", "--today", "2026-05-12"], check=False
        )
        page(pdf(revised.with_name("revised-updated.docx"), folder, notes=True), 6, "updated")
        sheet_images(demo, folder)


if __name__ == "__main__":
    main()
