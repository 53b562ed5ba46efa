"""Bringing in an office's workbooks: how each kind of table becomes records of the registers, and the way back.

Nouns: ImportBatch 导入批次, Intake 收录, Planned 拟办. The machine that reads sheets is `platform.imports`; here its rows are
matched with what is known, previewed, written in one transaction, and undone.
"""
