"""How well and how fast are duplicates found?"""
