"""What each file told is known, so that it can be withdrawn; a source can be closed and knows its own words for steps."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def name_the_only_file(apps: Any, schema_editor: Any) -> None:
    """Where all dossiers of a source came with its only file, that file told them; of others nobody knows any more."""
    sources, dossiers = (apps.get_model("analytics", name)._base_manager for name in ("LogSource", "LoggedDossier"))
    for source in sources.all():
        done = list(source.uploads.filter(status="done").values_list("pk", "dossiers"))
        if len(done) == 1 and done[0][1] == source.dossier_count:
            dossiers.filter(source=source).update(told=[{"files": [done[0][0]]}])


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0006_one_open_choice_for_a_point'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=100)),
                ('service_code', models.CharField(blank=True, max_length=40)),
                ('facts', models.JSONField(default=dict)),
                ('events', models.JSONField(default=list)),
                ('place', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveField(
            model_name='logupload',
            name='proposal',
        ),
        migrations.AddField(
            model_name='loggeddossier',
            name='counted',
            field=models.BooleanField(default=True, verbose_name='được tính'),
        ),
        migrations.AddField(
            model_name='loggeddossier',
            name='told',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='logsource',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='đóng lúc'),
        ),
        migrations.AddField(
            model_name='logsource',
            name='step_names',
            field=models.JSONField(blank=True, default=dict, verbose_name='tên bước trong dữ liệu'),
        ),
        migrations.AddField(
            model_name='logupload',
            name='activities',
            field=models.JSONField(blank=True, default=list, verbose_name='tên việc trong tệp'),
        ),
        migrations.AddField(
            model_name='logupload',
            name='reason',
            field=models.TextField(blank=True, verbose_name='lý do rút tệp'),
        ),
        migrations.AlterField(
            model_name='logupload',
            name='status',
            field=models.CharField(choices=[('mapping', 'Chờ xác nhận các cột'), ('waiting', 'Đang chờ nhập'), ('running', 'Đang nhập'), ('done', 'Đã nhập'), ('refused', 'Không nhập được'), ('withdrawn', 'Đã rút')], default='mapping', max_length=20, verbose_name='tình trạng'),
        ),
        migrations.AddConstraint(
            model_name='logupload',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'withdrawn'), ('reason', ''), _negated=True), name='log_upload_never_withdrawn_without_reason', violation_error_message='Rút tệp thì phải ghi lý do.'),
        ),
        migrations.AddField(
            model_name='setaside',
            name='upload',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='set_aside', to='analytics.logupload'),
        ),
        migrations.RunPython(name_the_only_file, migrations.RunPython.noop),
    ]
