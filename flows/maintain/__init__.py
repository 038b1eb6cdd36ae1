"""How is a home kept in order: checked, tidied, backed up?"""
