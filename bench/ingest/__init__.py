"""What does an ingest of a large drop cost, and what of it is orchestration?"""
