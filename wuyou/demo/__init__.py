"""The demonstration city: Qujing's real places with invented people and a year of work, faults included.

It is the world of tests, documentation and screenshots; a real installation never loads it.
"""
