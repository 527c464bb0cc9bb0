"""The table of allowed imports (docs/decisions/0001-house.md) against the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import uprreport

PACKAGE = Path(uprreport.__file__).parent
LEAVES = {
    "model",
    "findings",
    "language",
    "text",
    "values",
    "vocabulary",
    "counts",
    "schema",
    "review",
    "files",
}
ALLOWED = {
    "__init__": set(),
    "__main__": {"cli"},
    "text": set(),
    "numerals": set(),
    "language": {"numerals", "text"},
    "catalogue": set(),
    "findings": {"catalogue", "language"},
    "model": {"findings", "model", "text"},
    "vocabulary": {"text"},
    "counts": {"model", "text"},
    "values": {"language", "model", "text", "schema", "vocabulary"},
    "schema": {"findings", "language", "model", "text", "values", "vocabulary"},
    "review": {"findings", "schema"},
    "steps": set(),
    "sample": {"model"},
    "console": {"findings"},
    "files": {"findings", "language", "model", "schema", "text", "values", "files"},
    "register": LEAVES | {"register"},
    "collect": LEAVES | {"collect"},
    "report": LEAVES | {"report", ""},  # its version is part of a manifest
    "revise": LEAVES | {"revise"},
    "locale": LEAVES | {"locale"},
    "flows": LEAVES | {"register", "collect", "report", "revise", "locale", "flows", "sample", "steps", ""},
    "cli": {"", "findings", "text", "console", "flows", "cli"},
}
FORMATS = {"openpyxl", "python_calamine", "xlsxwriter", "docx", "lxml", "docxtpl", "xlrd"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "uprreport":
                yield from (f"uprreport.{alias.name}" for alias in node.names)
            else:
                yield node.module


def part_of(module: str) -> str:
    name = module.split(".")[1]
    return "" if name.startswith("__") else name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module__imports__only_what_the_table_allows(path: Path) -> None:
    used = {part_of(module) for module in imported(path) if module.startswith("uprreport.")}
    assert used <= ALLOWED[name_of(path)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module__outside_files__touches_no_format(path: Path) -> None:
    used = {module.split(".")[0] for module in imported(path)} & FORMATS
    assert not used or name_of(path) == "files"


def test_table__every_part__exists() -> None:
    assert set(ALLOWED) == {name_of(path) for path in MODULES}


def test_packages__each__says_what_may_live_there() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
