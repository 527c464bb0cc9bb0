"""Papers beside the sheets: an agency's answers, to be signed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from uprreport.collect.sheet import language_of
from uprreport.collect.sign_page import sign_page
from uprreport.collect.signing import Offer, add_offer, code_of, sums_of
from uprreport.files.word.letter import write_letter
from uprreport.flows.approvals import offers_path
from uprreport.flows.base import Result, collect, load
from uprreport.flows.sending import Out, returned, submissions_of
from uprreport.review import write_file
from uprreport.steps import Step


def to_sign(path: Path, agencies: Sequence[str], today: datetime.date) -> Result:
    """Write the answers of each agency that returned any, or of each named one, as a paper to be signed.

    It goes back to the agency that wrote them: ``build/corrections/<agency>-to-sign.docx``. What was offered
    is kept in ``history/approvals.json``. Raises ``UprReportError`` when there is nothing to sign.
    """
    review = load(path, today)
    collected = collect(review)
    out = Out()
    told = []
    for agency in returned(review, collected, agencies):
        filled = review.refill(submissions_of(collected, agency)).filled
        sums = sums_of(filled)
        code = code_of(agency.id, sums)
        page = sign_page(review.expected, agency, filled, code, language_of(review.expected, agency))
        target = review.folder.build / "corrections" / f"{agency.id}-to-sign.docx"
        write_file(target, write_letter(page))
        add_offer(offers_path(review.folder), Offer(agency.id, code, today.isoformat(), sums))
        out.written.append(target)
        shown = review.folder.show(target)
        told.append({"agency": agency.id, "file": shown, "digest": code, "answers": len(sums)})
    step = Step("have it signed; the code and who signed stand on the Cover of the sheet that comes back", "",
                "", "build/corrections/")  # fmt: skip
    return out.result(review, {"papers": told}, step)
