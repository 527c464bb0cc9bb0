from __future__ import annotations

import pytest

from uprreport.revise.citing_words import CITING
from uprreport.revise.positions import stated_positions

KNOWN = frozenset(f"140.{n}" for n in range(1, 61))
SUPPORTED, PARTLY, NOTED = {"supported"}, {"supported in part"}, {"noted"}
REFUSED = {"noted", "under consideration"}


def told(text: str, language: str = "en", state: str = "Aurenia") -> list[tuple[str, set[str]]]:
    found = stated_positions(text, CITING[language], state, KNOWN)
    return [(",".join(number.partition(".")[2] for number in one.numbers), set(one.fits)) for one in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Aurenia supported recommendation 140.7.", [("7", SUPPORTED)]),
        ("The Government has also accepted recommendations 140.3, 140.5 and 140.7.", [("3,5,7", SUPPORTED)]),
        ("Aurenia answered in June. It noted recommendations 140.3 and 140.9.", [("3,9", NOTED)]),
        ("Aurenia supported recommendation 140.1, and it noted recommendation 140.2.",
         [("1", SUPPORTED), ("2", NOTED)]),
        ("We took note of recommendations 140.11–140.13.", [("11,12,13", NOTED)]),
        ("Aurenia did not support recommendation 140.9.", [("9", REFUSED)]),
        ("The Government could not accept recommendations 140.9 or 140.10.", [("9,10", REFUSED)]),
        ("Aurenia partially supported recommendation 140.4.", [("4", PARTLY)]),
        ("Aurenia supported recommendation 140.4 in part.", [("4", PARTLY)]),
        ("Aurenia supported 140.1 and 140.2, and noted recommendation 140.3.",
         [("1,2", SUPPORTED), ("3", NOTED)]),
        ("Recommendations 140.3 and 140.9 were noted.", [("3,9", NOTED)]),
        ("Recommendation 140.3 was not supported, while recommendation 140.4 was supported in part.",
         [("3", REFUSED), ("4", PARTLY)]),
        ("Recommendations 140.3 and 140.4 enjoy the support of the Government.", [("3,4", SUPPORTED)]),
        ("Recommendation 140.3 did not enjoy the support of the State.", [("3", REFUSED)]),
        ("The noted recommendations 140.3 and 140.9 are dealt with below.", [("3,9", NOTED)]),
        ("Supported recommendations 140.1–140.3", [("1,2,3", SUPPORTED)]),
        ("In 2024, Aurenia initially noted recommendation 140.8.", [("8", NOTED)]),
    ],
)  # fmt: skip
def test_stated_positions__clear_sentences__are_read(text: str, wanted: list[tuple[str, set[str]]]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The work on recommendation 140.7 was supported by UNICEF.",
        "Recommendation 140.7 was supported by UNICEF with a grant.",
        "UNICEF supported recommendation 140.7.",
        "The Committee noted recommendation 140.7.",
        "The Ombudsperson of Aurenia supported recommendation 140.7.",
        "The Committee noted with concern that recommendation 140.7 is not implemented.",
        "Progress on recommendations 140.3 and 140.9 was noted.",
        "The Government noted that recommendation 140.7 needs funds.",
        "The Government supports the implementation of recommendation 140.7.",
        "The Government supported families, as recommendation 140.7 asks.",
        "Aurenia supported 47 recommendations, among them 140.7 on health.",
        "It supported 47, supported 2 in part and noted 11.",
        "At the time of the review, 47 were supported, 2 were supported in part and 11 were noted.",
        "Aurenia would support recommendation 140.7 if funds were found.",
        "Aurenia no longer supports recommendation 140.7.",
        "Parliament, which had noted the report, discussed recommendation 140.7.",
        "As noted above, recommendation 140.7 is implemented.",
        "As noted, recommendations 140.1 and 140.2 are implemented.",
        "Aurenia supported the draft. Recommendation 140.7 was discussed.",
        "Recommendations 140.1, 140.2. Sustainable Development Goals 5 and 8.",
        "Growth of 140.7 per cent was noted.",
        "Recommendation 140.7 was supported financially.",
        "Recommendation 140.7 was noted with appreciation in the region.",
        "The Government asked whether it supported recommendation 140.7.",
        "UNICEF opened an office in May. It supported recommendation 140.7.",
        "Recommendation 140.7 was supported and funded by UNICEF.",
        "Recommendation 140.7 was supported, among others, by UNICEF.",
    ],
)
def test_stated_positions__sentences_that_may_mean_something_else__are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "L’Aurénie a accepté la recommandation 140.7.", [("7", SUPPORTED)]),
        ("fr", "Le Gouvernement a pris note des recommandations 140.3 et 140.9.", [("3,9", NOTED)]),
        ("fr", "L'Aurénie n'a pas accepté la recommandation 140.9.", [("9", REFUSED)]),
        ("fr", "Les recommandations 140.3 et 140.9 ont été notées.", [("3,9", NOTED)]),
        ("fr", "L’UNICEF a appuyé la recommandation 140.7.", []),
        ("fr", "Le Gouvernement a pris note du fait que la recommandation 140.7 est coûteuse.", []),
        ("es", "Aurenia aceptó la recomendación 140.7.", [("7", SUPPORTED)]),
        ("es", "El Gobierno tomó nota de las recomendaciones 140.3 y 140.9.", [("3,9", NOTED)]),
        ("es", "Aurenia no aceptó la recomendación 140.9.", [("9", REFUSED)]),
        ("es", "Las recomendaciones 140.3 y 140.9 fueron aceptadas.", [("3,9", SUPPORTED)]),
        ("es", "El UNICEF apoyó la recomendación 140.7.", []),
        ("ru", "Аврения поддержала рекомендацию 140.7.", [("7", SUPPORTED)]),
        ("ru", "Правительство приняло к сведению рекомендации 140.3 и 140.9.", [("3,9", NOTED)]),
        ("ru", "Аврения не поддержала рекомендацию 140.9.", [("9", REFUSED)]),
        ("ru", "Рекомендации 140.3 и 140.9 были приняты к сведению.", [("3,9", NOTED)]),
        ("ru", "ЮНИСЕФ поддержал рекомендацию 140.7.", []),
    ],
)
def test_stated_positions__other_languages__by_their_words(
    language: str, text: str, wanted: list[tuple[str, set[str]]]
) -> None:
    state = {"fr": "Aurénie", "ru": "Аврения"}.get(language, "Aurenia")
    assert told(text, language, state) == wanted
