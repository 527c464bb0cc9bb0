"""What a browser makes of the page of ``trace --html``: its filter, its layout on a laptop, its print."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Browse
from test_revise_trace_page import ABOUT, BLOCK, EDITED, NASTY, TEMPLATE, articles
from uprreport.revise.trace import Traced
from uprreport.revise.trace_page import trace_page

pytestmark = pytest.mark.apps

BLOCKS = (
    BLOCK,
    replace(EDITED, id="rec:140.8/measures", title="140.8"),
    replace(EDITED, id="rec:140.9/measures", title="140.9", found="deleted", text=None),
    replace(BLOCK, id="rec:140.10/measures", title="140.10", found="by text", section="Noted"),
    replace(EDITED, id="rec:140.11/measures", title="140.11", generated=NASTY, text=f"{NASTY} {'long' * 60}"),
)

MEASURE = """
<script>
addEventListener("load", () => {
  const told = {};
  for (const way of ["all", "edited", "deleted", "by-text"]) {
    document.getElementById("show-" + way).checked = true;
    const seen = [...document.querySelectorAll("article, h2")].filter(e => e.offsetParent !== null);
    told[way] = seen.map(e => (e.querySelector("h3") || e).textContent).join(" ");
  }
  const [left, right] = document.querySelectorAll("article.edited table.texts td");
  told.beside = left.getBoundingClientRect().right <= right.getBoundingClientRect().left + 1 &&
                left.getBoundingClientRect().top === right.getBoundingClientRect().top;
  told.fits = document.documentElement.scrollWidth <= innerWidth;
  document.body.dataset.told = Object.entries(told).map(([k, v]) => k + "=" + v).join(";");
});
</script>
"""


def write(path: Path, *blocks: Traced, more: str = "") -> Path:
    page = trace_page(TEMPLATE, ABOUT, blocks).replace("</body>", f"{more}</body>")
    path.write_text(page, encoding="utf-8")
    return path


def measured(path: Path, chromium: Browse, width: int) -> dict[str, str]:
    dom = chromium(write(path, *BLOCKS, more=MEASURE), f"--window-size={width},900", "--dump-dom")
    found = re.search(r'data-told="([^"]*)"', dom)
    assert found is not None
    return dict(part.split("=", 1) for part in found[1].split(";"))


@pytest.mark.parametrize("width", [1280, 1024])
def test_page__at_a_laptops_width__both_texts_stand_beside_each_other(
    tmp_path: Path, chromium: Browse, width: int
) -> None:
    told = measured(tmp_path / "trace.html", chromium, width)
    assert (told["beside"], told["fits"]) == ("true", "true")


def test_page__filter__shows_what_it_says_and_no_empty_chapter(tmp_path: Path, chromium: Browse) -> None:
    told = measured(tmp_path / "trace.html", chromium, 1280)
    assert told["all"] == "Supported 140.7 140.8 140.9 140.11 Noted 140.10"
    assert told["edited"] == "Supported 140.8 140.11"
    assert told["deleted"] == "Supported 140.9"
    assert told["by-text"] == "Noted 140.10"


def test_page__in_a_browser__every_text_is_text(tmp_path: Path, chromium: Browse) -> None:
    dom = chromium(write(tmp_path / "trace.html", *BLOCKS), "--dump-dom")
    assert "<script" not in dom
    assert "onclick=go()>" not in dom
    assert len(articles(dom)) == len(BLOCKS)
    assert "<del>Twelve</del>" in dom


def test_page__printed__holds_every_block(tmp_path: Path, chromium: Browse) -> None:
    target = tmp_path / "trace.pdf"
    chromium(write(tmp_path / "trace.html", *BLOCKS), f"--print-to-pdf={target}", "--no-pdf-header-footer")
    text = subprocess.run(["pdftotext", str(target), "-"], capture_output=True, text=True, check=True).stdout
    assert [title for title in ("140.7", "140.8", "140.9", "140.10", "140.11") if title not in text] == []
    assert "A dozen midwives." in text
    assert "Edited: 2" not in text  # the filter is for the screen
