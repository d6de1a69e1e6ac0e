"""The commands of an installation, run for real on this machine."""
