"""Newer data in a chart that an editor may have restyled: colours, letters, kind of chart and size stay.

Only what is data changes: names, numbers, references, series and points that came or went, and the workbook.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence

from uprreport.files.word.chart_book import write_book
from uprreport.files.word.chart_parts import BOOK_RELATION, embed_book, height_of
from uprreport.files.word.charts import fill_series, label_format, node
from uprreport.files.word.package import Parts
from uprreport.files.word.plots import (
    WP,
    Drawn,
    Grid,
    Plot,
    c,
    find_drawn,
    name_of,
    ordered_series,
    read_rows,
    related,
)
from uprreport.files.word.scrub import drop_relations, relations_of
from uprreport.files.word.xml import Element, R, parse, serialise

_BEHIND = (c("printSettings"), c("userShapes"), c("extLst"))


def redraw(parts: Parts, part: str, rows: Grid, fresh: bytes) -> None:
    """Make the chart in a part show other data, with a workbook of them behind it.

    ``fresh`` is the part of a chart with the same series: what is new looks as it does there.
    """
    root = parse(parts[part])
    old = read_rows(root) or ()
    _fit_series(root, parse(fresh), rows)
    moved = _moved(old, rows)
    for index, series in enumerate(ordered_series(root)):
        _move_points(series, moved)
        fill_series(series, rows, index)
    _fit_labels(root, old, rows)
    _put_book(parts, part, root, write_book(rows))
    parts[part] = serialise(root)


def refit(drawn: Drawn, like: Drawn) -> None:
    """Give a drawing the height that its new bars need, unless somebody resized it."""
    own, fresh = (_extent(one.node) for one in (drawn, like))
    if own is None or fresh is None or not drawn.seen.rows:
        return
    width, height = (int(own.get(name, "0")) for name in ("cx", "cy"))
    as_wide = _near(width, int(fresh.get("cx", "0")))
    if as_wide and _near(height, height_of(drawn.seen.rows, width)):
        own.set("cy", fresh.get("cy", ""))


def _extent(node: Element) -> Element | None:
    return next(node.iter(f"{{{WP}}}extent"), None)


def _near(one: int, other: int) -> bool:
    """Whether two lengths are the same, as programs round them."""
    return abs(one - other) * 50 <= max(one, other)


def describe(node: Element, alternative: str) -> None:
    """Put another alternative text on a drawing."""
    for told in node.iter(f"{{{WP}}}docPr"):
        told.set("descr", alternative)


def settle_charts(root: Element, parts: Mapping[str, bytes], plots: Iterable[Plot]) -> None:
    """Charts as they are sent: without the tool's names, and with the alternative texts that programs lost.

    A text comes back where a chart shows exactly what was generated with it.
    """
    told = {plot.rows: plot.alternative for plot in plots}
    for number, one in enumerate((d for d in find_drawn([root], parts) if d.part), 1):
        for about in one.node.iter(f"{{{WP}}}docPr"):
            if about.get("name", "").startswith("chart:"):
                about.set("name", f"Chart {number}")
        if not one.seen.alternative and one.seen.rows in told:
            describe(one.node, told[one.seen.rows])


# Series -------------------------------------------------------------------------------------------------


def _fit_series(root: Element, like: Element, rows: Grid) -> None:
    """A series for each column, in their order: those of the same name stay, others go or come."""
    there: dict[str, list[Element]] = {}
    for one in ordered_series(root):
        there.setdefault(name_of(one), []).append(one)
    models = dict(zip(rows[0][1:], ordered_series(like), strict=False))
    kept = [(there[name].pop(0) if there.get(name) else None) for name in rows[0][1:]]
    stays = [one for one in kept if one is not None]
    gone = [one for several in there.values() for one in several]
    group = next(iter(root.iter(c("ser")))).getparent()
    for at, name in enumerate(rows[0][1:]):
        if kept[at] is None and group is not None:
            kept[at] = _added(group, models[name])
    for one in gone:
        _remove(one)
    _order([one for one in kept if one is not None], stays)


def _added(group: Element, model: Element) -> Element:
    """A new series behind those of a group: as it was generated, or where the chart is of another kind like
    the last one that is there."""
    last = group.findall(c("ser"))[-1]
    parent = model.getparent()
    is_alike = parent is not None and parent.tag == group.tag
    made = copy.deepcopy(model if is_alike else last)
    if not is_alike:
        for name in ("dPt", "extLst"):  # what was done to its points, and a number of its own
            for child in made.findall(c(name)):
                made.remove(child)
    last.addnext(made)
    return made


def _order(series: Sequence[Element], stays: Sequence[Element]) -> None:
    """Put series in their order; those that were there keep their numbers: programs colour by them."""
    used = {_value_of(one.find(c("idx"))) for one in stays}
    for order, one in enumerate(series):
        _set(one, "order", order)
        if one not in stays:
            number = next(n for n in range(len(series) + len(used)) if n not in used)
            _set(one, "idx", number)
            used.add(number)
    for group in {one.getparent() for one in series}:
        if group is not None:
            mine = [one for one in series if one.getparent() is group]
            first = min(group.index(one) for one in mine)
            group[first : first + len(mine)] = mine


def _set(series: Element, tag: str, value: int) -> None:
    if (told := series.find(c(tag))) is not None:
        told.set("val", str(value))


# Points -------------------------------------------------------------------------------------------------


def _moved(old: Grid, rows: Grid) -> Mapping[int, int]:
    """Where each category stands now that was there before, by its name."""
    now: dict[str, list[int]] = {}
    for index, row in enumerate(rows[1:]):
        now.setdefault(row[0], []).append(index)
    return {index: now[row[0]].pop(0) for index, row in enumerate(old[1:]) if row and now.get(row[0])}


def _move_points(series: Element, moved: Mapping[int, int]) -> None:
    """What an editor did to single points goes with their categories."""
    for holder, tag in ((series, "dPt"), (series.find(c("dLbls")), "dLbl")):
        told = holder.findall(c(tag)) if holder is not None else []
        for one in told:
            number = one.find(c("idx"))
            place = moved.get(_value_of(number))
            if number is None or place is None:
                _remove(one)
            else:
                number.set("val", str(place))
        left = holder.findall(c(tag)) if holder is not None else []
        places = sorted(left, key=lambda one: _value_of(one.find(c("idx"))))
        for one in places[1:]:
            before = places[places.index(one) - 1]
            before.addnext(one)


def _value_of(number: Element | None) -> int:
    told = number.get("val", "") if number is not None else ""
    return int(told) if told.isdigit() else -1


def _fit_labels(root: Element, old: Grid, rows: Grid) -> None:
    """Which numbers are too wide for a piece depends on the longest bar; a format of somebody's own stays."""
    for told in root.iter(c("numFmt")):
        if old and told.get("formatCode") == label_format(old):
            told.set("formatCode", label_format(rows))


# The workbook -------------------------------------------------------------------------------------------


def _put_book(parts: Parts, part: str, root: Element, content: bytes) -> None:
    """Replace the workbook behind a chart, or put one there: a link to a file elsewhere leads to old data."""
    held = root.find(c("externalData"))
    if held is None:
        held = node("externalData", node("autoUpdate", val="0"))
        behind = next((child for child in root if child.tag in _BEHIND), None)
        if behind is None:
            root.append(held)
        else:
            behind.addprevious(held)
    name = related(parts, part, held.get(f"{{{R}}}id", ""))
    if name.lower().endswith(".xlsx"):
        parts[name] = content
        return
    drop_relations(parts, part, {held.get(f"{{{R}}}id", ""), *_packages(parts, part)})
    held.set(f"{{{R}}}id", embed_book(parts, part, content))


def _packages(parts: Parts, part: str) -> Iterator[str]:
    """The relationships of a chart that lead to workbooks: it may have one only."""
    name = relations_of(part)
    for one in parse(parts[name]) if name in parts else ():
        if one.get("Type") == BOOK_RELATION:
            yield one.get("Id", "")


def _remove(one: Element) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)
