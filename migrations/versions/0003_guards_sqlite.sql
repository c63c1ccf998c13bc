CREATE TRIGGER log_head_only BEFORE INSERT ON log_head WHEN EXISTS (SELECT 1 FROM log_head)
BEGIN SELECT RAISE(ABORT, 'log_head_only'); END;

CREATE TRIGGER log_head_step BEFORE UPDATE ON log_head WHEN NEW.id <> OLD.id OR NEW.n NOT IN (OLD.n, OLD.n + 1) OR NEW.schema < OLD.schema
BEGIN SELECT RAISE(ABORT, 'log_head_step'); END;

CREATE TRIGGER log_head_undeleted BEFORE DELETE ON log_head WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'log_head_undeleted'); END;

CREATE TRIGGER log_in_turn BEFORE INSERT ON log WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h)
BEGIN SELECT RAISE(ABORT, 'log_in_turn'); END;

CREATE TRIGGER log_not_replaced BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log t WHERE t.n = NEW.n) OR EXISTS (SELECT 1 FROM log t WHERE t.command_id = NEW.command_id)
BEGIN SELECT RAISE(ABORT, 'log_not_replaced'); END;

CREATE TRIGGER log_unchanged BEFORE UPDATE ON log WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'log_unchanged'); END;

CREATE TRIGGER log_undeleted BEFORE DELETE ON log WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'log_undeleted'); END;

CREATE TRIGGER add_on_task_in_turn BEFORE INSERT ON add_on_task WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'add_on_task_in_turn'); END;

CREATE TRIGGER add_on_task_not_replaced BEFORE INSERT ON add_on_task WHEN EXISTS (SELECT 1 FROM add_on_task t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'add_on_task_not_replaced'); END;

CREATE TRIGGER add_on_task_unchanged BEFORE UPDATE ON add_on_task WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'add_on_task_unchanged'); END;

CREATE TRIGGER add_on_task_undeleted BEFORE DELETE ON add_on_task WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'add_on_task_undeleted'); END;

CREATE TRIGGER appointment_event_in_turn BEFORE INSERT ON appointment_event WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'appointment_event_in_turn'); END;

CREATE TRIGGER appointment_event_not_replaced BEFORE INSERT ON appointment_event WHEN EXISTS (SELECT 1 FROM appointment_event t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM appointment_event t WHERE t.appointment_id = NEW.appointment_id AND t.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'appointment_event_not_replaced'); END;

CREATE TRIGGER appointment_event_unchanged BEFORE UPDATE ON appointment_event WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'appointment_event_unchanged'); END;

CREATE TRIGGER appointment_event_undeleted BEFORE DELETE ON appointment_event WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'appointment_event_undeleted'); END;

CREATE TRIGGER appointment_resource_in_turn BEFORE INSERT ON appointment_resource WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'appointment_resource_in_turn'); END;

CREATE TRIGGER appointment_resource_not_replaced BEFORE INSERT ON appointment_resource WHEN EXISTS (SELECT 1 FROM appointment_resource t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM appointment_resource t WHERE t.appointment_id = NEW.appointment_id AND t.seq = NEW.seq AND t.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'appointment_resource_not_replaced'); END;

CREATE TRIGGER appointment_resource_unchanged BEFORE UPDATE ON appointment_resource WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'appointment_resource_unchanged'); END;

CREATE TRIGGER appointment_resource_undeleted BEFORE DELETE ON appointment_resource WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'appointment_resource_undeleted'); END;

CREATE TRIGGER clearance_in_turn BEFORE INSERT ON clearance WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'clearance_in_turn'); END;

CREATE TRIGGER clearance_not_replaced BEFORE INSERT ON clearance WHEN EXISTS (SELECT 1 FROM clearance t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'clearance_not_replaced'); END;

CREATE TRIGGER clearance_unchanged BEFORE UPDATE ON clearance WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'clearance_unchanged'); END;

CREATE TRIGGER clearance_undeleted BEFORE DELETE ON clearance WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'clearance_undeleted'); END;

CREATE TRIGGER credit_entry_in_turn BEFORE INSERT ON credit_entry WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'credit_entry_in_turn'); END;

CREATE TRIGGER credit_entry_not_replaced BEFORE INSERT ON credit_entry WHEN EXISTS (SELECT 1 FROM credit_entry t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM credit_entry t WHERE t.credit_id = NEW.credit_id AND t.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'credit_entry_not_replaced'); END;

CREATE TRIGGER credit_entry_unchanged BEFORE UPDATE ON credit_entry WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'credit_entry_unchanged'); END;

CREATE TRIGGER credit_entry_undeleted BEFORE DELETE ON credit_entry WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'credit_entry_undeleted'); END;

CREATE TRIGGER denial_in_turn BEFORE INSERT ON denial WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'denial_in_turn'); END;

CREATE TRIGGER denial_not_replaced BEFORE INSERT ON denial WHEN EXISTS (SELECT 1 FROM denial t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'denial_not_replaced'); END;

