"""Persons of the community, how they belong to groups, on what ground their data are held; head counts without names.

Nouns: Person 成员, Affiliation 所属组织, ConsentBasis 登记依据, HeadCount 人数统计. Leadership and what is above may call it.
"""
