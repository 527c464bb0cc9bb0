"""What the shipped templates say: titles of chapters, cover, sentences. Translations stand in the catalogues.

A sentence with a condition stands only where that holds; ``build`` fills in what is in double braces.
"""

from __future__ import annotations

from uprreport.language import phrase

Sentences = tuple[tuple[str, str], ...]
"""Sentences of one paragraph: the condition, or nothing, and the text."""

# Cover, headers and footers.
TITLE = phrase(
    "Voluntary mid-term report on the implementation of recommendations of the Universal Periodic Review"
)
CYCLE = phrase("{{ review.cycle | capitalize }} cycle")
SESSION = phrase(", {{ review.session }} session of the Working Group")
SYMBOL = phrase("Report of the Working Group: {{ review.report_symbol }}")
ADDENDUM = phrase("; addendum: {{ review.addendum_symbol }}")
AS_OF = phrase("Information as of {{ report.cut_off }}")
DRAFT_MARK = phrase("DRAFT of {{ report.today }} – not for circulation")
HEADER = phrase("{{ review.state }} – voluntary mid-term report, {{ review.cycle }} cycle")
DRAFT = phrase("Draft of {{ report.today }}")
PAGE = phrase("Page {page} of {pages}")
CONTENTS = phrase("Contents")
ABBREVIATIONS = phrase("Abbreviations")
NOTES = phrase("Notes")
ANNEX = phrase("Annex %1.")
SENTENCES = phrase("{first} {second}")

# Chapters.
MIDTERM = {
    "summary": phrase("Summary"),
    "introduction": phrase("Introduction and methodology"),
    "developments": phrase("Developments since the review"),
    "implementation": phrase("Implementation of supported recommendations"),
    "noted": phrase("Noted recommendations"),
    "pledges": phrase("Voluntary pledges and commitments"),
    "observations": phrase("Observations of the Office of the High Commissioner"),
    "links": phrase("Links to other mechanisms and to the Sustainable Development Goals"),
    "challenges": phrase("Challenges across themes"),
    "assistance": phrase("Technical assistance and capacity-building"),
    "practices": phrase("Good practices"),
    "plan": phrase("Next steps"),
}
NATIONAL = {
    "introduction": phrase("Methodology and consultation process"),
    "developments": phrase("Developments since the previous review"),
    "summary": phrase("Overview of the follow-up"),
    "implementation": phrase("Follow-up to supported recommendations"),
    "noted": phrase("Follow-up to noted recommendations"),
    "pledges": phrase("Voluntary pledges and commitments"),
    "observations": phrase("Observations of the Office of the High Commissioner"),
    "links": phrase("Cooperation with other mechanisms and the Sustainable Development Goals"),
    "practices": phrase("Achievements and best practices"),
    "challenges": phrase("Challenges and constraints"),
    "plan": phrase("Key national priorities"),
    "assistance": phrase("Expectations in terms of capacity-building and technical assistance"),
}
ANNEXES = {
    "annex_1": phrase("Recommendations and their implementation"),
    "annex_2": phrase("Sustainable Development Goals"),
    "annex_3": phrase("Responsible bodies"),
    "annex_4": phrase("Statistics"),
    "consultations": phrase("Consultations"),
    "annex_6": phrase("Index by recommending State"),
}

# Paragraphs. A number stands so that no word beside it has to agree with it, where a language asks for that.
POSITIONS: Sentences = (
    (
        "",
        phrase(
            "{{ review.state }} received {{ counts.recommendations }} recommendations in the "
            "{{ review.cycle }} cycle of the Universal Periodic Review."
        ),
    ),
    (
        "not counts.supported_in_part",
        phrase("It supported {{ counts.supported }} and noted {{ counts.noted }}."),
    ),
    (
        "counts.supported_in_part",
        phrase(
            "It supported {{ counts.supported }}, supported {{ counts.supported_in_part }} in part and "
            "noted {{ counts.noted }}."
        ),
    ),
    (
        "counts.under_consideration",
        phrase("Its position on {{ counts.under_consideration }} was under consideration."),
    ),
    ("", phrase("This report covers supported and noted recommendations alike.")),
    (
        "tables.status",
        phrase("Table {{ tables.status }} shows them by level of implementation and position."),
    ),
)
METHOD: Sentences = (
    (
        "",
        phrase(
            "This report was prepared by the national mechanism for implementation, reporting and follow-up."
        ),
    ),
    (
        "",
        phrase(
            "Each recommendation was assigned to the bodies that are responsible for it, and "
            "{{ counts.agencies }} bodies were asked for information on level of implementation, measures "
            "taken, challenges, next steps and needs for assistance."
        ),
    ),
)
CAME: Sentences = (
    ("", phrase("{{ counts.returned }} of these bodies answered.")),
    ("report.cut_off", phrase("Information was taken into account up to {{ report.cut_off }}.")),
    (
        "",
        phrase(
            "Information on {{ counts.informed }} of {{ counts.recommendations }} recommendations is part of "
            "this report."
        ),
    ),
)
TERMS: Sentences = (("", phrase("The level of implementation is described by the following terms.")),)
CONSULTED: Sentences = (
    (
        "",
        phrase(
            "The bodies consulted parliament, the judiciary, the national human rights institution, local "
            "authorities and civil society."
        ),
    ),
    ("", phrase("An annex lists the consultations with their outcome.")),
)
IMPLEMENTATION: Sentences = (
    ("", phrase("The following paragraphs set out what has been done, theme by theme.")),
    (
        "tables.annex_1",
        phrase(
            "Table {{ tables.annex_1 }} in Annex I shows every recommendation with its level of "
            "implementation."
        ),
    ),
)
NOTED: Sentences = (
    ("", phrase("{{ review.state }} has followed the recommendations that it noted as well.")),
    ("", phrase("Reasons for positions, and action that was taken all the same, are set out below.")),
)
CHANGES: Sentences = (
    (
        "",
        phrase(
            "Since the review, {{ review.state }} has reconsidered its position on the following "
            "recommendations."
        ),
    ),
)
OBSERVATIONS: Sentences = (
    (
        "",
        phrase(
            "The High Commissioner’s letter on the outcome of the review holds observations of the Office."
        ),
    ),
    ("", phrase("They are answered one by one.")),
)
LINKS: Sentences = (
    (
        "",
        phrase(
            "Many recommendations correspond to recommendations of treaty bodies, special procedures and "
            "regional mechanisms."
        ),
    ),
)
GOALS: Sentences = (
    (
        "",
        phrase(
            "Recommendations are linked to the Sustainable Development Goals, so that this report can be "
            "used for the Voluntary National Review."
        ),
    ),
)
CHALLENGES: Sentences = (
    ("", phrase("The bodies described the main type of challenge that they met.")),
    ("", phrase("One recommendation may have met several.")),
)
ASSISTANCE: Sentences = (
    (
        "",
        phrase(
            "{{ review.state }} has identified the following needs for technical assistance and "
            "capacity-building."
        ),
    ),
)
PLAN: Sentences = (
    ("", phrase("The implementation plan sets out the actions planned until the next review.")),
)
