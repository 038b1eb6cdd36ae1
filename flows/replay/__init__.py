"""How is the archive read again with today's code?"""
