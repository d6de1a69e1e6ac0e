"""The `chuan` command: its parts are imported only when they are called, so `read` and `check` never load Django."""
