"""What an update did, told block by block: as JSON, as lines for a terminal, as a page to print."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from uprreport.files.word.fields import readable
from uprreport.revise.blocks import BlockPlan, show
from uprreport.revise.charts import show_rows
from uprreport.revise.update import Updated
from uprreport.revise.wordwise import Piece, compare

Joined = tuple[str, tuple[BlockPlan, ...]]
"""The name of another copy, and what became of each block when it was joined."""

QUIET = ("same", "kept")
"""What becomes of most blocks, and is only counted."""

ORDER = ("conflict", "merged", "replaced", "absorbed", "added", "removed", "deleted")

MEANING: Mapping[str, str] = {
    "conflict": "Both changed the same sentences: yours stand, the newer ones are in a comment; what else "
    "changed came in tracked.",
    "merged": "Both changed, at different words: yours stand, the newer words come in tracked.",
    "replaced": "The data changed, nobody had edited it: tracked changes.",
    "absorbed": "Several blocks share one paragraph: news come in comments.",
    "added": "New: came in tracked at its place.",
    "removed": "The data no longer give it: struck.",
    "deleted": "An editor deleted it: it stays deleted.",
}


def update_document(updated: Updated, output: str | None, joined: Sequence[Joined]) -> dict[str, Any]:
    """What ``update --format json`` prints; both texts stand beside each other where they differ."""
    return {
        "output": output,
        "blocks": [_block(plan) for plan in updated.plans],
        "counts": dict(Counter(plan.change for plan in updated.plans)),
        "copies": [
            {"id": plan.id, "title": plan.title, "count": plan.copies}
            for plan in updated.plans
            if plan.copies
        ],
        "joined": [
            {"file": name, "blocks": [_block(plan) for plan in plans if plan.change not in QUIET]}
            for name, plans in joined
        ],
    }


def _block(plan: BlockPlan) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": plan.id,
        "change": plan.change,
        "title": plan.title,
        "by_text": plan.by_text,
        "withheld": plan.withheld,
    }
    if plan.change not in QUIET:
        told |= {"theirs": theirs_text(plan), "ours": ours_text(plan)}
    return told


def theirs_text(plan: BlockPlan) -> str | None:
    """What the editor's file said; None where the block is not in it."""
    if plan.theirs is None or plan.withheld:
        return None
    lines = [readable(text.strip()) for _, text in plan.theirs.paragraphs]
    lines += [" | ".join(row) for table in plan.theirs.tables for row in table]
    lines += [show_rows(plan.chart.there)] if plan.chart is not None and plan.chart.there else []
    return "\n".join(lines)


def ours_text(plan: BlockPlan) -> str | None:
    """What the data say; None where they no longer give the block."""
    if plan.ours is None:
        return None
    told = show(plan.ours)
    return f"{told}\n{show_rows(plan.chart.now)}" if plan.chart is not None else told


