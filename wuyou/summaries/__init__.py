"""The annual work summary 工作总结: drafted from registered figures, edited around them, frozen, put on paper.

Nouns: `Summary` (a text of one unit for one year, 稿次 by edition), `Figure` (a number with its definition, day and list).
Lower packages announce the figures; nobody but the shell and the configuration calls this package.
"""
