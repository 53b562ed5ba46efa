"""Target plans and their numbers. An office has one plan for a year, and numbers stand in its years: guarded on both engines."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

OVERLAP = """SELECT 1 FROM orgs_targetplan WHERE office_id = NEW.office_id AND id <> NEW.id
             AND first_year <= NEW.last_year AND last_year >= NEW.first_year"""
OUTSIDE = """SELECT 1 FROM orgs_target WHERE plan_id = NEW.id
             AND (year < NEW.first_year OR year > NEW.last_year)"""
IN_PLAN = """SELECT 1 FROM orgs_targetplan WHERE id = NEW.plan_id AND NEW.year BETWEEN first_year AND last_year"""
ONE_PLAN = "an office has one target plan for a year"
IN_YEARS = "targets lie in the years of their plan"

SQLITE = tuple(
    f"""CREATE TRIGGER {name} {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"""
    for name, event, condition, sentence in (
        ("target_plan_one_a_year_new", "AFTER INSERT ON orgs_targetplan", f"EXISTS ({OVERLAP})", ONE_PLAN),
        ("target_plan_one_a_year", "AFTER UPDATE ON orgs_targetplan", f"EXISTS ({OVERLAP})", ONE_PLAN),
        ("target_plan_keeps_years", "AFTER UPDATE ON orgs_targetplan", f"EXISTS ({OUTSIDE})", IN_YEARS),
        ("target_in_plan_new", "AFTER INSERT ON orgs_target", f"NOT EXISTS ({IN_PLAN})", IN_YEARS),
        ("target_in_plan", "AFTER UPDATE ON orgs_target", f"NOT EXISTS ({IN_PLAN})", IN_YEARS),
    )
)


def _function(name, steps):
    return f"""CREATE FUNCTION wuyou_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN {steps} RETURN NEW; END $$"""


def _refuse(condition, sentence):
    return f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation'; END IF;"


POSTGRESQL = (
    # whoever writes a plan of the same office waits, so that neither overlooks the other's
    _function(
        "target_plan",
        "PERFORM 1 FROM orgs_unit WHERE id = NEW.office_id FOR UPDATE; "
        + _refuse(f"EXISTS ({OVERLAP})", ONE_PLAN)
        + _refuse(f"EXISTS ({OUTSIDE})", IN_YEARS),
    ),
    """CREATE TRIGGER target_plan_one_a_year BEFORE INSERT OR UPDATE ON orgs_targetplan
       FOR EACH ROW EXECUTE FUNCTION wuyou_target_plan()""",
    _function(
        "target",
        "PERFORM 1 FROM orgs_targetplan WHERE id = NEW.plan_id FOR SHARE; " + _refuse(f"NOT EXISTS ({IN_PLAN})", IN_YEARS),
    ),
    """CREATE TRIGGER target_in_plan BEFORE INSERT OR UPDATE ON orgs_target
       FOR EACH ROW EXECUTE FUNCTION wuyou_target()""",
)


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0006_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='TargetPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=100, verbose_name='计划名称')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='起始年度')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='终止年度')),
                ('document', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='target_plans', to='orgs.unit', verbose_name='制定计划的侨联')),
            ],
            options={
                'verbose_name': '目标计划',
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('event', models.CharField(choices=[('establish', '新建'), ('reorganise', '重组'), ('restore', '恢复')], max_length=12, verbose_name='事项')),
                ('number', models.PositiveIntegerField(verbose_name='计划数')),
                ('kind', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='orgs.unitkind', verbose_name='组织类型')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='orgs.unit', verbose_name='侨联')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='orgs.targetplan', verbose_name='目标计划')),
            ],
            options={
                'verbose_name': '目标',
            },
        ),
        migrations.AddConstraint(
            model_name='targetplan',
            constraint=models.CheckConstraint(condition=models.Q(('last_year__gte', django.db.models.expressions.CombinedExpression(models.F('first_year'), '+', models.Value(2))), ('last_year__lte', django.db.models.expressions.CombinedExpression(models.F('first_year'), '+', models.Value(4)))), name='target_plan_three_to_five_years'),
        ),
        migrations.AddConstraint(
            model_name='targetplan',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='target_plan_has_name'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('plan', 'office', 'kind', 'year', 'event'), name='target_once'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', None)), fields=('plan', 'office', 'year', 'event'), name='target_once_for_all_kinds'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('event__in', ['establish', 'reorganise', 'restore'])), name='target_event_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('number__lte', 9999)), name='target_number_sensible'),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