CREATE TRIGGER denial_unchanged BEFORE UPDATE ON denial WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'denial_unchanged'); END;

CREATE TRIGGER denial_undeleted BEFORE DELETE ON denial WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'denial_undeleted'); END;

CREATE TRIGGER finding_in_turn BEFORE INSERT ON finding WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'finding_in_turn'); END;

CREATE TRIGGER finding_not_replaced BEFORE INSERT ON finding WHEN EXISTS (SELECT 1 FROM finding t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM finding t WHERE t.response_id = NEW.response_id AND t.rule_id = NEW.rule_id)
BEGIN SELECT RAISE(ABORT, 'finding_not_replaced'); END;

CREATE TRIGGER finding_unchanged BEFORE UPDATE ON finding WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'finding_unchanged'); END;

CREATE TRIGGER finding_undeleted BEFORE DELETE ON finding WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'finding_undeleted'); END;

CREATE TRIGGER form_response_in_turn BEFORE INSERT ON form_response WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'form_response_in_turn'); END;

CREATE TRIGGER form_response_not_replaced BEFORE INSERT ON form_response WHEN EXISTS (SELECT 1 FROM form_response t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'form_response_not_replaced'); END;

CREATE TRIGGER form_response_unchanged BEFORE UPDATE ON form_response WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'form_response_unchanged'); END;

CREATE TRIGGER form_response_undeleted BEFORE DELETE ON form_response WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'form_response_undeleted'); END;

CREATE TRIGGER form_version_in_turn BEFORE INSERT ON form_version WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'form_version_in_turn'); END;

CREATE TRIGGER form_version_not_replaced BEFORE INSERT ON form_version WHEN EXISTS (SELECT 1 FROM form_version t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM form_version t WHERE t.form_id = NEW.form_id AND t.number = NEW.number) OR EXISTS (SELECT 1 FROM form_version t WHERE t.sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'form_version_not_replaced'); END;

CREATE TRIGGER form_version_unchanged BEFORE UPDATE ON form_version WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'form_version_unchanged'); END;

CREATE TRIGGER form_version_undeleted BEFORE DELETE ON form_version WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'form_version_undeleted'); END;

CREATE TRIGGER journal_entry_in_turn BEFORE INSERT ON journal_entry WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'journal_entry_in_turn'); END;

CREATE TRIGGER journal_entry_not_replaced BEFORE INSERT ON journal_entry WHEN EXISTS (SELECT 1 FROM journal_entry t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'journal_entry_not_replaced'); END;

CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'journal_entry_unchanged'); END;

CREATE TRIGGER journal_entry_undeleted BEFORE DELETE ON journal_entry WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'journal_entry_undeleted'); END;

CREATE TRIGGER payment_in_turn BEFORE INSERT ON payment WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'payment_in_turn'); END;

CREATE TRIGGER payment_not_replaced BEFORE INSERT ON payment WHEN EXISTS (SELECT 1 FROM payment t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM payment t WHERE t.sale_id = NEW.sale_id AND t.position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'payment_not_replaced'); END;

CREATE TRIGGER payment_unchanged BEFORE UPDATE ON payment WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'payment_unchanged'); END;

CREATE TRIGGER payment_undeleted BEFORE DELETE ON payment WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'payment_undeleted'); END;

CREATE TRIGGER sale_in_turn BEFORE INSERT ON sale WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'sale_in_turn'); END;

CREATE TRIGGER sale_not_replaced BEFORE INSERT ON sale WHEN EXISTS (SELECT 1 FROM sale t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM sale t WHERE t.number = NEW.number) OR EXISTS (SELECT 1 FROM sale t WHERE t.reverses_id = NEW.reverses_id)
BEGIN SELECT RAISE(ABORT, 'sale_not_replaced'); END;

CREATE TRIGGER sale_unchanged BEFORE UPDATE ON sale WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'sale_unchanged'); END;

CREATE TRIGGER sale_undeleted BEFORE DELETE ON sale WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'sale_undeleted'); END;

CREATE TRIGGER sale_line_in_turn BEFORE INSERT ON sale_line WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'sale_line_in_turn'); END;

CREATE TRIGGER sale_line_not_replaced BEFORE INSERT ON sale_line WHEN EXISTS (SELECT 1 FROM sale_line t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM sale_line t WHERE t.sale_id = NEW.sale_id AND t.position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'sale_line_not_replaced'); END;

CREATE TRIGGER sale_line_unchanged BEFORE UPDATE ON sale_line WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'sale_line_unchanged'); END;

CREATE TRIGGER sale_line_undeleted BEFORE DELETE ON sale_line WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'sale_line_undeleted'); END;

CREATE TRIGGER screening_check_in_turn BEFORE INSERT ON screening_check WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'screening_check_in_turn'); END;

CREATE TRIGGER screening_check_not_replaced BEFORE INSERT ON screening_check WHEN EXISTS (SELECT 1 FROM screening_check t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'screening_check_not_replaced'); END;

