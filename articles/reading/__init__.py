"""From the bytes of a drop to documents: containers, records, charsets."""

from articles.reading.decode import Decoded, Undecodable, decode
from articles.reading.limits import Limits
from articles.reading.read import read

__all__ = ["Decoded", "Limits", "Undecodable", "decode", "read"]
