"""The frozen types that flow between the stages.

Everything here is a plain value: no file handles, no behaviour beyond what can be read off the fields.
Numbers of recommendations are text everywhere: ``140.10`` is not ``140.1``.
"""

from uprreport.model.cells import (
    BareFormula,
    Cells,
    Choice,
    ErrorCell,
    Filled,
    Raw,
    Row,
    Value,
)
from uprreport.model.goals import GOALS
from uprreport.model.records import (
    ANSWER_TEXTS,
    NO_INFORMATION,
    AgencyLedger,
    AnswerText,
    Decision,
    Outcome,
    Part,
    Question,
    Rank,
    Record,
    RecordSet,
    Role,
    Source,
    Submission,
)
from uprreport.model.register import (
    Agency,
    Kind,
    Link,
    Recommendation,
    Register,
    Theme,
)
from uprreport.model.report import (
    Block,
    Draft,
    Look,
    Note,
    Paragraph,
    Report,
    Table,
    TableColumn,
    TableRow,
)

__all__ = [
    "ANSWER_TEXTS",
    "GOALS",
    "NO_INFORMATION",
    "Agency",
    "AgencyLedger",
    "AnswerText",
    "BareFormula",
    "Block",
    "Cells",
    "Choice",
    "Decision",
    "Draft",
    "ErrorCell",
    "Filled",
    "Kind",
    "Link",
    "Look",
    "Note",
    "Outcome",
    "Paragraph",
    "Part",
    "Question",
    "Rank",
    "Raw",
    "Recommendation",
    "Record",
    "RecordSet",
    "Register",
    "Report",
    "Role",
    "Row",
    "Source",
    "Submission",
    "Table",
    "TableColumn",
    "TableRow",
    "Theme",
    "Value",
]
