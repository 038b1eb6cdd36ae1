"""How do sources become rows of the warehouse while they are being crawled?"""
