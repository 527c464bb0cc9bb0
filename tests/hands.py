"""A simulated editor who edits a draft at random, and remembers every word that was typed."""

from __future__ import annotations

import copy
import itertools
import re
from collections import Counter
from collections.abc import Callable, Mapping

from drafts import document, notes_of
from editors import WHEN, Editor, unmarked
from plots import Charts
from uprreport.files.word.anchors import PREFIX
from uprreport.files.word.comments import AUTHOR
from uprreport.files.word.containers import boxes, paragraphs
from uprreport.files.word.fields import Field, find_fields
from uprreport.files.word.notes import references_in
from uprreport.files.word.package import read_parts
from uprreport.files.word.plots import Drawn, find_drawn
from uprreport.files.word.regions import is_section_break, raw_text, read_regions
from uprreport.files.word.splitting import isolate
from uprreport.files.word.threads import remove_thread
from uprreport.files.word.tracking import mark_end
from uprreport.files.word.xml import Element, element, get, parse, run, serialise, w
from wrappers import BLOCKS, CLOSED, ROWS, RUNS, Wrap, text_box

Pick = Callable[[int], int]
"""Gives a number below another."""

MARK = w("rsidP")
"""The attribute by which a paragraph is known again: programs write it, and nothing reads it."""

_typed = itertools.count()
_TYPED = re.compile(r"editor\d+x")

SIMPLE = (
    "insert",
    "replace",
    "delete",
    "rewrite",
    "bold",
    "own paragraph",
    "drop paragraph",
    "track",
    "drop row",
)
"""What every editor does."""

STRUCTURAL = (
    "split",
    "join",
    "across",
    "move paragraph",
    "move block",
    "copy block",
    "copy paragraph",
    "drop block",
    "drop label",
    "drop text",
    "own first paragraph",
    "write into table",
    "add row",
    "move row",
    "drop column",
    "drop table",
)
"""What takes the order of blocks and tables apart."""

TRACKED = (
    "autocorrect",
    "italic",
    "case",
    "strike words",
    "strike paragraph",
    "strike end",
    "track paragraph",
    "comment",
    "settle comment",
)
"""What programs do by themselves, and what editors leave pending."""


CHARTS = (
    "drop chart",
    "strike chart",
    "type into chart",
    "name in chart",
    "recolour chart",
    "move chart",
    "copy chart",
    "picture for chart",
    "lose alternative",
)
"""What is done to charts: their parts hold what an editor sees."""
NOTES = ("note words", "track note", "drop note", "strike note", "own note")
"""What editors do to the notes."""

CONTAINERS = (
    *("wrap words", "wrap passage", "wrap passages", "wrap row", "wrap cell"),
    *("text box", "close words"),
)
"""What other programs put around words and passages, and beside them."""

FIELDS = ("renew fields", "drop field", "fold field")
"""What programs and editors do to numbers that are computed."""


