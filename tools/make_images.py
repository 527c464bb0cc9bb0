"""Write docs/images/: a page of the sample's draft and a progress sheet, as LibreOffice shows them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs" / "images"
TODAY = "2026-04-20"


def pdf(path: Path, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
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


def main() -> None:
    DOCS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        uprreport = [sys.executable, "-m", "uprreport"]
        subprocess.run(
            [*uprreport, "new", str(folder / "demo"), "--example", "-q", "--today", TODAY], check=True
        )
        subprocess.run([*uprreport, "-C", str(folder / "demo"), "build", "-q", "--today", TODAY], check=False)
        page(pdf(folder / "demo" / "build" / "draft.docx", folder), 5, "draft")
        (filled,) = (folder / "demo" / "submissions").glob("MoH*.xlsx")
        page(pdf(filled, folder), 5, "sheet", 20, 30, 900, 370)


if __name__ == "__main__":
    main()
