"""Settings, addresses and the `wuyou` command: the only place that names every package."""
