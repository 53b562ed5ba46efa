"""What the platform's tests share."""

from wuyou.platform.tests.databases import own_database

__all__ = ["own_database"]
