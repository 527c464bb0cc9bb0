"""What is to be done with a block's chart: its data as a whole, since nobody can track changes in a chart.

The same three decide as for texts: what was generated, what the editor's chart shows, what the data say now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from uprreport.files.word.charts import rows_of
from uprreport.files.word.manifest import ManifestBlock
from uprreport.files.word.plots import Grid, Plot, PlotOffer, Seen
from uprreport.files.word.threads import Thread
from uprreport.model import Block
from uprreport.revise.tables import same_tables

UPDATED = "This chart was brought up to date; changes in a chart cannot be tracked."
NEWER = "The data of this chart changed, and it was changed here. Newer data:"
GONE = "The data of the chart that stood here changed. They now are:"
OWN_ALTERNATIVE = "Its alternative text was written here: look whether it still holds."


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number of a chart: its category and series, what the draft shows, what the data say."""

    category: str
    series: str
    there: str
    now: str


ChartChange = Literal["same", "kept", "replaced", "conflict"]


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """What to do with a block's chart.

    ``there`` is what it shows in the draft (nothing where it is gone), ``now`` what the data say; ``redraws``
    tells that it is to show them, with ``alternative`` for a new alternative text or None. ``after`` is the
    chart's entry in the manifest.
    """

    change: ChartChange
    after: Plot
    there: Grid
    now: Grid
    redraws: bool = False
    alternative: str | None = None
    comment: str = ""
    drop: tuple[str, ...] = ()

    @property
    def touches(self) -> bool:
        """Whether anything in the document changes."""
        return self.redraws or bool(self.comment or self.drop)

    def without_data(self) -> ChartPlan:
        """The same with a comment that tells no numbers, neither those that were nor those that came."""
        return replace(self, comment=UPDATED if self.redraws else "")


def seen_chart(drawn: Iterable[Seen], block: ManifestBlock) -> Seen | None:
    """The drawing that is a block's chart: one that shows what was generated, else the one of its name, else
    the first chart, else the first drawing; None for none."""
    found = list(drawn)
    was = block.plot.rows if block.plot is not None else ()
    tests = (
        lambda one: one.rows is not None and same_data(one.rows, was),
        lambda one: one.name == block.id,
        lambda one: one.rows is not None,
        lambda _one: True,
    )
    return next((one for test in tests for one in found if test(one)), None)


def same_data(one: Grid, other: Grid) -> bool:
    """Whether two charts show the same, blanks and typography of names set aside."""
    return same_tables((one,), (other,))


def is_chart_edited(block: ManifestBlock, drawn: Iterable[Seen]) -> bool:
    """Whether a block's chart shows anything but what was generated, or is gone."""
    if block.plot is None:
        return False
    seen = seen_chart(drawn, block)
    return seen is None or seen.rows is None or not same_data(seen.rows, block.plot.rows)


def show_rows(rows: Grid) -> str:
    """A chart's data, a line for each of its categories."""
    return "\n".join(" | ".join(row).strip(" |") for row in rows)


def plan_chart(
    base: ManifestBlock, drawn: Sequence[Seen], threads: Sequence[Thread], ours: ManifestBlock
) -> ChartPlan | None:
    """What to do with a block's chart; None where it has none."""
    now = ours.plot
    if now is None:
        return None
    before = base.plot if base.plot is not None else Plot(())
    seen = seen_chart(drawn, base)
    there = seen.rows if seen is not None and seen.rows is not None else ()
    plan = ChartPlan("kept", now, there, now.rows)
    stale = _own(threads, before.offer.comment) if before.offer is not None else ()
    if same_data(before.rows, now.rows):  # or again what they were: an offer is overtaken
        same: ChartChange = "same" if same_data(there, before.rows) else "kept"
        after = replace(before, offer=None)
        return replace(plan, change=same, after=after, drop=_unanswered(threads, stale))
    if before.offer is not None and same_data(before.offer.rows, now.rows):
        stands = any(thread.id in stale and not thread.resolved for thread in threads)
        return replace(plan, after=before) if stands else plan
    plan = replace(plan, drop=_unanswered(threads, (*stale, *_own(threads, UPDATED))))
    if same_data(there, now.rows):
        return plan
    if not same_data(there, before.rows):
        return _clash(plan, before, is_gone=seen is None)
    return _redrawn(plan, before, seen.alternative if seen is not None else "")


def _clash(plan: ChartPlan, before: Plot, *, is_gone: bool) -> ChartPlan:
    """The editor's chart stays, or stays away; the data are told in a comment and remembered."""
    told = f"{GONE if is_gone else NEWER}\n{show_rows(plan.now)}"
    after = replace(before, offer=PlotOffer(plan.now, told))
    return replace(plan, change="conflict", after=after, comment=told)


def _redrawn(plan: ChartPlan, before: Plot, alternative: str) -> ChartPlan:
    """The chart gets the data; an alternative text of the editor's own stays, one that a program lost comes
    back."""
    is_own = alternative.split() not in ([], before.alternative.split())
    more = [OWN_ALTERNATIVE] if is_own else []
    return replace(
        plan,
        change="replaced",
        redraws=True,
        alternative=None if is_own else plan.after.alternative,
        comment="\n".join((UPDATED, *differences(before.rows, plan.now), *more)),
    )


def _own(threads: Iterable[Thread], comment: str) -> tuple[str, ...]:
    """The tool's comments that begin with a text."""
    words = comment.split()
    return tuple(t.id for t in threads if t.is_own and t.text.split()[: len(words)] == words)


def _unanswered(threads: Iterable[Thread], ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(thread.id for thread in threads if thread.id in ids and not thread.answered)


# How two charts differ ----------------------------------------------------------------------------------


def differences(before: Grid, now: Grid) -> Iterator[str]:
    """What changed, a line for each number, series or category that came, went or is another."""
    old, new = _values(before), _values(now)
    for key in dict.fromkeys((*old, *new)):
        was, reads = old.get(key, ""), new.get(key, "")
        if was != reads:
            place = ", ".join(part for part in key if part)
            yield f"{place}: {was or '–'} → {reads or '–'}"


def _values(rows: Grid) -> Mapping[tuple[str, str], str]:
    if not rows:
        return {}
    return {
        (row[0], name): value
        for row in rows[1:]
        for name, value in zip(rows[0][1:], row[1:], strict=False)
        if value not in ("", "0")
    }


def disagreements(block: Block, base: ManifestBlock, drawn: Iterable[Seen]) -> Iterator[Disagreement]:
    """Where a block's chart in a draft shows other numbers than the present data, for checks of drafts."""
    seen = seen_chart(drawn, base)
    if block.chart is None or seen is None or seen.rows is None:
        return
    there, now = _values(seen.rows), _values(rows_of(block.chart))
    for key in dict.fromkeys((*now, *there)):
        if there.get(key, "0") != now.get(key, "0"):
            yield Disagreement(*key, there.get(key, "0"), now.get(key, "0"))


def with_chart(text: str, block: ManifestBlock) -> str:
    """What a block says, for comments and reports: its text, then its chart's data."""
    return f"{text}\n{show_rows(block.plot.rows)}" if block.plot is not None else text


def show_seen(drawn: Iterable[Seen], block: ManifestBlock) -> str:
    """What a block's chart shows in a draft, a line for each category; empty where it is gone or no chart."""
    seen = seen_chart(drawn, block) if block.plot is not None else None
    return show_rows(seen.rows) if seen is not None and seen.rows is not None else ""
