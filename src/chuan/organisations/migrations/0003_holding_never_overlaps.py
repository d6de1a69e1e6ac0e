from django.db import migrations

from chuan.organisations.people.triggers import install


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_person_sort_text")]

    operations = [migrations.RunPython(install)]