CREATE TRIGGER screening_check_unchanged BEFORE UPDATE ON screening_check WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'screening_check_unchanged'); END;

CREATE TRIGGER screening_check_undeleted BEFORE DELETE ON screening_check WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'screening_check_undeleted'); END;

CREATE TRIGGER screening_task_in_turn BEFORE INSERT ON screening_task WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'screening_task_in_turn'); END;

CREATE TRIGGER screening_task_not_replaced BEFORE INSERT ON screening_task WHEN EXISTS (SELECT 1 FROM screening_task t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'screening_task_not_replaced'); END;

CREATE TRIGGER screening_task_unchanged BEFORE UPDATE ON screening_task WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'screening_task_unchanged'); END;

CREATE TRIGGER screening_task_undeleted BEFORE DELETE ON screening_task WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'screening_task_undeleted'); END;

CREATE TRIGGER submission_in_turn BEFORE INSERT ON submission WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'submission_in_turn'); END;

CREATE TRIGGER submission_not_replaced BEFORE INSERT ON submission WHEN EXISTS (SELECT 1 FROM submission t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'submission_not_replaced'); END;

CREATE TRIGGER submission_unchanged BEFORE UPDATE ON submission WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'submission_unchanged'); END;

CREATE TRIGGER submission_undeleted BEFORE DELETE ON submission WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'submission_undeleted'); END;

CREATE TRIGGER submission_decision_in_turn BEFORE INSERT ON submission_decision WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'submission_decision_in_turn'); END;

CREATE TRIGGER submission_decision_not_replaced BEFORE INSERT ON submission_decision WHEN EXISTS (SELECT 1 FROM submission_decision t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM submission_decision t WHERE t.response_id = NEW.response_id) OR EXISTS (SELECT 1 FROM submission_decision t WHERE t.submission_id = NEW.submission_id)
BEGIN SELECT RAISE(ABORT, 'submission_decision_not_replaced'); END;

CREATE TRIGGER submission_decision_unchanged BEFORE UPDATE ON submission_decision WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'submission_decision_unchanged'); END;

CREATE TRIGGER submission_decision_undeleted BEFORE DELETE ON submission_decision WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'submission_decision_undeleted'); END;

CREATE TRIGGER wish_in_turn BEFORE INSERT ON wish WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'wish_in_turn'); END;

CREATE TRIGGER wish_not_replaced BEFORE INSERT ON wish WHEN EXISTS (SELECT 1 FROM wish t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'wish_not_replaced'); END;

CREATE TRIGGER wish_unchanged BEFORE UPDATE ON wish WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'wish_unchanged'); END;

CREATE TRIGGER wish_undeleted BEFORE DELETE ON wish WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'wish_undeleted'); END;

CREATE TRIGGER wish_decision_in_turn BEFORE INSERT ON wish_decision WHEN NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'wish_decision_in_turn'); END;

CREATE TRIGGER wish_decision_not_replaced BEFORE INSERT ON wish_decision WHEN EXISTS (SELECT 1 FROM wish_decision t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM wish_decision t WHERE t.wish_id = NEW.wish_id)
BEGIN SELECT RAISE(ABORT, 'wish_decision_not_replaced'); END;

CREATE TRIGGER wish_decision_unchanged BEFORE UPDATE ON wish_decision WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'wish_decision_unchanged'); END;

CREATE TRIGGER wish_decision_undeleted BEFORE DELETE ON wish_decision WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'wish_decision_undeleted'); END;

CREATE TRIGGER package_not_replaced BEFORE INSERT ON package WHEN EXISTS (SELECT 1 FROM package t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'package_not_replaced'); END;

CREATE TRIGGER package_snapshot BEFORE UPDATE ON package WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.client_id IS DISTINCT FROM OLD.client_id OR NEW.product_id IS DISTINCT FROM OLD.product_id OR NEW.service_id IS DISTINCT FROM OLD.service_id OR NEW.name IS DISTINCT FROM OLD.name OR NEW.terms IS DISTINCT FROM OLD.terms OR NEW.sessions IS DISTINCT FROM OLD.sessions OR NEW.price IS DISTINCT FROM OLD.price OR NEW.net IS DISTINCT FROM OLD.net OR NEW.list_price IS DISTINCT FROM OLD.list_price OR NEW.tax_rate IS DISTINCT FROM OLD.tax_rate OR NEW.validity_unit IS DISTINCT FROM OLD.validity_unit OR NEW.validity_count IS DISTINCT FROM OLD.validity_count OR NEW.validity_starts IS DISTINCT FROM OLD.validity_starts OR NEW.sold_at IS DISTINCT FROM OLD.sold_at OR NEW.sold_day IS DISTINCT FROM OLD.sold_day OR NEW.sale_id IS DISTINCT FROM OLD.sale_id OR NEW.origin_id IS DISTINCT FROM OLD.origin_id
BEGIN SELECT RAISE(ABORT, 'package_snapshot'); END;

CREATE TRIGGER package_undeleted BEFORE DELETE ON package WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'package_undeleted'); END;

