"""Everything up to 21/11/2026 in one; data made before it count as having it."""

import chuan.kernel.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('analytics', '0001_initial'),
        ('analytics', '0002_dossiers_in_order_of_the_list'),
        ('analytics', '0003_sums_and_counts_stored'),
        ('analytics', '0004_readings_belong_to_an_agency'),
        ('analytics', '0005_the_calendar_is_the_agencys'),
        ('analytics', '0006_one_open_choice_for_a_point'),
        ('analytics', '0007_a_file_can_be_withdrawn'),
        ('analytics', '0008_order_and_counts_of_the_list'),
    ]

    dependencies = [
        ('files', '0001_initial'),
        ('organisations', '0001_folded'),
        ('quality', '0001_folded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProcedureReading',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.agency')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log_readings', to='quality.procedureversion')),
                ('period', models.CharField(blank=True, max_length=8, verbose_name='kỳ')),
                ('computed_at', models.DateTimeField(verbose_name='tính lúc')),
                ('as_of', models.DateTimeField(null=True, verbose_name='xét đến')),
                ('calendar', models.TextField(verbose_name='lịch')),
                ('dossiers', models.PositiveIntegerField(default=0)),
                ('judged_steps', models.PositiveIntegerField(default=0)),
                ('followed', models.PositiveIntegerField(default=0)),
                ('judged_time', models.PositiveIntegerField(default=0)),
                ('in_time', models.PositiveIntegerField(default=0)),
                ('leads', models.BooleanField(default=False)),
                ('trouble', models.FloatField(default=0)),
                ('content', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['version', 'period'],
                'indexes': [models.Index(condition=models.Q(('leads', True)), fields=['agency', '-trouble', 'id'], name='reading_in_lists'), models.Index(fields=['agency', 'period'], name='reading_of_agency')],
                'constraints': [models.UniqueConstraint(fields=('version', 'period'), name='procedure_reading_once', violation_error_message='Phiên bản này đã có số liệu của kỳ này.')],
            },
        ),
        migrations.CreateModel(
            name='AgencyReading',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reading', to='organisations.agency')),
                ('computed_at', models.DateTimeField(verbose_name='tính lúc')),
                ('procedures', models.PositiveIntegerField(verbose_name='số quy trình')),
                ('dossiers', models.PositiveIntegerField(verbose_name='số hồ sơ')),
                ('judged_steps', models.PositiveIntegerField()),
                ('followed', models.PositiveIntegerField()),
                ('judged_time', models.PositiveIntegerField()),
                ('in_time', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['agency'],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='organisations.agency')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='quality.procedure')),
                ('kind', models.CharField(choices=[('change_paper', 'Sửa quy trình'), ('change_practice', 'Sửa cách làm'), ('look_again', 'Cần xem thêm'), ('explained', 'Đã rõ, ghi lý do')], max_length=20, verbose_name='cách xử lý')),
                ('deviation', models.CharField(max_length=20, verbose_name='khác ở điểm')),
                ('step', models.CharField(blank=True, max_length=60, verbose_name='bước')),
                ('question', models.TextField(verbose_name='câu hỏi')),
                ('count', models.PositiveIntegerField(verbose_name='số hồ sơ')),
                ('note', models.TextField(blank=True, verbose_name='lý do, yêu cầu')),
                ('position', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.position', verbose_name='vị trí thực hiện')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn')),
                ('seed', models.PositiveIntegerField(blank=True, null=True, verbose_name='số gieo')),
                ('sample', models.JSONField(blank=True, default=list, verbose_name='hồ sơ chọn ngẫu nhiên')),
                ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quality.procedureversion')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='xong lúc')),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('procedure', 'deviation', 'step'), name='choice_open_once_for_a_point', violation_error_message='Điều này đã có lựa chọn đang làm. Hãy đánh dấu đã xong hoặc bỏ lựa chọn ấy trước.'), models.CheckConstraint(condition=models.Q(('kind', 'explained'), ('note', ''), _negated=True), name='choice_never_explained_without_reason', violation_error_message='Chọn “đã rõ” thì phải ghi lý do.'), models.CheckConstraint(condition=models.Q(('kind', 'change_practice'), models.Q(('position__isnull', True), ('due_on__isnull', True), _connector='OR'), _negated=True), name='choice_practice_never_without_position', violation_error_message='Sửa cách làm thì phải giao cho một vị trí và ghi hạn.')],
            },
        ),
        migrations.CreateModel(
            name='LogSource',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log_sources', to='organisations.agency', verbose_name='cơ quan')),
                ('name', models.CharField(max_length=200, verbose_name='tên nguồn')),
                ('mapping', models.JSONField(blank=True, default=dict, verbose_name='ánh xạ cột')),
                ('counting', models.CharField(default='days', max_length=20, verbose_name='cách đếm hạn')),
                ('supplement', models.CharField(default='restart', max_length=20, verbose_name='khi bổ sung hồ sơ')),
                ('service_code', models.CharField(blank=True, max_length=40, verbose_name='mã thủ tục khi tệp không ghi')),
                ('recorded_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dữ liệu đến')),
                ('keeps_names', models.BooleanField(default=False, verbose_name='giữ tên người xử lý')),
                ('dossier_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='số hồ sơ')),
                ('terms_changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='đổi cách đếm lúc')),
                ('step_names', models.JSONField(blank=True, default=dict, verbose_name='tên bước trong dữ liệu')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='đóng lúc')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='log_source_name_once', violation_error_message='Cơ quan đã có nguồn dữ liệu mang tên này.')],
            },
        ),
        migrations.CreateModel(
            name='LogUpload',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='analytics.logsource')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('name', models.CharField(max_length=300, verbose_name='tên tệp')),
                ('checksum', models.CharField(max_length=64)),
                ('status', models.CharField(choices=[('mapping', 'Chờ xác nhận các cột'), ('waiting', 'Đang chờ nhập'), ('running', 'Đang nhập'), ('done', 'Đã nhập'), ('refused', 'Không nhập được'), ('withdrawn', 'Đã rút')], default='mapping', max_length=20, verbose_name='tình trạng')),
                ('problem', models.TextField(blank=True, verbose_name='vấn đề')),
                ('reason', models.TextField(blank=True, verbose_name='lý do rút tệp')),
                ('activities', models.JSONField(blank=True, default=list, verbose_name='tên việc trong tệp')),
                ('dossiers', models.PositiveIntegerField(default=0, verbose_name='số hồ sơ')),
                ('events', models.PositiveIntegerField(default=0, verbose_name='số sự kiện')),
                ('added', models.PositiveIntegerField(default=0, verbose_name='hồ sơ mới hoặc có thay đổi')),
                ('bad_rows', models.JSONField(blank=True, default=list, verbose_name='dòng không dùng được')),
                ('notes', models.JSONField(blank=True, default=list)),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='nhập xong lúc')),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.UniqueConstraint(fields=('source', 'checksum'), name='log_upload_once', violation_error_message='Tệp này đã được tải lên cho nguồn này.'), models.CheckConstraint(condition=models.Q(('status', 'refused'), ('problem', ''), _negated=True), name='log_upload_never_refused_without_problem', violation_error_message='Tệp không nhập được phải có lý do.'), models.CheckConstraint(condition=models.Q(('status', 'withdrawn'), ('reason', ''), _negated=True), name='log_upload_never_withdrawn_without_reason', violation_error_message='Rút tệp thì phải ghi lý do.')],
            },
        ),
        migrations.CreateModel(
            name='LoggedDossier',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='logged_dossiers', to='organisations.agency')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dossiers', to='analytics.logsource')),
                ('code', models.CharField(max_length=100, verbose_name='mã hồ sơ')),
                ('service_code', models.CharField(blank=True, max_length=40, verbose_name='mã thủ tục')),
                ('national_code', models.CharField(blank=True, editable=False, max_length=40)),
                ('facts', models.JSONField(default=dict)),
                ('events', models.JSONField(default=list)),
                ('told', models.JSONField(default=list)),
                ('counted', models.BooleanField(default=True, verbose_name='được tính')),
                ('procedure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='logged_dossiers', to='quality.procedure')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quality.procedureversion')),
                ('state', models.CharField(default='not_judged', max_length=20, verbose_name='tình trạng')),
                ('received_at', models.DateTimeField(null=True, verbose_name='nhận đủ')),
                ('due_at', models.DateTimeField(null=True, verbose_name='hạn')),
                ('legal_due_at', models.DateTimeField(null=True, verbose_name='hạn luật')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='có kết quả')),
                ('fitness', models.FloatField(null=True, verbose_name='mức khớp')),
                ('cost', models.PositiveIntegerField(default=0, verbose_name='số điểm khác')),
                ('verdict', models.JSONField(default=dict)),
                ('marks', models.TextField(blank=True)),
                ('way', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'ordering': ['-received_at', 'code'],
                'indexes': [models.Index(fields=['agency', '-received_at', '-id'], name='analytics_l_agency__ef70ed_idx'), models.Index(fields=['agency', 'counted', 'state'], name='analytics_l_agency__a2905d_idx'), models.Index(fields=['version', 'state'], name='analytics_l_version_fb5a61_idx'), models.Index(fields=['version', 'way'], name='analytics_l_version_fd78c9_idx'), models.Index(fields=['procedure', '-received_at'], name='analytics_l_procedu_09aca9_idx'), models.Index(fields=['agency', 'national_code'], name='analytics_l_agency__d2a7bf_idx')],
                'constraints': [models.UniqueConstraint(fields=('source', 'code'), name='logged_dossier_once', violation_error_message='Hồ sơ mang mã này đã có trong nguồn dữ liệu.')],
            },
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='set_aside', to='analytics.logupload')),
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
    ]
