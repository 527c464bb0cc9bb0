"""The way back: a revised draft and the present report become an updated draft.

What may live here: the plan of an update and its application, ``trace`` and ``finish``. Nothing yet.
"""
