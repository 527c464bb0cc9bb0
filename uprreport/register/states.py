"""The UN short names of States, to tell where one name ends and the next begins.

The names are those that OHCHR prints, which are not those of other lists of countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from uprreport.text import fold

_NAMES = """
Afghanistan|Albania|Algeria|Andorra|Angola|Antigua and Barbuda|Argentina|Armenia|Australia|Austria|
Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|
Bolivia (Plurinational State of)|Bosnia and Herzegovina|Botswana|Brazil|Brunei Darussalam|Bulgaria|
Burkina Faso|Burundi|Cabo Verde|Cambodia|Cameroon|Canada|Central African Republic|Chad|Chile|China|
Colombia|Comoros|Congo|Costa Rica|Côte d'Ivoire|Croatia|Cuba|Cyprus|Czechia|
Democratic People's Republic of Korea|Democratic Republic of the Congo|Denmark|Djibouti|Dominica|
Dominican Republic|Ecuador|Egypt|El Salvador|Equatorial Guinea|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|
Finland|France|Gabon|Gambia|Georgia|Germany|Ghana|Greece|Grenada|Guatemala|Guinea|Guinea-Bissau|Guyana|
Haiti|Holy See|Honduras|Hungary|Iceland|India|Indonesia|Iran (Islamic Republic of)|Iraq|Ireland|Israel|
Italy|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Kuwait|Kyrgyzstan|Lao People's Democratic Republic|
Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|
Maldives|Mali|Malta|Marshall Islands|Mauritania|Mauritius|Mexico|Micronesia (Federated States of)|Monaco|
Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal|Netherlands (Kingdom of the)|
New Zealand|Nicaragua|Niger|Nigeria|North Macedonia|Norway|Oman|Pakistan|Palau|Panama|Papua New Guinea|
Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Republic of Korea|Republic of Moldova|Romania|
Russian Federation|Rwanda|Saint Kitts and Nevis|Saint Lucia|Saint Vincent and the Grenadines|Samoa|
San Marino|Sao Tome and Principe|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|
Slovenia|Solomon Islands|Somalia|South Africa|South Sudan|Spain|Sri Lanka|State of Palestine|Sudan|
Suriname|Sweden|Switzerland|Syrian Arab Republic|Tajikistan|Thailand|Timor-Leste|Togo|Tonga|
Trinidad and Tobago|Tunisia|Türkiye|Turkmenistan|Tuvalu|Uganda|Ukraine|United Arab Emirates|
United Kingdom of Great Britain and Northern Ireland|United Republic of Tanzania|United States of America|
Uruguay|Uzbekistan|Vanuatu|Venezuela (Bolivarian Republic of)|Viet Nam|Yemen|Zambia|Zimbabwe
"""

_ALSO_PRINTED = """
Bolivia, Plurinational State of|Plurinational State of Bolivia|Bolivia|Brunei|Cape Verde|Cote d'Ivoire|
Czech Republic|Iran, Islamic Republic of|Iran|Islamic Republic of Iran|Korea, Republic of|Lao PDR|
Micronesia, Federated States of|Micronesia|Moldova, Republic of|Moldova|Netherlands|
Netherlands, Kingdom of the|Kingdom of the Netherlands|Palestine|South Korea|Swaziland|Syria|
São Tomé and Príncipe|Tanzania|Tanzania, United Republic of|Former Yugoslav Republic of Macedonia|
Gambia (The)|Gambia (Republic of The)|Bahamas (The)|Turkey|United Kingdom|United States|USA|UK|
Venezuela, Bolivarian Republic of|Bolivarian Republic of Venezuela|Venezuela|Vietnam|Russia|
Korea (Republic of)|Eswatini (Kingdom of)
"""

STATES = tuple(" ".join(name.split()) for name in _NAMES.split("|"))
"""The 193 Member States, the Holy See and the State of Palestine."""

_HYPHENS = re.compile(r"\s*[-\u2010-\u2013]\s*")
_APOSTROPHES = re.compile(r"\s*['’‘]\s*")
_SEPARATOR = re.compile(r"(\s*[,;]\s*(?:and\b)?\s*|\s*\band\b\s*)")


def _compared(name: str) -> str:
    """A name as it is looked up: hyphens and apostrophes of any kind, blanks around them set aside."""
    return fold(_APOSTROPHES.sub("’", _HYPHENS.sub("-", name)))


_KNOWN = frozenset(
    _compared(name) for name in (*STATES, *(" ".join(name.split()) for name in _ALSO_PRINTED.split("|")))
)


def is_state(name: str) -> bool:
    """Whether a name is that of a State, as OHCHR prints it or printed it earlier."""
    compared = _compared(name)
    return compared in _KNOWN or compared.removeprefix("the ") in _KNOWN


def split_states(text: str) -> tuple[str, ...]:
    """The names of a list such as ``Chile, Iran, Islamic Republic of and Peru``, as printed.

    A comma or *and* separates only what are names on both sides of it; what is no name at all stays one.
    """
    whole = " ".join(text.split()).strip(" ,;")
    names = tuple(_names(_SEPARATOR.split(whole)))
    return names if all(is_state(name) for name in names) else (whole,)


def _names(pieces: Sequence[str]) -> Iterator[str]:
    """The longest names that the pieces, every second one a separator, make from left to right."""
    start = 0
    while start < len(pieces):
        end = len(pieces)
        while end > start + 1 and not is_state("".join(pieces[start:end])):
            end -= 2
        yield "".join(pieces[start:end])
        start = end + 1
