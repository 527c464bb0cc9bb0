"""The abbreviations that a report uses: found in its text, and what they stand for.

What is printed must be true: an abbreviation of the coordinator's own list goes before a shipped one, and
one that is in neither is told as a finding and never guessed. Treaty bodies and their conventions share an
abbreviation, so both are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from uprreport.findings import Finding, Location
from uprreport.language import code_of, load_language, phrase
from uprreport.model import Block, Paragraph, Register, Report, Source, Table, TableColumn, TableRow
from uprreport.model.report import CLOSE, OPEN
from uprreport.report import phrases
from uprreport.report.given import Given
from uprreport.text import fold

MEANINGS: Mapping[str, str] = {
    "CAT": phrase(
        "Committee against Torture; Convention against Torture and Other Cruel, Inhuman or "
        "Degrading Treatment or Punishment"
    ),
    "CED": phrase(
        "Committee on Enforced Disappearances; International Convention for the Protection of All "
        "Persons from Enforced Disappearance"
    ),
    "CEDAW": phrase(
        "Committee on the Elimination of Discrimination against Women; Convention on the "
        "Elimination of All Forms of Discrimination against Women"
    ),
    "CERD": phrase(
        "Committee on the Elimination of Racial Discrimination; International Convention on the "
        "Elimination of All Forms of Racial Discrimination"
    ),
    "CESCR": phrase("Committee on Economic, Social and Cultural Rights"),
    "CMW": phrase(
        "Committee on the Protection of the Rights of All Migrant Workers and Members of Their "
        "Families; the Convention of the same name"
    ),
    "CRC": phrase("Committee on the Rights of the Child; Convention on the Rights of the Child"),
    "CRPD": phrase(
        "Committee on the Rights of Persons with Disabilities; Convention on the Rights of Persons "
        "with Disabilities"
    ),
    "EU": phrase("European Union"),
    "GDP": phrase("gross domestic product"),
    "HIV": phrase("human immunodeficiency virus"),
    "ICCPR": phrase("International Covenant on Civil and Political Rights"),
    "ICESCR": phrase("International Covenant on Economic, Social and Cultural Rights"),
    "ILO": phrase("International Labour Organization"),
    "IOM": phrase("International Organization for Migration"),
    "LGBTI": phrase("lesbian, gay, bisexual, transgender and intersex"),
    "NGO": phrase("non-governmental organization"),
    "NHRI": phrase("national human rights institution"),
    "NMIRF": phrase("national mechanism for implementation, reporting and follow-up"),
    "NPM": phrase("national preventive mechanism"),
    "OHCHR": phrase("Office of the United Nations High Commissioner for Human Rights"),
    "OPCAT": phrase(
        "Optional Protocol to the Convention against Torture and Other Cruel, Inhuman or Degrading "
        "Treatment or Punishment"
    ),
    "OSCE": phrase("Organization for Security and Cooperation in Europe"),
    "SDG": phrase("Sustainable Development Goal"),
    "UN": phrase("United Nations"),
    "UNDP": phrase("United Nations Development Programme"),
    "UNESCO": phrase("United Nations Educational, Scientific and Cultural Organization"),
    "UNFPA": phrase("United Nations Population Fund"),
    "UNHCR": phrase("Office of the United Nations High Commissioner for Refugees"),
    "UNICEF": phrase("United Nations Children’s Fund"),
    "UNODC": phrase("United Nations Office on Drugs and Crime"),
    "UPR": phrase("universal periodic review"),
    "VNR": phrase("voluntary national review"),
    "WHO": phrase("World Health Organization"),
}
"""What the usual abbreviations of the United Nations and its treaty bodies stand for."""

IN_LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "EPU": "UPR",
        "HCDH": "OHCHR",
        "HCR": "UNHCR",
        "INDH": "NHRI",
        "MNP": "NPM",
        "ODD": "SDG",
        "OIM": "IOM",
        "OIT": "ILO",
        "OMS": "WHO",
        "ONG": "NGO",
        "ONU": "UN",
        "ONUDC": "UNODC",
        "PIB": "GDP",
        "PIDCP": "ICCPR",
        "PIDESC": "ICESCR",
        "PNUD": "UNDP",
        "UE": "EU",
    },
    "es": {
        "ACNUDH": "OHCHR",
        "ACNUR": "UNHCR",
        "EPU": "UPR",
        "INDH": "NHRI",
        "MNP": "NPM",
        "ODS": "SDG",
        "OIM": "IOM",
        "OIT": "ILO",
        "OMS": "WHO",
        "ONG": "NGO",
        "ONU": "UN",
        "PIB": "GDP",
        "PIDCP": "ICCPR",
        "PIDESC": "ICESCR",
        "PNUD": "UNDP",
        "UE": "EU",
    },
    "ru": {
        "ВВП": "GDP",
        "ВИЧ": "HIV",
        "ВОЗ": "WHO",
        "ЕС": "EU",
        "МОМ": "IOM",
        "МОТ": "ILO",
        "МПГПП": "ICCPR",
        "МПЭСКП": "ICESCR",
        "НПМ": "NPM",
        "НПО": "NGO",
        "ОБСЕ": "OSCE",
        "ООН": "UN",
        "ПРООН": "UNDP",
        "УВКБ": "UNHCR",
        "УВКПЧ": "OHCHR",
        "УПО": "UPR",
        "ЦУР": "SDG",
        "ЮНЕСКО": "UNESCO",
        "ЮНИСЕФ": "UNICEF",
        "ЮНФПА": "UNFPA",
    },
    "az": {
        "ATƏT": "OSCE",
        "Aİ": "EU",
        "BMT": "UN",
        "BƏT": "ILO",
        "DİM": "SDG",
        "QHT": "NGO",
        "ÜDM": "GDP",
        "ÜST": "WHO",
    },
}
"""The same as other languages write them."""

_TOKEN = re.compile(r"(?<![\w/.@])[^\W\d_](?:[^\W_]|[-&](?=[^\W_]))*(?![\w/@])")
_CAPITALS = re.compile("[A-Z][A-Z0-9&-]")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_COMPUTED = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
"""Letters without capitals, which stand right beside others."""
_LONGEST, _CURRENCY = 12, 3
_COMMON = frozenset({"COVID", "COVID-19", "ID", "IT", "OK", "PDF", "TV"})
"""What nobody spells out."""
_CRIES = 4
"""Words in capitals from which on a line is a heading in capitals."""


def find_abbreviations(texts: Iterable[str], known: Iterable[str] = ()) -> dict[str, bool]:
    """The abbreviations in some texts, and whether any text explains it, as in *public defender (PDO)*.

    A compound that is not ``known`` is read as its parts; currencies beside an amount, Roman numerals and
    headings in capitals are none.
    """
    found: dict[str, bool] = {}
    wanted = frozenset(known)
    for text in texts:
        if text.isascii() and not _CAPITALS.search(text):  # nearly all
            continue
        for line in _HAN.sub(" ", _COMPUTED.sub("", text)).split("\n"):
            for token in _in_line(line, wanted):
                found[token] = found.get(token, False) or f" ({token})" in line
    return found


def _in_line(line: str, known: frozenset[str]) -> Iterator[str]:
    tokens = [(_bare(m[0]), m) for m in _TOKEN.finditer(line)]
    capitals = [bare for bare, _ in tokens if _is_abbreviation(bare)]
    if len(capitals) >= _CRIES and len(capitals) > len(tokens) / 2:
        return
    for bare, match in tokens:
        parts = [bare] if bare in known or "-" not in bare else bare.split("-")
        if any(part.istitle() for part in parts[1:]):  # a name, as UN-Habitat
            continue
        for part in parts:
            is_sum = part not in known and len(part) == _CURRENCY and _is_beside_digits(line, match)
            if _is_abbreviation(part) and not is_sum:
                yield part


def _bare(token: str) -> str:
    """Without the *s* of a plural."""
    return token[:-1] if token.endswith("s") and token[:-1].isupper() else token


def _is_abbreviation(token: str) -> bool:
    letters = sum(map(str.isalpha, token))
    is_cased = token.isupper() and letters >= 2 and len(token) <= _LONGEST
    return is_cased and token not in _COMMON and not _ROMAN.fullmatch(token)


def _is_beside_digits(line: str, match: re.Match[str]) -> bool:
    return line[: match.start()].rstrip()[-1:].isdigit() or line[match.end() :].lstrip()[:1].isdigit()


def known_abbreviations(register: Register, language: str) -> Mapping[str, str]:
    """What abbreviations stand for in a report's language: the coordinator's own, and the shipped ones."""
    say = load_language(language)
    shipped = {name: say(meaning) for name, meaning in MEANINGS.items()}
    local = {name: shipped[key] for name, key in IN_LANGUAGES.get(code_of(language), {}).items()}
    own = {entry.abbreviation: entry.meaning for entry in register.abbreviations if entry.meaning}
    return {**shipped, **local, **own}


def abbreviations_list(given: Given, sections: Mapping[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    """The list of the abbreviations that the body uses and whose meaning is known; nothing for none."""
    known = known_abbreviations(given.register, given.settings.language)
    used = find_abbreviations(_texts(sections), known)
    rows = [TableRow(name, (name, known[name])) for name in sorted(used, key=fold) if name in known]
    if not rows:
        return ()
    say = given.say
    columns = (
        TableColumn(say(phrases.COLUMN_ABBREVIATION), 1.5),
        TableColumn(say(phrases.COLUMN_MEANING), 7),
    )
    sources: list[Source] = []
    for row in rows:
        sources += given.own("abbreviations", row.key, "meaning", known[row.key])
    told = (Paragraph(say(phrases.ABBREVIATIONS_USED), "continued"),)
    title = say(phrases.ABBREVIATIONS)
    table = Table(columns, tuple(rows))
    return (Block("list:abbreviations", title, f"[{title}]", told, table, tuple(sources)),)


def _texts(sections: Mapping[str, tuple[Block, ...]]) -> Iterator[str]:
    """Everything that the body prints in the report's own language."""
    for name, blocks in sections.items():
        for block in blocks if not name.startswith("annex") else ():
            for paragraph in block.paragraphs:
                yield _own(paragraph.text, paragraph.foreign)
                yield from (_own(note.text, note.foreign) for note in paragraph.notes)
            for row in block.table.rows if block.table is not None else ():
                yield from (_own(cell, row.foreign) for cell in row.cells)


def _own(text: str, foreign: Iterable[tuple[str, str]]) -> str:
    for piece, _ in foreign:
        text = text.replace(piece, " ")
    return text


def check_abbreviations(report: Report, register: Register, language: str, shown: str) -> tuple[Finding, ...]:
    """The abbreviations of a report's body that nothing explains; ``shown`` is the draft's name."""
    return unknown_abbreviations(_texts(report.sections), register, language, shown)


def unknown_abbreviations(
    texts: Iterable[str], register: Register, language: str, shown: str
) -> tuple[Finding, ...]:
    """One finding for the abbreviations in some texts that no list has and no text explains."""
    known = known_abbreviations(register, language)
    used = find_abbreviations(texts, known)
    unknown = sorted((name for name, is_told in used.items() if name not in known and not is_told), key=fold)
    if not unknown:
        return ()
    return (Finding("abbreviation-unknown", Location(shown), value=", ".join(unknown)),)
