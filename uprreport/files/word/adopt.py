"""What copied elements refer to, brought along from the other document: charts with workbooks, pictures.

Parts get names that are free here, drawings numbers of their own.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterable, Mapping

from uprreport.files.word import properties
from uprreport.files.word.chart_parts import free_name, next_drawing
from uprreport.files.word.package import Parts
from uprreport.files.word.plots import DOCUMENT, WP
from uprreport.files.word.scrub import relations_of, target_of
from uprreport.files.word.xml import Element, R, parse, serialise

_TYPES = "[Content_Types].xml"


def adopt(made: Iterable[Element], source: Mapping[str, bytes], parts: Parts, root: Element) -> None:
    """Bring along what copied elements refer to in their document.

    ``source`` are the parts of that document, ``parts`` and ``root`` those of this one, in which the elements
    stand already.
    """
    own = list(made)
    bringer = _Bringer(source, parts)
    relations = _relations(source, DOCUMENT)
    for node in (node for one in own for node in one.iter()):
        for key, value in node.attrib.items():
            if str(key).startswith(f"{{{R}}}") and str(value) in relations:
                node.set(key, bringer.relate(relations[str(value)]))
    numbers = (node for one in own for node in one.iter(f"{{{WP}}}docPr"))
    for number, node in enumerate(numbers, next_drawing(parts, root)):
        node.set("id", str(number))


def _relations(parts: Mapping[str, bytes], part: str) -> Mapping[str, Element]:
    name = relations_of(part)
    return {node.get("Id", ""): node for node in parse(parts[name])} if name in parts else {}


class _Bringer:
    """Copies parts from one package into another, each once."""

    def __init__(self, source: Mapping[str, bytes], parts: Parts) -> None:
        self._source, self._parts = source, parts
        self._names: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def relate(self, relation: Element) -> str:
        """Repeat a relationship of the document, with what it leads to; gives its id."""
        told = relation.get("Id", "")
        if told not in self._ids:
            self._ids[told] = self._related(relation)
        return self._ids[told]

    def _related(self, relation: Element) -> str:
        kind, target = relation.get("Type", ""), target_of(relations_of(DOCUMENT), relation)
        if target in self._source:
            return properties.relate(self._parts, DOCUMENT, kind, self._copy(target))
        name = relations_of(DOCUMENT)
        root = parse(self._parts[name])
        made = copy.deepcopy(relation)
        taken = {node.get("Id") for node in root}
        made.set("Id", next(n for i in range(1, len(taken) + 2) if (n := f"upr{i}") not in taken))
        root.append(made)
        self._parts[name] = serialise(root)
        return str(made.get("Id"))

    def _copy(self, part: str) -> str:
        """A copy of a part under a name that is free, with all that it leads to; gives the name."""
        if part in self._names:
            return self._names[part]
        stem, ending = posixpath.splitext(part)
        name = free_name(self._parts, f"{re.sub(r'[0-9]+$', '', stem)}{{}}{ending}")
        self._names[part] = name
        properties.add_part(self._parts, name, self._source[part], self._type_of(part))
        held = relations_of(part)
        if held in self._source:
            root = parse(self._source[held])
            for node in root:
                target = target_of(held, node)
                if target in self._source:
                    node.set("Target", posixpath.relpath(self._copy(target), posixpath.dirname(name)))
            self._parts[relations_of(name)] = serialise(root)
        return name

    def _type_of(self, part: str) -> str:
        """The content type of a part: its own, else that of its ending."""
        root = parse(self._source[_TYPES])
        ending = posixpath.splitext(part)[1].lstrip(".").lower()
        own = (n for n in root if n.get("PartName", "").lower() == f"/{part}".lower())
        shared = (n for n in root if n.get("Extension", "").lower() == ending)
        found = next((node for node in (*own, *shared)), None)
        return found.get("ContentType", "") if found is not None else "application/octet-stream"
