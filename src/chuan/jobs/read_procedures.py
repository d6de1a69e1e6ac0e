"""Background work: the files of procedures that were handed in are unpacked and read."""

from django.db import transaction
from django.utils import timezone

from chuan.jobs.models import Run, State
from chuan.jobs.progress import Progress
from chuan.quality.procedures.import_intake import files_waiting, read_file, unpack, zips_waiting

_UNPACKING = "Đang giải nén"


def ask_for(batch: str) -> None:
    """Ask for the batch with this key to be unpacked and read; what failed before is tried again."""
    from chuan.jobs.queue import enqueue  # the queue knows the table, the table knows this job

    enqueue("procedures.take_in", key=run_key(batch), batch=batch)


def ask_again(batch: str) -> None:
    """Ask once more for what could not be finished."""
    from chuan.jobs.queue import enqueue

    ask_for(batch)
    for file in files_waiting(batch):
        enqueue("procedures.read_file", key=file_key(file), file=file)


def is_stuck(batch: str) -> bool:
    """Whether some of the work over the batch was given up while files still wait for it."""
    keys = [run_key(batch), *map(file_key, files_waiting(batch))]
    return Run.objects.filter(key__in=keys, state__in=(State.REFUSED, State.FAILED)).exists()


def run_key(batch: str) -> str:
    """Return the key of the run that takes the batch in."""
    return f"procedures.take_in:{batch}"


def file_key(file: str) -> str:
    """Return the key of the run that reads the file."""
    return f"procedures.read_file:{file}"


def take_in(progress: Progress, *, batch: str) -> None:
    """Unpack the zips of the batch, then ask for each of its files to be read. Work of `procedures.take_in`."""
    from chuan.jobs.queue import enqueue  # the queue knows the table, the table knows this job

    for zipped in zips_waiting(batch):

        def told(done: int, total: int, key: str = zipped.key) -> None:
            progress.remember(**{key: done})
            progress.report(done, total, _UNPACKING)

        unpack(zipped, begin=progress.memory.get(zipped.key, 0), told=told, at=timezone.now())
    with transaction.atomic():
        for file in files_waiting(batch):
            enqueue("procedures.read_file", key=file_key(file), file=file)


def read(progress: object, *, file: str) -> None:
    """Read the imported file with the key `file`. Work of the job `procedures.read_file`."""
    read_file(file, at=timezone.now())
