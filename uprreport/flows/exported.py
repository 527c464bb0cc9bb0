"""Where companions are written, and which of them may hold what has been withheld since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from uprreport.collect.merge import Merged
from uprreport.findings import UprReportError
from uprreport.flows.history import withheld_scope
from uprreport.review import ReviewFolder, write_file

LOG = "exports.json"
"""In ``history/``: the sum of every file that was written, and what was withheld when it was."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file as it was written: its sum, and what was withheld then, as ``agency:number``."""

    sum: str
    withheld: frozenset[str]


def write_exports(
    folder: ReviewFolder, merged: Merged, name: str, files: Mapping[str, bytes], out: Path | None
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write files by their endings; gives those that were written, and those that a person changed.

    Those stay, and the new one gets a letter. Raises ``UprReportError`` where the name was chosen with
    ``out``, or is that of another kind of file.
    """
    log = _read(folder)
    places: dict[Path, bytes] = {}
    kept: list[Path] = []
    for target, content in _targets(folder, name, files, out):
        place, edited = _free(folder, log, target, content)
        if edited and target == out:
            raise UprReportError(
                f"{target.name} was changed after it was written, or was never written here",
                "it is not overwritten: name another file with -o, or move it away",
            )
        places[place] = content
        kept += edited
    for place, content in places.items():
        write_file(place, content)
        log[folder.show(place)] = Exported(_sum(content), _withheld(merged))
    _save(folder, log)
    return tuple(places), tuple(kept)


def _targets(
    folder: ReviewFolder, name: str, files: Mapping[str, bytes], out: Path | None
) -> list[tuple[Path, bytes]]:
    """The place and content of each file; only one of them where ``out`` names a file."""
    if out is None:
        out = folder.build / "exports"
    elif out.suffix.lower() in files and not out.is_dir():
        return [(out, files[out.suffix.lower()])]
    elif out.is_file() or (out.suffix and not out.is_dir()):
        raise UprReportError(
            f"{out.name} is not the name of a file that is written here",
            f"end it in {' or '.join(files)}, or name a folder",
        )
    return [(out / f"{name}{ending}", content) for ending, content in files.items()]


def _free(
    folder: ReviewFolder, log: Mapping[str, Exported], target: Path, content: bytes
) -> tuple[Path, list[Path]]:
    """Where a file can be written, and the changed ones of that name."""
    place, kept = target, list[Path]()
    for suffix in "bcdefghijklmnopqrstuvwxyz":
        there = place.read_bytes() if place.exists() else content
        known = log.get(folder.show(place))
        if there == content or (known is not None and known.sum == _sum(there)):
            return place, kept
        kept.append(place)
        place = target.with_stem(f"{target.stem}-{suffix}")
    raise UprReportError(f"{target.name} and all its copies were changed", "move them to another folder")


def drop_stale(folder: ReviewFolder, merged: Merged) -> tuple[Path, ...]:
    """Delete what was written under ``build/`` before something was withheld that is withheld now.

    It may hold the text, and can be written anew at any time. What a person changed is that person's, and
    what was written elsewhere may have been sent: both stay.
    """
    log = _read(folder)
    removed: list[Path] = []
    for name, told in list(log.items()):
        path = folder.path / name
        if _withheld(merged) <= told.withheld or not path.is_relative_to(folder.build) or not path.is_file():
            continue
        if _sum(path.read_bytes()) == told.sum:
            path.unlink()
            removed.append(path)
            del log[name]
    if removed:
        _save(folder, log)
    return tuple(removed)


def _withheld(merged: Merged) -> frozenset[str]:
    return frozenset(f"{agency}:{place}" for agency, place in withheld_scope(merged))


def _read(folder: ReviewFolder) -> dict[str, Exported]:
    """The log; empty where there is none, or a person's hand made it unreadable: then nothing is known."""
    try:
        told = json.loads((folder.history / LOG).read_text(encoding="utf-8"))
        return {name: Exported(each["sum"], frozenset(each["withheld"])) for name, each in told.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _save(folder: ReviewFolder, log: Mapping[str, Exported]) -> None:
    told = {name: {"sum": each.sum, "withheld": sorted(each.withheld)} for name, each in log.items()}
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    write_file(folder.history / LOG, f"{text}\n".encode())


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