def update_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The same in lines for a terminal: what a person should look at, then the counts."""
    blocks = [block for change in ORDER for block in document["blocks"] if block["change"] == change]
    for block in blocks:
        found = " (found by text)" if block["by_text"] else ""
        yield f"{block['change']:<9} {block['id']}{found}"
    quietly = [block for block in document["blocks"] if block["change"] in QUIET and block["by_text"]]
    if quietly:
        yield f"found by text, unchanged: {len(quietly)}"
    for told in document["copies"]:
        yield f"copied    {told['id']}: stands {told['count'] + 1} times, one is kept up to date"
    for copy in document["joined"]:
        changes = Counter(block["change"] for block in copy["blocks"])
        told = ", ".join(f"{count} {change}" for change, count in changes.items()) or "nothing new"
        yield f"from {copy['file']}: {told}"
    yield from _clearance_lines(document.get("clearance"))
    yield "blocks: " + ", ".join(f"{count} {change}" for change, count in document["counts"].items())
    if document["output"]:
        yield f"updated draft: {document['output']}"


def _clearance_lines(told: Mapping[str, Any] | None) -> Iterator[str]:
    """What agencies signed, refused and remarked; signed text that reads otherwise now must go out again."""
    if told is None:
        return
    for remark in told["remarks"]:
        yield f"remark    {remark['agency']} on {remark['title']}: {' '.join(remark['text'].split())}"
    for answer in ("refused", "reopened"):
        yield from (f"{answer:<9} {pair['agency']}: {pair['block']}" for pair in told[answer])
    counts = [f"{told['cleared']} cleared", *(f"{len(told[a])} {a}" for a in ("refused", "reopened"))]
    yield f"clearance: {', '.join(counts)}"


# The page -----------------------------------------------------------------------------------------------

_STYLE = """
body{font:16px/1.5 Georgia,'Times New Roman',serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
body{color:#1a1a1a}
h1,h2,h3{font-family:Arial,sans-serif;color:#1F3864;line-height:1.25}
h2{border-bottom:2px solid #1F3864;padding-bottom:.2rem;margin-top:2.5rem}
h3{font-size:1rem;margin:1.5rem 0 .3rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #9a9a9a;padding:.5rem .7rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td{white-space:pre-line}
th{background:#eef1f6;font:bold .85rem Arial,sans-serif}
del{background:#fbe3e0;color:#7a1208;text-decoration:line-through}
ins{background:#e2f2e2;color:#0b4d17;text-decoration:underline}
.note{font:.9rem Arial,sans-serif;color:#444}
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}
"""


def update_page(updated: Updated, name: str, joined: Sequence[Joined]) -> str:
    """A page of its own with every block that changed, both texts side by side, words that differ marked."""
    parts = [f"<h1>What changed in {html.escape(name)}</h1>", _counts(updated.plans)]
    parts += _groups(updated.plans, "in the revised draft", "by the data")
    for file, plans in joined:
        parts.append(f"<h1>From {html.escape(file)}</h1>")
        parts += _groups(plans, "in the revised draft", f"in {file}") or ["<p>Nothing new.</p>"]
    body = "\n".join(parts)
    head = f'<meta charset="utf-8"><title>What changed in {html.escape(name)}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'


def _counts(plans: Sequence[BlockPlan]) -> str:
    counts = Counter(plan.change for plan in plans)
    rows = "".join(f"<tr><td>{change}</td><td>{count}</td></tr>" for change, count in counts.items())
    found = [plan.title for plan in plans if plan.by_text]
    told = ""
    if found:
        names = html.escape("; ".join(found))
        told = f'<p class="note">Found by text, since their marks were lost; look through them: {names}.</p>'
    twice = [plan.title for plan in plans if plan.copies]
    if twice:
        names = html.escape("; ".join(twice))
        told += (
            f'<p class="note">Pasted more than once: one of each is kept up to date, a comment on the others '
            f"tells what changed: {names}.</p>"
        )
    return f"<table><tr><th>What became of a block</th><th>Blocks</th></tr>{rows}</table>{told}"


def _groups(plans: Sequence[BlockPlan], theirs: str, ours: str) -> list[str]:
    parts: list[str] = []
    for change in ORDER:
        group = [plan for plan in plans if plan.change == change]
        if not group:
            continue
        parts.append(f'<h2>{change.capitalize()}: {len(group)}</h2><p class="note">{MEANING[change]}</p>')
        parts += [_block_rows(plan, theirs, ours) for plan in group]
    return parts


def _block_rows(plan: BlockPlan, theirs: str, ours: str) -> str:
    found = " (found by text)" if plan.by_text else ""
    title = f"<h3>{html.escape(plan.title)}{found}</h3>"
    if plan.withheld:
        told = "An answer in it is no longer for publication; its text is not shown here."
        return f'{title}<p class="note">{told}</p>'
    left, right = _marked(theirs_text(plan) or "", ours_text(plan) or "")
    heads = f"<tr><th>As it read {html.escape(theirs)}</th><th>As it reads {html.escape(ours)}</th></tr>"
    return f"{title}<table>{heads}<tr><td>{left}</td><td>{right}</td></tr></table>"


def _marked(one: str, other: str) -> tuple[str, str]:
    """Two texts with the words that differ marked."""
    left, right = compare(one, other)
    return "".join(map(_shown, left)), "".join(map(_shown, right))


def _shown(piece: Piece) -> str:
    text = html.escape(piece.text)
    mark = {"gone": "del", "new": "ins"}.get(piece.kind, "")
    return f"<{mark}>{text}</{mark}>" if mark else text
