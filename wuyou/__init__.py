"""五有 Wuyou: how a federated mass organisation builds, covers, runs, funds and assesses its grassroots groups."""
