"""The benchmark: a province to measure on (`province`), and the measurements (`measure`)."""
