"""Ratios beside a named peer, measured in one run; nothing here is a test.

Each line is the median of several alternating runs: ours, theirs, the ratio and the aim.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 7
PEER = """
import sys, openpyxl
for path in sys.argv[1:]:
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cell.value
"""


def median_ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Medians in seconds of both, run in turn so that both see the same machine."""
    times: tuple[list[float], list[float]] = ([], [])
    ours()
    theirs()
    for _ in range(RUNS):
        for found, work in zip(times, (ours, theirs), strict=True):
            start = time.perf_counter()
            work()
            found.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def show(name: str, ours: float, theirs: float, aim: float) -> None:
    ratio = ours / theirs
    verdict = "ok" if ratio < aim else "ABOVE THE AIM"
    print(
        f"{name:<66} {ours:7.3f} s {theirs:7.3f} s  ratio {ratio:5.2f}  aim < {aim:g}  {verdict}", flush=True
    )


def process(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=False)


def check_against_openpyxl(folder: Path) -> None:
    import datetime

    import openpyxl

    from uprreport.flows.base import collect, load, submission_files

    review = load(folder, datetime.date(2026, 4, 20))
    paths = submission_files(review.folder)

    def peer() -> None:
        for path in paths:
            for sheet in openpyxl.load_workbook(path, data_only=True):
                for row in sheet.iter_rows():
                    for cell in row:
                        _ = cell.value

    ours, theirs = median_ratio(lambda: collect(review), peer)
    show("read and check the demo's submissions / openpyxl reads them", ours, theirs, 1)


def check_all_against_openpyxl(folder: Path) -> None:
    paths = [str(path) for path in sorted((folder / "submissions").rglob("*.xlsx"))]
    ours = process("-m", "uprreport", "-C", str(folder), "check", "-q", "--today", "2026-04-20")
    times = median_ratio(ours, process("-c", PEER, *paths))
    show("whole process: check 52 workbooks, 2,091 rows / openpyxl reads them", *times, 1)


def build_against_openpyxl(folder: Path) -> None:
    paths = [str(path) for path in sorted((folder / "submissions").rglob("*.xlsx"))]
    ours = process("-m", "uprreport", "-C", str(folder), "build", "-q", "--today", "2026-04-20")
    times = median_ratio(ours, process("-c", PEER, *paths))
    show("whole process: build / openpyxl reads the submissions", *times, 2)


def update_against_build(folder: Path) -> None:
    """Every tenth answer is another one; the revised draft is updated and the folder built, in turn."""
    common = ["-m", "uprreport", "-C", str(folder)]
    process(*common, "build", "-q", "--today", "2026-04-20")()
    revised = folder / "revised.docx"
    revised.write_bytes((folder / "build" / "draft.docx").read_bytes())
    change_answers(folder)
    ours = process(*common, "update", str(revised), "--dry-run", "-q", "--today", "2026-05-20")
    times = median_ratio(ours, process(*common, "build", "-q", "--today", "2026-04-20"))
    show("whole process: update / build, 852 recommendations", *times, 3)


def change_answers(folder: Path) -> None:
    """Another word in every tenth answer of every agency."""
    import openpyxl

    for path in sorted((folder / "submissions").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        for row in list(book["Progress"].iter_rows())[1::10]:
            for cell in row:
                if isinstance(cell.value, str) and len(cell.value.split()) > 20:
                    cell.value = cell.value.replace("the", "every", 1)
        book.save(path)


def help_against_click() -> None:
    times = median_ratio(process("-m", "uprreport", "--help"), process("-c", "import click"))
    show("whole process: --help / import click", *times, 2)


def growth_of_build(folder: Path) -> None:
    """Ten times as many recommendations and answers, once each: what grows faster than they do shows."""
    from large import make_large

    small, large = (make_large(folder / str(count), count, 52) for count in (1000, 10_000))
    times = [timed(process("-m", "uprreport", "-C", str(path), "build", "-q")) for path in (large, small)]
    show("whole process: build, 10,000 / 1,000 recommendations", *times, 12)


def timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def memory_of_build(folder: Path, count: int, most: int) -> None:
    arguments = [sys.executable, "-m", "uprreport", "-C", str(folder), "build", "-q", "--today", "2026-04-20"]
    code = (
        "import subprocess, sys, resource; subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    megabytes = int(told.stdout) * unit / 1e6
    verdict = "ok" if megabytes < most else "ABOVE THE AIM"
    what = f"memory of a build with {count} recommendations"
    print(f"{what:<66} {megabytes:7.0f} MB{'':>24} aim < {most} MB  {verdict}")


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    from large import make_large

    with tempfile.TemporaryDirectory() as name:
        demo = Path(name) / "demo"
        new = ["-m", "uprreport", "new", str(demo), "--example", "-q"]
        subprocess.run([sys.executable, *new], check=True, capture_output=True)
        help_against_click()
        check_against_openpyxl(demo)
        build_against_openpyxl(demo)
        check_all_against_openpyxl(make_large(Path(name) / "many", 697, 52, 2))
        large = make_large(Path(name) / "large")
        memory_of_build(large, 254, 150)
        build_against_openpyxl(large)
        largest = make_large(Path(name) / "largest", 852, 52)
        memory_of_build(largest, 852, 400)
        build_against_openpyxl(largest)
        update_against_build(largest)
        growth_of_build(Path(name))


if __name__ == "__main__":
    main()
