"""What the shipped templates say: titles of chapters, cover, sentences. Translations stand in the catalogues.

``build`` fills in what is in double braces, whole paragraphs among them (``{{ paragraphs.positions }}``).
"""

from __future__ import annotations

from uprreport.language import phrase

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
FOREWORD = phrase("Foreword")
NOTES = phrase("Notes")
ANNEX = phrase("Annex %1.")

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
    "conclusion": phrase("Conclusion"),
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
    "conclusion": phrase("Conclusion"),
}
ANNEXES = {
    "annex_1": phrase("Recommendations and their implementation"),
    "annex_2": phrase("Sustainable Development Goals"),
    "annex_3": phrase("Responsible bodies"),
    "annex_4": phrase("Statistics"),
    "consultations": phrase("Consultations"),
    "annex_6": phrase("Index by recommending State"),
}

# What `build` cannot know stands as a mark for the editor; sentences about rows are made by `build`.
TERMS = phrase("The level of implementation is described by the following terms.")
PREPARATION = phrase("[How this report was prepared, and under whose coordination: to be written.]")
CONSULTATIONS = phrase("[Consultations on this report: to be written, or this mark to be deleted.]")
