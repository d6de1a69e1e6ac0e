from typing import Any

from django.db import migrations, models

from chuan.text.vietnamese import person_sort_text

DIGITS = 400


def fill(apps: Any, schema_editor: Any) -> None:
    """Sort the people who are there already."""
    people = apps.get_model("organisations", "Person").objects
    rows = []
    for person in people.only("full_name").iterator():
        person.sort_text = person_sort_text(person.full_name)[:DIGITS]
        rows.append(person)
    people.bulk_update(rows, ["sort_text"], batch_size=300)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="person", options={"ordering": ["sort_text", "id"]}),
        migrations.AddField(
            model_name="person",
            name="sort_text",
            field=models.CharField(blank=True, default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["sort_text", "id"], name="person_in_order")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
