"""Companions of the report: the same answers for other readers. Pure: values in, values or pages out."""
