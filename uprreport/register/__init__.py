"""What was recommended and who answers.

What may live here: OHCHR's matrix and other sources of the list, ``register.xlsx``, assignment of agencies.
"""