class Hand:
    """An editor at work; each paragraph is marked, so that it is known again wherever it goes."""

    def __init__(self, content: bytes, pick: Pick, author: str = "A. Editor") -> None:
        self.editor = Editor(content)
        self.pick = pick
        self.author = author
        self.typed: list[str] = []
        self.owners: dict[str, tuple[str, ...]] = {}
        self._number = 20_000
        self._mark(is_sure=True)

    def take(self, content: bytes, *, is_sure: bool) -> None:
        """Go on with an updated draft: what was known stays known, what came in is the region's that it
        stands in, where that is sure."""
        self.editor = Editor(content)
        self._number += 10_000
        self._mark(is_sure=is_sure)

    def _mark(self, *, is_sure: bool) -> None:
        for region in read_regions(self.editor.body):
            for node in (p for one in region.elements for p in one.iter(w("p"))):
                if node.get(MARK) is None:
                    mark = f"{len(self.owners) + 1:08X}"
                    node.set(MARK, mark)
                    self.owners[mark] = region.anchors if is_sure else ()
        for story in (self.editor.body, *self.editor.notes.roots.values()):
            for node in story.iter(w("ins"), w("del")):  # so that a later update's own are known
                if get(node, "author") == AUTHOR:
                    node.set(w("author"), f"{AUTHOR}, earlier")
        self.editor.notes.touch()

    def save(self) -> bytes:
        return self.editor.save()

    def edit(self, what: str) -> None:
        getattr(self, f"_{what.replace(' ', '_')}", lambda: self._words(what))()

    # Choosing -------------------------------------------------------------------------------------------

    def word(self) -> str:
        self.typed.append(f"editor{next(_typed)}x")
        return self.typed[-1]

    def choose(self, nodes: list[Element]) -> Element:
        return nodes[self.pick(len(nodes))]

    def _written(self) -> list[Element]:
        """The paragraphs at the top that say anything."""
        return [p for p in self.editor.paragraphs() if self.editor.runs(p) and not is_section_break(p)]

    def _block(self) -> list[Element]:
        found = [r for r in read_regions(self.editor.body) if r.anchors and r.paragraphs]
        region = found[self.pick(len(found))]
        return [node for node in region.elements if not is_section_break(node)]

    def _mark_of(self, kind: str) -> Element:
        self._number += 1
        return element(kind, id=str(self._number), author=self.author, date=WHEN)

    # Words ----------------------------------------------------------------------------------------------

    def _words(self, what: str) -> None:
        inside = [p for t in self.editor.body.iter(w("tbl")) for p in t.iter(w("p"))]
        nodes = [p for p in (*self.editor.paragraphs(), *inside) if self.editor.runs(p)]
        self._edit_words(self.choose(self.editor.runs(self.choose(nodes))), what)

    def _edit_words(self, one: Element, what: str) -> None:
        text = next(iter(one.iter(w("t"))))
        words = (text.text or "").split(" ")
        at = self.pick(len(words))
        if what == "track":
            self._type_tracked(one)
            return
        if what in ("bold", "italic"):
            self._format(one, words, at, "b" if what == "bold" else "i")
            return
        if what == "insert":
            words.insert(at, self.word())
        elif what == "replace":
            words[at] = self.word()
        elif what == "delete":
            del words[at]
        elif what == "case":
            words[at] = words[at].capitalize()
        elif what == "autocorrect":
            words = [f"“{words[0]}”", *words[1:], "–", "it’s"]
        else:
            words = [self.word(), self.word()]
        _write(text, " ".join(words))

    def _type_tracked(self, one: Element) -> None:
        made = self._mark_of("ins")
        made.append(run(f" {self.word()}"))
        _outermost(one).addnext(made)

    def _format(self, one: Element, words: list[str], at: int, look: str) -> None:
        pieces = [run(f"{' '.join(words[:at])} "), run(words[at]), run(f" {' '.join(words[at + 1 :])}")]
        pieces[1].insert(0, element("rPr", element(look)))
        for piece in reversed(pieces):
            one.addnext(piece)
        _drop(one)

    def _strike_words(self) -> None:
        one = self.choose(self.editor.runs(self.choose(self._written())))
        if _is_free(one):
            self._cross_out(one)

    def _cross_out(self, one: Element) -> None:
        made = self._mark_of("del")
        one.addprevious(made)
        made.append(one)
        for text in one.iter(w("t")):
            text.tag = w("delText")

    # Paragraphs -----------------------------------------------------------------------------------------

    def _own_paragraph(self) -> None:
        self.choose(self._written()).addnext(element("p", run(self.word())))

    def _own_first_paragraph(self) -> None:
        self._block()[0].addprevious(element("p", run(f"{self.word()} {self.word()}")))

    def _track_paragraph(self) -> None:
        made = element("p")
        inserted = self._mark_of("ins")
        inserted.append(run(self.word()))
        made.append(inserted)
        mark_end(made, self._mark_of("ins"))
        self.choose(self._written()).addnext(made)

    def _drop_paragraph(self) -> None:
        _drop(self.choose(self._written()))

    def _strike_paragraph(self) -> None:
        """Delete a whole paragraph, label and end, with tracking on."""
        node = self.choose(self._written())
        marks = self.editor.marks(node)
        for one in list(node.iter(w("r"))):
            if (one.find(w("t")) is not None or one in marks) and _is_free(one):
                self._cross_out(one)
        mark_end(node, self._mark_of("del"))

    def _strike_end(self) -> None:
        """Join a paragraph with the next one with tracking on."""
        node = self.choose(self._written())
        following = node.getnext()
        if following is not None and following.tag == w("p") and not is_section_break(following):
            mark_end(node, self._mark_of("del"))

    def _split(self) -> None:
        node = self.choose(self._written())
        one = self.choose(self.editor.runs(node))
        if not _is_free(one):
            return
        text = next(iter(one.iter(w("t"))))
        words = (text.text or "").split(" ")
        at = self.pick(len(words))
        following = list(one.itersiblings())
        _write(text, " ".join(words[:at]))
        made = element("p", run(" ".join(words[at:])), *following)
        properties = node.find(w("pPr"))
        if properties is not None:
            made.insert(0, copy.deepcopy(properties))
        made.set(MARK, node.get(MARK, ""))
        node.addnext(made)

    def _join(self) -> None:
        node = self.choose(self._written())
        following = node.getnext()
        if following is None or following.tag != w("p") or is_section_break(following):
            return
        for child in list(following):
            if child.tag != w("pPr"):
                node.append(child)
        _drop(following)

    def _across(self) -> None:
        """Reword the end of a paragraph and the beginning of the next one."""
        node = self.choose(self._written())
        following = node.getnext()
        if following is None or following.tag != w("p") or not self.editor.runs(following):
            return
        for one, first in ((self.editor.runs(node)[-1], False), (self.editor.runs(following)[0], True)):
            text = next(iter(one.iter(w("t"))))
            words = (text.text or "").split(" ")
            words[0 if first else -1] = self.word()
            _write(text, " ".join(words))

    def _move_paragraph(self) -> None:
        node, behind = self.choose(self._written()), self.choose(self._written())
        if node is not behind:
            behind.addnext(node)

    def _copy_paragraph(self) -> None:
        node, behind = self.choose(self._written()), self.choose(self._written())
        behind.addnext(self._copied(node))

    def _drop_label(self) -> None:
        node = self.choose(self._written())
        kept = self.editor.runs(node)
        for one in [r for r in node.iter(w("r")) if r.find(w("t")) is not None and r not in kept]:
            _drop(one)
        if self.pick(2):
            self._drop_anchors(node)

    def _drop_text(self) -> None:
        node = self.choose(self._written())
        for one in [*self.editor.runs(node), *self.editor.marks(node)]:
            _drop(one)

    # Blocks ---------------------------------------------------------------------------------------------

    def _move_block(self) -> None:
        nodes, others = self._block(), self._block()
        if nodes[0] is not others[0]:
            for node in reversed(nodes):
                others[-1].addnext(node)

    def _copy_block(self) -> None:
        copied, behind = [self._copied(node) for node in self._block()], self._block()[-1]
        for node in reversed(copied):
            behind.addnext(node)

    def _drop_block(self) -> None:
        for node in self._block():
            _drop(node)

    def _copied(self, node: Element) -> Element:
        """A copy as it is pasted: without comments, and with bookmarks only where a program repeats them."""
        made = unmarked(copy.deepcopy(node))
        self.editor.notes.adopt(made, self.editor.notes, copy.deepcopy)
        for one in made.iter(w("p")):
            one.attrib.pop(MARK, None)
        if self.pick(3):
            self._drop_anchors(made)
        else:
            for one in made.iter(w("bookmarkStart"), w("bookmarkEnd")):
                one.set(w("id"), str(int(get(one, "id")) + 5000))
        for one in made.iter(w("ins"), w("del")):
            self._number += 1
            one.set(w("id"), str(self._number))
        self._number += 10
        Charts(self.editor).own(made, self._number)
        return made

    def _drop_anchors(self, node: Element) -> None:
        starts = [s for s in node.iter(w("bookmarkStart")) if get(s, "name").startswith(PREFIX)]
        numbers = {get(start, "id") for start in starts}
        for one in list(node.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            if get(one, "id") in numbers:
                _drop(one)

    # Notes ----------------------------------------------------------------------------------------------

    def _mark_of_note(self) -> Element | None:
        found = references_in(self.editor.body)
        return self.choose(found) if found else None

    def _note_words(self) -> None:
        mark = self._mark_of_note()
        nodes = self.editor.notes.paragraphs(mark) if mark is not None else []
        told = [one for node in nodes for one in self.editor.runs(node) if _is_free(one)]
        if told:
            kinds = ("insert", "replace", "delete", "rewrite")
            self._edit_words(self.choose(told), kinds[self.pick(len(kinds))])
            self.editor.notes.touch()

    def _track_note(self) -> None:
        mark = self._mark_of_note()
        told = self.editor.notes.paragraphs(mark) if mark is not None else []
        if told and self.editor.runs(told[-1]):
            self._type_tracked(self.editor.runs(told[-1])[-1])
            self.editor.notes.touch()

    def _drop_note(self) -> None:
        if (mark := self._mark_of_note()) is not None:
            _drop(isolate(mark))

    def _strike_note(self) -> None:
        mark = self._mark_of_note()
        if mark is not None and _is_free(isolate(mark)):
            self._cross_out(isolate(mark))

    def _own_note(self) -> None:
        self.choose(self._written()).append(self.editor.notes.add("footnote", self.word()))

    # Fields ---------------------------------------------------------------------------------------------

    def _fields(self) -> list[Field]:
        return [told for node in self.editor.body.iter(w("p")) for told in find_fields(node)]

    def _renew_fields(self) -> None:
        """Every program numbers anew whenever it likes."""
        for told in self._fields():
            for node in told.nodes:
                if node.tag == w("t"):
                    node.text = str(self.pick(99) + 1)

    def _drop_field(self) -> None:
        if found := self._fields():
            told = found[self.pick(len(found))]
            for one in told.nodes[:1] if told.is_simple else told.runs:
                _drop(one)

    def _fold_field(self) -> None:
        """Some programs write a field as one element."""
        found = [told for told in self._fields() if not told.is_simple and all(map(_is_free, told.runs))]
        if found:
            told = found[self.pick(len(found))]
            kind, _, target = told.name.partition(":")
            text = "".join(node.text or "" for node in told.nodes if node.tag == w("t"))
            told.runs[0].addprevious(element("fldSimple", run(text), instr=f" {kind} {target} "))
            for one in told.runs:
                _drop(one)

    # Tables ---------------------------------------------------------------------------------------------

    def _row(self) -> Element | None:
        found = list(self.editor.body.iter(w("tr")))
        return self.choose(found) if found else None

    def _table(self) -> Element | None:
        found = list(self.editor.body.iter(w("tbl")))
        return self.choose(found) if found else None

    def _drop_row(self) -> None:
        row = self._row()
        parent = row.getparent() if row is not None else None
        if row is not None and parent is not None and len(parent.findall(w("tr"))) > 1:
            parent.remove(row)

    def _add_row(self) -> None:
        row = self._row()
        if row is None:
            return
        made = self._copied(row)
        for node in made.iter(w("p")):
            for one in list(node.iter(w("r"))):
                _drop(one)
            node.append(run(self.word()))
        row.addnext(made)

    def _move_row(self) -> None:
        table = self._table()
        rows = table.findall(w("tr"))[1:] if table is not None else []
        if len(rows) > 1:
            row, other = self.choose(rows), self.choose(rows)
            if row is not other:
                other.addnext(row)

    def _drop_column(self) -> None:
        table = self._table()
        rows = table.findall(w("tr")) if table is not None else []
        if table is None or len({len(row.findall(w("tc"))) for row in rows}) != 1:
            return
        columns = len(rows[0].findall(w("tc")))
        if columns < 2:
            return
        at = self.pick(columns)
        for row in rows:
            row.remove(row.findall(w("tc"))[at])
        grid = table.find(w("tblGrid"))
        if grid is not None and len(grid) == columns:
            grid.remove(grid[at])

    def _drop_table(self) -> None:
        table = self._table()
        if table is not None:
            _drop(table)

    def _write_into_table(self) -> None:
        row = self._row()
        if row is not None:
            self.choose(list(row.iter(w("p")))).append(run(f" {self.word()}"))

    # Charts ---------------------------------------------------------------------------------------------

    def _chart(self) -> Drawn | None:
        found = Charts(self.editor).all()
        return found[self.pick(len(found))] if found else None

    def _drop_chart(self) -> None:
        if (one := self._chart()) is not None:
            Charts(self.editor).drop(one)

    def _strike_chart(self) -> None:
        one = self._chart()
        holder = one.node.getparent() if one is not None else None
        if one is not None and holder is not None and _is_free(holder):
            self._number += 1
            Charts(self.editor).strike(one, self._number, self.author)

    def _type_into_chart(self) -> None:
        one = self._chart()
        if one is not None and one.seen.rows is not None:
            rows = one.seen.rows
            at = self.pick(len(rows[0]) - 1), self.pick(len(rows) - 1)
            Charts(self.editor).number(one, *at, str(100 + self.pick(900)))

    def _name_in_chart(self) -> None:
        one = self._chart()
        if one is not None and one.seen.rows is not None:
            Charts(self.editor).rename(one, self.pick(len(one.seen.rows) - 1), self.word())

    def _recolour_chart(self) -> None:
        if (one := self._chart()) is not None:
            Charts(self.editor).recolour(one, f"AA{self.pick(100):02}00")

    def _move_chart(self) -> None:
        one = self._chart()
        holder = one.node.getparent() if one is not None else None
        if holder is not None and _is_free(holder):
            self.choose(self._written()).addnext(element("p", holder))

    def _copy_chart(self) -> None:
        one = self._chart()
        holder = one.node.getparent() if one is not None else None
        if holder is not None:
            made = self._copied(element("p", copy.deepcopy(holder)))
            self.choose(self._written()).addnext(made)

    def _picture_for_chart(self) -> None:
        if (one := self._chart()) is not None:
            Charts(self.editor).picture(one)

    def _lose_alternative(self) -> None:
        if (one := self._chart()) is not None:
            Charts(self.editor).describe(one, "")

    # Containers -----------------------------------------------------------------------------------------

    def _wrap(self, kinds: Mapping[str, Wrap], nodes: list[Element]) -> None:
        if nodes and all(one.getparent() is nodes[0].getparent() for one in nodes):
            kinds[list(kinds)[self.pick(len(kinds))]](nodes)

    def _wrap_words(self) -> None:
        """Around a whole run: the first words that an editor formats are one by then."""
        self._wrap(RUNS, [self.choose(self.editor.runs(self.choose(self._written())))])

    def _close_words(self) -> None:
        one = self.choose(self.editor.runs(self.choose(self._written())))
        if _is_free(one):
            self._wrap(CLOSED, [one])

    def _wrap_passage(self) -> None:
        self._wrap(BLOCKS, [self.choose(self._written())])

    def _wrap_passages(self) -> None:
        """Around neighbours, from the middle of one block to the middle of another."""
        node = self.choose(self._written())
        following = [one for one in node.itersiblings() if one.tag in (w("p"), w("tbl"))]
        some = [one for one in following[: 1 + self.pick(3)] if not is_section_break(one)]
        self._wrap(BLOCKS, [node, *some] if node.getnext() in some else [node])

    def _wrap_row(self) -> None:
        row = self._row()
        if row is not None:
            self._wrap(ROWS, [row])

    def _wrap_cell(self) -> None:
        row = self._row()
        found = row.findall(w("tc")) if row is not None else []
        if found:
            self._wrap(ROWS, [self.choose(found)])

    def _text_box(self) -> None:
        self.choose(self._written()).append(text_box(self.word()))

    # Comments -------------------------------------------------------------------------------------------

    def _comment(self) -> None:
        root = self._comments()
        if root is None:
            return
        number = str(max((int(get(n, "id")) for n in root.iter(w("comment"))), default=0) + 1)
        told = element("p", run(self.word()))
        root.append(element("comment", told, id=number, author=self.author, date=WHEN, initials="AE"))
        self._save_comments(root)
        node = self.choose(self._written())
        first = self.editor.runs(node)[0]
        _outermost(first).addprevious(element("commentRangeStart", id=number))
        node.append(element("commentRangeEnd", id=number))
        node.append(element("r", element("commentReference", id=number)))

    def _settle_comment(self) -> None:
        """Delete one of the tool's comments, as editors do when they have dealt with it."""
        root = self._comments()
        own = [n for n in root.iter(w("comment")) if get(n, "author") == AUTHOR] if root is not None else []
        if root is not None and own:
            remove_thread(get(self.choose(own), "id"), self.editor.root, root, self.editor.parts)
            self._save_comments(root)

    def _comments(self) -> Element | None:
        part = self.editor.parts.get("word/comments.xml")
        return parse(part) if part is not None else None

    def _save_comments(self, root: Element) -> None:
        self.editor.parts["word/comments.xml"] = serialise(root)


def words_of(content: bytes, typed: list[str]) -> Counter[str]:
    """How often some words read: in the text with all changes accepted, in charts, in comments of people."""
    body, styles = document(content)
    texts = [raw_text(node, styles, ()) for node in paragraphs(body) if not _in_deleted_row(node)]
    texts += [raw_text(node, styles, ()) for box in boxes(body) for node in paragraphs(box)]
    texts += [text for _, text in notes_of(content).read(body)]
    parts = read_parts(content)
    texts += [" ".join(row) for one in find_drawn([body], parts) for row in one.seen.rows or ()]
    if "word/comments.xml" in parts:
        nodes = parse(parts["word/comments.xml"]).iter(w("comment"))
        people = [node for node in nodes if get(node, "author") != AUTHOR]
        texts += [" ".join(t.text or "" for t in node.iter(w("t"))) for node in people]
    wanted = set(typed)
    return Counter(word for text in texts for word in _TYPED.findall(text) if word in wanted)


def _in_deleted_row(node: Element) -> bool:
    return any(row.find(f"{w('trPr')}/{w('del')}") is not None for row in node.iterancestors(w("tr")))


def _write(text: Element, words: str) -> None:
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _is_free(one: Element) -> bool:
    """Whether a run stands in no tracked change or link."""
    parent = one.getparent()
    return parent is not None and parent.tag == w("p")


def _outermost(one: Element) -> Element:
    node = one
    while (parent := node.getparent()) is not None and parent.tag != w("p"):
        node = parent
    return node


def _drop(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
