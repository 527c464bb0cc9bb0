"""Sign-offs of agencies: kept in ``history/clearance.json``, and judged against the present text.

A sign-off is for the digest of a text. It holds while the passage reads so; any other wording opens it again.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uprreport.findings import UprReportError
from uprreport.review import write_file

Pair = tuple[str, str]
"""An agency and a block."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """What one agency signed on one block: the digest of the text, yes or no, by whom, when (as ISO)."""

    agency: str
    block: str
    digest: str
    cleared: bool
    name: str
    post: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of agency and block.

    ``cleared``: signed as it reads now; ``reopened``: signed, but it reads otherwise now; ``refused``:
    answered with no.
    """

    cleared: frozenset[Pair] = frozenset()
    reopened: frozenset[Pair] = frozenset()
    refused: frozenset[Pair] = frozenset()

    def pending(self, asked: Iterable[Pair]) -> tuple[Pair, ...]:
        """Those of the pairs that are not cleared, in order."""
        return tuple(sorted(set(asked) - self.cleared))


def judge_sign_offs(sign_offs: Iterable[SignOff], now: Mapping[str, str]) -> Judged:
    """Judge sign-offs, the later ones last, against the present text; blocks that are gone are in no part.

    The last answer of an agency on the present wording counts; without one, the last on any other.
    """
    by_pair: dict[Pair, list[SignOff]] = {}
    for told in sign_offs:
        by_pair.setdefault((told.agency, told.block), []).append(told)
    parts: dict[str, set[Pair]] = {"cleared": set(), "reopened": set(), "refused": set()}
    for pair, own in by_pair.items():
        if pair[1] not in now:
            continue
        same = [told for told in own if told.digest == now[pair[1]]]
        last = (same or own)[-1]
        part = "refused" if not last.cleared else "cleared" if same else "reopened"
        parts[part].add(pair)
    return Judged(**{name: frozenset(pairs) for name, pairs in parts.items()})


def load_sign_offs(path: Path) -> tuple[SignOff, ...]:
    """The sign-offs of ``history/clearance.json`` in the order in which they came; none without the file.

    Raises ``UprReportError`` when it is damaged: going on would forget what was signed.
    """
    try:
        return tuple(SignOff(**told) for told in _load(path).get("sign_offs", ()))
    except TypeError:
        raise _damaged(path) from None


def _load(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise _damaged(path) from None
    if not isinstance(document, dict) or "sign_offs" not in document:
        raise _damaged(path)
    return document


def _damaged(path: Path) -> UprReportError:
    return UprReportError(f"{path} is damaged", "take it back from a copy; it holds what agencies signed")


def _write(path: Path, document: Mapping[str, Any]) -> None:
    write_file(path, f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode())


def load_asked(path: Path) -> frozenset[str]:
    """The agencies that were ever sent a clearance file, or signed one.

    Raises ``UprReportError`` when the file is damaged.
    """
    told = _load(path).get("asked", [])
    return frozenset(told) | {sign_off.agency for sign_off in load_sign_offs(path)}


def add_asked(path: Path, agencies: Iterable[str]) -> None:
    """Keep in ``history/clearance.json`` which agencies were sent a clearance file."""
    document = _load(path)
    asked = sorted({*document.get("asked", []), *agencies})
    if asked != document.get("asked", []):
        _write(path, {"sign_offs": [], **document, "asked": asked})


def add_sign_offs(path: Path, new: Iterable[SignOff]) -> tuple[SignOff, ...]:
    """Append sign-offs to ``history/clearance.json``; gives those that are new. The same twice is once.

    Nothing that stands there is changed or taken away; the file is written whole or not at all.
    """
    known = load_sign_offs(path)
    added = tuple(told for told in dict.fromkeys(new) if told not in known)
    if added:
        _write(path, {**_load(path), "sign_offs": [dataclasses.asdict(told) for told in (*known, *added)]})
    return added
