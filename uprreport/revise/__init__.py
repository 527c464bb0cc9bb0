"""The way back: a revised draft and the present report become an updated draft.

What may live here: finding blocks in a revised draft, the plan of an update and its application, joining
copies, taking out what is withheld, tracing blocks to their sources, judging whether a draft can be sent.
"""
