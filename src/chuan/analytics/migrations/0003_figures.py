"""Sums for the pages of figures. What was judged before has none of them: it is marked to be read again by the job."""

from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models


def read_again(apps, schema_editor):
    apps.get_model("analytics", "ProcedureReading")._base_manager.update(computed_at=datetime(2000, 1, 1, tzinfo=UTC))


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0002_push"),
        ("organisations", "0001_folded"),
        ("quality", "0001_folded"),
    ]

    operations = [
        migrations.CreateModel(
            name="StepWeek",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("week", models.DateField(verbose_name="tuần")),
                ("content", models.JSONField(default=list)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.agency"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="step_weeks",
                        to="quality.procedureversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "week"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "week"),
                        name="step_week_once",
                        violation_error_message="Phiên bản này đã có số liệu của tuần này.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="loggeddossier",
            name="pace",
            field=models.CharField(blank=True, max_length=10, verbose_name="các bước so với định mức"),
        ),
        migrations.AddField(
            model_name="loggeddossier",
            name="supplements",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="số lần yêu cầu bổ sung"),
        ),
        migrations.AddField(
            model_name="loggeddossier",
            name="worked_seconds",
            field=models.PositiveIntegerField(null=True, verbose_name="thời gian giải quyết"),
        ),
        migrations.AddIndex(
            model_name="loggeddossier",
            index=models.Index(
                fields=[
                    "agency",
                    "counted",
                    "received_at",
                    "procedure",
                    "source",
                    "state",
                    "pace",
                    "supplements",
                    "worked_seconds",
                ],
                name="dossier_sums",
            ),
        ),
        migrations.RunPython(read_again, migrations.RunPython.noop),
    ]
