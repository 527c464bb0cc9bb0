"""What an agency sent, beside the passages that were made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from uprreport.model import Record, RecordSet, Source, Submission
from uprreport.schema import TabSchema

EDITED = "{heading} (wording of the coordinator)"


def records_in(records: RecordSet) -> Iterator[Record]:
    """Every record of a record set: answers, then rows of the other tables."""
    for outcome in records.outcomes:
        yield from outcome.answers
    for rows in records.tables.values():
        yield from rows


class Sent:
    """One agency's own texts, as the record set has them: nothing withheld, no remark."""

    def __init__(
        self,
        agency: str,
        records: RecordSet,
        submissions: Iterable[Submission],
        schema: Callable[[str], TabSchema],
    ) -> None:
        """``submissions`` tell the agency's words from those that the coordinator decided on."""
        self._agency, self._schema = agency, schema
        self._records = [record for record in records_in(records) if record.agency == agency]
        own = (rows for s in submissions if s.agency == agency for rows in s.rows.values())
        cells = (row.text(name) for rows in own for row in rows for name in row.values)
        self._typed = {line.strip() for cell in cells for line in cell.split("\n")}

    def on(self, sources: Iterable[Source]) -> tuple[tuple[str, str], ...]:
        """Heading and text of each field that a passage was made from."""
        own = [source for source in sources if source.agency == self._agency]
        found = [
            (record.number, heading, text)
            for record in self._records
            for heading, text in self._told(record, {s.field for s in own if _is_from(record, s)})
        ]
        several = len({number for number, _, _ in found if number}) > 1
        return tuple((f"{n}: {heading}" if several and n else heading, text) for n, heading, text in found)

    def _told(self, record: Record, fields: set[str]) -> Iterator[tuple[str, str]]:
        for column in self._schema(record.tab).columns:
            if column.name in fields and column.name in record.fields:
                text = str(column.show(record.fields[column.name]))
                typed = column.choices or all(part.strip() in self._typed for part in text.split("\n"))
                yield column.title if typed else EDITED.format(heading=column.title), text


def _is_from(record: Record, source: Source) -> bool:
    if source.number:
        return record.number == source.number
    place = (source.file, source.sheet, source.cell)
    return not record.number and any((s.file, s.sheet, s.cell) == place for s in record.sources)
