from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.models.functions import Greatest


def end_the_open_ones(apps, schema_editor):
    """An exception that was to last until further notice ends today: from now on each has its last day."""
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    rows = apps.get_model("quality", "SelfApproval")._base_manager.filter(until_on=None)
    rows.update(until_on=Greatest("from_on", models.Value(today)))


class Migration(migrations.Migration):

    dependencies = [
        ('quality', '0006_decision_apart'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='selfapproval',
            name='self_approval_once_at_a_time',
        ),
        migrations.AddField(
            model_name='selfapproval',
            name='ended_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='tách lại lúc'),
        ),
        migrations.RunPython(end_the_open_ones, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='selfapproval',
            name='until_on',
            field=models.DateField(verbose_name='đến hết ngày'),
        ),
    ]
