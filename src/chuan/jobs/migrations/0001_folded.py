"""Everything up to 21/11/2026 in one; data made before it count as having it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('jobs', '0001_initial'),
        ('jobs', '0002_refused'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('arguments', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'đang chờ'), ('running', 'đang chạy'), ('done', 'đã xong'), ('refused', 'không nhận được'), ('failed', 'không làm được')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('stage', models.CharField(blank=True, max_length=200)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('memory', models.JSONField(default=dict)),
                ('failure', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='jobs_run_running_has_a_lease', violation_error_message='Việc đang chạy phải có hạn giữ việc.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('done', 'refused', 'failed')), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='jobs_run_ended_has_a_moment', violation_error_message='Việc đã kết thúc phải có thời điểm kết thúc.')],
            },
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('only', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('begun_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('only', True)), name='jobs_installation_is_one', violation_error_message='Cơ sở dữ liệu chỉ thuộc một bản cài đặt.'), models.CheckConstraint(condition=models.Q(('kind__in', ['demo', 'real'])), name='jobs_installation_kind_known', violation_error_message='Bản cài đặt là bản dùng thử hoặc bản thật.')],
            },
        ),
    ]
