"""The two standards of "五有" that the source itself holds, as data: what was aimed at, and what was reported as attained.

They share only three items, so items are never columns or an enum. Both are there from the start as published version 1
(migration 0002): an office drafts the next version, or a 六有 of its own, and publishes by its own decision. What the source
names is cited; the demands behind the names, and every number, are our own proposals (`proposed`) and say so.
Source: Summary of Qujing's grassroots organisation work: 目标任务 (target), 取得的成效 (attained).
"""

from wuyou.assessment.standards.attained import ATTAINED
from wuyou.assessment.standards.target import TARGET

SHIPPED = (TARGET, ATTAINED)

__all__ = ["ATTAINED", "SHIPPED", "TARGET"]
