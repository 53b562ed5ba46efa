"""Tables that leave the house: rows of a query as .xlsx for people and as .csv for programs.

A package announces an `Export` (`tables`) in its `plugs.py`. Written row by row, so that a table of any length takes the
same memory. No text of a cell ever becomes a formula in the program that opens it (`guard`).
"""
