"""Who signs in and what they may do where until when.

Nouns: User 用户, Grant 授权; it builds the Actor that every service and query takes.
"""
