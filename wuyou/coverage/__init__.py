"""Where the community's people are, which groups reach them, and where no group is.

Nouns: Place 地方 (a division with its people), Reach 覆盖. It reads counts, areas and hosts; it holds no table.
Source: "哪里有侨界群众，侨联基层组织就建到哪里" (seed, 主要做法 一).
"""
