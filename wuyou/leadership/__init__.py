"""Who holds which post of a unit on a date.

Nouns: Post 职务, RequiredPost 应配职务, Term 届, Seat 任职.
"""
