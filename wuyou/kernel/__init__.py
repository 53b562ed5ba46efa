"""The plain-Python floor of the house: nothing here knows Django, a table or the network.

Nouns: Actor 操作人, Refused 不予办理, Period 起止, PartialDate 不完整日期, Reading 读数, Money in fen 分.
Anyone may import it; it imports nobody.
"""
