"""Readings know their agency and which of them leads; an agency's sums and a source's count are stored."""

import chuan.kernel.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Count, F, FloatField, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

SUMMED = ("dossiers", "judged_steps", "followed", "judged_time", "in_time")


def fill(apps, _schema):
    readings = apps.get_model("analytics", "ProcedureReading").objects
    versions = apps.get_model("quality", "ProcedureVersion").objects
    owner = versions.filter(pk=OuterRef("version_id")).values("procedure__agency_id")
    differing = F("judged_steps") - F("followed") + F("judged_time") - F("in_time")
    readings.update(agency_id=Subquery(owner[:1]))
    readings.filter(dossiers__gt=0).update(trouble=Cast(differing, FloatField()) / F("dossiers"))
    over_all_time = readings.filter(period="")
    newest = over_all_time.values("version__procedure").annotate(number=Max("version__number"))
    numbers = {row["version__procedure"]: row["number"] for row in newest}
    rows = over_all_time.values_list("pk", "version__procedure", "version__number")
    leading = [pk for pk, procedure, number in rows if numbers[procedure] == number]
    for start in range(0, len(leading), 500):
        readings.filter(pk__in=leading[start : start + 500]).update(leads=True)
    sources, dossiers = apps.get_model("analytics", "LogSource").objects, apps.get_model("analytics", "LoggedDossier")
    counted = dossiers.objects.filter(source=OuterRef("pk")).order_by().values("source").annotate(n=Count("pk"))
    sources.update(dossier_count=Coalesce(Subquery(counted.values("n")), 0))
    sum_up(apps)


def sum_up(apps):
    summed = apps.get_model("analytics", "AgencyReading")
    rows = apps.get_model("analytics", "ProcedureReading").objects.filter(period="", version__state="in_force")
    sums = {f"all_{name}": Sum(name) for name in SUMMED}
    grouped = rows.order_by().values("agency").annotate(procedures=Count("pk"), last=Max("computed_at"), **sums)
    summed.objects.bulk_create(
        summed(
            agency_id=row["agency"],
            created_at=row["last"],
            computed_at=row["last"],
            procedures=row["procedures"],
            **{name: row[f"all_{name}"] for name in SUMMED},
        )
        for row in grouped
    )


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0002_dossiers_in_order_of_the_list"),
        ("organisations", "0001_initial"),
        ("quality", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyReading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="tạo lúc")),
                ("computed_at", models.DateTimeField(verbose_name="tính lúc")),
                ("procedures", models.PositiveIntegerField(verbose_name="số quy trình")),
                ("dossiers", models.PositiveIntegerField(verbose_name="số hồ sơ")),
                ("judged_steps", models.PositiveIntegerField()),
                ("followed", models.PositiveIntegerField()),
                ("judged_time", models.PositiveIntegerField()),
                ("in_time", models.PositiveIntegerField()),
                ("agency", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="reading", to="organisations.agency")),
                ("created_by", models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="người tạo")),
            ],
            options={"ordering": ["agency"]},
        ),
        migrations.AddField("logsource", "dossier_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="số hồ sơ")),
        migrations.AddField("logsource", "terms_changed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="đổi cách đếm lúc")),
        migrations.AddField("procedurereading", "agency", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.agency")),
        migrations.AddField("procedurereading", "leads", models.BooleanField(default=False)),
        migrations.AddField("procedurereading", "trouble", models.FloatField(default=0)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
