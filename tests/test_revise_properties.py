"""What must always hold of an update, for random edits by a simulated editor and random changes of data."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from drafts import TODAY, document, draft, report, submission
from editors import LATER, WHEN, Editor, accepted, comments, everything, untouched
from uprreport.files.word.regions import raw_text
from uprreport.files.word.revised import Revised
from uprreport.files.word.xml import Element, element, run, w
from uprreport.model import Report
from uprreport.revise.update import Updated, update_draft

NUMBERS = ("140.1", "140.7", "140.10", "140.11")
WORDS = st.sampled_from(
    [
        "the",
        "ministry",
        "trained",
        "twelve",
        "midwives",
        "in",
        "districts.",
        "Clinics",
        "opened",
        "of",
        "A",
        "law",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
LINES = st.lists(TEXT, min_size=1, max_size=2).map("\n".join)
ANSWER = st.fixed_dictionaries(
    {"status": st.sampled_from(["planned", "in progress", "implemented"])},
    optional={"measures": LINES, "challenges": LINES, "next_steps": TEXT},
)
ANSWERS = st.dictionaries(st.sampled_from(NUMBERS), ANSWER, max_size=4)
NEEDS = st.lists(
    st.fixed_dictionaries({"numbers": st.just(("140.7",)), "kind": st.just("training"), "description": TEXT}),
    max_size=2,
)
DATA = st.tuples(ANSWERS, NEEDS)


def built(data: tuple[Mapping[str, Mapping[str, str]], list[dict[str, object]]]) -> Report:
    answers, needs = data
    return report(submission("moh", answers, assistance=needs))


# The editor ---------------------------------------------------------------------------------------------

_typed = itertools.count()


class Hand:
    """Edits at random, and remembers every word that was typed."""

    def __init__(self, content: bytes, pick: Callable[[st.SearchStrategy[int]], int]) -> None:
        self.editor = Editor(content)
        self.pick = pick
        self.typed: list[str] = []

    def word(self) -> str:
        self.typed.append(f"editor{next(_typed)}")
        return self.typed[-1]

    def edit(self, what: str) -> None:
        if what == "drop row":
            self.drop_row()
        elif what in ("own paragraph", "drop paragraph"):
            node = self.choose([p for p in self.editor.paragraphs() if self.editor.runs(p)])
            if what == "own paragraph":
                node.addnext(element("p", run(self.word())))
            else:
                self.editor.body.remove(node)
        else:
            inside = [p for t in self.editor.body.iter(w("tbl")) for p in t.iter(w("p"))]
            node = self.choose([p for p in (*self.editor.paragraphs(), *inside) if self.editor.runs(p)])
            self.edit_words(self.choose(self.editor.runs(node)), what)

    def choose(self, nodes: list[Element]) -> Element:
        return nodes[self.pick(st.integers(0, len(nodes) - 1))]

    def drop_row(self) -> None:
        row = self.choose(list(self.editor.body.iter(w("tr"))))
        parent = row.getparent()
        if parent is not None and len(parent.findall(w("tr"))) > 1:
            parent.remove(row)

    def edit_words(self, one: Element, what: str) -> None:
        text = next(iter(one.iter(w("t"))))
        words = (text.text or "").split(" ")
        at = self.pick(st.integers(0, len(words) - 1))
        if what == "track":
            made = element("ins", run(f" {self.word()}"), id="9001", author="A. Editor", date=WHEN)
            one.addnext(made)
            return
        if what == "bold":
            self.bold(one, words, at)
            return
        if what == "insert":
            words.insert(at, self.word())
        elif what == "replace":
            words[at] = self.word()
        elif what == "delete":
            del words[at]
        else:
            words = [self.word(), self.word()]
        text.text = " ".join(words)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def bold(self, one: Element, words: list[str], at: int) -> None:
        pieces = [run(f"{' '.join(words[:at])} "), run(words[at]), run(f" {' '.join(words[at + 1 :])}")]
        pieces[1].insert(0, element("rPr", element("b")))
        for piece in reversed(pieces):
            one.addnext(piece)
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)


EDITS = st.lists(
    st.sampled_from(
        [
            "insert",
            "replace",
            "delete",
            "rewrite",
            "bold",
            "own paragraph",
            "drop paragraph",
            "track",
            "drop row",
        ]
    ),
    max_size=5,
)


def update(content: bytes, told: Report) -> Updated:
    revised = Revised(content, "revised.docx", LATER)
    base = revised.manifest()
    assert base is not None
    return update_draft(revised, base, draft(told, today=TODAY), LATER)


def live(hand: Hand, content: bytes) -> list[str]:
    """The words that the editor typed and did not delete again."""
    text = " ".join(line for lines in accepted(content).values() for line in lines)
    text += everything(content)
    return [word for word in hand.typed if word in text.split() or word in text]


@given(DATA, DATA, EDITS, st.data())
def test_update__any_edits_and_any_data__hold_what_is_promised(
    before: tuple[dict[str, dict[str, str]], list[dict[str, object]]],
    after: tuple[dict[str, dict[str, str]], list[dict[str, object]]],
    edits: list[str],
    pick: st.DataObject,
) -> None:
    first = draft(built(before)).content
    hand = Hand(first, pick.draw)
    for what in edits:
        hand.edit(what)
    edited = hand.editor.save()
    typed = live(hand, edited)
    told = built(after)
    done = update(edited, told)

    # No word of an editor is lost: each still reads, with all changes accepted.
    reads = " ".join(line for line in _all_lines(done.content))
    assert [word for word in typed if word not in reads] == []

    # No block whose data did not change is touched.
    plans = {plan.id: plan for plan in done.plans}
    same = untouched(edited, done.content)
    for plan in done.plans:
        if not plan.touches and plan.after is not None and plan.theirs is not None and not plan.theirs.shared:
            anchor = plan.after.anchor.removeprefix("upr_")
            headings = [p for p in done.plans if p.change == "deleted" and p.comment]
            assert anchor in same or headings, plan.id

    # Every changed datum is in the text as it reads, in a comment, or was there already.
    fresh = accepted(draft(told).content)
    notes = "\n".join(comments(done.content)).split()
    now = accepted(done.content)
    for plan in done.plans:
        if plan.change == "replaced" and plan.after is not None:
            anchor = plan.after.anchor.removeprefix("upr_")
            assert [line.split() for line in now[anchor]] == [line.split() for line in fresh[anchor]], plan.id
        if plan.change in ("conflict", "absorbed", "deleted") and plan.comment:
            assert all(word in notes for word in plan.comment.split()), plan.id
    assert {plan_id for plan_id, plan in plans.items() if plan.change == "added"} <= {
        b.id for blocks in told.sections.values() for b in blocks
    } | {plan_id for plan_id in plans if plan_id.startswith("heading:")}

    # Again with the same data: not a byte.
    again = update(done.content, told)
    assert [p.id for p in again.plans if p.touches] == []
    assert again.content == done.content


def _all_lines(content: bytes) -> list[str]:
    body, styles = document(content)
    return [raw_text(node, styles, ()) for node in body.iter(w("p"))]
