"""Everything up to 21/11/2026 in one; data made before it count as having it."""

import chuan.kernel.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('quality', '0001_initial'),
        ('quality', '0002_self_approval'),
        ('quality', '0003_version_follows'),
        ('quality', '0004_service_repealed'),
        ('quality', '0005_citation'),
        ('quality', '0006_decision_apart'),
        ('quality', '0007_self_approval_has_an_end'),
        ('quality', '0008_coverage_count'),
    ]

    dependencies = [
        ('files', '0001_initial'),
        ('organisations', '0001_folded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='procedures', to='organisations.agency', verbose_name='cơ quan')),
                ('code', models.CharField(max_length=60, verbose_name='ký hiệu')),
                ('name', models.CharField(max_length=600, verbose_name='tên quy trình')),
                ('field', models.CharField(blank=True, max_length=200, verbose_name='lĩnh vực')),
                ('search_text', models.CharField(blank=True, db_index=True, editable=False, max_length=700)),
                ('in_force', models.BooleanField(default=False, editable=False, verbose_name='đang hiệu lực')),
                ('adopted_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='quality.procedure', verbose_name='áp dụng từ')),
            ],
            options={
                'ordering': ['code'],
                'indexes': [models.Index(fields=['agency', 'code'], name='quality_pro_agency__af3498_idx'), models.Index(fields=['agency', 'in_force'], name='quality_pro_agency__acc1e9_idx')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='procedure_code_once_in_agency', violation_error_message='Ký hiệu quy trình đã được dùng trong cơ quan này.'), models.CheckConstraint(condition=models.Q(('adopted_from', models.F('id')), _negated=True), name='procedure_never_adopted_from_itself', violation_error_message='Quy trình không thể được áp dụng từ chính nó.')],
            },
        ),
        migrations.CreateModel(
            name='PublicService',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='catalogued_services', to='organisations.agency', verbose_name='cơ quan giữ danh mục')),
                ('code', models.CharField(max_length=40, verbose_name='mã thủ tục')),
                ('name', models.CharField(max_length=600, verbose_name='tên thủ tục')),
                ('field', models.CharField(blank=True, max_length=200, verbose_name='lĩnh vực')),
                ('level', models.CharField(blank=True, max_length=60, verbose_name='cấp thực hiện')),
                ('legal_amount', models.CharField(blank=True, max_length=20, verbose_name='thời hạn theo luật')),
                ('legal_unit', models.CharField(blank=True, choices=[('working_day', 'working_day'), ('working_hour', 'working_hour'), ('calendar_day', 'calendar_day'), ('hour', 'hour'), ('minute', 'minute'), ('same_working_day_cutoff_15h', 'same_working_day_cutoff_15h')], max_length=40, verbose_name='đơn vị thời hạn luật')),
                ('committed_amount', models.CharField(blank=True, max_length=20, verbose_name='thời hạn cam kết')),
                ('committed_unit', models.CharField(blank=True, choices=[('working_day', 'working_day'), ('working_hour', 'working_hour'), ('calendar_day', 'calendar_day'), ('hour', 'hour'), ('minute', 'minute'), ('same_working_day_cutoff_15h', 'same_working_day_cutoff_15h')], max_length=40, verbose_name='đơn vị thời hạn cam kết')),
                ('fee', models.CharField(blank=True, max_length=400, verbose_name='phí, lệ phí')),
                ('online_level', models.CharField(blank=True, max_length=60, verbose_name='mức độ trực tuyến')),
                ('competence', models.CharField(blank=True, max_length=300, verbose_name='cơ quan có thẩm quyền quyết định')),
                ('parts', models.JSONField(blank=True, default=dict, verbose_name='các bộ phận cấu thành')),
                ('search_text', models.CharField(blank=True, db_index=True, editable=False, max_length=700)),
                ('valid_from', models.DateField(verbose_name='có hiệu lực từ ngày')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('repealed_by', models.CharField(blank=True, max_length=200, verbose_name='quyết định bãi bỏ')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='public_service_code_once', violation_error_message='Mã thủ tục đã có trong danh mục của tỉnh.'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='public_service_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('legal_amount', ''), _negated=True), ('legal_unit', '')), models.Q(models.Q(('committed_amount', ''), _negated=True), ('committed_unit', '')), _connector='OR', _negated=True), name='public_service_limit_never_without_unit', violation_error_message='Thời hạn phải có đơn vị (ngày làm việc, giờ làm việc, ngày…).'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', False), ('repealed_by', ''), _negated=True), name='public_service_never_ended_without_decision', violation_error_message='Bãi bỏ thủ tục thì phải ghi quyết định (số, ngày).')],
            },
        ),
        migrations.CreateModel(
            name='ServiceDuty',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_duties', to='organisations.agency')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='quality.publicservice')),
                ('from_on', models.DateField(verbose_name='từ ngày')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('agency', 'service'), name='service_duty_once_at_a_time', violation_error_message='Cơ quan đã được giao thủ tục này.'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='service_duty_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.')],
            },
        ),
        migrations.CreateModel(
            name='CoverageCount',
            fields=[
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='coverage_count', serialize=False, to='organisations.agency')),
                ('day', models.DateField(null=True)),
                ('services', models.PositiveIntegerField(default=0)),
                ('covered', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('covered__lte', models.F('services'))), name='coverage_count_within_services', violation_error_message='Số thủ tục có quy trình không thể lớn hơn số thủ tục.')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='service_links', to='quality.procedure')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='procedure_links', to='quality.publicservice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('procedure', 'service'), name='procedure_service_once', violation_error_message='Quy trình đã gắn với thủ tục này.')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('state', models.CharField(max_length=30, verbose_name='trạng thái')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='quality.procedure')),
                ('number', models.PositiveIntegerField(verbose_name='lần ban hành')),
                ('content', models.JSONField(default=dict, verbose_name='nội dung')),
                ('step_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='số bước')),
                ('saved', models.PositiveIntegerField(default=0, editable=False)),
                ('saved_at', models.DateTimeField(editable=False, null=True, verbose_name='lưu lúc')),
                ('reason', models.TextField(blank=True, verbose_name='lý do ban hành, sửa đổi')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='quyết định ban hành')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='ngày quyết định')),
                ('signed_by', models.CharField(blank=True, max_length=200, verbose_name='người ký quyết định')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='có hiệu lực từ ngày')),
                ('ended_on', models.DateField(blank=True, editable=False, null=True, verbose_name='hết hiệu lực từ ngày')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='bản gốc')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quality.procedureversion', verbose_name='theo bản của tỉnh')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'review', 'approved', 'in_force', 'replaced', 'withdrawn', 'dropped'))), name='procedure_version_state_known', violation_error_message='Trạng thái không có trong quy định.'), models.UniqueConstraint(fields=('procedure', 'number'), name='procedure_version_number_once', violation_error_message='Lần ban hành này đã có.'), models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('procedure',), name='procedure_version_one_in_force', violation_error_message='Mỗi quy trình chỉ có đúng một phiên bản đang hiệu lực.'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'review'])), fields=('procedure',), name='procedure_version_one_being_written', violation_error_message='Quy trình đang có một bản dự thảo; hãy sửa tiếp bản đó.'), models.CheckConstraint(condition=models.Q(('state__in', ['approved', 'in_force', 'replaced', 'withdrawn']), ('effective_on__isnull', True), _negated=True), name='procedure_version_never_approved_without_day', violation_error_message='Phê duyệt quy trình thì phải ghi ngày có hiệu lực.'), models.CheckConstraint(condition=models.Q(('effective_on__lt', models.F('decided_on')), _negated=True), name='procedure_version_never_in_effect_before_decision', violation_error_message='Ngày có hiệu lực phải bằng hoặc sau ngày quyết định.')],
            },
        ),
        migrations.AddField(
            model_name='procedure',
            name='adopted_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quality.procedureversion'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='services',
            field=models.ManyToManyField(related_name='procedures', through='quality.ProcedureService', to='quality.publicservice'),
        ),
        migrations.CreateModel(
            name='VersionMove',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=30, verbose_name='từ')),
                ('target', models.CharField(max_length=30, verbose_name='sang')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_name', models.CharField(max_length=200, verbose_name='người thực hiện')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='quality.procedureversion')),
            ],
            options={
                'ordering': ['at', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='quality.procedureversion')),
                ('number', models.CharField(db_index=True, max_length=80, verbose_name='số, ký hiệu văn bản')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'number'), name='citation_once', violation_error_message='Văn bản này đã có trong căn cứ pháp lý của phiên bản.')],
            },
        ),
        migrations.CreateModel(
            name='DraftSaved',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saves', to='quality.procedureversion')),
                ('saved', models.PositiveIntegerField()),
                ('content', models.JSONField()),
            ],
            options={
                'ordering': ['-saved'],
                'constraints': [models.UniqueConstraint(fields=('version', 'saved'), name='draft_saved_once', violation_error_message='Lần lưu này đã có; hãy tải lại trang.')],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acknowledgements', to='quality.procedureversion')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'account'), name='acknowledged_once', violation_error_message='Bạn đã xác nhận đọc phiên bản này.')],
            },
        ),
        migrations.CreateModel(
            name='SelfApproval',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_approvals', to='organisations.agency')),
                ('from_on', models.DateField(verbose_name='từ ngày')),
                ('until_on', models.DateField(verbose_name='đến hết ngày')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='tách lại lúc')),
                ('reason', models.CharField(max_length=500, verbose_name='lý do')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='self_approval_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='self_approval_never_without_reason', violation_error_message='Phải ghi lý do cho người soạn tự phê duyệt.')],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='procedure_imports', to='organisations.agency')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ImportedFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='quality.importbatch')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('name', models.CharField(max_length=300, verbose_name='tên tệp')),
                ('status', models.CharField(choices=[('waiting', 'Đang chờ đọc'), ('read', 'Đã đọc, hiểu rõ'), ('doubtful', 'Đã đọc, còn chỗ cần xem'), ('refused', 'Không đọc được'), ('accepted', 'Đã nhận'), ('dropped', 'Đã bỏ')], default='waiting', max_length=20, verbose_name='tình trạng')),
                ('problem', models.TextField(blank=True, verbose_name='vấn đề')),
                ('reading', models.JSONField(blank=True, default=dict)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('doubts', models.PositiveIntegerField(default=0, verbose_name='chỗ cần xem')),
                ('procedure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quality.procedure')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status', 'accepted'), ('procedure__isnull', True), _negated=True), name='imported_file_never_accepted_without_procedure', violation_error_message='Tệp đã nhận phải gắn với một quy trình.')],
            },
        ),
    ]
