"""From a State's UPR recommendations to a Word draft of its voluntary mid-term report."""

__version__ = "0.1.0"
