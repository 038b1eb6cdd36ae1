"""What does a crawl cost, beside other tools?"""