CREATE TRIGGER credit_begins_empty BEFORE INSERT ON credit WHEN NEW.seq <> 0 OR NEW.state IS NOT NULL OR NEW.last_day IS NOT NULL OR NEW.appointment_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'credit_begins_empty'); END;

CREATE TRIGGER credit_not_replaced BEFORE INSERT ON credit WHEN EXISTS (SELECT 1 FROM credit t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM credit t WHERE t.package_id = NEW.package_id AND t.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'credit_not_replaced'); END;

CREATE TRIGGER credit_of_service BEFORE INSERT ON credit WHEN NOT EXISTS (SELECT 1 FROM package p WHERE p.id = NEW.package_id AND p.service_id = NEW.service_id)
BEGIN SELECT RAISE(ABORT, 'credit_of_service'); END;

CREATE TRIGGER credit_undeleted BEFORE DELETE ON credit WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'credit_undeleted'); END;

CREATE TRIGGER credit_frozen BEFORE UPDATE ON credit WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.package_id IS DISTINCT FROM OLD.package_id OR NEW.number IS DISTINCT FROM OLD.number OR NEW.service_id IS DISTINCT FROM OLD.service_id OR NEW.value IS DISTINCT FROM OLD.value
BEGIN SELECT RAISE(ABORT, 'credit_frozen'); END;

CREATE TRIGGER credit_follows_entries BEFORE UPDATE ON credit WHEN NOT EXISTS (SELECT 1 FROM credit_entry e WHERE e.credit_id = NEW.id AND e.seq = NEW.seq AND e.state = NEW.state AND e.last_day IS NOT DISTINCT FROM NEW.last_day AND NEW.appointment_id IS NOT DISTINCT FROM CASE WHEN NEW.seq = OLD.seq THEN OLD.appointment_id WHEN e.kind = 'reserved' THEN e.appointment_id WHEN e.state = 'available' THEN NULL ELSE OLD.appointment_id END) OR EXISTS (SELECT 1 FROM credit_entry e WHERE e.credit_id = NEW.id AND e.seq > NEW.seq)
BEGIN SELECT RAISE(ABORT, 'credit_follows_entries'); END;

CREATE TRIGGER credit_entry_move BEFORE INSERT ON credit_entry WHEN NOT EXISTS (SELECT 1 FROM credit c WHERE c.id = NEW.credit_id AND NEW.seq = c.seq + 1 AND (coalesce(c.state, ''), NEW.kind, NEW.state) IN (VALUES ('', 'issued', 'available'), ('available', 'expired', 'expired'), ('available', 'extended', 'available'), ('available', 'refunded', 'refunded'), ('available', 'reserved', 'reserved'), ('available', 'transferred', 'transferred'), ('expired', 'extended', 'available'), ('expired', 'extended', 'expired'), ('expired', 'refunded', 'refunded'), ('forfeited', 'reversed', 'available'), ('forfeited', 'reversed', 'reserved'), ('redeemed', 'reversed', 'available'), ('redeemed', 'reversed', 'reserved'), ('reserved', 'extended', 'reserved'), ('reserved', 'forfeited', 'forfeited'), ('reserved', 'redeemed', 'redeemed'), ('reserved', 'released', 'available')))
BEGIN SELECT RAISE(ABORT, 'credit_entry_move'); END;

CREATE TRIGGER credit_entry_visit BEFORE INSERT ON credit_entry WHEN NOT EXISTS (SELECT 1 FROM credit c WHERE c.id = NEW.credit_id AND CASE WHEN NEW.kind = 'reserved' THEN EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND a.service_id = c.service_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment')) WHEN NEW.kind IN ('released', 'redeemed', 'forfeited') OR (NEW.kind = 'reversed' AND NEW.state = 'reserved') THEN NEW.appointment_id IS NOT NULL AND NEW.appointment_id IS NOT DISTINCT FROM c.appointment_id ELSE NEW.appointment_id IS NULL END)
BEGIN SELECT RAISE(ABORT, 'credit_entry_visit'); END;

CREATE TRIGGER credit_kept AFTER INSERT ON credit_entry
BEGIN UPDATE credit SET seq = NEW.seq, state = NEW.state, last_day = NEW.last_day, appointment_id = CASE WHEN NEW.kind = 'reserved' THEN NEW.appointment_id WHEN NEW.state = 'available' THEN NULL ELSE appointment_id END WHERE id = NEW.credit_id; END;

CREATE TRIGGER appointment_begins_booked BEFORE INSERT ON appointment WHEN NEW.seq <> 0 OR NEW.status <> 'booked'
BEGIN SELECT RAISE(ABORT, 'appointment_begins_booked'); END;

CREATE TRIGGER appointment_not_replaced BEFORE INSERT ON appointment WHEN EXISTS (SELECT 1 FROM appointment t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'appointment_not_replaced'); END;

CREATE TRIGGER appointment_undeleted BEFORE DELETE ON appointment WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'appointment_undeleted'); END;

