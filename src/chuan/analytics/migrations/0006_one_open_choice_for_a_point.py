"""A point has one open choice at a time; readings of earlier releases are made again, with a question for each work."""

from typing import Any

from django.db import migrations, models
from django.db.models import Max, Q
from django.utils import timezone


def close_all_but_the_newest(apps: Any, schema_editor: Any) -> None:
    """Of several open choices about one point the newest stays open; nothing is lost."""
    choices = apps.get_model("analytics", "Choice")._base_manager
    still_open = choices.filter(done_at=None)
    points = still_open.order_by().values("procedure", "deviation", "step")
    newest = list(points.annotate(newest=Max("pk")).values_list("newest", flat=True))
    still_open.exclude(pk__in=newest).update(done_at=timezone.now())


def read_again(apps: Any, schema_editor: Any) -> None:
    """Questions were kept in words, those about work outside the procedure as one; the recurring job asks anew."""
    readings = apps.get_model("analytics", "ProcedureReading")._base_manager
    for one in readings.iterator():
        one.content["questions"] = []
        one.save(update_fields=["content"])
    apps.get_model("analytics", "LogSource")._base_manager.update(terms_changed_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("analytics", "0005_the_calendar_is_the_agencys")]

    operations = [
        migrations.RunPython(close_all_but_the_newest, migrations.RunPython.noop),
        migrations.RunPython(read_again, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                fields=["procedure", "deviation", "step"],
                condition=Q(done_at__isnull=True),
                name="choice_open_once_for_a_point",
                violation_error_message="Điều này đã có lựa chọn đang làm. Hãy đánh dấu đã xong hoặc bỏ lựa chọn ấy trước.",
            ),
        ),
    ]
