"""Workbooks: a guard before reading, one bounded reader, one writer."""
