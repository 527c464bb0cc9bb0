"""What the tool itself says in a draft: headings, labels, marks and editors' comments, in one place.

Words in braces are filled in by ``Given.say``, which tells each in the report's language. Everything else in
a report is the template's, the register's or the agencies'.
"""

from __future__ import annotations

from uprreport.language import phrase

NO_INFORMATION = phrase("No information")
UNDER_CLARIFICATION = phrase("Under clarification")
NO_POSITION = phrase("Position not known")
CONTESTED = phrase("Contested")
NOTHING_TO_PRINT = phrase("No information was available for publication when this report was closed.")
TITLE = phrase("{state}: voluntary mid-term report, Universal Periodic Review, {cycle} cycle")
CYCLES = (
    phrase("first"), phrase("second"), phrase("third"), phrase("fourth"), phrase("fifth"),
    phrase("sixth"), phrase("seventh"), phrase("eighth"), phrase("ninth"),
)  # fmt: skip
"""As they stand before the word *cycle*."""

# Headings and lines that a reader sees.
CHALLENGES = phrase("Challenges")
OTHER_THEMES = phrase("Other recommendations")
REFERENCE = phrase("Recommendations {numbers}.")
REFERENCE_ONE = phrase("Recommendation {numbers}.")
GOALS = phrase(" Sustainable Development Goals {goals}.")
GOAL = phrase(" Sustainable Development Goal {goals}.")
SEE_PLACE = phrase("See {place}.")
PLACE_THEME = phrase("“{theme}”")
SEE = phrase("This is answered together with recommendation {number}.")
REASON = phrase("Reason for the position: {reason}")
ONLY_STATUS = phrase("The level of implementation was reported as “{status}”.")
ONLY_UNSETTLED = phrase("The level of implementation is under clarification.")
ATTRIBUTED = phrase("{agency}: {text}")
VOLUNTARY_FUND = phrase("Voluntary Fund for UPR Implementation")
CURRENCY = phrase("{amount} {currency}")
STATUS_NUMBERS = phrase("{status}: {numbers}")
NOW = phrase("Now: {position}")
POSITION_NOW = phrase("Position now: {position}")
EXPECTED_BY = phrase("Expected by {date}")
NEEDED = phrase("Needed")
SUPPORTING = phrase("Supporting: {agencies}")
TOTAL = phrase("Total")
PARAGRAPH = phrase("para. {number}")
PARAGRAPH_ON = phrase("para. {number} and the paragraphs that follow it")
PARAGRAPHS = phrase("paras. {numbers}")
LISTED = phrase("{first}, {second}")
LISTED_NUMBERS = phrase("{number}, {next}")
LISTED_APART = phrase("{first}; {second}")
SENTENCES = phrase("{first} {second}")
"""What stands between two sentences."""

GOAL_NAMES = (
    phrase("No poverty"), phrase("Zero hunger"), phrase("Good health and well-being"),
    phrase("Quality education"), phrase("Gender equality"), phrase("Clean water and sanitation"),
    phrase("Affordable and clean energy"), phrase("Decent work and economic growth"),
    phrase("Industry, innovation and infrastructure"), phrase("Reduced inequalities"),
    phrase("Sustainable cities and communities"), phrase("Responsible consumption and production"),
    phrase("Climate action"), phrase("Life below water"), phrase("Life on land"),
    phrase("Peace, justice and strong institutions"), phrase("Partnerships for the goals"),
)  # fmt: skip
"""The short names of the Sustainable Development Goals, from the first to the seventeenth."""

# Summary and conclusion in words.
SUMMARY_IMPLEMENTED = phrase("In all, {count:# recommendation has|# recommendations have} been implemented.")
SUMMARY_THEME = phrase("The theme concerned is {themes}.")
SUMMARY_THEMES = phrase("The themes concerned are {themes}.")
SUMMARY_FIRST_THEMES = phrase("The themes most concerned are {themes}.")
THEME_COUNT = phrase("{theme} ({count})")
SUMMARY_LEVELS = phrase("Levels of implementation were reported as follows: {levels}.")
SUMMARY_OTHER_LEVELS = phrase("Other levels of implementation were reported as follows: {levels}.")
LEVEL_COUNT = phrase("“{level}” ({count})")
SUMMARY_NOT_IMPLEMENTED = phrase(
    "So far, {count:# recommendation has|# recommendations have} not been implemented."
)
SUMMARY_UNDER_CLARIFICATION = phrase(
    "The level of implementation of {count:# recommendation|# recommendations} is under clarification."
)
SUMMARY_NO_INFORMATION = phrase(
    "This report holds no information on {count:# recommendation|# recommendations}."
)
CONCLUSION_STEPS = phrase(
    "The responsible bodies have set out next steps for {count:# recommendation|# recommendations}."
)
CONCLUSION_CHALLENGES = phrase(
    "Challenges were met in implementing {count:# recommendation|# recommendations}."
)
CONCLUSION_NEEDS = phrase(
    "This report sets out {count:# need|# needs} for technical assistance and capacity-building."
)
CONCLUSION_ACTIONS = phrase("The implementation plan holds {count:# action|# actions}.")

