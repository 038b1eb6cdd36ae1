"""Discovery: what do feeds, sitemaps and pages of links list?"""
