"""Everything up to 21/11/2026 in one; data made before it count as having it."""

import chuan.kernel.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from chuan.organisations.people.triggers import install


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('organisations', '0001_initial'),
        ('organisations', '0002_person_sort_text'),
        ('organisations', '0003_holding_never_overlaps'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=60, unique=True, verbose_name='tên đăng nhập')),
                ('is_active', models.BooleanField(default=True, verbose_name='được đăng nhập')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='phải đổi mật khẩu')),
                ('opened_at', models.DateTimeField(verbose_name='mở lúc')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('username__regex', '^[a-z0-9][a-z0-9._-]*$')), name='account_username_plain', violation_error_message='Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch.')],
            },
        ),
        migrations.CreateModel(
            name='Province',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='mã tỉnh')),
                ('name', models.CharField(max_length=100, verbose_name='tên tỉnh')),
                ('fictitious', models.BooleanField(default=False, verbose_name='tỉnh giả định')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='organisations.province', verbose_name='tỉnh')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.agency', verbose_name='cơ quan cấp trên')),
                ('kind', models.CharField(choices=[('province', 'Ủy ban nhân dân tỉnh, thành phố'), ('department', 'Sở và tương đương'), ('sub_department', 'Chi cục và tương đương'), ('commune', 'Ủy ban nhân dân xã, phường, đặc khu'), ('public_unit', 'Đơn vị sự nghiệp công lập'), ('vertical', 'Cơ quan ngành dọc'), ('other', 'Cơ quan, tổ chức khác')], max_length=20, verbose_name='loại cơ quan')),
                ('commune_type', models.CharField(blank=True, choices=[('xa', 'Xã'), ('phuong', 'Phường'), ('dac_khu', 'Đặc khu')], max_length=10, verbose_name='loại đơn vị hành chính')),
                ('code', models.CharField(max_length=30, verbose_name='mã cơ quan')),
                ('name', models.CharField(max_length=200, verbose_name='tên cơ quan')),
                ('search_text', models.CharField(blank=True, db_index=True, editable=False, max_length=250)),
                ('valid_from', models.DateField(verbose_name='thành lập từ ngày')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='hoạt động đến hết ngày')),
                ('obligation', models.CharField(choices=[('obliged', 'Bắt buộc'), ('encouraged', 'Khuyến khích'), ('voluntary', 'Tự nguyện'), ('unknown', 'Chưa xác định')], default='unknown', max_length=20, verbose_name='diện áp dụng ISO')),
                ('obligation_source', models.CharField(blank=True, max_length=300, verbose_name='căn cứ của diện áp dụng')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('province', 'code'), name='agency_code_once_in_province', violation_error_message='Mã cơ quan đã được dùng trong tỉnh này.'), models.UniqueConstraint(condition=models.Q(('kind', 'province'), ('valid_until__isnull', True)), fields=('province',), name='agency_one_people_s_committee', violation_error_message='Mỗi tỉnh chỉ có một Ủy ban nhân dân tỉnh đang hoạt động.'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='agency_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='agency_never_its_own_parent', violation_error_message='Cơ quan không thể là cấp trên của chính mình.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'province'), ('parent__isnull', True)), models.Q(models.Q(('kind', 'province'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='agency_never_without_parent', violation_error_message='Mọi cơ quan, trừ Ủy ban nhân dân tỉnh, phải có cơ quan cấp trên.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'commune'), models.Q(('commune_type', ''), _negated=True)), models.Q(models.Q(('kind', 'commune'), _negated=True), ('commune_type', '')), _connector='OR'), name='agency_commune_has_its_type', violation_error_message='Cơ quan cấp xã phải ghi là xã, phường hay đặc khu; cơ quan khác để trống.'), models.CheckConstraint(condition=models.Q(models.Q(('obligation', 'unknown'), _negated=True), ('obligation_source', ''), _negated=True), name='agency_obligation_never_without_source', violation_error_message='Ghi diện áp dụng ISO thì phải ghi căn cứ (số, ngày văn bản).')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='later', to='organisations.agency', verbose_name='cơ quan cũ')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='organisations.agency', verbose_name='cơ quan mới')),
                ('decision', models.CharField(max_length=200, verbose_name='quyết định sắp xếp')),
                ('effective_on', models.DateField(verbose_name='có hiệu lực từ ngày')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once', violation_error_message='Việc kế thừa giữa hai cơ quan này đã được ghi.'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_never_to_itself', violation_error_message='Cơ quan không thể kế thừa chính mình.'), models.CheckConstraint(condition=models.Q(('decision', ''), _negated=True), name='succession_never_without_decision', violation_error_message='Ghi việc sắp xếp thì phải ghi quyết định (số, ngày).')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisations.agency', verbose_name='cơ quan')),
                ('kind', models.CharField(choices=[('division', 'Phòng, ban'), ('one_stop', 'Bộ phận Một cửa, Trung tâm Phục vụ hành chính công'), ('other', 'Đơn vị khác')], default='division', max_length=20, verbose_name='loại đơn vị')),
                ('code', models.CharField(max_length=30, verbose_name='mã đơn vị')),
                ('name', models.CharField(max_length=200, verbose_name='tên đơn vị')),
                ('valid_from', models.DateField(verbose_name='thành lập từ ngày')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='hoạt động đến hết ngày')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='unit_code_once_in_agency', violation_error_message='Mã đơn vị đã được dùng trong cơ quan này.'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='unit_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.')],
            },
        ),
        migrations.CreateModel(
            name='QualitySystem',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('state', models.CharField(max_length=30, verbose_name='trạng thái')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quality_systems', to='organisations.agency', verbose_name='cơ quan chủ trì')),
                ('name', models.CharField(max_length=200, verbose_name='tên hệ thống')),
                ('standard', models.CharField(default='TCVN ISO 9001:2015', max_length=40, verbose_name='phiên bản tiêu chuẩn')),
                ('scope_note', models.TextField(blank=True, verbose_name='phạm vi áp dụng')),
                ('declaration', models.CharField(blank=True, max_length=200, verbose_name='quyết định công bố')),
                ('declared_on', models.DateField(blank=True, null=True, verbose_name='ngày công bố')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('not_started', 'building', 'applying', 'confirmed_effective', 'declared', 'redeclaration_due', 'suspended', 'dissolved'))), name='quality_system_state_known', violation_error_message='Trạng thái không có trong quy định.'), models.UniqueConstraint(condition=models.Q(('state', 'dissolved'), _negated=True), fields=('owner',), name='quality_system_one_living_per_owner', violation_error_message='Mỗi cơ quan chỉ chủ trì một hệ thống quản lý chất lượng đang tồn tại.'), models.CheckConstraint(condition=models.Q(('state__in', ['declared', 'redeclaration_due']), models.Q(('declaration', ''), ('declared_on__isnull', True), _connector='OR'), _negated=True), name='quality_system_never_declared_without_decision', violation_error_message='Hệ thống đã công bố phải có quyết định công bố và ngày công bố.')],
            },
        ),
        migrations.CreateModel(
            name='QualitySystemMove',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=30, verbose_name='từ')),
                ('target', models.CharField(max_length=30, verbose_name='sang')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_name', models.CharField(max_length=200, verbose_name='người thực hiện')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='organisations.qualitysystem')),
            ],
            options={
                'ordering': ['at', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('quality_system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.qualitysystem')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.agency', verbose_name='cơ quan')),
                ('from_on', models.DateField(verbose_name='từ ngày')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('agency',), name='membership_one_system_at_a_time', violation_error_message='Cơ quan chỉ thuộc một hệ thống quản lý chất lượng trong cùng thời gian.'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='membership_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='organisations.agency', verbose_name='cơ quan')),
                ('staff_code', models.CharField(max_length=30, verbose_name='số hiệu')),
                ('full_name', models.CharField(max_length=150, verbose_name='họ và tên')),
                ('search_text', models.CharField(blank=True, db_index=True, editable=False, max_length=200)),
                ('sort_text', models.CharField(blank=True, editable=False, max_length=400)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư công vụ')),
            ],
            options={
                'ordering': ['sort_text', 'id'],
                'indexes': [models.Index(fields=['sort_text', 'id'], name='person_in_order')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'staff_code'), name='person_staff_code_once_in_agency', violation_error_message='Số hiệu đã được dùng cho người khác trong cơ quan.'), models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='person_never_without_name', violation_error_message='Phải ghi họ và tên.')],
            },
        ),
        migrations.AddField(
            model_name='account',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='account', to='organisations.person', verbose_name='người'),
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='organisations.agency', verbose_name='cơ quan')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='organisations.unit', verbose_name='đơn vị')),
                ('code', models.CharField(max_length=30, verbose_name='mã vị trí')),
                ('title', models.CharField(max_length=200, verbose_name='chức danh, vị trí')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='bỏ từ ngày')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='position_code_once_in_agency', violation_error_message='Mã vị trí đã được dùng trong cơ quan này.'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='position_never_without_title', violation_error_message='Phải ghi tên vị trí (chức danh).')],
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='organisations.position', verbose_name='vị trí')),
                ('role', models.CharField(max_length=30, verbose_name='vai trò')),
                ('from_on', models.DateField(verbose_name='từ ngày')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['system_administrator', 'steering_committee', 'province_inspector', 'head', 'iso_secretary', 'clerk', 'officer', 'internal_auditor', 'reader'])), name='role_known', violation_error_message='Vai trò không có trong bảng thẩm quyền.'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('position', 'role'), name='role_once_on_a_position', violation_error_message='Vị trí đã có vai trò này.'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='role_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='organisations.position', verbose_name='vị trí')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='organisations.person', verbose_name='người giữ')),
                ('from_on', models.DateField(verbose_name='từ ngày')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='quyết định')),
            ],
            options={
                'ordering': ['from_on'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('position', 'person'), name='holding_once_at_a_time', violation_error_message='Người này đang giữ vị trí này rồi.'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='holding_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(default=chuan.kernel.models.new_key, editable=False, max_length=16, unique=True)),
                ('created_at', models.DateTimeField(editable=False, verbose_name='tạo lúc')),
                ('created_by', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='organisations.holding', verbose_name='ủy quyền của')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to='organisations.person', verbose_name='người được ủy quyền')),
                ('from_on', models.DateField(verbose_name='từ ngày')),
                ('until_on', models.DateField(verbose_name='đến hết ngày')),
                ('reason', models.CharField(max_length=300, verbose_name='lý do, văn bản ủy quyền')),
            ],
            options={
                'ordering': ['from_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='delegation_days_in_order', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='delegation_never_without_reason', violation_error_message='Phải ghi lý do hoặc văn bản ủy quyền.')],
            },
        ),
        migrations.RunPython(install),
    ]
