"""What can go stale: pages made from the code, and the README's own lists."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from conftest import Browse
from uprreport.cli import main
from uprreport.findings import CATALOGUE

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def make_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools" / "make_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(make_docs().PAGES))
def test_page__made_from_the_code__is_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == make_docs().PAGES[name](), "run: make docs"


def test_findings_page__every_code__has_a_paragraph() -> None:
    page = (DOCS / "findings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### (\S+)$", page, re.MULTILINE)) == set(CATALOGUE)


def test_readme__every_command_it_shows__exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^uprreport (\w+)", readme, re.MULTILINE))
    assert shown <= set(main.commands)
    assert shown >= {"new", "import", "sheets", "check", "merge", "build"}


def test_readme__every_file_it_points_to__is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / target).exists(), target


def test_project__speaks__of_no_workplace() -> None:
    words = re.compile(r"\b(sub-?agent|AI agent|this session|/work/|issue #?\d)", re.IGNORECASE)
    suffixes = {".py", ".md", ".toml", ".json", ".txt", ""}
    folders = [
        ROOT / name for name in ("uprreport", "docs", "tests", "tools", "samples", "schemas", "benchmarks")
    ]
    files = [p for folder in folders for p in folder.rglob("*") if p.is_file() and p.suffix in suffixes]
    files += [
        ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "pyproject.toml")
    ]
    for path in files:
        if path != Path(__file__):
            assert not words.search(path.read_text(encoding="utf-8")), path


def names_of(facts: Mapping[str, object], before: str = "") -> Iterator[str]:
    for name, fact in facts.items():
        yield from names_of(fact, f"{before}{name}.") if isinstance(fact, Mapping) else [f"{before}{name}"]


def test_templates_page__every_placeholder__is_documented_and_exists() -> None:
    from drafts import report

    told = report()
    known = set(names_of(told.facts))
    known |= {f"blocks.{name}" for name in told.sections} | {"contents"}
    page = (DOCS / "templates.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\{\{ ([a-z_.0-9]+) \}\}", page)) == known


GUIDES = sorted((ROOT / "docs" / "agencies").glob("guide-*.html"))


@pytest.mark.apps
@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_guide__printed__takes_two_pages_at_most(guide: Path, chromium: Browse, tmp_path: Path) -> None:
    target = tmp_path / "guide.pdf"
    chromium(guide, f"--print-to-pdf={target}", "--no-pdf-header-footer")
    told = subprocess.run(["pdfinfo", str(target)], capture_output=True, text=True, check=True).stdout
    assert 1 <= int(told.partition("Pages:")[2].split()[0]) <= 2
