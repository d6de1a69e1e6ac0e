"""Addresses for machines: one-stop systems push what happens to their dossiers (docs/push.md)."""
