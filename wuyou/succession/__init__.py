"""Organisation through time: merger 合并, split 拆分, reorganisation 重组, dissolution 撤销, and what changes one unit.

A change is drafted, looked at with its sums before and after, carried out in one transaction, and can be taken back while
nothing later rests on it. What becomes of each table's rows the table itself declares (`platform.handover`); this package
walks the declarations and names no table. Stands above the registers it hands over, below what only reads them.
"""
