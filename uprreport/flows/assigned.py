"""What ``assign`` wrote into the register, ``history/assigned.json``.

By it a lead that is changed on the tab Themes reaches the recommendations that nobody has touched since.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from uprreport.findings import UprReportError
from uprreport.register.assign import Written
from uprreport.review import ReviewFolder, write_file


def assigned_path(folder: ReviewFolder) -> Path:
    """Where it is kept."""
    return folder.history / "assigned.json"


def load_assigned(folder: ReviewFolder) -> dict[str, Written]:
    """What ``assign`` wrote into the register, by number; nothing where it was not run yet.

    Raises ``UprReportError`` when the file is damaged: what people typed could not be told apart.
    """
    path = assigned_path(folder)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return {
            number: Written(told["lead"], tuple(told["supporting"]), tuple(told["typed"]))
            for number, told in document["assigned"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise UprReportError(
            f"{path} is damaged",
            "take it back from a copy, or delete it: every lead then counts as typed by hand",
        ) from None


def save_assigned(folder: ReviewFolder, written: Mapping[str, Written]) -> None:
    """Keep what ``assign`` has written up to now."""
    document = {"assigned": {number: asdict(told) for number, told in written.items()}}
    write_file(assigned_path(folder), f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode())
