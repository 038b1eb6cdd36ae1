"""How are articles kept and asked for? DuckDB lives here."""
