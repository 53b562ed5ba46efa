"""The pages of 五有: units and offices; standards and rubrics; the parts of a draft."""
