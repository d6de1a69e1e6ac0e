"""Everything up to 21/11/2026 in one; data made before it count as having it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('notices', '0001_initial'),
        ('notices', '0002_who_wants_no_mail'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('recipient', models.CharField(max_length=100)),
                ('kind', models.CharField(max_length=50)),
                ('text', models.TextField(blank=True)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['recipient', '-created_at'], name='notices_of_recipient')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('kind', models.CharField(max_length=50)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(db_index=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sent_at__isnull', False), models.Q(('address', ''), _negated=True), _connector='OR'), name='notices_mail_waiting_has_an_address', violation_error_message='Thư chưa gửi phải có địa chỉ người nhận.')],
            },
        ),
        migrations.CreateModel(
            name='WithoutMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(max_length=100, unique=True)),
            ],
        ),
    ]
