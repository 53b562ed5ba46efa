"""The roles that a grant can carry.

A role is a word for a set of permissions on one unit and everything below it. Which permissions, each package says
in its `permissions.py`; nobody is given a permission any other way.
"""

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is to a unit and what lies below it."""

    ADMINISTRATOR = "administrator"
    CITY_OFFICER = "city_officer"
    COUNTY_OFFICER = "county_officer"
    GROUP_LEADER = "group_leader"
    AUDITOR = "auditor"
