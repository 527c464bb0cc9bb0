"""The dispatch log, ``history/dispatch.json``: what was prepared for whom, when, with a sum of each file."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from uprreport.findings import UprReportError
from uprreport.review import ReviewFolder, write_file


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One file that was prepared for sending: whose, the day as ISO, what kind of letter, and its sum."""

    agency: str
    date: str
    round: int
    kind: str
    file: str
    digest: str


def digest_of(content: bytes) -> str:
    """A sum of a file's bytes: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]


def log_path(folder: ReviewFolder) -> Path:
    """Where the log is kept."""
    return folder.history / "dispatch.json"


def load_log(folder: ReviewFolder) -> tuple[Dispatch, ...]:
    """Everything that was prepared so far, in order; nothing without a log.

    Raises ``UprReportError`` when it is damaged: going on would forget what was sent.
    """
    path = log_path(folder)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Dispatch(**told) for told in document["prepared"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError):
        raise UprReportError(
            f"{path} is damaged", "take it back from a copy; it holds what was prepared for sending"
        ) from None


def add_to_log(folder: ReviewFolder, new: Iterable[Dispatch]) -> None:
    """Append to the log what is not in it; the same file prepared twice on one day is one line."""
    known = load_log(folder)
    added = tuple(told for told in dict.fromkeys(new) if told not in known)
    if added:
        document = {"prepared": [dataclasses.asdict(told) for told in (*known, *added)]}
        write_file(log_path(folder), f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode())
