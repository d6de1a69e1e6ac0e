"""First stage of the demo: its province, agencies, positions, people and accounts."""


def fill_organisation(progress: object) -> None:
    """Make what is not there yet."""
