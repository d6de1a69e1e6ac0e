"""Provinces, agencies, units, successions, quality systems."""
