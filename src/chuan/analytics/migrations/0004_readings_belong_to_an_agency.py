"""Every reading has its agency; a step of its own, as PostgreSQL alters no table that has just been written."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("analytics", "0003_sums_and_counts_stored"), ("organisations", "0001_initial")]

    operations = [
        migrations.AlterField(
            "procedurereading",
            "agency",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.agency",
            ),
        ),
        migrations.AddIndex(
            "procedurereading",
            models.Index(
                condition=models.Q(("leads", True)), fields=["agency", "-trouble", "id"], name="reading_in_lists"
            ),
        ),
        migrations.AddIndex("procedurereading", models.Index(fields=["agency", "period"], name="reading_of_agency")),
    ]
