"""The words by which reports cite paragraphs and tell positions, by language: data, no rules.

Another language is one more entry. Each text is a piece of a regular expression, compared without case.
Languages without an entry are read with none of these rules: a citation that is not understood is never told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verbs:
    """How a State's position is told: with the State before it (``active``), or behind the numbers.

    ``passive`` holds whole predicates, ``Recommendation 140.7`` *was noted*.
    """

    active: str
    passive: str


@dataclass(frozen=True, slots=True)
class CitingWords:
    """One language's words.

    ``unit`` is *paragraph*, ``see`` what points the reader to one, ``own`` what follows where it is one of
    this report, ``other`` the names of documents that have paragraphs too, ``of`` what joins a paragraph
    with its document. ``joins`` stands between numbers, ``filler`` between a verb and its numbers.
    ``subjects`` are names of the State besides its own, ``pronouns`` stand for it where the sentence, or the
    one before it, opens with it; ``article`` is what may stand before its name, ``between``
    what may stand between subject and verb. A verb is taken as telling ``supported in part`` before
    ``refused``, that before ``noted``, that before ``supported``; ``partly`` may also follow the numbers.
    ``adjective`` is a position before the word *recommendations*, ``leads`` what may stand before it.
    ``ends`` may follow a predicate that no sign ends; ``turns`` opens another clause.
    """

    unit: str
    see: str
    own: str
    other: str
    of: str
    joins: str
    filler: str
    subjects: str
    pronouns: str
    article: str
    between: str
    supported: Verbs
    partly_supported: Verbs
    noted: Verbs
    refused: Verbs
    partly: str
    adjective: str
    leads: str
    ends: str
    turns: str


ENGLISH = CitingWords(
    unit=r"paragraphs?|paras?\.?",
    see=(
        r"see(?: also)?|cf\.?|as (?:described|explained|stated|set out|noted|mentioned) in"
        r"|refer to"
    ),
    own=r"above|below|of (?:this|the present) (?:report|document)|supra|infra",
    other=(
        r"articles?|arts?\.|acts?|laws?|codes?|decrees?|resolutions?|conventions?|covenants?"
        r"|protocols?|regulations?|observations|comments?|constitution|plan|strategy|reports of|report of"
        r"|annex to|declaration|agenda|decisions?"
    ),
    of=r"of|in|to",
    joins=r"and|or|as well as|&",
    filler=(
        r"the|following|recommendations?|paragraphs?|paras?\.?|nos?\.?|numbers?|both|all|also"
        r"|contained in|numbered"
    ),
    subjects=r"the government|the state(?: under review| party)?|the delegation|the country|we",
    pronouns=r"it|they",
    article=r"the (?:republic of |kingdom of |state of )?",
    between=(
        r"has|have|had|also|fully|then|later|initially|originally|subsequently|already|further"
        r"|therefore|only"
        r"|at the review|at that time|at first"
    ),
    supported=Verbs(
        r"support(?:ed|s)?|accept(?:ed|s)?|endorsed",
        r"(?:was|were|is|are|has been|have been|had been)(?: all| both| also| fully)? (?:supported"
        r"|accepted)"
        r"|(?:enjoys?|enjoyed)(?: all| both)? (?:its|the) support(?: of the (?:government|state))?",
    ),
    partly_supported=Verbs(
        r"(?:partially|partly|in part) (?:support(?:ed|s)?|accept(?:ed|s)?)"
        r"|(?:supported|accepted|supports|accepts)(?: only)? (?:in part|partially|partly)",
        r"(?:was|were|is|are|has been|have been)(?: both| all| only)? (?:partially"
        r"|partly) (?:supported|accepted)"
        r"|(?:was|were|is|are|has been|have been)(?: both| all)? (?:supported"
        r"|accepted)(?: only)? (?:in part|partially)",
    ),
    noted=Verbs(
        r"note[sd]?|t(?:ook|akes?|aken) note of",
        r"(?:was|were|is|are|has been|have been|had been)(?: all| both| also| only)? (?:noted"
        r"|taken note of)",
    ),
    refused=Verbs(
        r"(?:did|does|do|could|can) not(?: fully)? (?:support|accept|endorse)|cannot (?:support"
        r"|accept)|rejected",
        r"(?:was|were|is|are|has been|have been) not (?:supported|accepted)|(?:was|were) rejected"
        r"|(?:did|does|do) not enjoy (?:its|the) support(?: of the (?:government|state))?",
    ),
    partly=r"in part|partially|partly",
    adjective=r"(?:partially |partly )?(?:supported|accepted|noted)",
    leads=r"the|of|its|our|these|those|all",
    ends=r"at the (?:review|time|adoption)|during the (?:review|interactive dialogue)"
    r"|by the (?:government|state)",
    turns=r"and|but|while|whereas|that|of these|among them",
)

FRENCH = CitingWords(
    unit=r"paragraphes?|par\.",
    see=r"voir(?: aussi| également)?|cf\.?",
    own=(
        r"ci-dessus|ci-dessous|plus haut|plus bas|d(?:u|ans le) présent (?:rapport|document)"
        r"|de ce rapport"
    ),
    other=(
        r"articles?|art\.|lois?|code|décrets?|résolutions?|conventions?|pacte|protocoles?|règlements?"
        r"|observations"
        r"|constitution|plan|stratégie|rapports? d|déclaration|décisions?"
    ),
    of=r"de|du|des|d['’]",
    joins=r"et|ou|ainsi que",
    filler=(
        r"la|les|l['’]|à|aux|de|des|recommandations?|n[o°]s?\.?|numéros?|paragraphes?|par\."
        r"|suivantes?|figurant"
    ),
    subjects=r"le gouvernement|l['’]état(?: examiné| partie)?|la délégation|le pays|nous",
    pronouns=r"il|elle",
    article=r"l['’]|la |le |les |la république d['’e] ?",
    between=r"aussi|également|ensuite|initialement|d['’]abord|alors|lors de l['’]examen",
    supported=Verbs(
        r"(?:a|ont|avons|avait)(?: également| aussi)? (?:accepté|appuyé|souscrit)|accepte|appuie",
        r"(?:a|ont) été (?:acceptée|appuyée)s?|(?:est|sont) (?:acceptée|appuyée)s?|recueill(?:e"
        r"|ent) son (?:appui|adhésion)",
    ),
    partly_supported=Verbs(
        r"(?:a|ont|avons) (?:partiellement (?:accepté|appuyé)|(?:accepté|appuyé) (?:partiellement"
        r"|en partie))",
        r"(?:a|ont) été (?:partiellement (?:acceptée|appuyée)s?|(?:acceptée"
        r"|appuyée)s? (?:partiellement|en partie))",
    ),
    noted=Verbs(
        r"(?:a|ont|avons|avait)(?: également| aussi)? (?:pris note|noté)|prend note|prennent note",
        r"(?:a|ont) été notées?|(?:est|sont) notées?",
    ),
    refused=Verbs(
        r"n['’](?:a|ont|avons|avait) pas (?:accepté|appuyé|souscrit)|n['’](?:accepte|appuie) pas",
        r"n['’](?:a|ont) pas été (?:acceptée|appuyée)s?|ne (?:recueille|recueillent) pas son (?:appui"
        r"|adhésion)",
    ),
    partly=r"en partie|partiellement",
    adjective=r"",
    leads=r"",
    ends=r"lors de l['’]examen|par le gouvernement",
    turns=r"et|mais|tandis que|alors que|que",
)

SPANISH = CitingWords(
    unit=r"párrafos?|párrs?\.",
    see=r"véan?se(?: también)?|ver(?: también)?|cf\.?",
    own=(
        r"supra|infra|más arriba|más abajo|anterior(?:es)?|del presente (?:informe|documento)"
        r"|de este informe"
    ),
    other=(
        r"artículos?|arts?\.|ley(?:es)?|código|decretos?|resoluci(?:ón|ones)|convenci(?:ón|ones)"
        r"|pacto|protocolos?"
        r"|observaciones|constitución|plan|estrategia|informes? de|declaración|decisi(?:ón|ones)"
    ),
    of=r"de|del",
    joins=r"y|e|o|así como",
    filler=(
        r"la|las|los|de|a|recomendaci(?:ón|ones)|n[úu]ms?\.?|números?|párrafos?|párrs?\."
        r"|siguientes?"
    ),
    subjects=r"el gobierno|el estado(?: examinado| parte)?|la delegación|el país",
    pronouns=r"este|esta",
    article=r"la |el |la república de ",
    between=r"también|después|inicialmente|entonces|durante el examen",
    supported=Verbs(
        r"(?:ha |había |han )?(?:aceptado|apoyado)|aceptó|apoyó|aceptaron|acepta|apoya",
        r"(?:fue|fueron|ha sido|han sido) (?:aceptad|apoyad)as?|cuentan? con (?:su"
        r"|el) apoyo(?: del (?:gobierno|estado))?",
    ),
    partly_supported=Verbs(
        r"(?:aceptó|apoyó|ha aceptado|ha apoyado) (?:parcialmente|en parte)",
        r"(?:fue|fueron|ha sido|han sido) (?:parcialmente (?:aceptad|apoyad)as?|(?:aceptad"
        r"|apoyad)as? parcialmente)",
    ),
    noted=Verbs(
        r"(?:ha |había |han )?tomado nota|tomó nota|toma nota|tomó conocimiento"
        r"|ha tomado conocimiento",
        r"se tomó nota",
    ),
    refused=Verbs(
        r"no (?:(?:ha |había |han )?(?:aceptado|apoyado)|aceptó|apoyó|acepta|apoya)",
        r"no (?:fue|fueron|ha sido|han sido) (?:aceptad|apoyad)as?|no cuentan? con (?:su|el) apoyo",
    ),
    partly=r"en parte|parcialmente",
    adjective=r"",
    leads=r"",
    ends=r"durante el examen|por el gobierno",
    turns=r"y|pero|mientras que|que",
)

RUSSIAN = CitingWords(
    unit=r"пункт(?:ы|е|ах|а|ов)?|пп?\.",
    see=r"см\.?(?: также)?|смотри(?:те)?",
    own=r"выше|ниже|настоящего (?:доклада|документа)",
    other=(
        r"стать[яиею]\w*|ст\.|закон\w*|кодекс\w*|указ\w*|резолюци\w*|конвенци\w*|пакт\w*|протокол\w*"
        r"|постановлени\w*"
        r"|замечани\w*|конституци\w*|план\w*|стратеги\w*|деклараци\w*|решени\w*"
    ),
    of=r"из|в",
    joins=r"и|или|а также",
    filler=r"рекомендаци(?:я|и|ю|й|ями|ях)|№№?|номер\w*|пункт\w*|пп?\.|следующие",
    subjects=r"правительство|государство|делегация|страна|мы",
    pronouns=r"она|он|оно",
    article=r"республика ",
    between=r"также|затем|первоначально|тогда|полностью|в ходе обзора",
    supported=Verbs(
        r"поддержал[аои]?|поддерживает|принял[аои]?(?! к сведению)",
        r"(?:был[аи] )?(?:поддержан[аы]|принят[аы](?! к сведению))",
    ),
    partly_supported=Verbs(
        r"частично (?:поддержал|принял)[аои]?",
        r"(?:был[аи] )?частично (?:поддержан|принят)[аы]",
    ),
    noted=Verbs(
        r"принял[аои]? к сведению|принимает к сведению",
        r"(?:был[аи] )?принят[аы] к сведению",
    ),
    refused=Verbs(
        r"не (?:поддержал|принял)[аои]?(?! к сведению)|не поддерживает",
        r"не (?:был[аи] )?(?:поддержан|принят)[аы](?! к сведению)",
    ),
    partly=r"частично",
    adjective=r"",
    leads=r"",
    ends=r"в ходе обзора|правительством",
    turns=r"и|но|а|что",
)

CITING: Mapping[str, CitingWords] = {
    "en": ENGLISH, "fr": FRENCH, "es": SPANISH, "ru": RUSSIAN,
}  # fmt: skip
