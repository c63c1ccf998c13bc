"""An add-on that answers stop can be put before a clinician, and a clinician can say no."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _drop_guards_of_sqlite()
    else:
        # A clinic of many years takes longer than a desk's question may.
        op.execute("SET LOCAL statement_timeout = 0")
        _drop_guards_of_postgres()
    _make_tables()
    op.execute("UPDATE log_head SET schema = 3")
    # The guards as they were on the day of this version: kept as text, so that they stay as they were.
    guards = Path(__file__).with_name(f"0003_guards_{connection.dialect.name}.sql")
    for statement in guards.read_text(encoding="utf-8").removesuffix(";\n").split(";\n\n"):
        connection.exec_driver_sql(statement)


def _drop_guards_of_sqlite() -> None:
    guards = op.get_bind().execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    for name in guards.scalars().all():
        op.execute(f'DROP TRIGGER "{name}"')


def _drop_guards_of_postgres() -> None:
    # The wall against overlaps is a constraint and stays; each trigger goes with its function.
    guards = op.get_bind().execute(
        sa.text(
            "SELECT DISTINCT p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND c.relnamespace = "
            "(SELECT relnamespace FROM pg_class WHERE oid = 'log_head'::regclass)"
        )
    )
    for name in guards.scalars().all():
        op.execute(f'DROP FUNCTION "{name}"() CASCADE')


def _make_tables() -> None:
    op.create_table(
        "add_on_task",
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("asked_id", WHOLE, nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_id"], ["staff.id"], name=op.f("fk_add_on_task_asked_id")),
        sa.ForeignKeyConstraint(["group_id"], ["appointment_group.id"], name=op.f("fk_add_on_task_group_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_add_on_task_n"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["response_id"], ["form_response.id"], name=op.f("fk_add_on_task_response_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_add_on_task_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_add_on_task")),
        sqlite_strict=True,
    )
    op.create_index("ix_add_on_task_group_id", "add_on_task", ["group_id"], unique=False)
    op.create_index(op.f("ix_add_on_task_n"), "add_on_task", ["n"], unique=False)
    op.create_table(
        "denial",
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_denial_words")),
        sa.ForeignKeyConstraint(["group_id"], ["appointment_group.id"], name=op.f("fk_denial_group_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_denial_n"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_denial_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_denial")),
        sqlite_strict=True,
    )
    op.create_index("ix_denial_group_id", "denial", ["group_id"], unique=False)
    op.create_index(op.f("ix_denial_n"), "denial", ["n"], unique=False)
