"""The ground floor: what an article is, how it is read from bytes, extracted and told apart."""
