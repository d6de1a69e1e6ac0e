"""The job workers: interrupted work first, then whatever the queue and the schedules bring."""

from django_q.cluster import Cluster

from chuan.jobs.queue import release_interrupted
from chuan.jobs.schedule import keep_schedules


def work() -> None:
    """Start the cluster; its processes run until SIGTERM."""
    release_interrupted()
    keep_schedules()
    Cluster().start()