# Labels, and titles of blocks.
FOREWORD = phrase("Foreword")
SUMMARY = phrase("Summary")
CONCLUSION = phrase("Conclusion")
ABBREVIATIONS = phrase("Abbreviations")
ABBREVIATIONS_USED = phrase("The following abbreviations are used in this report.")
DEVELOPMENTS = phrase("Developments")
DEVELOPMENTS_LABEL = phrase("developments")
REFERENCES_LABEL = phrase("references")
TITLE_REFERENCES = phrase("{theme}: references")
TITLE_NARRATIVE = phrase("{theme}: narrative")
TITLE_CHALLENGES = phrase("{theme}: challenges")

# Notes.
NOTE_PARAGRAPH = phrase("{symbol}, para. {numbers}.")
NOTE_PARAGRAPHS = phrase("{symbol}, paras. {numbers}.")

# Captions.
CAPTION_TABLE = phrase("Table {number}. {title}")
CAPTION_FIGURE = phrase("Figure {number}. {title}")
CAPTION_STATUS = phrase("Recommendations by level of implementation and present position")
CAPTION_THEMES = phrase("Recommendations by theme")
CAPTION_DEFINITIONS = phrase("Levels of implementation")
CAPTION_CONSULTATIONS = phrase("Consultations and their outcome")
CAPTION_CHANGES = phrase("Positions that changed since the review")
CAPTION_LINKS = phrase("Corresponding recommendations of other mechanisms")
CAPTION_GOALS = phrase("Recommendations by Sustainable Development Goal")
CAPTION_CHALLENGES = phrase("Types of challenges reported")
CAPTION_ASSISTANCE = phrase("Needs for technical assistance and capacity-building")
CAPTION_PLAN = phrase("Implementation plan")
CAPTION_ANNEX = phrase("Recommendations one by one")
CAPTION_ANNEX_GOALS = phrase("Recommendations under each Sustainable Development Goal")
CAPTION_ANNEX_AGENCIES = phrase("Recommendations by body")
CAPTION_ANNEX_STATISTICS = phrase("Themes by level of implementation")
CAPTION_ANNEX_STATES = phrase("Recommendations by recommending State")
CAPTIONS = {
    "status": CAPTION_STATUS,
    "themes": CAPTION_THEMES,
    "definitions": CAPTION_DEFINITIONS,
    "consultations": CAPTION_CONSULTATIONS,
    "changes": CAPTION_CHANGES,
    "links": CAPTION_LINKS,
    "goals": CAPTION_GOALS,
    "challenges": CAPTION_CHALLENGES,
    "assistance": CAPTION_ASSISTANCE,
    "plan": CAPTION_PLAN,
    "annex-1": CAPTION_ANNEX,
    "annex-2": CAPTION_ANNEX_GOALS,
    "annex-3": CAPTION_ANNEX_AGENCIES,
    "annex-4": CAPTION_ANNEX_STATISTICS,
    "annex-6": CAPTION_ANNEX_STATES,
}
"""By the names of the tables."""

