"""The sources of money that a new installation starts with (S17 of the source); rows that an office edits."""

SOURCES = (
    ("city_finance", "市级财政", "City budget", 1),
    ("county_finance", "县级财政", "County budget", 2),
    ("finance", "财政", "Public budget", 3),
    ("province_special", "省侨联专项", "Provincial federation, special", 4),
    ("city_federation", "市侨联补助", "City federation subsidy", 5),
    ("county_federation", "县侨联补助", "County federation subsidy", 6),
    ("host", "挂靠单位", "Host unit", 7),
    ("donation", "捐赠", "Donation", 8),
    ("own", "自筹", "Own means", 9),
    ("other", "其他", "Other", 99),
)