CREATE TRIGGER appointment_frozen BEFORE UPDATE ON appointment WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.group_id IS DISTINCT FROM OLD.group_id OR NEW.client_id IS DISTINCT FROM OLD.client_id OR NEW.service_id IS DISTINCT FROM OLD.service_id OR NEW.price IS DISTINCT FROM OLD.price OR NEW.tax_rate IS DISTINCT FROM OLD.tax_rate OR NEW.base_id IS DISTINCT FROM OLD.base_id OR NEW.ahead IS DISTINCT FROM OLD.ahead
BEGIN SELECT RAISE(ABORT, 'appointment_frozen'); END;

CREATE TRIGGER appointment_follows_events BEFORE UPDATE ON appointment WHEN (NEW.seq IS DISTINCT FROM OLD.seq OR NEW.status IS DISTINCT FROM OLD.status OR NEW.since IS DISTINCT FROM OLD.since OR NEW.staff_id IS DISTINCT FROM OLD.staff_id OR NEW.day IS DISTINCT FROM OLD.day OR NEW.starts IS DISTINCT FROM OLD.starts OR NEW.minutes IS DISTINCT FROM OLD.minutes OR NEW.turnaround IS DISTINCT FROM OLD.turnaround) AND (NOT EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = NEW.id AND e.seq = NEW.seq AND e.status = NEW.status AND e.staff_id = NEW.staff_id AND e.day = NEW.day AND e.starts = NEW.starts AND e.minutes = NEW.minutes AND e.turnaround = NEW.turnaround AND NEW.since = CASE WHEN NEW.seq = OLD.seq OR (NEW.seq > 1 AND NEW.status = OLD.status) THEN OLD.since ELSE e.at END) OR EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = NEW.id AND e.seq > NEW.seq))
BEGIN SELECT RAISE(ABORT, 'appointment_follows_events'); END;

CREATE TRIGGER appointment_event_move BEFORE INSERT ON appointment_event WHEN NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND NEW.seq = a.seq + 1 AND CASE WHEN NEW.seq = 1 THEN NEW.kind = 'booked' AND NEW.status = 'booked' WHEN NEW.kind = 'moved' THEN NEW.status = a.status AND a.status IN ('booked', 'confirmed') WHEN a.status IN ('completed', 'no_show') THEN NEW.status = (SELECT e.status FROM appointment_event e WHERE e.appointment_id = NEW.appointment_id AND e.seq = NEW.seq - 2) AND NEW.staff_id = a.staff_id AND NEW.day = a.day AND NEW.starts = a.starts AND NEW.minutes = a.minutes AND NEW.turnaround = a.turnaround ELSE (a.status, NEW.status) IN (VALUES ('arrived', 'booked'), ('arrived', 'completed'), ('arrived', 'confirmed'), ('arrived', 'in_treatment'), ('booked', 'arrived'), ('booked', 'cancelled'), ('booked', 'confirmed'), ('booked', 'late_cancelled'), ('booked', 'no_show'), ('completed', 'arrived'), ('completed', 'in_treatment'), ('confirmed', 'arrived'), ('confirmed', 'booked'), ('confirmed', 'cancelled'), ('confirmed', 'late_cancelled'), ('confirmed', 'no_show'), ('in_treatment', 'arrived'), ('in_treatment', 'completed'), ('no_show', 'booked'), ('no_show', 'confirmed')) AND NEW.staff_id = a.staff_id AND NEW.day = a.day AND NEW.starts = a.starts AND NEW.minutes = a.minutes AND NEW.turnaround = a.turnaround END)
BEGIN SELECT RAISE(ABORT, 'appointment_event_move'); END;

CREATE TRIGGER appointment_kept AFTER INSERT ON appointment_event
BEGIN UPDATE appointment SET since = CASE WHEN NEW.seq > 1 AND status = NEW.status THEN since ELSE NEW.at END, seq = NEW.seq, status = NEW.status, staff_id = NEW.staff_id, day = NEW.day, starts = NEW.starts, minutes = NEW.minutes, turnaround = NEW.turnaround WHERE id = NEW.appointment_id; END;

CREATE TRIGGER occupancy_live_added BEFORE INSERT ON occupancy WHEN NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment'))
BEGIN SELECT RAISE(ABORT, 'occupancy_live_added'); END;

CREATE TRIGGER occupancy_live_moved BEFORE UPDATE ON occupancy WHEN NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment'))
BEGIN SELECT RAISE(ABORT, 'occupancy_live_moved'); END;

CREATE TRIGGER appointment_of_base BEFORE INSERT ON appointment WHEN NEW.base_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM appointment b WHERE b.id = NEW.base_id AND b.base_id IS NULL AND b.group_id = NEW.group_id AND b.client_id = NEW.client_id AND b.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment'))
BEGIN SELECT RAISE(ABORT, 'appointment_of_base'); END;

