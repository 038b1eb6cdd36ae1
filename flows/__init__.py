"""How are the parts run together? Prefect, the settings and the command line live here."""
