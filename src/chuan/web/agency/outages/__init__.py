"""Mất mạng: when the system was down, what was received on paper meanwhile, and whether it is all entered (R21)."""
