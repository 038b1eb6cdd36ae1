"""Which articles are the same one?"""

from articles.identity.normalise import CONTENT_HASH_VERSION, content_hash, normalised

__all__ = ["CONTENT_HASH_VERSION", "content_hash", "normalised"]
