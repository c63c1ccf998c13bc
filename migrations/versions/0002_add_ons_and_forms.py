"""Add-ons hung on their bases, rooms and devices, forms with their answers, and money paid ahead."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LINE_KINDS = "kind IN ('visit', 'package', 'fee', 'adjustment', 'account', 'deposit')"
TENDERS = "tender IN ('cash', 'card', 'transfer', 'account', 'credit', 'deposit')"


def upgrade() -> None:
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        _drop_guards_of_sqlite()
    else:
        # A clinic of many years takes longer than a desk's question may.
        op.execute("SET LOCAL statement_timeout = 0")
        _drop_guards_of_postgres()
    _widen_tables("INTEGER" if sqlite else "BIGINT")
    _make_tables()
    _make_inbox()
    if sqlite:
        _make_again("sale_line", _make_sale_line)
        _make_again("payment", _make_payment)
    else:
        _replace_check("sale_line", "ck_sale_line_kind", LINE_KINDS)
        _replace_check("payment", "ck_payment_tender", TENDERS)
    op.execute("UPDATE log_head SET schema = 2")
    # The guards as they were on the day of this version: kept as text, so that they stay as they were.
    guards = Path(__file__).with_name(f"0002_guards_{connection.dialect.name}.sql")
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


def _widen_tables(whole: str) -> None:
    """New columns, each with its constraints beside it, so that no table that others refer to is made anew."""
    op.execute(
        "ALTER TABLE service ADD COLUMN bookable TEXT DEFAULT 'alone' NOT NULL "
        "CONSTRAINT ck_service_bookable CHECK (bookable IN ('alone', 'add_on', 'both'))"
    )
    op.execute(
        "ALTER TABLE service ADD COLUMN payment TEXT DEFAULT 'at_visit' NOT NULL "
        "CONSTRAINT ck_service_payment CHECK (payment IN ('at_visit', 'deposit', 'upfront'))"
    )
    op.execute(
        f"ALTER TABLE service ADD COLUMN deposit {whole} DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_service_deposit CHECK (deposit >= 0)"
    )
    op.execute(
        f"ALTER TABLE service ADD COLUMN deposit_share {whole} DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_service_deposit_share CHECK (deposit_share BETWEEN 0 AND 10000) "
        "CONSTRAINT ck_service_deposit_how CHECK ((payment = 'deposit') = (deposit > 0 OR deposit_share > 0) "
        "AND (deposit = 0 OR deposit_share = 0))"
    )
    op.execute(
        f"ALTER TABLE appointment ADD COLUMN base_id {whole} "
        "CONSTRAINT fk_appointment_base_id REFERENCES appointment (id)"
    )
    op.execute(
        f"ALTER TABLE appointment ADD COLUMN ahead {whole} DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_appointment_ahead CHECK (ahead >= 0)"
    )
    op.execute("ALTER TABLE staff ADD COLUMN pin TEXT DEFAULT '' NOT NULL")
    op.create_index("ix_appointment_base_id", "appointment", ["base_id"], unique=False)
    alive = sa.text("base_id IS NOT NULL AND status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment')")
    op.create_index(
        "uq_appointment_add_on",
        "appointment",
        ["group_id", "service_id"],
        unique=True,
        sqlite_where=alive,
        postgresql_where=alive,
    )
    op.create_index("ix_journal_entry_appointment_id", "journal_entry", ["appointment_id"], unique=False)


def _replace_check(table: str, name: str, condition: str) -> None:
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})")


def _make_again(table: str, make: Callable[[], None]) -> None:
    """SQLite can't change a constraint: the rows go into a new table. Nothing refers to these two."""
    connection = op.get_bind()
    indexes = sa.text("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL")
    for name in connection.execute(indexes, {"table": table}).scalars().all():
        op.execute(f'DROP INDEX "{name}"')
    op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    make()
    columns = ", ".join(column["name"] for column in sa.inspect(connection).get_columns(table))
    op.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}_before ORDER BY id")
    op.execute(f"DROP TABLE {table}_before")


