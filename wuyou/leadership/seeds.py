"""The posts that a new installation starts with, and how many of them each form should have; rows an office edits."""

POSTS = (
    ("chair", "主席", "Chair", True, 1),
    ("vice_chair", "副主席", "Vice-chair", False, 2),
    ("secretary_general", "秘书长", "Secretary-general", False, 3),
    ("standing_member", "常委", "Standing member", False, 4),
    ("member", "委员", "Member", False, 5),
    ("leader", "组长", "Leader", True, 11),
    ("deputy_leader", "副组长", "Deputy leader", False, 12),
    ("liaison_officer", "联络员", "Liaison officer", False, 13),
    ("group_member", "组员", "Group officer", False, 14),
    ("adviser", "顾问", "Adviser", False, 20),
)
REQUIRED = {
    "group": {"leader": 1},
    "liaison_group": {"leader": 1, "deputy_leader": 1},
    "committee": {"chair": 1, "vice_chair": 1},
}
REQUIRED_OF_KINDS = {
    "city_federation": {"chair": 1, "vice_chair": 1, "secretary_general": 1},
    "county_federation": {"chair": 1, "vice_chair": 1, "secretary_general": 1},
}
"""What offices of the federation should have, whatever their form. Posts: design 3 §2.4; the numbers are our proposal."""
