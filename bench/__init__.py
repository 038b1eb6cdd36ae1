"""Programs that measure and train newsmill; nothing of them is imported by the product."""
