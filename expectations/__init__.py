"""Is a batch of articles fit to be published? Great Expectations lives here."""
