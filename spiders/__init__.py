"""How are pages found and fetched? Scrapy lives here."""
