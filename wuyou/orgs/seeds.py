"""The kinds and forms that a new installation starts with; rows that an office edits afterwards.

Kinds: S01 of the source (华侨农场、中央(省)驻曲企业、学校、机关事业单位、高校、中小学、街道社区、农村). Form
thresholds: 北京 rule (>= 50 联合会, 30-49 联络组, < 30 小组), local elsewhere and therefore editable.
"""

KINDS = (
    ("city_federation", "市侨联", "City federation", True, 1),
    ("county_federation", "县（市、区）侨联", "County federation", True, 2),
    ("farm", "华侨农场", "Overseas Chinese farm", False, 10),
    ("central_enterprise", "中央（省）驻地企业", "Central or provincial enterprise", False, 20),
    ("enterprise", "企业", "Enterprise", False, 21),
    ("university", "高校", "University or college", False, 30),
    ("school", "中小学", "School", False, 31),
    ("office", "机关事业单位", "Government office or institution", False, 40),
    ("hospital", "医院", "Hospital", False, 41),
    ("zone", "开发区", "Development zone", False, 50),
    ("community", "街道社区", "Street or community", False, 60),
    ("township", "乡镇", "Township", False, 61),
    ("village", "农村", "Village", False, 62),
    ("joint", "跨行业跨单位联合", "Joint, across trades and units", False, 70),
    ("other", "其他", "Other", False, 99),
)
FORMS = (
    ("group", "侨联小组", "Group", 0),
    ("liaison_group", "侨联联络组", "Liaison group", 30),
    ("committee", "归国华侨联合会", "Federation committee", 50),
)
FORM_SOURCE = "北京市侨联基层组织规定的人数标准；各地可以修改"