def _make_tables() -> None:
    op.create_table(
        "form",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_form_retired")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form")),
        sa.UniqueConstraint("url", name=op.f("uq_form_url")),
        sqlite_strict=True,
    )
    op.create_table(
        "resource",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sort", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.CheckConstraint("kind IN ('room', 'device')", name=op.f("ck_resource_kind")),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_resource_retired")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sqlite_strict=True,
    )
    op.create_table(
        "add_on_link",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("base_id", WHOLE, nullable=False),
        sa.Column("add_on_id", WHOLE, nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.Column("price", WHOLE, nullable=True),
        sa.CheckConstraint("base_id <> add_on_id", name=op.f("ck_add_on_link_apart")),
        sa.CheckConstraint("price IS NULL OR price >= 0", name=op.f("ck_add_on_link_price")),
        sa.ForeignKeyConstraint(["add_on_id"], ["service.id"], name=op.f("fk_add_on_link_add_on_id")),
        sa.ForeignKeyConstraint(["base_id"], ["service.id"], name=op.f("fk_add_on_link_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_add_on_link")),
        sa.UniqueConstraint("base_id", "add_on_id", name=op.f("uq_add_on_link_base_id_add_on_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_add_on_link_add_on_id"), "add_on_link", ["add_on_id"], unique=False)
    op.create_table(
        "form_requirement",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("form_id", WHOLE, nullable=False),
        sa.Column("days", WHOLE, nullable=True),
        sa.CheckConstraint("days IS NULL OR days >= 0", name=op.f("ck_form_requirement_days")),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_form_requirement_form_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_form_requirement_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_requirement")),
        sa.UniqueConstraint("service_id", "form_id", name=op.f("uq_form_requirement_service_id_form_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_form_requirement_form_id"), "form_requirement", ["form_id"], unique=False)
    op.create_table(
        "resource_need",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("resource_id", WHOLE, nullable=False),
        sa.Column("place", WHOLE, nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_resource_need_number")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_resource_need_resource_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_resource_need_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_need")),
        sa.UniqueConstraint(
            "service_id", "number", "resource_id", name=op.f("uq_resource_need_service_id_number_resource_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_resource_need_resource_id"), "resource_need", ["resource_id"], unique=False)
    op.create_table(
        "screening_rule",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("form_id", WHOLE, nullable=False),
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("lasting", sa.Text(), nullable=False),
        sa.Column("until_days", WHOLE, nullable=True),
        sa.Column("until_link", sa.Text(), nullable=False),
        sa.Column("staff_message", sa.Text(), nullable=False),
        sa.Column("client_message", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.CheckConstraint(
            "(lasting = 'until') = (until_days IS NOT NULL) AND coalesce(until_days, 0) >= 0",
            name=op.f("ck_screening_rule_until"),
        ),
        sa.CheckConstraint(
            "effect = 'note' OR (staff_message <> '' AND client_message <> '')", name=op.f("ck_screening_rule_messages")
        ),
        sa.CheckConstraint("effect IN ('block', 'flag', 'note')", name=op.f("ck_screening_rule_effect")),
        sa.CheckConstraint("lasting IN ('until', 'clinician', 'permanent')", name=op.f("ck_screening_rule_lasting")),
        sa.CheckConstraint(
            "operator IN ('=', '!=', '>', '<', '>=', '<=', 'exists')", name=op.f("ck_screening_rule_operator")
        ),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_screening_rule_retired")),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_screening_rule_form_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_screening_rule_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_rule")),
        sqlite_strict=True,
    )
    op.create_index("ix_screening_rule_form_id", "screening_rule", ["form_id"], unique=False)
    op.create_index("ix_screening_rule_service_id", "screening_rule", ["service_id"], unique=False)
    op.create_table(
        "clearance",
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("through", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_clearance_words")),
        sa.CheckConstraint("(group_id IS NULL) <> (through IS NULL)", name=op.f("ck_clearance_reach")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_clearance_client_id")),
        sa.ForeignKeyConstraint(["group_id"], ["appointment_group.id"], name=op.f("fk_clearance_group_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_clearance_n"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_clearance_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sqlite_strict=True,
    )
    op.create_index("ix_clearance_client_id_service_id", "clearance", ["client_id", "service_id"], unique=False)
    op.create_index(op.f("ix_clearance_n"), "clearance", ["n"], unique=False)
    op.create_table(
        "form_version",
        sa.Column("form_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("fhir", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("copyright", sa.Text(), nullable=False),
        sa.Column("material", WHOLE, nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("material IN (0, 1)", name=op.f("ck_form_version_material")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_form_version_number")),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name=op.f("fk_form_version_form_id")),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_form_version_n"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint("form_id", "number", name=op.f("uq_form_version_form_id_number")),
        sa.UniqueConstraint("sha256", name=op.f("uq_form_version_sha256")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_form_version_n"), "form_version", ["n"], unique=False)
    op.create_table(
        "appointment_resource",
        sa.Column("appointment_id", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("resource_id", WHOLE, nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_resource_appointment_id")
        ),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_appointment_resource_n"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_appointment_resource_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_resource")),
        sa.UniqueConstraint(
            "appointment_id", "seq", "number", name=op.f("uq_appointment_resource_appointment_id_seq_number")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appointment_resource_n"), "appointment_resource", ["n"], unique=False)
    op.create_table(
        "form_response",
        sa.Column("form_version_id", WHOLE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answerer", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("amends_id", WHOLE, nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("signer_role", sa.Text(), nullable=False),
        sa.Column("signed_at", WHOLE, nullable=True),
        sa.Column("signed_sha256", sa.Text(), nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("(answered_by = 'guardian') = (relation <> '')", name=op.f("ck_form_response_relation")),
        sa.CheckConstraint(
            "(signature = '') = (signed_at IS NULL) AND (signature = '') = (signed_sha256 = '')",
            name=op.f("ck_form_response_signature"),
        ),
        sa.CheckConstraint(
            "answered_by IN ('client', 'guardian', 'staff', 'import')", name=op.f("ck_form_response_answered_by")
        ),
        sa.ForeignKeyConstraint(["amends_id"], ["form_response.id"], name=op.f("fk_form_response_amends_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_form_response_client_id")),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_version.id"], name=op.f("fk_form_response_form_version_id")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["appointment_group.id"], name=op.f("fk_form_response_group_id")),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_form_response_n"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_response")),
        sqlite_strict=True,
    )
    op.create_index("ix_form_response_client_id", "form_response", ["client_id"], unique=False)
    op.create_index("ix_form_response_form_version_id", "form_response", ["form_version_id"], unique=False)
    op.create_index(op.f("ix_form_response_group_id"), "form_response", ["group_id"], unique=False)
    op.create_index(op.f("ix_form_response_n"), "form_response", ["n"], unique=False)
    op.create_table(
        "screening_check",
        sa.Column("appointment_id", WHOLE, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("responses", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('clear', 'cleared', 'flagged', 'unknown', 'blocked')", name=op.f("ck_screening_check_outcome")
        ),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_screening_check_appointment_id")),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_screening_check_n"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_check")),
        sqlite_strict=True,
    )
    op.create_index("ix_screening_check_appointment_id", "screening_check", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_screening_check_n"), "screening_check", ["n"], unique=False)
    op.create_table(
        "finding",
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("rule_id", WHOLE, nullable=False),
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("lasting", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("staff_message", sa.Text(), nullable=False),
        sa.Column("client_message", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("effect IN ('block', 'flag', 'note')", name=op.f("ck_finding_effect")),
        sa.CheckConstraint("lasting IN ('until', 'clinician', 'permanent')", name=op.f("ck_finding_lasting")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_finding_client_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_finding_n"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["response_id"], ["form_response.id"], name=op.f("fk_finding_response_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["screening_rule.id"], name=op.f("fk_finding_rule_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_finding_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("response_id", "rule_id", name=op.f("uq_finding_response_id_rule_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_finding_client_id_service_id", "finding", ["client_id", "service_id"], unique=False)
    op.create_index(op.f("ix_finding_n"), "finding", ["n"], unique=False)
    op.create_table(
        "screening_task",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("appointment_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=False),
        sa.Column("asked_id", WHOLE, nullable=True),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'asked') = (asked_id IS NOT NULL)", name=op.f("ck_screening_task_asked")),
        sa.CheckConstraint("kind IN ('blocked', 'review', 'asked')", name=op.f("ck_screening_task_kind")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_screening_task_appointment_id")),
        sa.ForeignKeyConstraint(["asked_id"], ["staff.id"], name=op.f("fk_screening_task_asked_id")),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_screening_task_n"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["response_id"], ["form_response.id"], name=op.f("fk_screening_task_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_task")),
        sqlite_strict=True,
    )
    op.create_index("ix_screening_task_appointment_id", "screening_task", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_screening_task_n"), "screening_task", ["n"], unique=False)


def _make_inbox() -> None:
    op.create_table(
        "wish",
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["appointment_group.id"], name=op.f("fk_wish_group_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_wish_n"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_wish_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sqlite_strict=True,
    )
    op.create_index("ix_wish_group_id", "wish", ["group_id"], unique=False)
    op.create_index(op.f("ix_wish_n"), "wish", ["n"], unique=False)
    op.create_table(
        "submission",
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("form_version_id", WHOLE, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answerer", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("signed_at", WHOLE, nullable=True),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("(answered_by = 'guardian') = (relation <> '')", name=op.f("ck_submission_relation")),
        sa.CheckConstraint("(signature = '') = (signed_at IS NULL)", name=op.f("ck_submission_signature")),
        sa.CheckConstraint(
            "answered_by IN ('client', 'guardian', 'staff', 'import')", name=op.f("ck_submission_answered_by")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_submission_client_id")),
        sa.ForeignKeyConstraint(["form_version_id"], ["form_version.id"], name=op.f("fk_submission_form_version_id")),
        sa.ForeignKeyConstraint(["group_id"], ["appointment_group.id"], name=op.f("fk_submission_group_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_submission_n"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sqlite_strict=True,
    )
    op.create_index("ix_submission_client_id", "submission", ["client_id"], unique=False)
    op.create_index(op.f("ix_submission_n"), "submission", ["n"], unique=False)
    op.create_table(
        "wish_decision",
        sa.Column("wish_id", WHOLE, nullable=False),
        sa.Column("appointment_id", WHOLE, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("(appointment_id IS NULL) = (words <> '')", name=op.f("ck_wish_decision_either")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_wish_decision_appointment_id")),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_wish_decision_n"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_wish_decision_wish_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_decision")),
        sa.UniqueConstraint("wish_id", name=op.f("uq_wish_decision_wish_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_wish_decision_n"), "wish_decision", ["n"], unique=False)
    op.create_table(
        "submission_decision",
        sa.Column("submission_id", WHOLE, nullable=False),
        sa.Column("response_id", WHOLE, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("(response_id IS NULL) = (words <> '')", name=op.f("ck_submission_decision_either")),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_submission_decision_n"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["response_id"], ["form_response.id"], name=op.f("fk_submission_decision_response_id")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_decision_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_decision")),
        sa.UniqueConstraint("response_id", name=op.f("uq_submission_decision_response_id")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_submission_decision_submission_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_submission_decision_n"), "submission_decision", ["n"], unique=False)


def _make_sale_line() -> None:
    op.create_table(
        "sale_line",
        sa.Column("sale_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("service_id", WHOLE, nullable=True),
        sa.Column("product_id", WHOLE, nullable=True),
        sa.Column("appointment_id", WHOLE, nullable=True),
        sa.Column("price", WHOLE, nullable=False),
        sa.Column("discount", WHOLE, nullable=False),
        sa.Column("sale_discount", WHOLE, nullable=False),
        sa.Column("gross", WHOLE, nullable=False),
        sa.Column("tax_rate", WHOLE, nullable=False),
        sa.Column("tax", WHOLE, nullable=False),
        sa.Column("net", WHOLE, nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint(LINE_KINDS, name=op.f("ck_sale_line_kind")),
        sa.CheckConstraint(
            "gross = price - discount - sale_discount AND net = gross - tax", name=op.f("ck_sale_line_sums")
        ),
        sa.CheckConstraint("tax_rate BETWEEN 0 AND 10000", name=op.f("ck_sale_line_tax_rate")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_sale_line_appointment_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_sale_line_n"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_sale_line_product_id")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_sale_line_sale_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_sale_line_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_line")),
        sa.UniqueConstraint("sale_id", "position", name=op.f("uq_sale_line_sale_id_position")),
        sqlite_strict=True,
    )
    op.create_index("ix_sale_line_appointment_id", "sale_line", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_sale_line_n"), "sale_line", ["n"], unique=False)


def _make_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("sale_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("tender", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("change", WHOLE, nullable=False),
        sa.Column("credit_id", WHOLE, nullable=True),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("(tender = 'credit') = (credit_id IS NOT NULL)", name=op.f("ck_payment_credit")),
        sa.CheckConstraint(TENDERS, name=op.f("ck_payment_tender")),
        sa.CheckConstraint("change >= 0", name=op.f("ck_payment_change")),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_payment_credit_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_payment_n"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_payment_sale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("sale_id", "position", name=op.f("uq_payment_sale_id_position")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_credit_id"), "payment", ["credit_id"], unique=False)
    op.create_index(op.f("ix_payment_n"), "payment", ["n"], unique=False)