CREATE TRIGGER appointment_once BEFORE INSERT ON appointment WHEN NEW.base_id IS NOT NULL AND EXISTS (SELECT 1 FROM appointment a WHERE a.group_id = NEW.group_id AND a.service_id = NEW.service_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment'))
BEGIN SELECT RAISE(ABORT, 'appointment_once'); END;

CREATE TRIGGER appointment_back_once BEFORE UPDATE ON appointment WHEN NEW.base_id IS NOT NULL AND NEW.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND OLD.status NOT IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND EXISTS (SELECT 1 FROM appointment a WHERE a.group_id = NEW.group_id AND a.service_id = NEW.service_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND a.base_id IS NOT NULL AND a.id <> NEW.id)
BEGIN SELECT RAISE(ABORT, 'appointment_back_once'); END;

CREATE TRIGGER form_version_number BEFORE INSERT ON form_version WHEN NEW.number <> 1 + (SELECT coalesce(max(v.number), 0) FROM form_version v WHERE v.form_id = NEW.form_id)
BEGIN SELECT RAISE(ABORT, 'form_version_number'); END;

CREATE TRIGGER screening_rule_not_replaced BEFORE INSERT ON screening_rule WHEN EXISTS (SELECT 1 FROM screening_rule t WHERE t.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'screening_rule_not_replaced'); END;

CREATE TRIGGER screening_rule_frozen BEFORE UPDATE ON screening_rule WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.service_id IS DISTINCT FROM OLD.service_id OR NEW.form_id IS DISTINCT FROM OLD.form_id OR NEW.link_id IS DISTINCT FROM OLD.link_id OR NEW.operator IS DISTINCT FROM OLD.operator OR NEW.answer IS DISTINCT FROM OLD.answer OR NEW.effect IS DISTINCT FROM OLD.effect OR NEW.lasting IS DISTINCT FROM OLD.lasting OR NEW.until_days IS DISTINCT FROM OLD.until_days OR NEW.until_link IS DISTINCT FROM OLD.until_link OR NEW.staff_message IS DISTINCT FROM OLD.staff_message OR NEW.client_message IS DISTINCT FROM OLD.client_message OR NEW.since IS DISTINCT FROM OLD.since
BEGIN SELECT RAISE(ABORT, 'screening_rule_frozen'); END;

CREATE TRIGGER screening_rule_stays_retired BEFORE UPDATE ON screening_rule WHEN NEW.retired < OLD.retired
BEGIN SELECT RAISE(ABORT, 'screening_rule_stays_retired'); END;

CREATE TRIGGER screening_rule_undeleted BEFORE DELETE ON screening_rule WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'screening_rule_undeleted'); END;

CREATE TRIGGER form_response_amends BEFORE INSERT ON form_response WHEN NEW.amends_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM form_response r JOIN form_version v ON v.id = r.form_version_id JOIN form_version w ON w.form_id = v.form_id WHERE r.id = NEW.amends_id AND r.client_id = NEW.client_id AND w.id = NEW.form_version_id)
BEGIN SELECT RAISE(ABORT, 'form_response_amends'); END;

CREATE TRIGGER finding_of_response BEFORE INSERT ON finding WHEN NOT EXISTS (SELECT 1 FROM form_response r WHERE r.id = NEW.response_id AND r.n <= NEW.n AND r.client_id = NEW.client_id)
BEGIN SELECT RAISE(ABORT, 'finding_of_response'); END;

CREATE TRIGGER finding_of_rule BEFORE INSERT ON finding WHEN NOT EXISTS (SELECT 1 FROM form_response r JOIN form_version v ON v.id = r.form_version_id JOIN screening_rule u ON u.form_id = v.form_id WHERE r.id = NEW.response_id AND u.id = NEW.rule_id AND u.retired = 0 AND u.service_id = NEW.service_id AND u.link_id = NEW.link_id AND u.effect = NEW.effect AND u.lasting = NEW.lasting AND u.staff_message = NEW.staff_message AND u.client_message = NEW.client_message)
BEGIN SELECT RAISE(ABORT, 'finding_of_rule'); END;

CREATE TRIGGER screening_task_asked BEFORE INSERT ON screening_task WHEN NEW.asked_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.asked_id AND s.clinical = 1)
BEGIN SELECT RAISE(ABORT, 'screening_task_asked'); END;

CREATE TRIGGER add_on_task_asked BEFORE INSERT ON add_on_task WHEN NEW.asked_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.asked_id AND s.clinical = 1)
BEGIN SELECT RAISE(ABORT, 'add_on_task_asked'); END;

CREATE TRIGGER screening_task_of_client BEFORE INSERT ON screening_task WHEN NOT EXISTS (SELECT 1 FROM form_response r JOIN appointment a ON a.client_id = r.client_id WHERE r.id = NEW.response_id AND a.id = NEW.appointment_id)
BEGIN SELECT RAISE(ABORT, 'screening_task_of_client'); END;

