"""The first tables of a clinic, and everything that the database itself refuses."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _make_tables()
    op.execute(f"INSERT INTO log_head (id, n, hash, schema) VALUES (1, 0, '{'0' * 64}', 1)")
    op.execute("INSERT INTO receipt_number (id, last) VALUES (1, 0)")
    # The guards as they were on the day of this version: kept as text, so that they stay as they were.
    guards = Path(__file__).with_name(f"0001_guards_{op.get_bind().dialect.name}.sql")
    for statement in guards.read_text(encoding="utf-8").removesuffix(";\n").split(";\n\n"):
        op.get_bind().exec_driver_sql(statement)


def _make_tables() -> None:
    op.create_table(
        "cancel_reason",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("applies", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.CheckConstraint("who IN ('client', 'clinic')", name=op.f("ck_cancel_reason_who")),
        sa.CheckConstraint("applies IN (0, 1)", name=op.f("ck_cancel_reason_applies")),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_cancel_reason_retired")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cancel_reason")),
        sqlite_strict=True,
    )
    op.create_table(
        "client",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", BYTEWISE, nullable=False),
        sa.Column("born", sa.Text(), nullable=True),
        sa.Column("pronouns", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("payer_id", WHOLE, nullable=True),
        sa.Column("changed", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["payer_id"], ["client.id"], name=op.f("fk_client_payer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_client_changed"), "client", ["changed"], unique=False)
    op.create_index(op.f("ix_client_folded"), "client", ["folded"], unique=False)
    op.create_table(
        "clinic",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("packages", WHOLE, nullable=False),
        sa.Column("add_ons", WHOLE, nullable=False),
        sa.Column("free_hours", WHOLE, nullable=False),
        sa.Column("late_credit", sa.Text(), nullable=False),
        sa.Column("no_show_credit", sa.Text(), nullable=False),
        sa.Column("late_money", sa.Text(), nullable=False),
        sa.Column("no_show_money", sa.Text(), nullable=False),
        sa.Column("late_fee", WHOLE, nullable=False),
        sa.Column("no_show_fee", WHOLE, nullable=False),
        sa.Column("grace_days", WHOLE, nullable=False),
        sa.Column("near_days", WHOLE, nullable=False),
        sa.Column("wait_minutes", WHOLE, nullable=False),
        sa.Column("closed_through", sa.Text(), nullable=False),
        sa.CheckConstraint("late_credit IN ('return', 'forfeit')", name=op.f("ck_clinic_late_credit")),
        sa.CheckConstraint("late_money IN ('nothing', 'fee', 'deposit')", name=op.f("ck_clinic_late_money")),
        sa.CheckConstraint("no_show_credit IN ('return', 'forfeit')", name=op.f("ck_clinic_no_show_credit")),
        sa.CheckConstraint("no_show_money IN ('nothing', 'fee', 'deposit')", name=op.f("ck_clinic_no_show_money")),
        sa.CheckConstraint("add_ons IN (0, 1)", name=op.f("ck_clinic_add_ons")),
        sa.CheckConstraint("free_hours >= 0", name=op.f("ck_clinic_free_hours")),
        sa.CheckConstraint("grace_days >= 0", name=op.f("ck_clinic_grace_days")),
        sa.CheckConstraint("id = 1", name=op.f("ck_clinic_only")),
        sa.CheckConstraint("late_fee >= 0", name=op.f("ck_clinic_late_fee")),
        sa.CheckConstraint("near_days >= 0", name=op.f("ck_clinic_near_days")),
        sa.CheckConstraint("no_show_fee >= 0", name=op.f("ck_clinic_no_show_fee")),
        sa.CheckConstraint("packages IN (0, 1)", name=op.f("ck_clinic_packages")),
        sa.CheckConstraint("wait_minutes >= 0", name=op.f("ck_clinic_wait_minutes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
        sqlite_strict=True,
    )
    op.create_table(
        "closure",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("start_minute", WHOLE, nullable=True),
        sa.Column("end_minute", WHOLE, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(start_minute IS NULL AND end_minute IS NULL) OR (start_minute >= 0 AND end_minute <= 1440 AND end_minute > start_minute)",
            name=op.f("ck_closure_span"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_closure_day"), "closure", ["day"], unique=False)
    op.create_table(
        "log_head",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("schema", WHOLE, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_head_only")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "opening",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("weekday", WHOLE, nullable=False),
        sa.Column("start_minute", WHOLE, nullable=False),
        sa.Column("end_minute", WHOLE, nullable=False),
        sa.CheckConstraint("end_minute > start_minute", name=op.f("ck_opening_span")),
        sa.CheckConstraint("start_minute BETWEEN 0 AND 1439", name=op.f("ck_opening_start_minute")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_opening_weekday")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sqlite_strict=True,
    )
    op.create_table(
        "receipt_number",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_receipt_number_only")),
        sa.CheckConstraint("last >= 0", name=op.f("ck_receipt_number_last")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "service",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("minutes", WHOLE, nullable=False),
        sa.Column("turnaround", WHOLE, nullable=False),
        sa.Column("price", WHOLE, nullable=False),
        sa.Column("tax_rate", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.Column("own_free_hours", WHOLE, nullable=True),
        sa.Column("own_late_credit", sa.Text(), nullable=True),
        sa.Column("own_no_show_credit", sa.Text(), nullable=True),
        sa.Column("own_late_money", sa.Text(), nullable=True),
        sa.Column("own_no_show_money", sa.Text(), nullable=True),
        sa.Column("own_late_fee", WHOLE, nullable=True),
        sa.Column("own_no_show_fee", WHOLE, nullable=True),
        sa.CheckConstraint("minutes BETWEEN 5 AND 720", name=op.f("ck_service_minutes")),
        sa.CheckConstraint("own_free_hours IS NULL OR own_free_hours >= 0", name=op.f("ck_service_own_free_hours")),
        sa.CheckConstraint("own_late_fee IS NULL OR own_late_fee >= 0", name=op.f("ck_service_own_late_fee")),
        sa.CheckConstraint("own_no_show_fee IS NULL OR own_no_show_fee >= 0", name=op.f("ck_service_own_no_show_fee")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_service_price")),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_service_retired")),
        sa.CheckConstraint("tax_rate BETWEEN 0 AND 10000", name=op.f("ck_service_tax_rate")),
        sa.CheckConstraint("turnaround BETWEEN 0 AND 240", name=op.f("ck_service_turnaround")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sqlite_strict=True,
    )
    op.create_table(
        "staff",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("clinical", WHOLE, nullable=False),
        sa.Column("works", WHOLE, nullable=False),
        sa.Column("sort", WHOLE, nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.CheckConstraint("role IN ('receptionist', 'practitioner', 'manager', 'owner')", name=op.f("ck_staff_role")),
        sa.CheckConstraint("clinical IN (0, 1)", name=op.f("ck_staff_clinical")),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_staff_retired")),
        sa.CheckConstraint("works IN (0, 1)", name=op.f("ck_staff_works")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sqlite_strict=True,
    )
    op.create_table(
        "appointment_group",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_appointment_group_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_group")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appointment_group_client_id"), "appointment_group", ["client_id"], unique=False)
    op.create_table(
        "client_alert",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("serious", WHOLE, nullable=False),
        sa.CheckConstraint("serious IN (0, 1)", name=op.f("ck_client_alert_serious")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_alert_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_alert")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_client_alert_client_id"), "client_alert", ["client_id"], unique=False)
    op.create_table(
        "client_key",
        sa.Column("word", BYTEWISE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_key_client_id")),
        sa.PrimaryKeyConstraint("word", "client_id", name=op.f("pk_client_key")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_client_key_client_id"), "client_key", ["client_id"], unique=False)
    op.create_table(
        "client_phone",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_phone_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_phone")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_client_phone_client_id"), "client_phone", ["client_id"], unique=False)
    op.create_index(op.f("ix_client_phone_number"), "client_phone", ["number"], unique=False)
    op.create_table(
        "log",
        sa.Column("n", WHOLE, autoincrement=False, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("actor", WHOLE, nullable=True),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["staff.id"], name=op.f("fk_log_actor")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_log")),
        sa.UniqueConstraint("command_id", name=op.f("uq_log_command_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "product",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("sessions", WHOLE, nullable=False),
        sa.Column("price", WHOLE, nullable=False),
        sa.Column("validity_unit", sa.Text(), nullable=True),
        sa.Column("validity_count", WHOLE, nullable=False),
        sa.Column("validity_starts", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("retired", WHOLE, nullable=False),
        sa.CheckConstraint("validity_starts IN ('purchase', 'first_visit')", name=op.f("ck_product_validity_starts")),
        sa.CheckConstraint(
            "(validity_unit IS NULL) = (validity_count = 0) AND validity_count >= 0", name=op.f("ck_product_validity")
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_product_price")),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_product_retired")),
        sa.CheckConstraint("sessions BETWEEN 1 AND 1000", name=op.f("ck_product_sessions")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_product_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_product_service_id"), "product", ["service_id"], unique=False)
    op.create_table(
        "shift",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("weeks", WHOLE, nullable=False),
        sa.Column("week", WHOLE, nullable=False),
        sa.Column("weekday", WHOLE, nullable=False),
        sa.Column("start_minute", WHOLE, nullable=False),
        sa.Column("end_minute", WHOLE, nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.CheckConstraint("end_minute BETWEEN 0 AND 1440", name=op.f("ck_shift_end_minute")),
        sa.CheckConstraint("start_minute BETWEEN 0 AND 1439", name=op.f("ck_shift_start_minute")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_shift_dates")),
        sa.CheckConstraint("week BETWEEN 1 AND weeks", name=op.f("ck_shift_week")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_shift_weekday")),
        sa.CheckConstraint("weeks BETWEEN 1 AND 4", name=op.f("ck_shift_weeks")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shift_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_shift_staff_id"), "shift", ["staff_id"], unique=False)
    op.create_table(
        "shift_exception",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("start_minute", WHOLE, nullable=True),
        sa.Column("end_minute", WHOLE, nullable=True),
        sa.CheckConstraint(
            "(start_minute IS NULL AND end_minute IS NULL) OR (start_minute BETWEEN 0 AND 1439 AND end_minute BETWEEN 0 AND 1440)",
            name=op.f("ck_shift_exception_hours"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shift_exception_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_exception")),
        sqlite_strict=True,
    )
    op.create_index("ix_shift_exception_staff_id_day", "shift_exception", ["staff_id", "day"], unique=False)
    op.create_table(
        "skill",
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_skill_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_skill_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "service_id", name=op.f("pk_skill")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_skill_service_id"), "skill", ["service_id"], unique=False)
    op.create_table(
        "time_off",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("starts", WHOLE, nullable=False),
        sa.Column("ends", WHOLE, nullable=False),
        sa.Column("block", WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("block IN (0, 1)", name=op.f("ck_time_off_block")),
        sa.CheckConstraint("ends > starts", name=op.f("ck_time_off_span")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_time_off_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_off")),
        sqlite_strict=True,
    )
    op.create_index("ix_time_off_staff_id_ends", "time_off", ["staff_id", "ends"], unique=False)
    op.create_table(
        "view_log",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_view_log_client_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_view_log_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view_log")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_view_log_client_id"), "view_log", ["client_id"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("price", WHOLE, nullable=False),
        sa.Column("tax_rate", WHOLE, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("starts", WHOLE, nullable=False),
        sa.Column("minutes", WHOLE, nullable=False),
        sa.Column("turnaround", WHOLE, nullable=False),
        sa.Column("since", WHOLE, nullable=False),
        sa.CheckConstraint(
            "status IN ('booked', 'confirmed', 'arrived', 'in_treatment', 'completed', 'cancelled', 'late_cancelled', 'no_show')",
            name=op.f("ck_appointment_status"),
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 720", name=op.f("ck_appointment_minutes")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_appointment_price")),
        sa.CheckConstraint("tax_rate BETWEEN 0 AND 10000", name=op.f("ck_appointment_tax_rate")),
        sa.CheckConstraint("turnaround BETWEEN 0 AND 240", name=op.f("ck_appointment_turnaround")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_appointment_client_id")),
        sa.ForeignKeyConstraint(["group_id"], ["appointment_group.id"], name=op.f("fk_appointment_group_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_appointment_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_appointment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sqlite_strict=True,
    )
    op.create_index("ix_appointment_client_id_starts", "appointment", ["client_id", "starts"], unique=False)
    op.create_index("ix_appointment_day_staff_id", "appointment", ["day", "staff_id"], unique=False)
    op.create_index("ix_appointment_group_id", "appointment", ["group_id"], unique=False)
    op.create_index("ix_appointment_service_id_day", "appointment", ["service_id", "day"], unique=False)
    op.create_table(
        "sale",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("payer_id", WHOLE, nullable=False),
        sa.Column("reverses_id", WHOLE, nullable=True),
        sa.Column("total", WHOLE, nullable=False),
        sa.Column("tax", WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name=op.f("ck_sale_reverses")),
        sa.CheckConstraint("kind IN ('sale', 'reversal')", name=op.f("ck_sale_kind")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_sale_client_id")),
        sa.ForeignKeyConstraint(["n"], ["log.n"], name=op.f("fk_sale_n"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["payer_id"], ["client.id"], name=op.f("fk_sale_payer_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["sale.id"], name=op.f("fk_sale_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale")),
        sa.UniqueConstraint("number", name=op.f("uq_sale_number")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_sale_reverses_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_sale_business_day", "sale", ["business_day"], unique=False)
    op.create_index("ix_sale_client_id", "sale", ["client_id"], unique=False)
    op.create_index(op.f("ix_sale_n"), "sale", ["n"], unique=False)
    op.create_table(
        "appointment_event",
        sa.Column("appointment_id", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("staff_id", WHOLE, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("starts", WHOLE, nullable=False),
        sa.Column("minutes", WHOLE, nullable=False),
        sa.Column("turnaround", WHOLE, nullable=False),
        sa.Column("reason_id", WHOLE, nullable=True),
        sa.Column("override", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('booked', 'moved', 'confirmed', 'arrived', 'started', 'completed', 'cancelled', 'missed', 'taken_back', 'undone')",
            name=op.f("ck_appointment_event_kind"),
        ),
        sa.CheckConstraint(
            "override IN ('none', 'return', 'waive', 'forfeit')", name=op.f("ck_appointment_event_override")
        ),
        sa.CheckConstraint(
            "status IN ('booked', 'confirmed', 'arrived', 'in_treatment', 'completed', 'cancelled', 'late_cancelled', 'no_show')",
            name=op.f("ck_appointment_event_status"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_event_appointment_id")
        ),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_appointment_event_n"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["reason_id"], ["cancel_reason.id"], name=op.f("fk_appointment_event_reason_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_event")),
        sa.UniqueConstraint("appointment_id", "seq", name=op.f("uq_appointment_event_appointment_id_seq")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_appointment_event_n"), "appointment_event", ["n"], unique=False)
    op.create_table(
        "occupancy",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("starts", WHOLE, nullable=False),
        sa.Column("ends", WHOLE, nullable=False),
        sa.Column("appointment_id", WHOLE, nullable=False),
        sa.CheckConstraint("ends > starts AND ends - starts <= 86400000", name=op.f("ck_occupancy_span")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_occupancy_appointment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancy")),
        sa.UniqueConstraint("appointment_id", "holder", name=op.f("uq_occupancy_appointment_id_holder")),
        sqlite_strict=True,
    )
    op.create_index("ix_occupancy_holder_starts", "occupancy", ["holder", "starts"], unique=False)
    op.create_table(
        "package",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("sessions", WHOLE, nullable=False),
        sa.Column("price", WHOLE, nullable=False),
        sa.Column("net", WHOLE, nullable=False),
        sa.Column("list_price", WHOLE, nullable=False),
        sa.Column("tax_rate", WHOLE, nullable=False),
        sa.Column("validity_unit", sa.Text(), nullable=True),
        sa.Column("validity_count", WHOLE, nullable=False),
        sa.Column("validity_starts", sa.Text(), nullable=False),
        sa.Column("sold_at", WHOLE, nullable=False),
        sa.Column("sold_day", sa.Text(), nullable=False),
        sa.Column("sale_id", WHOLE, nullable=True),
        sa.Column("origin_id", WHOLE, nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Text(), nullable=True),
        sa.CheckConstraint("validity_starts IN ('purchase', 'first_visit')", name=op.f("ck_package_validity_starts")),
        sa.CheckConstraint(
            "(validity_unit IS NULL) = (validity_count = 0) AND validity_count >= 0", name=op.f("ck_package_validity")
        ),
        sa.CheckConstraint("list_price >= 0", name=op.f("ck_package_list_price")),
        sa.CheckConstraint("net >= 0", name=op.f("ck_package_net")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_package_price")),
        sa.CheckConstraint("sessions BETWEEN 1 AND 1000", name=op.f("ck_package_sessions")),
        sa.CheckConstraint("tax_rate BETWEEN 0 AND 10000", name=op.f("ck_package_tax_rate")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_package_client_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["package.id"], name=op.f("fk_package_origin_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_package_product_id")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_package_sale_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_package_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_package_client_id"), "package", ["client_id"], unique=False)
    op.create_index(op.f("ix_package_product_id"), "package", ["product_id"], unique=False)
    op.create_index(op.f("ix_package_sale_id"), "package", ["sale_id"], unique=False)
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
        sa.CheckConstraint(
            "kind IN ('visit', 'package', 'fee', 'adjustment', 'account')", name=op.f("ck_sale_line_kind")
        ),
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
    op.create_table(
        "credit",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("package_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("service_id", WHOLE, nullable=False),
        sa.Column("value", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("appointment_id", WHOLE, nullable=True),
        sa.CheckConstraint(
            "state IN ('available', 'reserved', 'redeemed', 'forfeited', 'expired', 'refunded', 'transferred')",
            name=op.f("ck_credit_state"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_credit_number")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_credit_value")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_credit_appointment_id")),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_credit_package_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_credit_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sa.UniqueConstraint("package_id", "number", name=op.f("uq_credit_package_id_number")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_credit_available",
        "credit",
        ["last_day"],
        unique=False,
        sqlite_where=sa.text("state = 'available'"),
        postgresql_where=sa.text("state = 'available'"),
    )
    op.create_index("uq_credit_appointment_id", "credit", ["appointment_id"], unique=True)
    op.create_table(
        "credit_entry",
        sa.Column("credit_id", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("appointment_id", WHOLE, nullable=True),
        sa.Column("sale_id", WHOLE, nullable=True),
        sa.Column("package_id", WHOLE, nullable=True),
        sa.Column("override", sa.Text(), nullable=False),
        sa.Column("whole", WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('issued', 'reserved', 'released', 'redeemed', 'forfeited', 'reversed', 'expired', 'extended', 'refunded', 'transferred')",
            name=op.f("ck_credit_entry_kind"),
        ),
        sa.CheckConstraint("override IN ('none', 'return', 'waive', 'forfeit')", name=op.f("ck_credit_entry_override")),
        sa.CheckConstraint(
            "state IN ('available', 'reserved', 'redeemed', 'forfeited', 'expired', 'refunded', 'transferred')",
            name=op.f("ck_credit_entry_state"),
        ),
        sa.CheckConstraint("whole IN (0, 1)", name=op.f("ck_credit_entry_whole")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_credit_entry_appointment_id")),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_credit_entry_credit_id")),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_credit_entry_n"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_credit_entry_package_id")),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_credit_entry_sale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sa.UniqueConstraint("credit_id", "seq", name=op.f("uq_credit_entry_credit_id_seq")),
        sqlite_strict=True,
    )
    op.create_index("ix_credit_entry_appointment_id", "credit_entry", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_credit_entry_n"), "credit_entry", ["n"], unique=False)
    op.create_table(
        "journal_entry",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("client_id", WHOLE, nullable=True),
        sa.Column("sale_id", WHOLE, nullable=True),
        sa.Column("credit_id", WHOLE, nullable=True),
        sa.Column("appointment_id", WHOLE, nullable=True),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("n", WHOLE, nullable=False),
        sa.Column("at", WHOLE, nullable=False),
        sa.Column("business_day", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "account IN ('cash', 'card', 'transfer', 'client', 'deferred', 'income', 'tax', 'fees', 'deposits', 'breakage')",
            name=op.f("ck_journal_entry_account"),
        ),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_journal_entry_appointment_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_journal_entry_client_id")),
        sa.ForeignKeyConstraint(["credit_id"], ["credit.id"], name=op.f("fk_journal_entry_credit_id")),
        sa.ForeignKeyConstraint(
            ["n"], ["log.n"], name=op.f("fk_journal_entry_n"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name=op.f("fk_journal_entry_sale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sqlite_strict=True,
    )
    op.create_index("ix_journal_entry_account_business_day", "journal_entry", ["account", "business_day"], unique=False)
    op.create_index("ix_journal_entry_client_id", "journal_entry", ["client_id"], unique=False)
    op.create_index(op.f("ix_journal_entry_n"), "journal_entry", ["n"], unique=False)
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
        sa.CheckConstraint(
            "tender IN ('cash', 'card', 'transfer', 'account', 'credit')", name=op.f("ck_payment_tender")
        ),
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
