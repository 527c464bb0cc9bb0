"""From the record set to the report.

What may live here: content (sections of blocks), counts, the Word draft and, later, companions and dashboard.
"""
