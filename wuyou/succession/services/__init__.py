"""Drafting a change of the organisation, carrying it out, taking it back. The only writers here."""

from wuyou.succession.services.carrying import carry_out
from wuyou.succession.services.drafting import begin, discard, revise
from wuyou.succession.services.starting import start_carrying_out, start_taking_back
from wuyou.succession.services.taking_back import take_back

__all__ = ["begin", "carry_out", "discard", "revise", "start_carrying_out", "start_taking_back", "take_back"]
