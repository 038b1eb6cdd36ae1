"""How does a drop of files become rows of the warehouse, batch by batch?"""
