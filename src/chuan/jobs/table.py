"""All background work, one line each. A job calls one action; it may be delivered twice or cut off anywhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuan.jobs import (
    count_coverage,
    demo_fill,
    judge_pushed,
    load_norms,
    read_dossiers,
    read_procedures,
    send_mail,
    take_effect,
    take_in_living,
    take_in_log,
    take_log_out,
    warn_late,
    watch_folders,
)


@dataclass(frozen=True, slots=True)
class Job:
    """`work(progress, **arguments)` where asked for by key, or `work()` every so many minutes; `word` for people."""

    name: str
    word: Promise | str
    work: Callable[..., None]
    every_minutes: int = 0


_ALL = (
    Job("logs.take_in", _("nhập tệp hồ sơ"), take_in_log.work),
    Job("logs.take_out", _("rút tệp hồ sơ"), take_log_out.take_file_out),
    Job("logs.bring_back", _("dùng lại tệp hồ sơ"), take_log_out.bring_file_back),
    Job("logs.watch_folders", _("xem thư mục nhận tệp hồ sơ"), watch_folders.watch_folders, every_minutes=1),
    Job("dossiers.read", _("đối chiếu hồ sơ với quy trình"), read_dossiers.work),
    Job("dossiers.read_stale", _("đối chiếu lại hồ sơ với quy trình"), read_dossiers.read_stale, every_minutes=10),
    Job("dossiers.judge_pushed", _("đối chiếu hồ sơ được gửi tới"), judge_pushed.judge_pushed, every_minutes=2),
    Job("dossiers.take_in_living", _("tổng hợp hồ sơ xử lý trên Chuẩn"), take_in_living.take_in_all, every_minutes=10),
    Job("dossiers.warn", _("báo trước hồ sơ sắp trễ hẹn"), warn_late.warn, every_minutes=30),
    Job("demo.fill", _("nạp dữ liệu dùng thử"), demo_fill.fill),
    Job("procedures.take_in", _("giải nén tệp quy trình"), read_procedures.take_in),
    Job("procedures.read_file", _("đọc tệp quy trình"), read_procedures.read),
    Job("coverage.count", _("tính độ phủ của các cơ quan"), count_coverage.count, every_minutes=10),
    Job("norms.load", _("nạp lịch và văn bản"), load_norms.load_norms, every_minutes=360),
    Job("procedures.take_effect", _("đưa quy trình vào hiệu lực"), take_effect.take_effect, every_minutes=60),
    Job("notices.send", _("gửi thư"), send_mail.send, every_minutes=1),
)

JOBS: Mapping[str, Job] = {job.name: job for job in _ALL}
