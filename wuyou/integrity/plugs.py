"""What the checking of records tells the platform."""

from wuyou.integrity import exporting

EXPORTS = exporting.EXPORTS