# Headings of columns.
COLUMN_ABBREVIATION = phrase("Abbreviation")
COLUMN_ACTION = phrase("Action")
COLUMN_ANSWERS_FOR = phrase("Answers for")
COLUMN_ASSISTANCE = phrase("Assistance")
COLUMN_AT_REVIEW = phrase("At the review")
COLUMN_BENEFICIARY = phrase("Beneficiary and expected result")
COLUMN_BODY = phrase("Body")
COLUMN_BUDGET = phrase("Budget")
COLUMN_DATE = phrase("Date")
COLUMN_DOCUMENT = phrase("Document")
COLUMN_FORM = phrase("Form")
COLUMN_GOAL = phrase("Goal")
COLUMN_INDICATOR = phrase("Indicator and target")
COLUMN_INFORMED = phrase("With information")
COLUMN_KIND = phrase("Kind")
COLUMN_LEVEL = phrase("Level of implementation")
COLUMN_MEANING = phrase("Meaning")
COLUMN_MEASURES = phrase("Measures")
COLUMN_MECHANISM = phrase("Mechanism")
COLUMN_NEED = phrase("Need")
COLUMN_NOW = phrase("Now")
COLUMN_NUMBER = phrase("Number")
COLUMN_NUMBERS = phrase("Numbers")
COLUMN_OUTCOME = phrase("Outcome")
COLUMN_PERIOD = phrase("Period")
COLUMN_PERIOD_COST = phrase("Period and rough cost")
COLUMN_POSITION = phrase("Position")
COLUMN_REASON = phrase("Reason")
COLUMN_RECOMMENDATION = phrase("Recommendation")
COLUMN_RECOMMENDATION_STATE = phrase("Recommendation and recommending State")
COLUMN_RECOMMENDATIONS = phrase("Recommendations")
COLUMN_RECOMMENDATIONS_LEVEL = phrase("Recommendations by level of implementation")
COLUMN_RESPONSIBLE = phrase("Responsible")
COLUMN_RESPONSIBLE_BODY = phrase("Responsible body")
COLUMN_SDGS = phrase("SDGs")
COLUMN_STATE = phrase("Recommending State")
COLUMN_STATUS = phrase("Status")
COLUMN_SUPPORTED = phrase("Now supported")
COLUMN_SUPPORTS = phrase("Supports")
COLUMN_TARGETS = phrase("Targets")
COLUMN_TEXT = phrase("Text")
COLUMN_THEME = phrase("Theme")
COLUMN_THEMES_PERSONS = phrase("Themes and groups of persons")
COLUMN_TYPE_OF_CHALLENGE = phrase("Type of challenge")
COLUMN_WITH = phrase("With")

# Charts: their captions, what stands in them, and what is told to whoever cannot see them.
CHART_STATUS = phrase("Level of implementation by theme")
CHART_POSITIONS = phrase("Level of implementation by present position")
CHART_ASSISTANCE = phrase("Needs for assistance by kind")
CHART_COVERAGE = phrase("Information received by body")
CHART_NEEDS = phrase("Needs")
CHART_INFORMED = phrase("With information")
CHART_SILENT = phrase("Without information")
CHART_OTHER_THEMES = phrase("Other themes ({count})")
CHART_OTHER_BODIES = phrase("Other bodies ({count})")
CHART_ALTERNATIVE = phrase("Bar chart: {title}. {told}.")
CHART_IN_ALL = phrase("In all: {told}")
CHART_LONGEST = phrase("Longest bars: {told}")
CHART_BOTH = phrase("{first}. {second}")
CHARTS = {
    "status": CHART_STATUS,
    "positions": CHART_POSITIONS,
    "assistance": CHART_ASSISTANCE,
    "coverage": CHART_COVERAGE,
}
"""Captions by the names of the charts."""

# Marks that stand where something is missing, and comments for editors.
MARK_AWAITED = phrase("[{numbers}: information is awaited.]")
MARK_EMPTY = phrase("[{numbers}: no information was received.]")
MARK_WITHHELD = phrase("[{numbers}: no information for publication.]")
MARK_UNASSIGNED = phrase("[{numbers}: no agency has been asked.]")
MARK_SUMMARY = phrase("[Summary: what was achieved and what remains, to be written.]")
MARK_CONCLUSION = phrase("[Conclusion: to be written.]")
MARK_DEVELOPMENTS = phrase("[Developments since the review: to be written.]")
COMMENT_AWAITED = phrase("{numbers}: the sheet of {agencies} has not come back.")
COMMENT_EMPTY = phrase("{numbers}: the sheet of {agencies} came back without an answer.")
COMMENT_WITHHELD = phrase(
    "{numbers}: an answer of {agencies} is not cleared for publication and is not part of this draft. "
    "It can be cleared in decisions.xlsx."
)
COMMENT_UNASSIGNED = phrase(
    "{numbers}: no agency is assigned. Assign one in register.xlsx, then make its sheet."
)
COMMENT_CONTESTED = phrase(
    "{number}: agencies report different levels of implementation ({answers}). "
    "Decide in decisions.xlsx, question status-conflict:{number}."
)
COMMENT_NO_MEASURES = phrase(
    "{numbers}: {agencies} gave a level of implementation without describing measures."
)
COMMENT_UNTRANSLATED = phrase(
    "Words of {agencies} stand here in another language than the report’s and are to be translated."
)
COMMENT_UNTRANSLATED_ANSWERS = phrase(
    "{numbers}: words of {agencies} stand in another language than the report’s and are to be translated."
)
COMMENT_BUDGET = phrase("This theme is longer than its budget of {limit} words.")
COMMENT_TEXTS = phrase(
    "To be written by the coordinator, here or on the tab Texts of register.xlsx, or to be deleted."
)
COMMENT_DEVELOPMENTS = phrase(
    "To be written by the coordinator: developments since the review that no recommendation covers."
)