CREATE TRIGGER add_on_task_of_client BEFORE INSERT ON add_on_task WHEN NOT EXISTS (SELECT 1 FROM form_response r JOIN appointment_group g ON g.client_id = r.client_id JOIN form_version v ON v.id = r.form_version_id JOIN screening_rule u ON u.form_id = v.form_id WHERE r.id = NEW.response_id AND g.id = NEW.group_id AND u.service_id = NEW.service_id)
BEGIN SELECT RAISE(ABORT, 'add_on_task_of_client'); END;

CREATE TRIGGER add_on_task_linked BEFORE INSERT ON add_on_task WHEN NOT EXISTS (SELECT 1 FROM add_on_link l JOIN appointment a ON a.service_id = l.base_id WHERE a.group_id = NEW.group_id AND a.base_id IS NULL AND l.add_on_id = NEW.service_id)
BEGIN SELECT RAISE(ABORT, 'add_on_task_linked'); END;

CREATE TRIGGER submission_of_visit BEFORE INSERT ON submission WHEN NEW.group_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM appointment_group g WHERE g.id = NEW.group_id AND g.client_id = NEW.client_id)
BEGIN SELECT RAISE(ABORT, 'submission_of_visit'); END;

CREATE TRIGGER submission_decision_response BEFORE INSERT ON submission_decision WHEN NEW.response_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM submission s JOIN form_response r ON r.client_id = s.client_id AND r.form_version_id = s.form_version_id WHERE s.id = NEW.submission_id AND r.id = NEW.response_id AND r.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'submission_decision_response'); END;

CREATE TRIGGER wish_decision_appointment BEFORE INSERT ON wish_decision WHEN NEW.appointment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wish w JOIN appointment a ON a.group_id = w.group_id AND a.service_id = w.service_id WHERE w.id = NEW.wish_id AND a.id = NEW.appointment_id)
BEGIN SELECT RAISE(ABORT, 'wish_decision_appointment'); END;

CREATE TRIGGER receipt_number_only BEFORE INSERT ON receipt_number WHEN EXISTS (SELECT 1 FROM receipt_number)
BEGIN SELECT RAISE(ABORT, 'receipt_number_only'); END;

CREATE TRIGGER receipt_number_step BEFORE UPDATE ON receipt_number WHEN NEW.id <> OLD.id OR NEW.last NOT IN (OLD.last, OLD.last + 1)
BEGIN SELECT RAISE(ABORT, 'receipt_number_step'); END;

CREATE TRIGGER receipt_number_undeleted BEFORE DELETE ON receipt_number WHEN TRUE
BEGIN SELECT RAISE(ABORT, 'receipt_number_undeleted'); END;

CREATE TRIGGER sale_number BEFORE INSERT ON sale WHEN NEW.number <> 1 + (SELECT coalesce(max(s.number), 0) FROM sale s)
BEGIN SELECT RAISE(ABORT, 'sale_number'); END;

CREATE TRIGGER sale_line_of_sale BEFORE INSERT ON sale_line WHEN NOT EXISTS (SELECT 1 FROM sale s WHERE s.id = NEW.sale_id AND s.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'sale_line_of_sale'); END;

CREATE TRIGGER payment_of_sale BEFORE INSERT ON payment WHEN NOT EXISTS (SELECT 1 FROM sale s WHERE s.id = NEW.sale_id AND s.n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'payment_of_sale'); END;

CREATE TRIGGER journal_entry_deposit_of_visit BEFORE INSERT ON journal_entry WHEN NEW.account = 'deposits' AND NEW.appointment_id IS NULL
BEGIN SELECT RAISE(ABORT, 'journal_entry_deposit_of_visit'); END;

CREATE TRIGGER log_journal_balanced BEFORE INSERT ON log WHEN (SELECT coalesce(sum(j.amount), 0) FROM journal_entry j WHERE j.n = NEW.n) <> 0
BEGIN SELECT RAISE(ABORT, 'log_journal_balanced'); END;

CREATE TRIGGER log_sales_paid BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM sale s WHERE s.n = NEW.n AND (s.total <> (SELECT coalesce(sum(l.gross), 0) FROM sale_line l WHERE l.sale_id = s.id) OR s.total <> (SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.sale_id = s.id)))
BEGIN SELECT RAISE(ABORT, 'log_sales_paid'); END;

