"""What can go wrong with the machine, as against with a document?

A bad document is a value (`Rejection`). Everything here means that a person must do something:
free the disk, restore a file, give another path. The command line prints the message and ends
with exit code 1; the message says what was tried, on what, and what to do next.
"""


class NewsmillError(Exception):
    """Base of every error that newsmill raises itself."""
