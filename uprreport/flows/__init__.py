"""The only place that composes stages: one short function a command, from a review folder to a result.

``base`` reads a review folder and judges what is in it; ``begin`` holds new, import and assign; ``sending``,
``parting`` and ``papers`` sheets, with the log of ``dispatch`` and what ``approvals`` came back; ``gather``
check, merge and status; ``draft`` build; ``revision`` and ``returns`` update; ``rounds`` clearance and
consultation; ``finishing`` finish; ``history`` what older manifests keep.
"""
