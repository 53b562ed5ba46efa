"""The import machine: an office's own workbook in, checked rows out, and the workbook back with its errors marked.

Knows sheets, headers, columns, rows and batches; knows no noun of the trade. What a column can be is announced by the
package that owns the field, as `Column`s of an `ImportKind`.
"""
