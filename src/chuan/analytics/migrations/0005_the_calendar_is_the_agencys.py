"""Dossiers are judged by the calendar of their agency; a source has none of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("analytics", "0004_readings_belong_to_an_agency")]

    operations = [
        migrations.RemoveField("logsource", "calendar"),
        migrations.AlterField("procedurereading", "calendar", models.TextField(verbose_name="lịch")),
    ]
