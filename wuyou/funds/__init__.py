"""Money received by or paid for the groups: a register for accountability, in integer fen.

Nouns: Source 资金来源, Entry 经费记录, DeclaredBudget 年度经费填报.
"""
