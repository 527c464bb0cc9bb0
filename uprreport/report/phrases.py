"""What the tool itself says in a draft: headings, labels, marks and editors' comments, in one place.

Words in braces are filled in. Everything else in a report is the template's or the agencies'.
"""

from __future__ import annotations

NO_INFORMATION = "No information"
CONTESTED = "Contested"

# Headings and lines that a reader sees.
CHALLENGES = "Challenges"
OTHER_THEMES = "Other recommendations"
REFERENCE = "Recommendations {numbers}."
REFERENCE_ONE = "Recommendation {numbers}."
GOALS = " Sustainable Development Goals {goals}."
GOAL = " Sustainable Development Goal {goals}."
SEE_PLACE = "See {place}."
PLACE_PARAGRAPH = "para. {number}"
PLACE_THEME = "“{theme}”"
SEE = "This is answered together with recommendation {number}."
REASON = "Reason for the position: {reason}"
ONLY_STATUS = "The level of implementation reported is: {status}."
ATTRIBUTED = "{agency}: {text}"
VOLUNTARY_FUND = "Voluntary Fund for UPR Implementation"
CURRENCY = "{amount} {currency}"

# Notes.
NOTE_PARAGRAPH = "{symbol}, para. {numbers}."
NOTE_PARAGRAPHS = "{symbol}, paras. {numbers}."

# Captions.
CAPTION_TABLE = "Table {number}. {title}"
CAPTION_FIGURE = "Figure {number}. {title}"
CAPTION_STATUS = "Recommendations by level of implementation and position"
CAPTION_THEMES = "Recommendations by theme"
CAPTION_DEFINITIONS = "Levels of implementation"
CAPTION_CONSULTATIONS = "Consultations and their outcome"
CAPTION_CHANGES = "Positions that changed since the review"
CAPTION_LINKS = "Corresponding recommendations of other mechanisms"
CAPTION_GOALS = "Recommendations by Sustainable Development Goal"
CAPTION_CHALLENGES = "Types of challenges reported"
CAPTION_ASSISTANCE = "Needs for technical assistance and capacity-building"
CAPTION_PLAN = "Implementation plan"
CAPTION_ANNEX = "Recommendations one by one"
CAPTION_ANNEX_GOALS = "Recommendations under each Sustainable Development Goal"
CAPTION_ANNEX_AGENCIES = "Recommendations by body"
CAPTION_ANNEX_STATISTICS = "Themes by level of implementation"
CAPTION_ANNEX_STATES = "Recommendations by recommending State"

# Charts: their captions, what stands in them, and what is told to whoever cannot see them.
CHART_STATUS = "Level of implementation by theme"
CHART_POSITIONS = "Level of implementation by position"
CHART_ASSISTANCE = "Needs for assistance by kind"
CHART_COVERAGE = "Information received by body"
CHART_NEEDS = "Needs"
CHART_INFORMED = "With information"
CHART_SILENT = "Without information"
CHART_OTHER_THEMES = "Other themes ({count})"
CHART_OTHER_BODIES = "Other bodies ({count})"
CHART_ALTERNATIVE = "Bar chart: {title}. {told}."
CHART_IN_ALL = "In all: {told}"
CHART_LONGEST = "Longest bars: {told}"

# Marks that stand where something is missing, and comments for editors.
MARK_AWAITED = "[{numbers}: information is awaited.]"
MARK_EMPTY = "[{numbers}: no information was received.]"
MARK_WITHHELD = "[{numbers}: no information for publication.]"
MARK_UNASSIGNED = "[{numbers}: no agency has been asked.]"
MARK_DEVELOPMENTS = "[Developments since the review: to be written.]"
COMMENT_AWAITED = "{numbers}: the sheet of {agencies} has not come back."
COMMENT_EMPTY = "{numbers}: the sheet of {agencies} came back without an answer."
COMMENT_WITHHELD = (
    "{numbers}: an answer of {agencies} is not cleared for publication and is not part of this draft. "
    "It can be cleared in decisions.xlsx."
)
COMMENT_UNASSIGNED = "{numbers}: no agency is assigned. Assign one in register.xlsx, then make its sheet."
COMMENT_CONTESTED = (
    "{number}: agencies report different levels of implementation ({answers}). "
    "Decide in decisions.xlsx, question status-conflict:{number}."
)
COMMENT_NO_MEASURES = "{numbers}: {agencies} gave a level of implementation without describing measures."
COMMENT_DEVELOPMENTS = (
    "To be written by the coordinator: developments since the review that no recommendation covers."
)
COMMENT_OPEN = "{question} is not decided yet; see decisions.xlsx."
