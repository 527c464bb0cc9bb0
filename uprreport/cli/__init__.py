"""The command line: parse, call a flow, show, exit; nothing else.

Heavy modules are imported inside the commands, so that ``--help`` and completion stay quick.
"""

from uprreport.cli import beginning, collecting, drafting, exporting, finishing, revising, sending
from uprreport.cli.main import main

__all__ = ["beginning", "collecting", "drafting", "exporting", "finishing", "main", "revising", "sending"]
