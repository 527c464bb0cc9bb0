"""Numbers that a workbook shows as dates: days since the beginning of its calendar."""

from __future__ import annotations

import datetime
import math
import re

from uprreport.model import Raw

_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)  # noqa: DTZ001  # of no zone
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
"""Formats such as ``[h]:mm`` show how long something took, not when it was."""


def as_moment(days: float, code: str, *, date1904: bool) -> Raw | datetime.timedelta:
    """The date, moment, time of the day or span of time that a number is shown as; itself where it is none.

    Excel counts a day that 1900 did not have, so that the days before March 1900 are one more.
    """
    if not math.isfinite(days) or not 0 <= days < 2_958_466:  # the year 10000
        return days
    since = datetime.timedelta(seconds=round(days * 86_400))
    if _SPAN.search(code):
        return since
    if days < 1:
        return (_EPOCH + since).time()
    if days < 60 and not date1904:
        since += datetime.timedelta(days=1)
    return (_EPOCH_1904 if date1904 else _EPOCH) + since
