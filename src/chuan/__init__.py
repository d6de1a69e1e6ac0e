"""Chuẩn: quality management of Vietnamese state agencies, from real records."""

__version__ = "0.1.0"
