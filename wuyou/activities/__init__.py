"""What the groups do: activities, study, visits and symposia, recorded once by whoever did them.

Nouns: Activity 活动记录 (kinds 活动、学习、走访、座谈).
"""
