"""The Prefect server and worker of a home: started, found, asked and stopped from here.

Nothing in the parent's path imports Prefect: asking costs milliseconds, importing seconds.
"""
