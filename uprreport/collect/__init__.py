"""Progress sheets out, submissions in.

What may live here: the sheets, the reading and checking of submissions, merge and decisions, the ledger.
"""
