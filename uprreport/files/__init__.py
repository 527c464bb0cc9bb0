"""One module or package a file format, reading and writing.

What may live here: code that knows workbooks, Word files and their containers. Nothing else in the project
touches openpyxl, calamine, XlsxWriter, python-docx or lxml. Nothing here knows what a recommendation is.
"""
