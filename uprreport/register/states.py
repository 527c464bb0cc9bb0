"""The UN short names of States, to tell where one name ends and the next begins.

The names are those that OHCHR prints, which are not those of other lists of countries.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from uprreport.language import LANGUAGES
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
Bolivia (Plurinational State of)|Bolivia, Plurinational State of|Plurinational State of Bolivia|Bolivia
Brunei Darussalam|Brunei
Cabo Verde|Cape Verde
Côte d'Ivoire|Cote d'Ivoire
Czechia|Czech Republic
Iran (Islamic Republic of)|Iran, Islamic Republic of|Iran|Islamic Republic of Iran
Republic of Korea|Korea, Republic of|South Korea|Korea (Republic of)
Lao People's Democratic Republic|Lao PDR
Micronesia (Federated States of)|Micronesia, Federated States of|Micronesia
Republic of Moldova|Moldova, Republic of|Moldova
Netherlands (Kingdom of the)|Netherlands|Netherlands, Kingdom of the|Kingdom of the Netherlands
State of Palestine|Palestine
Eswatini|Swaziland|Eswatini (Kingdom of)
Syrian Arab Republic|Syria
Sao Tome and Principe|São Tomé and Príncipe
United Republic of Tanzania|Tanzania|Tanzania, United Republic of
North Macedonia|Former Yugoslav Republic of Macedonia
Gambia|Gambia (The)|Gambia (Republic of The)
Bahamas|Bahamas (The)
Türkiye|Turkey
United Kingdom of Great Britain and Northern Ireland|United Kingdom|UK
United States of America|United States|USA
Venezuela (Bolivarian Republic of)|Venezuela, Bolivarian Republic of|Venezuela
Venezuela (Bolivarian Republic of)|Bolivarian Republic of Venezuela
Viet Nam|Vietnam
Russian Federation|Russia
"""
"""Names that OHCHR printed otherwise, each line of one State."""

STATES = tuple(" ".join(name.split()) for name in _NAMES.split("|"))
"""The 193 Member States, the Holy See and the State of Palestine."""

_HYPHENS = re.compile(r"\s*[-\u2010-\u2013]\s*")
_APOSTROPHES = re.compile(r"\s*['’‘]\s*")
_SEPARATOR = re.compile(r"(\s*[,;]\s*(?:and\b)?\s*|\s*\band\b\s*)")


def _compared(name: str) -> str:
    """A name as it is looked up: hyphens and apostrophes of any kind, blanks around them set aside."""
    return fold(_APOSTROPHES.sub("’", _HYPHENS.sub("-", name)))


_CANONICAL = {_compared(name): name for name in STATES} | {
    _compared(name): names[0]
    for names in (line.split("|") for line in _ALSO_PRINTED.strip().splitlines())
    for name in names
}
"""The United Nations' own names by all the names that are printed, as they are looked up."""


def is_state(name: str) -> bool:
    """Whether a name is that of a State, as OHCHR prints it or printed it earlier."""
    return bool(_canonical(name))


def _canonical(name: str) -> str:
    """The United Nations' own name of a State; empty for what is none."""
    compared = _compared(name)
    return _CANONICAL.get(compared) or _CANONICAL.get(compared.removeprefix("the "), "")


def same_state(one: str, other: str) -> bool:
    """Whether two names are those of one State; each may be in any language that texts are shipped in.

    A name with its form of government is that of the State, too: ``Republic of Examplia`` is Examplia.
    """
    return _meant(one) == _meant(other)


def _meant(name: str) -> str:
    """The State that a name means, by the United Nations' own name; any other name as it is compared."""
    compared = _compared(name)
    known = _canonical(compared) or _translated().get(compared)
    if known:
        return known
    # A form of government in another language: Azərbaycan Respublikası, République du Mali.
    words = _words(compared)
    held = [(len(told), state) for told, state in _translated().items() if _words(told) in words]
    return max(held)[1] if held else _FORM.sub("", compared)


def _words(name: str) -> str:
    words = re.findall(r"[^\W\d_]+", name)
    return f" {' '.join(words)} "


_FORM = re.compile(
    r"^(?:the )?(?:[a-z]+ ){0,3}?"
    r"(?:republic|kingdom|state|principality|sultanate|emirate|commonwealth|grand duchy) of (?:the )?"
)
"""Words for a State's form of government, which one name has and another does not."""


@functools.cache
def _translated() -> dict[str, str]:
    """The United Nations' own names by those that the shipped languages have for each State."""
    from babel import Locale

    english = Locale("en").territories
    ours = {code: known for code, name in english.items() if (known := _canonical(name))} | _ENGLISH_DIFFERS
    return {
        _compared(Locale(language).territories.get(code, "")): known
        for language in LANGUAGES
        for code, known in ours.items()
    }


_ENGLISH_DIFFERS = {
    "AG": "Antigua and Barbuda",
    "BA": "Bosnia and Herzegovina",
    "CG": "Congo",
    "VA": "Holy See",
    "CD": "Democratic Republic of the Congo",
    "KP": "Democratic People's Republic of Korea",
    "KN": "Saint Kitts and Nevis",
    "LA": "Lao People's Democratic Republic",
    "LC": "Saint Lucia",
    "MM": "Myanmar",
    "PS": "State of Palestine",
    "ST": "Sao Tome and Principe",
    "TT": "Trinidad and Tobago",
    "VC": "Saint Vincent and the Grenadines",
}
"""States by their code whose English name in the Unicode tables is not one that OHCHR prints."""


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
