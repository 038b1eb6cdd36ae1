"""Which sources have gone quiet or decayed, and why?"""
