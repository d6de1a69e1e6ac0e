"""Background work: one handed-in file of a procedure is read."""

from chuan.quality.procedures.importing import read_file


def read(progress: object, *, file: str) -> None:
    """Read the imported file with the key `file`. Work of the job `procedures.read_file`."""
    read_file(file)
