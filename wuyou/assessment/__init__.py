"""五有 standards and assessment rubrics as data, their verdicts computed from the records of real work, never claimed.

Nouns: Scheme 标准, SchemeVersion 标准版本, dimension 维度, criterion 标准项, verdict 结论, maturity 建设阶段.
Who may call it: summaries, shell and config. It reads the facts that lower packages announce and writes nothing of theirs.
"""
