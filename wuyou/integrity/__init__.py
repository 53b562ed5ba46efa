"""资料核对: whether the records agree with each other, and what a clerk should set right or look at.

Nouns: Check 核对项目 (one question to the records, with why it matters and what to do), Offender 问题 (what it finds),
Inspection 核对 (one going-over, for one actor and day). A check is one entry of a list in `checks/`; to add one, write it
there and its case in `tests/cases/`. It reads every register below and writes nothing; it holds no table.
Source: data-quality rules of registers (design 5 §1); the faults that a real ledger brings along.
"""
