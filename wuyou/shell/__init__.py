"""What is everyone's: the page frame, home pages by role, units as composed of all registers, the public front.

It composes the packages below and decides nothing of the trade.
"""