CREATE TRIGGER log_deposits_held BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM appointment a WHERE a.id IN (SELECT j.appointment_id FROM journal_entry j WHERE j.n = NEW.n AND j.account = 'deposits' UNION SELECT e.appointment_id FROM appointment_event e WHERE e.n = NEW.n) AND ((SELECT coalesce(sum(d.amount), 0) FROM journal_entry d WHERE d.appointment_id = a.id AND d.account = 'deposits') > 0 OR ((SELECT coalesce(sum(d.amount), 0) FROM journal_entry d WHERE d.appointment_id = a.id AND d.account = 'deposits') <> 0 AND a.status NOT IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment'))))
BEGIN SELECT RAISE(ABORT, 'log_deposits_held'); END;

CREATE TRIGGER log_visits_hold_time BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n AND CASE WHEN a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') THEN NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id AND o.holder = 'staff:' || a.staff_id AND o.starts = a.starts AND o.ends >= a.starts + a.minutes * 60000) ELSE EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id) END)
BEGIN SELECT RAISE(ABORT, 'log_visits_hold_time'); END;

CREATE TRIGGER log_visits_hold_resources BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND (EXISTS (SELECT 1 FROM appointment_resource r WHERE r.appointment_id = a.id AND r.seq = (SELECT max(w.seq) FROM appointment_event w WHERE w.appointment_id = a.id AND w.kind IN ('booked', 'moved')) AND NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id AND o.holder = 'resource:' || r.resource_id AND o.starts = a.starts AND o.ends >= a.starts + a.minutes * 60000)) OR EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id AND o.holder <> 'staff:' || a.staff_id AND o.holder NOT IN (SELECT 'resource:' || r.resource_id FROM appointment_resource r WHERE r.appointment_id = a.id AND r.seq = (SELECT max(w.seq) FROM appointment_event w WHERE w.appointment_id = a.id AND w.kind IN ('booked', 'moved'))))))
BEGIN SELECT RAISE(ABORT, 'log_visits_hold_resources'); END;

CREATE TRIGGER log_resources_given BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM appointment_resource r WHERE r.n = NEW.n AND NOT EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = r.appointment_id AND e.seq = r.seq AND e.n = r.n AND e.kind IN ('booked', 'moved')))
BEGIN SELECT RAISE(ABORT, 'log_resources_given'); END;

CREATE TRIGGER log_add_ons_end_with_base BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM appointment_event e JOIN appointment b ON b.id = e.appointment_id JOIN appointment a ON a.base_id = b.id WHERE e.n = NEW.n AND b.status NOT IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND a.status IN ('booked', 'confirmed'))
BEGIN SELECT RAISE(ABORT, 'log_add_ons_end_with_base'); END;

CREATE TRIGGER log_credits_meet_visits BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM credit_entry e JOIN credit c ON c.id = e.credit_id JOIN appointment a ON a.id = c.appointment_id WHERE e.n = NEW.n AND (c.state, a.status) NOT IN (VALUES ('reserved', 'booked'), ('reserved', 'confirmed'), ('reserved', 'arrived'), ('reserved', 'in_treatment'), ('redeemed', 'completed'), ('forfeited', 'late_cancelled'), ('forfeited', 'no_show'))) OR EXISTS (SELECT 1 FROM appointment_event e JOIN credit c ON c.appointment_id = e.appointment_id JOIN appointment a ON a.id = c.appointment_id WHERE e.n = NEW.n AND (c.state, a.status) NOT IN (VALUES ('reserved', 'booked'), ('reserved', 'confirmed'), ('reserved', 'arrived'), ('reserved', 'in_treatment'), ('redeemed', 'completed'), ('forfeited', 'late_cancelled'), ('forfeited', 'no_show')))
BEGIN SELECT RAISE(ABORT, 'log_credits_meet_visits'); END;

CREATE TRIGGER log_clearances_clinical BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM clearance c WHERE c.n = NEW.n) AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.actor AND s.clinical = 1)
BEGIN SELECT RAISE(ABORT, 'log_clearances_clinical'); END;

CREATE TRIGGER log_denials_clinical BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM denial c WHERE c.n = NEW.n) AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.actor AND s.clinical = 1)
BEGIN SELECT RAISE(ABORT, 'log_denials_clinical'); END;

CREATE TRIGGER log_screened BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n AND EXISTS (SELECT 1 FROM form_requirement q WHERE q.service_id = a.service_id) AND ((e.kind = 'booked' AND a.base_id IS NOT NULL) OR (e.status IN ('in_treatment', 'completed') AND EXISTS (SELECT 1 FROM appointment_event b WHERE b.appointment_id = e.appointment_id AND b.seq = e.seq - 1 AND b.status = 'arrived'))) AND NOT EXISTS (SELECT 1 FROM screening_check c WHERE c.n = NEW.n AND c.appointment_id = a.id AND c.outcome IN ('clear', 'cleared')))
BEGIN SELECT RAISE(ABORT, 'log_screened'); END;

CREATE TRIGGER occupancy_overlap_added BEFORE INSERT ON occupancy WHEN EXISTS (SELECT 1 FROM occupancy o WHERE o.holder = NEW.holder AND o.starts < NEW.ends AND o.starts > NEW.starts - 86400000 AND o.ends > NEW.starts)
BEGIN SELECT RAISE(ABORT, 'occupancy_overlap_added'); END;

CREATE TRIGGER occupancy_overlap_moved BEFORE UPDATE ON occupancy WHEN EXISTS (SELECT 1 FROM occupancy o WHERE o.holder = NEW.holder AND o.starts < NEW.ends AND o.starts > NEW.starts - 86400000 AND o.ends > NEW.starts AND o.id <> OLD.id)
BEGIN SELECT RAISE(ABORT, 'occupancy_overlap_moved'); END;
