"""How many documents a minute does a replay read?"""
