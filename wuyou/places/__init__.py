"""Administrative divisions, province to village, with their history and the index that understands written places.

Nouns: Division 行政区划. Everything above may call it.
"""
