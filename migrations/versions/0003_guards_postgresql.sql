CREATE FUNCTION log_head_only() RETURNS trigger LANGUAGE plpgsql AS $log_head_only$BEGIN
IF EXISTS (SELECT 1 FROM log_head) THEN RAISE EXCEPTION 'log_head_only' USING ERRCODE = '23514', CONSTRAINT = 'log_head_only', TABLE = 'log_head'; END IF;
RETURN NEW;
END$log_head_only$;

CREATE TRIGGER log_head_only BEFORE INSERT ON log_head FOR EACH ROW EXECUTE FUNCTION log_head_only();

CREATE FUNCTION log_head_step() RETURNS trigger LANGUAGE plpgsql AS $log_head_step$BEGIN
IF NEW.id <> OLD.id OR NEW.n NOT IN (OLD.n, OLD.n + 1) OR NEW.schema < OLD.schema THEN RAISE EXCEPTION 'log_head_step' USING ERRCODE = '23514', CONSTRAINT = 'log_head_step', TABLE = 'log_head'; END IF;
RETURN NEW;
END$log_head_step$;

CREATE TRIGGER log_head_step BEFORE UPDATE ON log_head FOR EACH ROW EXECUTE FUNCTION log_head_step();

CREATE FUNCTION log_head_undeleted() RETURNS trigger LANGUAGE plpgsql AS $log_head_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'log_head_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'log_head_undeleted', TABLE = 'log_head'; END IF;
RETURN OLD;
END$log_head_undeleted$;

CREATE TRIGGER log_head_undeleted BEFORE DELETE ON log_head FOR EACH ROW EXECUTE FUNCTION log_head_undeleted();

CREATE FUNCTION log_in_turn() RETURNS trigger LANGUAGE plpgsql AS $log_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) THEN RAISE EXCEPTION 'log_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'log_in_turn', TABLE = 'log'; END IF;
RETURN NEW;
END$log_in_turn$;

CREATE TRIGGER log_in_turn BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_in_turn();

CREATE FUNCTION log_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $log_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM log t WHERE t.n = NEW.n) OR EXISTS (SELECT 1 FROM log t WHERE t.command_id = NEW.command_id) THEN RAISE EXCEPTION 'log_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'log_not_replaced', TABLE = 'log'; END IF;
RETURN NEW;
END$log_not_replaced$;

CREATE TRIGGER log_not_replaced BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_not_replaced();

CREATE FUNCTION log_unchanged() RETURNS trigger LANGUAGE plpgsql AS $log_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'log_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'log_unchanged', TABLE = 'log'; END IF;
RETURN NEW;
END$log_unchanged$;

CREATE TRIGGER log_unchanged BEFORE UPDATE ON log FOR EACH ROW EXECUTE FUNCTION log_unchanged();

CREATE FUNCTION log_undeleted() RETURNS trigger LANGUAGE plpgsql AS $log_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'log_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'log_undeleted', TABLE = 'log'; END IF;
RETURN OLD;
END$log_undeleted$;

CREATE TRIGGER log_undeleted BEFORE DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_undeleted();

CREATE FUNCTION add_on_task_in_turn() RETURNS trigger LANGUAGE plpgsql AS $add_on_task_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'add_on_task_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'add_on_task_in_turn', TABLE = 'add_on_task'; END IF;
RETURN NEW;
END$add_on_task_in_turn$;

CREATE TRIGGER add_on_task_in_turn BEFORE INSERT ON add_on_task FOR EACH ROW EXECUTE FUNCTION add_on_task_in_turn();

CREATE FUNCTION add_on_task_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $add_on_task_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM add_on_task t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'add_on_task_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'add_on_task_not_replaced', TABLE = 'add_on_task'; END IF;
RETURN NEW;
END$add_on_task_not_replaced$;

CREATE TRIGGER add_on_task_not_replaced BEFORE INSERT ON add_on_task FOR EACH ROW EXECUTE FUNCTION add_on_task_not_replaced();

CREATE FUNCTION add_on_task_unchanged() RETURNS trigger LANGUAGE plpgsql AS $add_on_task_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'add_on_task_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'add_on_task_unchanged', TABLE = 'add_on_task'; END IF;
RETURN NEW;
END$add_on_task_unchanged$;

CREATE TRIGGER add_on_task_unchanged BEFORE UPDATE ON add_on_task FOR EACH ROW EXECUTE FUNCTION add_on_task_unchanged();

CREATE FUNCTION add_on_task_undeleted() RETURNS trigger LANGUAGE plpgsql AS $add_on_task_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'add_on_task_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'add_on_task_undeleted', TABLE = 'add_on_task'; END IF;
RETURN OLD;
END$add_on_task_undeleted$;

CREATE TRIGGER add_on_task_undeleted BEFORE DELETE ON add_on_task FOR EACH ROW EXECUTE FUNCTION add_on_task_undeleted();

CREATE FUNCTION appointment_event_in_turn() RETURNS trigger LANGUAGE plpgsql AS $appointment_event_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'appointment_event_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'appointment_event_in_turn', TABLE = 'appointment_event'; END IF;
RETURN NEW;
END$appointment_event_in_turn$;

CREATE TRIGGER appointment_event_in_turn BEFORE INSERT ON appointment_event FOR EACH ROW EXECUTE FUNCTION appointment_event_in_turn();

CREATE FUNCTION appointment_event_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $appointment_event_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM appointment_event t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM appointment_event t WHERE t.appointment_id = NEW.appointment_id AND t.seq = NEW.seq) THEN RAISE EXCEPTION 'appointment_event_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'appointment_event_not_replaced', TABLE = 'appointment_event'; END IF;
RETURN NEW;
END$appointment_event_not_replaced$;

CREATE TRIGGER appointment_event_not_replaced BEFORE INSERT ON appointment_event FOR EACH ROW EXECUTE FUNCTION appointment_event_not_replaced();

CREATE FUNCTION appointment_event_unchanged() RETURNS trigger LANGUAGE plpgsql AS $appointment_event_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'appointment_event_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'appointment_event_unchanged', TABLE = 'appointment_event'; END IF;
RETURN NEW;
END$appointment_event_unchanged$;

CREATE TRIGGER appointment_event_unchanged BEFORE UPDATE ON appointment_event FOR EACH ROW EXECUTE FUNCTION appointment_event_unchanged();

CREATE FUNCTION appointment_event_undeleted() RETURNS trigger LANGUAGE plpgsql AS $appointment_event_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'appointment_event_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'appointment_event_undeleted', TABLE = 'appointment_event'; END IF;
RETURN OLD;
END$appointment_event_undeleted$;

CREATE TRIGGER appointment_event_undeleted BEFORE DELETE ON appointment_event FOR EACH ROW EXECUTE FUNCTION appointment_event_undeleted();

CREATE FUNCTION appointment_resource_in_turn() RETURNS trigger LANGUAGE plpgsql AS $appointment_resource_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'appointment_resource_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'appointment_resource_in_turn', TABLE = 'appointment_resource'; END IF;
RETURN NEW;
END$appointment_resource_in_turn$;

CREATE TRIGGER appointment_resource_in_turn BEFORE INSERT ON appointment_resource FOR EACH ROW EXECUTE FUNCTION appointment_resource_in_turn();

CREATE FUNCTION appointment_resource_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $appointment_resource_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM appointment_resource t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM appointment_resource t WHERE t.appointment_id = NEW.appointment_id AND t.seq = NEW.seq AND t.number = NEW.number) THEN RAISE EXCEPTION 'appointment_resource_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'appointment_resource_not_replaced', TABLE = 'appointment_resource'; END IF;
RETURN NEW;
END$appointment_resource_not_replaced$;

CREATE TRIGGER appointment_resource_not_replaced BEFORE INSERT ON appointment_resource FOR EACH ROW EXECUTE FUNCTION appointment_resource_not_replaced();

CREATE FUNCTION appointment_resource_unchanged() RETURNS trigger LANGUAGE plpgsql AS $appointment_resource_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'appointment_resource_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'appointment_resource_unchanged', TABLE = 'appointment_resource'; END IF;
RETURN NEW;
END$appointment_resource_unchanged$;

CREATE TRIGGER appointment_resource_unchanged BEFORE UPDATE ON appointment_resource FOR EACH ROW EXECUTE FUNCTION appointment_resource_unchanged();

CREATE FUNCTION appointment_resource_undeleted() RETURNS trigger LANGUAGE plpgsql AS $appointment_resource_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'appointment_resource_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'appointment_resource_undeleted', TABLE = 'appointment_resource'; END IF;
RETURN OLD;
END$appointment_resource_undeleted$;

CREATE TRIGGER appointment_resource_undeleted BEFORE DELETE ON appointment_resource FOR EACH ROW EXECUTE FUNCTION appointment_resource_undeleted();

CREATE FUNCTION clearance_in_turn() RETURNS trigger LANGUAGE plpgsql AS $clearance_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'clearance_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'clearance_in_turn', TABLE = 'clearance'; END IF;
RETURN NEW;
END$clearance_in_turn$;

CREATE TRIGGER clearance_in_turn BEFORE INSERT ON clearance FOR EACH ROW EXECUTE FUNCTION clearance_in_turn();

CREATE FUNCTION clearance_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $clearance_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM clearance t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'clearance_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'clearance_not_replaced', TABLE = 'clearance'; END IF;
RETURN NEW;
END$clearance_not_replaced$;

CREATE TRIGGER clearance_not_replaced BEFORE INSERT ON clearance FOR EACH ROW EXECUTE FUNCTION clearance_not_replaced();

CREATE FUNCTION clearance_unchanged() RETURNS trigger LANGUAGE plpgsql AS $clearance_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'clearance_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'clearance_unchanged', TABLE = 'clearance'; END IF;
RETURN NEW;
END$clearance_unchanged$;

CREATE TRIGGER clearance_unchanged BEFORE UPDATE ON clearance FOR EACH ROW EXECUTE FUNCTION clearance_unchanged();

CREATE FUNCTION clearance_undeleted() RETURNS trigger LANGUAGE plpgsql AS $clearance_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'clearance_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'clearance_undeleted', TABLE = 'clearance'; END IF;
RETURN OLD;
END$clearance_undeleted$;

CREATE TRIGGER clearance_undeleted BEFORE DELETE ON clearance FOR EACH ROW EXECUTE FUNCTION clearance_undeleted();

CREATE FUNCTION credit_entry_in_turn() RETURNS trigger LANGUAGE plpgsql AS $credit_entry_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'credit_entry_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'credit_entry_in_turn', TABLE = 'credit_entry'; END IF;
RETURN NEW;
END$credit_entry_in_turn$;

CREATE TRIGGER credit_entry_in_turn BEFORE INSERT ON credit_entry FOR EACH ROW EXECUTE FUNCTION credit_entry_in_turn();

CREATE FUNCTION credit_entry_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $credit_entry_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM credit_entry t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM credit_entry t WHERE t.credit_id = NEW.credit_id AND t.seq = NEW.seq) THEN RAISE EXCEPTION 'credit_entry_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'credit_entry_not_replaced', TABLE = 'credit_entry'; END IF;
RETURN NEW;
END$credit_entry_not_replaced$;

CREATE TRIGGER credit_entry_not_replaced BEFORE INSERT ON credit_entry FOR EACH ROW EXECUTE FUNCTION credit_entry_not_replaced();

CREATE FUNCTION credit_entry_unchanged() RETURNS trigger LANGUAGE plpgsql AS $credit_entry_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'credit_entry_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'credit_entry_unchanged', TABLE = 'credit_entry'; END IF;
RETURN NEW;
END$credit_entry_unchanged$;

CREATE TRIGGER credit_entry_unchanged BEFORE UPDATE ON credit_entry FOR EACH ROW EXECUTE FUNCTION credit_entry_unchanged();

CREATE FUNCTION credit_entry_undeleted() RETURNS trigger LANGUAGE plpgsql AS $credit_entry_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'credit_entry_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'credit_entry_undeleted', TABLE = 'credit_entry'; END IF;
RETURN OLD;
END$credit_entry_undeleted$;

CREATE TRIGGER credit_entry_undeleted BEFORE DELETE ON credit_entry FOR EACH ROW EXECUTE FUNCTION credit_entry_undeleted();

CREATE FUNCTION denial_in_turn() RETURNS trigger LANGUAGE plpgsql AS $denial_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'denial_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'denial_in_turn', TABLE = 'denial'; END IF;
RETURN NEW;
END$denial_in_turn$;

CREATE TRIGGER denial_in_turn BEFORE INSERT ON denial FOR EACH ROW EXECUTE FUNCTION denial_in_turn();

CREATE FUNCTION denial_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $denial_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM denial t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'denial_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'denial_not_replaced', TABLE = 'denial'; END IF;
RETURN NEW;
END$denial_not_replaced$;

CREATE TRIGGER denial_not_replaced BEFORE INSERT ON denial FOR EACH ROW EXECUTE FUNCTION denial_not_replaced();

CREATE FUNCTION denial_unchanged() RETURNS trigger LANGUAGE plpgsql AS $denial_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'denial_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'denial_unchanged', TABLE = 'denial'; END IF;
RETURN NEW;
END$denial_unchanged$;

CREATE TRIGGER denial_unchanged BEFORE UPDATE ON denial FOR EACH ROW EXECUTE FUNCTION denial_unchanged();

CREATE FUNCTION denial_undeleted() RETURNS trigger LANGUAGE plpgsql AS $denial_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'denial_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'denial_undeleted', TABLE = 'denial'; END IF;
RETURN OLD;
END$denial_undeleted$;

CREATE TRIGGER denial_undeleted BEFORE DELETE ON denial FOR EACH ROW EXECUTE FUNCTION denial_undeleted();

CREATE FUNCTION finding_in_turn() RETURNS trigger LANGUAGE plpgsql AS $finding_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'finding_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'finding_in_turn', TABLE = 'finding'; END IF;
RETURN NEW;
END$finding_in_turn$;

CREATE TRIGGER finding_in_turn BEFORE INSERT ON finding FOR EACH ROW EXECUTE FUNCTION finding_in_turn();

CREATE FUNCTION finding_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $finding_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM finding t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM finding t WHERE t.response_id = NEW.response_id AND t.rule_id = NEW.rule_id) THEN RAISE EXCEPTION 'finding_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'finding_not_replaced', TABLE = 'finding'; END IF;
RETURN NEW;
END$finding_not_replaced$;

CREATE TRIGGER finding_not_replaced BEFORE INSERT ON finding FOR EACH ROW EXECUTE FUNCTION finding_not_replaced();

CREATE FUNCTION finding_unchanged() RETURNS trigger LANGUAGE plpgsql AS $finding_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'finding_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'finding_unchanged', TABLE = 'finding'; END IF;
RETURN NEW;
END$finding_unchanged$;

CREATE TRIGGER finding_unchanged BEFORE UPDATE ON finding FOR EACH ROW EXECUTE FUNCTION finding_unchanged();

CREATE FUNCTION finding_undeleted() RETURNS trigger LANGUAGE plpgsql AS $finding_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'finding_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'finding_undeleted', TABLE = 'finding'; END IF;
RETURN OLD;
END$finding_undeleted$;

CREATE TRIGGER finding_undeleted BEFORE DELETE ON finding FOR EACH ROW EXECUTE FUNCTION finding_undeleted();

CREATE FUNCTION form_response_in_turn() RETURNS trigger LANGUAGE plpgsql AS $form_response_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'form_response_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'form_response_in_turn', TABLE = 'form_response'; END IF;
RETURN NEW;
END$form_response_in_turn$;

CREATE TRIGGER form_response_in_turn BEFORE INSERT ON form_response FOR EACH ROW EXECUTE FUNCTION form_response_in_turn();

CREATE FUNCTION form_response_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $form_response_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM form_response t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'form_response_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'form_response_not_replaced', TABLE = 'form_response'; END IF;
RETURN NEW;
END$form_response_not_replaced$;

CREATE TRIGGER form_response_not_replaced BEFORE INSERT ON form_response FOR EACH ROW EXECUTE FUNCTION form_response_not_replaced();

CREATE FUNCTION form_response_unchanged() RETURNS trigger LANGUAGE plpgsql AS $form_response_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'form_response_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'form_response_unchanged', TABLE = 'form_response'; END IF;
RETURN NEW;
END$form_response_unchanged$;

CREATE TRIGGER form_response_unchanged BEFORE UPDATE ON form_response FOR EACH ROW EXECUTE FUNCTION form_response_unchanged();

CREATE FUNCTION form_response_undeleted() RETURNS trigger LANGUAGE plpgsql AS $form_response_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'form_response_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'form_response_undeleted', TABLE = 'form_response'; END IF;
RETURN OLD;
END$form_response_undeleted$;

CREATE TRIGGER form_response_undeleted BEFORE DELETE ON form_response FOR EACH ROW EXECUTE FUNCTION form_response_undeleted();

CREATE FUNCTION form_version_in_turn() RETURNS trigger LANGUAGE plpgsql AS $form_version_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'form_version_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'form_version_in_turn', TABLE = 'form_version'; END IF;
RETURN NEW;
END$form_version_in_turn$;

CREATE TRIGGER form_version_in_turn BEFORE INSERT ON form_version FOR EACH ROW EXECUTE FUNCTION form_version_in_turn();

CREATE FUNCTION form_version_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $form_version_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM form_version t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM form_version t WHERE t.form_id = NEW.form_id AND t.number = NEW.number) OR EXISTS (SELECT 1 FROM form_version t WHERE t.sha256 = NEW.sha256) THEN RAISE EXCEPTION 'form_version_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'form_version_not_replaced', TABLE = 'form_version'; END IF;
RETURN NEW;
END$form_version_not_replaced$;

CREATE TRIGGER form_version_not_replaced BEFORE INSERT ON form_version FOR EACH ROW EXECUTE FUNCTION form_version_not_replaced();

CREATE FUNCTION form_version_unchanged() RETURNS trigger LANGUAGE plpgsql AS $form_version_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'form_version_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'form_version_unchanged', TABLE = 'form_version'; END IF;
RETURN NEW;
END$form_version_unchanged$;

CREATE TRIGGER form_version_unchanged BEFORE UPDATE ON form_version FOR EACH ROW EXECUTE FUNCTION form_version_unchanged();

CREATE FUNCTION form_version_undeleted() RETURNS trigger LANGUAGE plpgsql AS $form_version_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'form_version_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'form_version_undeleted', TABLE = 'form_version'; END IF;
RETURN OLD;
END$form_version_undeleted$;

CREATE TRIGGER form_version_undeleted BEFORE DELETE ON form_version FOR EACH ROW EXECUTE FUNCTION form_version_undeleted();

CREATE FUNCTION journal_entry_in_turn() RETURNS trigger LANGUAGE plpgsql AS $journal_entry_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'journal_entry_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'journal_entry_in_turn', TABLE = 'journal_entry'; END IF;
RETURN NEW;
END$journal_entry_in_turn$;

CREATE TRIGGER journal_entry_in_turn BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_in_turn();

CREATE FUNCTION journal_entry_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $journal_entry_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM journal_entry t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'journal_entry_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'journal_entry_not_replaced', TABLE = 'journal_entry'; END IF;
RETURN NEW;
END$journal_entry_not_replaced$;

CREATE TRIGGER journal_entry_not_replaced BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_not_replaced();

CREATE FUNCTION journal_entry_unchanged() RETURNS trigger LANGUAGE plpgsql AS $journal_entry_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'journal_entry_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'journal_entry_unchanged', TABLE = 'journal_entry'; END IF;
RETURN NEW;
END$journal_entry_unchanged$;

CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_unchanged();

CREATE FUNCTION journal_entry_undeleted() RETURNS trigger LANGUAGE plpgsql AS $journal_entry_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'journal_entry_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'journal_entry_undeleted', TABLE = 'journal_entry'; END IF;
RETURN OLD;
END$journal_entry_undeleted$;

CREATE TRIGGER journal_entry_undeleted BEFORE DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_undeleted();

CREATE FUNCTION payment_in_turn() RETURNS trigger LANGUAGE plpgsql AS $payment_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'payment_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'payment_in_turn', TABLE = 'payment'; END IF;
RETURN NEW;
END$payment_in_turn$;

CREATE TRIGGER payment_in_turn BEFORE INSERT ON payment FOR EACH ROW EXECUTE FUNCTION payment_in_turn();

CREATE FUNCTION payment_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $payment_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM payment t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM payment t WHERE t.sale_id = NEW.sale_id AND t.position = NEW.position) THEN RAISE EXCEPTION 'payment_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'payment_not_replaced', TABLE = 'payment'; END IF;
RETURN NEW;
END$payment_not_replaced$;

CREATE TRIGGER payment_not_replaced BEFORE INSERT ON payment FOR EACH ROW EXECUTE FUNCTION payment_not_replaced();

CREATE FUNCTION payment_unchanged() RETURNS trigger LANGUAGE plpgsql AS $payment_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'payment_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'payment_unchanged', TABLE = 'payment'; END IF;
RETURN NEW;
END$payment_unchanged$;

CREATE TRIGGER payment_unchanged BEFORE UPDATE ON payment FOR EACH ROW EXECUTE FUNCTION payment_unchanged();

CREATE FUNCTION payment_undeleted() RETURNS trigger LANGUAGE plpgsql AS $payment_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'payment_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'payment_undeleted', TABLE = 'payment'; END IF;
RETURN OLD;
END$payment_undeleted$;

CREATE TRIGGER payment_undeleted BEFORE DELETE ON payment FOR EACH ROW EXECUTE FUNCTION payment_undeleted();

CREATE FUNCTION sale_in_turn() RETURNS trigger LANGUAGE plpgsql AS $sale_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'sale_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'sale_in_turn', TABLE = 'sale'; END IF;
RETURN NEW;
END$sale_in_turn$;

CREATE TRIGGER sale_in_turn BEFORE INSERT ON sale FOR EACH ROW EXECUTE FUNCTION sale_in_turn();

CREATE FUNCTION sale_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $sale_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM sale t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM sale t WHERE t.number = NEW.number) OR EXISTS (SELECT 1 FROM sale t WHERE t.reverses_id = NEW.reverses_id) THEN RAISE EXCEPTION 'sale_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'sale_not_replaced', TABLE = 'sale'; END IF;
RETURN NEW;
END$sale_not_replaced$;

CREATE TRIGGER sale_not_replaced BEFORE INSERT ON sale FOR EACH ROW EXECUTE FUNCTION sale_not_replaced();

CREATE FUNCTION sale_unchanged() RETURNS trigger LANGUAGE plpgsql AS $sale_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'sale_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'sale_unchanged', TABLE = 'sale'; END IF;
RETURN NEW;
END$sale_unchanged$;

CREATE TRIGGER sale_unchanged BEFORE UPDATE ON sale FOR EACH ROW EXECUTE FUNCTION sale_unchanged();

CREATE FUNCTION sale_undeleted() RETURNS trigger LANGUAGE plpgsql AS $sale_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'sale_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'sale_undeleted', TABLE = 'sale'; END IF;
RETURN OLD;
END$sale_undeleted$;

CREATE TRIGGER sale_undeleted BEFORE DELETE ON sale FOR EACH ROW EXECUTE FUNCTION sale_undeleted();

CREATE FUNCTION sale_line_in_turn() RETURNS trigger LANGUAGE plpgsql AS $sale_line_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'sale_line_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'sale_line_in_turn', TABLE = 'sale_line'; END IF;
RETURN NEW;
END$sale_line_in_turn$;

CREATE TRIGGER sale_line_in_turn BEFORE INSERT ON sale_line FOR EACH ROW EXECUTE FUNCTION sale_line_in_turn();

CREATE FUNCTION sale_line_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $sale_line_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM sale_line t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM sale_line t WHERE t.sale_id = NEW.sale_id AND t.position = NEW.position) THEN RAISE EXCEPTION 'sale_line_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'sale_line_not_replaced', TABLE = 'sale_line'; END IF;
RETURN NEW;
END$sale_line_not_replaced$;

CREATE TRIGGER sale_line_not_replaced BEFORE INSERT ON sale_line FOR EACH ROW EXECUTE FUNCTION sale_line_not_replaced();

CREATE FUNCTION sale_line_unchanged() RETURNS trigger LANGUAGE plpgsql AS $sale_line_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'sale_line_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'sale_line_unchanged', TABLE = 'sale_line'; END IF;
RETURN NEW;
END$sale_line_unchanged$;

CREATE TRIGGER sale_line_unchanged BEFORE UPDATE ON sale_line FOR EACH ROW EXECUTE FUNCTION sale_line_unchanged();

CREATE FUNCTION sale_line_undeleted() RETURNS trigger LANGUAGE plpgsql AS $sale_line_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'sale_line_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'sale_line_undeleted', TABLE = 'sale_line'; END IF;
RETURN OLD;
END$sale_line_undeleted$;

CREATE TRIGGER sale_line_undeleted BEFORE DELETE ON sale_line FOR EACH ROW EXECUTE FUNCTION sale_line_undeleted();

CREATE FUNCTION screening_check_in_turn() RETURNS trigger LANGUAGE plpgsql AS $screening_check_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'screening_check_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'screening_check_in_turn', TABLE = 'screening_check'; END IF;
RETURN NEW;
END$screening_check_in_turn$;

CREATE TRIGGER screening_check_in_turn BEFORE INSERT ON screening_check FOR EACH ROW EXECUTE FUNCTION screening_check_in_turn();

CREATE FUNCTION screening_check_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $screening_check_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM screening_check t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'screening_check_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'screening_check_not_replaced', TABLE = 'screening_check'; END IF;
RETURN NEW;
END$screening_check_not_replaced$;

CREATE TRIGGER screening_check_not_replaced BEFORE INSERT ON screening_check FOR EACH ROW EXECUTE FUNCTION screening_check_not_replaced();

CREATE FUNCTION screening_check_unchanged() RETURNS trigger LANGUAGE plpgsql AS $screening_check_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'screening_check_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'screening_check_unchanged', TABLE = 'screening_check'; END IF;
RETURN NEW;
END$screening_check_unchanged$;

CREATE TRIGGER screening_check_unchanged BEFORE UPDATE ON screening_check FOR EACH ROW EXECUTE FUNCTION screening_check_unchanged();

CREATE FUNCTION screening_check_undeleted() RETURNS trigger LANGUAGE plpgsql AS $screening_check_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'screening_check_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'screening_check_undeleted', TABLE = 'screening_check'; END IF;
RETURN OLD;
END$screening_check_undeleted$;

CREATE TRIGGER screening_check_undeleted BEFORE DELETE ON screening_check FOR EACH ROW EXECUTE FUNCTION screening_check_undeleted();

CREATE FUNCTION screening_task_in_turn() RETURNS trigger LANGUAGE plpgsql AS $screening_task_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'screening_task_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'screening_task_in_turn', TABLE = 'screening_task'; END IF;
RETURN NEW;
END$screening_task_in_turn$;

CREATE TRIGGER screening_task_in_turn BEFORE INSERT ON screening_task FOR EACH ROW EXECUTE FUNCTION screening_task_in_turn();

CREATE FUNCTION screening_task_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $screening_task_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM screening_task t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'screening_task_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'screening_task_not_replaced', TABLE = 'screening_task'; END IF;
RETURN NEW;
END$screening_task_not_replaced$;

CREATE TRIGGER screening_task_not_replaced BEFORE INSERT ON screening_task FOR EACH ROW EXECUTE FUNCTION screening_task_not_replaced();

CREATE FUNCTION screening_task_unchanged() RETURNS trigger LANGUAGE plpgsql AS $screening_task_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'screening_task_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'screening_task_unchanged', TABLE = 'screening_task'; END IF;
RETURN NEW;
END$screening_task_unchanged$;

CREATE TRIGGER screening_task_unchanged BEFORE UPDATE ON screening_task FOR EACH ROW EXECUTE FUNCTION screening_task_unchanged();

CREATE FUNCTION screening_task_undeleted() RETURNS trigger LANGUAGE plpgsql AS $screening_task_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'screening_task_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'screening_task_undeleted', TABLE = 'screening_task'; END IF;
RETURN OLD;
END$screening_task_undeleted$;

CREATE TRIGGER screening_task_undeleted BEFORE DELETE ON screening_task FOR EACH ROW EXECUTE FUNCTION screening_task_undeleted();

CREATE FUNCTION submission_in_turn() RETURNS trigger LANGUAGE plpgsql AS $submission_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'submission_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'submission_in_turn', TABLE = 'submission'; END IF;
RETURN NEW;
END$submission_in_turn$;

CREATE TRIGGER submission_in_turn BEFORE INSERT ON submission FOR EACH ROW EXECUTE FUNCTION submission_in_turn();

CREATE FUNCTION submission_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $submission_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM submission t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'submission_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'submission_not_replaced', TABLE = 'submission'; END IF;
RETURN NEW;
END$submission_not_replaced$;

CREATE TRIGGER submission_not_replaced BEFORE INSERT ON submission FOR EACH ROW EXECUTE FUNCTION submission_not_replaced();

CREATE FUNCTION submission_unchanged() RETURNS trigger LANGUAGE plpgsql AS $submission_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'submission_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'submission_unchanged', TABLE = 'submission'; END IF;
RETURN NEW;
END$submission_unchanged$;

CREATE TRIGGER submission_unchanged BEFORE UPDATE ON submission FOR EACH ROW EXECUTE FUNCTION submission_unchanged();

CREATE FUNCTION submission_undeleted() RETURNS trigger LANGUAGE plpgsql AS $submission_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'submission_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'submission_undeleted', TABLE = 'submission'; END IF;
RETURN OLD;
END$submission_undeleted$;

CREATE TRIGGER submission_undeleted BEFORE DELETE ON submission FOR EACH ROW EXECUTE FUNCTION submission_undeleted();

CREATE FUNCTION submission_decision_in_turn() RETURNS trigger LANGUAGE plpgsql AS $submission_decision_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'submission_decision_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'submission_decision_in_turn', TABLE = 'submission_decision'; END IF;
RETURN NEW;
END$submission_decision_in_turn$;

CREATE TRIGGER submission_decision_in_turn BEFORE INSERT ON submission_decision FOR EACH ROW EXECUTE FUNCTION submission_decision_in_turn();

CREATE FUNCTION submission_decision_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $submission_decision_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM submission_decision t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM submission_decision t WHERE t.response_id = NEW.response_id) OR EXISTS (SELECT 1 FROM submission_decision t WHERE t.submission_id = NEW.submission_id) THEN RAISE EXCEPTION 'submission_decision_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'submission_decision_not_replaced', TABLE = 'submission_decision'; END IF;
RETURN NEW;
END$submission_decision_not_replaced$;

CREATE TRIGGER submission_decision_not_replaced BEFORE INSERT ON submission_decision FOR EACH ROW EXECUTE FUNCTION submission_decision_not_replaced();

CREATE FUNCTION submission_decision_unchanged() RETURNS trigger LANGUAGE plpgsql AS $submission_decision_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'submission_decision_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'submission_decision_unchanged', TABLE = 'submission_decision'; END IF;
RETURN NEW;
END$submission_decision_unchanged$;

CREATE TRIGGER submission_decision_unchanged BEFORE UPDATE ON submission_decision FOR EACH ROW EXECUTE FUNCTION submission_decision_unchanged();

CREATE FUNCTION submission_decision_undeleted() RETURNS trigger LANGUAGE plpgsql AS $submission_decision_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'submission_decision_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'submission_decision_undeleted', TABLE = 'submission_decision'; END IF;
RETURN OLD;
END$submission_decision_undeleted$;

CREATE TRIGGER submission_decision_undeleted BEFORE DELETE ON submission_decision FOR EACH ROW EXECUTE FUNCTION submission_decision_undeleted();

CREATE FUNCTION wish_in_turn() RETURNS trigger LANGUAGE plpgsql AS $wish_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'wish_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'wish_in_turn', TABLE = 'wish'; END IF;
RETURN NEW;
END$wish_in_turn$;

CREATE TRIGGER wish_in_turn BEFORE INSERT ON wish FOR EACH ROW EXECUTE FUNCTION wish_in_turn();

CREATE FUNCTION wish_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $wish_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM wish t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'wish_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'wish_not_replaced', TABLE = 'wish'; END IF;
RETURN NEW;
END$wish_not_replaced$;

CREATE TRIGGER wish_not_replaced BEFORE INSERT ON wish FOR EACH ROW EXECUTE FUNCTION wish_not_replaced();

CREATE FUNCTION wish_unchanged() RETURNS trigger LANGUAGE plpgsql AS $wish_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'wish_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'wish_unchanged', TABLE = 'wish'; END IF;
RETURN NEW;
END$wish_unchanged$;

CREATE TRIGGER wish_unchanged BEFORE UPDATE ON wish FOR EACH ROW EXECUTE FUNCTION wish_unchanged();

CREATE FUNCTION wish_undeleted() RETURNS trigger LANGUAGE plpgsql AS $wish_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'wish_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'wish_undeleted', TABLE = 'wish'; END IF;
RETURN OLD;
END$wish_undeleted$;

CREATE TRIGGER wish_undeleted BEFORE DELETE ON wish FOR EACH ROW EXECUTE FUNCTION wish_undeleted();

CREATE FUNCTION wish_decision_in_turn() RETURNS trigger LANGUAGE plpgsql AS $wish_decision_in_turn$BEGIN
IF NEW.n IS DISTINCT FROM (SELECT h.n FROM log_head h) OR EXISTS (SELECT 1 FROM log l WHERE l.n = NEW.n) THEN RAISE EXCEPTION 'wish_decision_in_turn' USING ERRCODE = '23514', CONSTRAINT = 'wish_decision_in_turn', TABLE = 'wish_decision'; END IF;
RETURN NEW;
END$wish_decision_in_turn$;

CREATE TRIGGER wish_decision_in_turn BEFORE INSERT ON wish_decision FOR EACH ROW EXECUTE FUNCTION wish_decision_in_turn();

CREATE FUNCTION wish_decision_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $wish_decision_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM wish_decision t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM wish_decision t WHERE t.wish_id = NEW.wish_id) THEN RAISE EXCEPTION 'wish_decision_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'wish_decision_not_replaced', TABLE = 'wish_decision'; END IF;
RETURN NEW;
END$wish_decision_not_replaced$;

CREATE TRIGGER wish_decision_not_replaced BEFORE INSERT ON wish_decision FOR EACH ROW EXECUTE FUNCTION wish_decision_not_replaced();

CREATE FUNCTION wish_decision_unchanged() RETURNS trigger LANGUAGE plpgsql AS $wish_decision_unchanged$BEGIN
IF TRUE THEN RAISE EXCEPTION 'wish_decision_unchanged' USING ERRCODE = '23514', CONSTRAINT = 'wish_decision_unchanged', TABLE = 'wish_decision'; END IF;
RETURN NEW;
END$wish_decision_unchanged$;

CREATE TRIGGER wish_decision_unchanged BEFORE UPDATE ON wish_decision FOR EACH ROW EXECUTE FUNCTION wish_decision_unchanged();

CREATE FUNCTION wish_decision_undeleted() RETURNS trigger LANGUAGE plpgsql AS $wish_decision_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'wish_decision_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'wish_decision_undeleted', TABLE = 'wish_decision'; END IF;
RETURN OLD;
END$wish_decision_undeleted$;

CREATE TRIGGER wish_decision_undeleted BEFORE DELETE ON wish_decision FOR EACH ROW EXECUTE FUNCTION wish_decision_undeleted();

CREATE FUNCTION package_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $package_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM package t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'package_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'package_not_replaced', TABLE = 'package'; END IF;
RETURN NEW;
END$package_not_replaced$;

CREATE TRIGGER package_not_replaced BEFORE INSERT ON package FOR EACH ROW EXECUTE FUNCTION package_not_replaced();

CREATE FUNCTION package_snapshot() RETURNS trigger LANGUAGE plpgsql AS $package_snapshot$BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.client_id IS DISTINCT FROM OLD.client_id OR NEW.product_id IS DISTINCT FROM OLD.product_id OR NEW.service_id IS DISTINCT FROM OLD.service_id OR NEW.name IS DISTINCT FROM OLD.name OR NEW.terms IS DISTINCT FROM OLD.terms OR NEW.sessions IS DISTINCT FROM OLD.sessions OR NEW.price IS DISTINCT FROM OLD.price OR NEW.net IS DISTINCT FROM OLD.net OR NEW.list_price IS DISTINCT FROM OLD.list_price OR NEW.tax_rate IS DISTINCT FROM OLD.tax_rate OR NEW.validity_unit IS DISTINCT FROM OLD.validity_unit OR NEW.validity_count IS DISTINCT FROM OLD.validity_count OR NEW.validity_starts IS DISTINCT FROM OLD.validity_starts OR NEW.sold_at IS DISTINCT FROM OLD.sold_at OR NEW.sold_day IS DISTINCT FROM OLD.sold_day OR NEW.sale_id IS DISTINCT FROM OLD.sale_id OR NEW.origin_id IS DISTINCT FROM OLD.origin_id THEN RAISE EXCEPTION 'package_snapshot' USING ERRCODE = '23514', CONSTRAINT = 'package_snapshot', TABLE = 'package'; END IF;
RETURN NEW;
END$package_snapshot$;

CREATE TRIGGER package_snapshot BEFORE UPDATE ON package FOR EACH ROW EXECUTE FUNCTION package_snapshot();

CREATE FUNCTION package_undeleted() RETURNS trigger LANGUAGE plpgsql AS $package_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'package_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'package_undeleted', TABLE = 'package'; END IF;
RETURN OLD;
END$package_undeleted$;

CREATE TRIGGER package_undeleted BEFORE DELETE ON package FOR EACH ROW EXECUTE FUNCTION package_undeleted();

CREATE FUNCTION credit_begins_empty() RETURNS trigger LANGUAGE plpgsql AS $credit_begins_empty$BEGIN
IF NEW.seq <> 0 OR NEW.state IS NOT NULL OR NEW.last_day IS NOT NULL OR NEW.appointment_id IS NOT NULL THEN RAISE EXCEPTION 'credit_begins_empty' USING ERRCODE = '23514', CONSTRAINT = 'credit_begins_empty', TABLE = 'credit'; END IF;
RETURN NEW;
END$credit_begins_empty$;

CREATE TRIGGER credit_begins_empty BEFORE INSERT ON credit FOR EACH ROW EXECUTE FUNCTION credit_begins_empty();

CREATE FUNCTION credit_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $credit_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM credit t WHERE t.id = NEW.id) OR EXISTS (SELECT 1 FROM credit t WHERE t.package_id = NEW.package_id AND t.number = NEW.number) THEN RAISE EXCEPTION 'credit_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'credit_not_replaced', TABLE = 'credit'; END IF;
RETURN NEW;
END$credit_not_replaced$;

CREATE TRIGGER credit_not_replaced BEFORE INSERT ON credit FOR EACH ROW EXECUTE FUNCTION credit_not_replaced();

CREATE FUNCTION credit_of_service() RETURNS trigger LANGUAGE plpgsql AS $credit_of_service$BEGIN
IF NOT EXISTS (SELECT 1 FROM package p WHERE p.id = NEW.package_id AND p.service_id = NEW.service_id) THEN RAISE EXCEPTION 'credit_of_service' USING ERRCODE = '23514', CONSTRAINT = 'credit_of_service', TABLE = 'credit'; END IF;
RETURN NEW;
END$credit_of_service$;

CREATE TRIGGER credit_of_service BEFORE INSERT ON credit FOR EACH ROW EXECUTE FUNCTION credit_of_service();

CREATE FUNCTION credit_undeleted() RETURNS trigger LANGUAGE plpgsql AS $credit_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'credit_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'credit_undeleted', TABLE = 'credit'; END IF;
RETURN OLD;
END$credit_undeleted$;

CREATE TRIGGER credit_undeleted BEFORE DELETE ON credit FOR EACH ROW EXECUTE FUNCTION credit_undeleted();

CREATE FUNCTION credit_frozen() RETURNS trigger LANGUAGE plpgsql AS $credit_frozen$BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.package_id IS DISTINCT FROM OLD.package_id OR NEW.number IS DISTINCT FROM OLD.number OR NEW.service_id IS DISTINCT FROM OLD.service_id OR NEW.value IS DISTINCT FROM OLD.value THEN RAISE EXCEPTION 'credit_frozen' USING ERRCODE = '23514', CONSTRAINT = 'credit_frozen', TABLE = 'credit'; END IF;
RETURN NEW;
END$credit_frozen$;

CREATE TRIGGER credit_frozen BEFORE UPDATE ON credit FOR EACH ROW EXECUTE FUNCTION credit_frozen();

CREATE FUNCTION credit_follows_entries() RETURNS trigger LANGUAGE plpgsql AS $credit_follows_entries$BEGIN
IF NOT EXISTS (SELECT 1 FROM credit_entry e WHERE e.credit_id = NEW.id AND e.seq = NEW.seq AND e.state = NEW.state AND e.last_day IS NOT DISTINCT FROM NEW.last_day AND NEW.appointment_id IS NOT DISTINCT FROM CASE WHEN NEW.seq = OLD.seq THEN OLD.appointment_id WHEN e.kind = 'reserved' THEN e.appointment_id WHEN e.state = 'available' THEN NULL ELSE OLD.appointment_id END) OR EXISTS (SELECT 1 FROM credit_entry e WHERE e.credit_id = NEW.id AND e.seq > NEW.seq) THEN RAISE EXCEPTION 'credit_follows_entries' USING ERRCODE = '23514', CONSTRAINT = 'credit_follows_entries', TABLE = 'credit'; END IF;
RETURN NEW;
END$credit_follows_entries$;

CREATE TRIGGER credit_follows_entries BEFORE UPDATE ON credit FOR EACH ROW EXECUTE FUNCTION credit_follows_entries();

CREATE FUNCTION credit_entry_move() RETURNS trigger LANGUAGE plpgsql AS $credit_entry_move$BEGIN
IF NOT EXISTS (SELECT 1 FROM credit c WHERE c.id = NEW.credit_id AND NEW.seq = c.seq + 1 AND (coalesce(c.state, ''), NEW.kind, NEW.state) IN (VALUES ('', 'issued', 'available'), ('available', 'expired', 'expired'), ('available', 'extended', 'available'), ('available', 'refunded', 'refunded'), ('available', 'reserved', 'reserved'), ('available', 'transferred', 'transferred'), ('expired', 'extended', 'available'), ('expired', 'extended', 'expired'), ('expired', 'refunded', 'refunded'), ('forfeited', 'reversed', 'available'), ('forfeited', 'reversed', 'reserved'), ('redeemed', 'reversed', 'available'), ('redeemed', 'reversed', 'reserved'), ('reserved', 'extended', 'reserved'), ('reserved', 'forfeited', 'forfeited'), ('reserved', 'redeemed', 'redeemed'), ('reserved', 'released', 'available'))) THEN RAISE EXCEPTION 'credit_entry_move' USING ERRCODE = '23514', CONSTRAINT = 'credit_entry_move', TABLE = 'credit_entry'; END IF;
RETURN NEW;
END$credit_entry_move$;

CREATE TRIGGER credit_entry_move BEFORE INSERT ON credit_entry FOR EACH ROW EXECUTE FUNCTION credit_entry_move();

CREATE FUNCTION credit_entry_visit() RETURNS trigger LANGUAGE plpgsql AS $credit_entry_visit$BEGIN
IF NOT EXISTS (SELECT 1 FROM credit c WHERE c.id = NEW.credit_id AND CASE WHEN NEW.kind = 'reserved' THEN EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND a.service_id = c.service_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment')) WHEN NEW.kind IN ('released', 'redeemed', 'forfeited') OR (NEW.kind = 'reversed' AND NEW.state = 'reserved') THEN NEW.appointment_id IS NOT NULL AND NEW.appointment_id IS NOT DISTINCT FROM c.appointment_id ELSE NEW.appointment_id IS NULL END) THEN RAISE EXCEPTION 'credit_entry_visit' USING ERRCODE = '23514', CONSTRAINT = 'credit_entry_visit', TABLE = 'credit_entry'; END IF;
RETURN NEW;
END$credit_entry_visit$;

CREATE TRIGGER credit_entry_visit BEFORE INSERT ON credit_entry FOR EACH ROW EXECUTE FUNCTION credit_entry_visit();

CREATE FUNCTION credit_kept() RETURNS trigger LANGUAGE plpgsql AS $credit_kept$BEGIN
UPDATE credit SET seq = NEW.seq, state = NEW.state, last_day = NEW.last_day, appointment_id = CASE WHEN NEW.kind = 'reserved' THEN NEW.appointment_id WHEN NEW.state = 'available' THEN NULL ELSE appointment_id END WHERE id = NEW.credit_id;
RETURN NULL;
END$credit_kept$;

CREATE TRIGGER credit_kept AFTER INSERT ON credit_entry FOR EACH ROW EXECUTE FUNCTION credit_kept();

CREATE FUNCTION appointment_begins_booked() RETURNS trigger LANGUAGE plpgsql AS $appointment_begins_booked$BEGIN
IF NEW.seq <> 0 OR NEW.status <> 'booked' THEN RAISE EXCEPTION 'appointment_begins_booked' USING ERRCODE = '23514', CONSTRAINT = 'appointment_begins_booked', TABLE = 'appointment'; END IF;
RETURN NEW;
END$appointment_begins_booked$;

CREATE TRIGGER appointment_begins_booked BEFORE INSERT ON appointment FOR EACH ROW EXECUTE FUNCTION appointment_begins_booked();

CREATE FUNCTION appointment_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $appointment_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM appointment t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'appointment_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'appointment_not_replaced', TABLE = 'appointment'; END IF;
RETURN NEW;
END$appointment_not_replaced$;

CREATE TRIGGER appointment_not_replaced BEFORE INSERT ON appointment FOR EACH ROW EXECUTE FUNCTION appointment_not_replaced();

CREATE FUNCTION appointment_undeleted() RETURNS trigger LANGUAGE plpgsql AS $appointment_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'appointment_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'appointment_undeleted', TABLE = 'appointment'; END IF;
RETURN OLD;
END$appointment_undeleted$;

CREATE TRIGGER appointment_undeleted BEFORE DELETE ON appointment FOR EACH ROW EXECUTE FUNCTION appointment_undeleted();

CREATE FUNCTION appointment_frozen() RETURNS trigger LANGUAGE plpgsql AS $appointment_frozen$BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.group_id IS DISTINCT FROM OLD.group_id OR NEW.client_id IS DISTINCT FROM OLD.client_id OR NEW.service_id IS DISTINCT FROM OLD.service_id OR NEW.price IS DISTINCT FROM OLD.price OR NEW.tax_rate IS DISTINCT FROM OLD.tax_rate OR NEW.base_id IS DISTINCT FROM OLD.base_id OR NEW.ahead IS DISTINCT FROM OLD.ahead THEN RAISE EXCEPTION 'appointment_frozen' USING ERRCODE = '23514', CONSTRAINT = 'appointment_frozen', TABLE = 'appointment'; END IF;
RETURN NEW;
END$appointment_frozen$;

CREATE TRIGGER appointment_frozen BEFORE UPDATE ON appointment FOR EACH ROW EXECUTE FUNCTION appointment_frozen();

CREATE FUNCTION appointment_follows_events() RETURNS trigger LANGUAGE plpgsql AS $appointment_follows_events$BEGIN
IF (NEW.seq IS DISTINCT FROM OLD.seq OR NEW.status IS DISTINCT FROM OLD.status OR NEW.since IS DISTINCT FROM OLD.since OR NEW.staff_id IS DISTINCT FROM OLD.staff_id OR NEW.day IS DISTINCT FROM OLD.day OR NEW.starts IS DISTINCT FROM OLD.starts OR NEW.minutes IS DISTINCT FROM OLD.minutes OR NEW.turnaround IS DISTINCT FROM OLD.turnaround) AND (NOT EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = NEW.id AND e.seq = NEW.seq AND e.status = NEW.status AND e.staff_id = NEW.staff_id AND e.day = NEW.day AND e.starts = NEW.starts AND e.minutes = NEW.minutes AND e.turnaround = NEW.turnaround AND NEW.since = CASE WHEN NEW.seq = OLD.seq OR (NEW.seq > 1 AND NEW.status = OLD.status) THEN OLD.since ELSE e.at END) OR EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = NEW.id AND e.seq > NEW.seq)) THEN RAISE EXCEPTION 'appointment_follows_events' USING ERRCODE = '23514', CONSTRAINT = 'appointment_follows_events', TABLE = 'appointment'; END IF;
RETURN NEW;
END$appointment_follows_events$;

CREATE TRIGGER appointment_follows_events BEFORE UPDATE ON appointment FOR EACH ROW EXECUTE FUNCTION appointment_follows_events();

CREATE FUNCTION appointment_event_move() RETURNS trigger LANGUAGE plpgsql AS $appointment_event_move$BEGIN
IF NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND NEW.seq = a.seq + 1 AND CASE WHEN NEW.seq = 1 THEN NEW.kind = 'booked' AND NEW.status = 'booked' WHEN NEW.kind = 'moved' THEN NEW.status = a.status AND a.status IN ('booked', 'confirmed') WHEN a.status IN ('completed', 'no_show') THEN NEW.status = (SELECT e.status FROM appointment_event e WHERE e.appointment_id = NEW.appointment_id AND e.seq = NEW.seq - 2) AND NEW.staff_id = a.staff_id AND NEW.day = a.day AND NEW.starts = a.starts AND NEW.minutes = a.minutes AND NEW.turnaround = a.turnaround ELSE (a.status, NEW.status) IN (VALUES ('arrived', 'booked'), ('arrived', 'completed'), ('arrived', 'confirmed'), ('arrived', 'in_treatment'), ('booked', 'arrived'), ('booked', 'cancelled'), ('booked', 'confirmed'), ('booked', 'late_cancelled'), ('booked', 'no_show'), ('completed', 'arrived'), ('completed', 'in_treatment'), ('confirmed', 'arrived'), ('confirmed', 'booked'), ('confirmed', 'cancelled'), ('confirmed', 'late_cancelled'), ('confirmed', 'no_show'), ('in_treatment', 'arrived'), ('in_treatment', 'completed'), ('no_show', 'booked'), ('no_show', 'confirmed')) AND NEW.staff_id = a.staff_id AND NEW.day = a.day AND NEW.starts = a.starts AND NEW.minutes = a.minutes AND NEW.turnaround = a.turnaround END) THEN RAISE EXCEPTION 'appointment_event_move' USING ERRCODE = '23514', CONSTRAINT = 'appointment_event_move', TABLE = 'appointment_event'; END IF;
RETURN NEW;
END$appointment_event_move$;

CREATE TRIGGER appointment_event_move BEFORE INSERT ON appointment_event FOR EACH ROW EXECUTE FUNCTION appointment_event_move();

CREATE FUNCTION appointment_kept() RETURNS trigger LANGUAGE plpgsql AS $appointment_kept$BEGIN
UPDATE appointment SET since = CASE WHEN NEW.seq > 1 AND status = NEW.status THEN since ELSE NEW.at END, seq = NEW.seq, status = NEW.status, staff_id = NEW.staff_id, day = NEW.day, starts = NEW.starts, minutes = NEW.minutes, turnaround = NEW.turnaround WHERE id = NEW.appointment_id;
RETURN NULL;
END$appointment_kept$;

CREATE TRIGGER appointment_kept AFTER INSERT ON appointment_event FOR EACH ROW EXECUTE FUNCTION appointment_kept();

CREATE FUNCTION occupancy_live_added() RETURNS trigger LANGUAGE plpgsql AS $occupancy_live_added$BEGIN
IF NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment')) THEN RAISE EXCEPTION 'occupancy_live_added' USING ERRCODE = '23514', CONSTRAINT = 'occupancy_live_added', TABLE = 'occupancy'; END IF;
RETURN NEW;
END$occupancy_live_added$;

CREATE TRIGGER occupancy_live_added BEFORE INSERT ON occupancy FOR EACH ROW EXECUTE FUNCTION occupancy_live_added();

CREATE FUNCTION occupancy_live_moved() RETURNS trigger LANGUAGE plpgsql AS $occupancy_live_moved$BEGIN
IF NOT EXISTS (SELECT 1 FROM appointment a WHERE a.id = NEW.appointment_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment')) THEN RAISE EXCEPTION 'occupancy_live_moved' USING ERRCODE = '23514', CONSTRAINT = 'occupancy_live_moved', TABLE = 'occupancy'; END IF;
RETURN NEW;
END$occupancy_live_moved$;

CREATE TRIGGER occupancy_live_moved BEFORE UPDATE ON occupancy FOR EACH ROW EXECUTE FUNCTION occupancy_live_moved();

CREATE FUNCTION appointment_of_base() RETURNS trigger LANGUAGE plpgsql AS $appointment_of_base$BEGIN
IF NEW.base_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM appointment b WHERE b.id = NEW.base_id AND b.base_id IS NULL AND b.group_id = NEW.group_id AND b.client_id = NEW.client_id AND b.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment')) THEN RAISE EXCEPTION 'appointment_of_base' USING ERRCODE = '23514', CONSTRAINT = 'appointment_of_base', TABLE = 'appointment'; END IF;
RETURN NEW;
END$appointment_of_base$;

CREATE TRIGGER appointment_of_base BEFORE INSERT ON appointment FOR EACH ROW EXECUTE FUNCTION appointment_of_base();

CREATE FUNCTION appointment_once() RETURNS trigger LANGUAGE plpgsql AS $appointment_once$BEGIN
IF NEW.base_id IS NOT NULL AND EXISTS (SELECT 1 FROM appointment a WHERE a.group_id = NEW.group_id AND a.service_id = NEW.service_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment')) THEN RAISE EXCEPTION 'appointment_once' USING ERRCODE = '23514', CONSTRAINT = 'appointment_once', TABLE = 'appointment'; END IF;
RETURN NEW;
END$appointment_once$;

CREATE TRIGGER appointment_once BEFORE INSERT ON appointment FOR EACH ROW EXECUTE FUNCTION appointment_once();

CREATE FUNCTION appointment_back_once() RETURNS trigger LANGUAGE plpgsql AS $appointment_back_once$BEGIN
IF NEW.base_id IS NOT NULL AND NEW.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND OLD.status NOT IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND EXISTS (SELECT 1 FROM appointment a WHERE a.group_id = NEW.group_id AND a.service_id = NEW.service_id AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND a.base_id IS NOT NULL AND a.id <> NEW.id) THEN RAISE EXCEPTION 'appointment_back_once' USING ERRCODE = '23514', CONSTRAINT = 'appointment_back_once', TABLE = 'appointment'; END IF;
RETURN NEW;
END$appointment_back_once$;

CREATE TRIGGER appointment_back_once BEFORE UPDATE ON appointment FOR EACH ROW EXECUTE FUNCTION appointment_back_once();

CREATE FUNCTION form_version_number() RETURNS trigger LANGUAGE plpgsql AS $form_version_number$BEGIN
IF NEW.number <> 1 + (SELECT coalesce(max(v.number), 0) FROM form_version v WHERE v.form_id = NEW.form_id) THEN RAISE EXCEPTION 'form_version_number' USING ERRCODE = '23514', CONSTRAINT = 'form_version_number', TABLE = 'form_version'; END IF;
RETURN NEW;
END$form_version_number$;

CREATE TRIGGER form_version_number BEFORE INSERT ON form_version FOR EACH ROW EXECUTE FUNCTION form_version_number();

CREATE FUNCTION screening_rule_not_replaced() RETURNS trigger LANGUAGE plpgsql AS $screening_rule_not_replaced$BEGIN
IF EXISTS (SELECT 1 FROM screening_rule t WHERE t.id = NEW.id) THEN RAISE EXCEPTION 'screening_rule_not_replaced' USING ERRCODE = '23514', CONSTRAINT = 'screening_rule_not_replaced', TABLE = 'screening_rule'; END IF;
RETURN NEW;
END$screening_rule_not_replaced$;

CREATE TRIGGER screening_rule_not_replaced BEFORE INSERT ON screening_rule FOR EACH ROW EXECUTE FUNCTION screening_rule_not_replaced();

CREATE FUNCTION screening_rule_frozen() RETURNS trigger LANGUAGE plpgsql AS $screening_rule_frozen$BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.service_id IS DISTINCT FROM OLD.service_id OR NEW.form_id IS DISTINCT FROM OLD.form_id OR NEW.link_id IS DISTINCT FROM OLD.link_id OR NEW.operator IS DISTINCT FROM OLD.operator OR NEW.answer IS DISTINCT FROM OLD.answer OR NEW.effect IS DISTINCT FROM OLD.effect OR NEW.lasting IS DISTINCT FROM OLD.lasting OR NEW.until_days IS DISTINCT FROM OLD.until_days OR NEW.until_link IS DISTINCT FROM OLD.until_link OR NEW.staff_message IS DISTINCT FROM OLD.staff_message OR NEW.client_message IS DISTINCT FROM OLD.client_message OR NEW.since IS DISTINCT FROM OLD.since THEN RAISE EXCEPTION 'screening_rule_frozen' USING ERRCODE = '23514', CONSTRAINT = 'screening_rule_frozen', TABLE = 'screening_rule'; END IF;
RETURN NEW;
END$screening_rule_frozen$;

CREATE TRIGGER screening_rule_frozen BEFORE UPDATE ON screening_rule FOR EACH ROW EXECUTE FUNCTION screening_rule_frozen();

CREATE FUNCTION screening_rule_stays_retired() RETURNS trigger LANGUAGE plpgsql AS $screening_rule_stays_retired$BEGIN
IF NEW.retired < OLD.retired THEN RAISE EXCEPTION 'screening_rule_stays_retired' USING ERRCODE = '23514', CONSTRAINT = 'screening_rule_stays_retired', TABLE = 'screening_rule'; END IF;
RETURN NEW;
END$screening_rule_stays_retired$;

CREATE TRIGGER screening_rule_stays_retired BEFORE UPDATE ON screening_rule FOR EACH ROW EXECUTE FUNCTION screening_rule_stays_retired();

CREATE FUNCTION screening_rule_undeleted() RETURNS trigger LANGUAGE plpgsql AS $screening_rule_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'screening_rule_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'screening_rule_undeleted', TABLE = 'screening_rule'; END IF;
RETURN OLD;
END$screening_rule_undeleted$;

CREATE TRIGGER screening_rule_undeleted BEFORE DELETE ON screening_rule FOR EACH ROW EXECUTE FUNCTION screening_rule_undeleted();

CREATE FUNCTION form_response_amends() RETURNS trigger LANGUAGE plpgsql AS $form_response_amends$BEGIN
IF NEW.amends_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM form_response r JOIN form_version v ON v.id = r.form_version_id JOIN form_version w ON w.form_id = v.form_id WHERE r.id = NEW.amends_id AND r.client_id = NEW.client_id AND w.id = NEW.form_version_id) THEN RAISE EXCEPTION 'form_response_amends' USING ERRCODE = '23514', CONSTRAINT = 'form_response_amends', TABLE = 'form_response'; END IF;
RETURN NEW;
END$form_response_amends$;

CREATE TRIGGER form_response_amends BEFORE INSERT ON form_response FOR EACH ROW EXECUTE FUNCTION form_response_amends();

CREATE FUNCTION finding_of_response() RETURNS trigger LANGUAGE plpgsql AS $finding_of_response$BEGIN
IF NOT EXISTS (SELECT 1 FROM form_response r WHERE r.id = NEW.response_id AND r.n <= NEW.n AND r.client_id = NEW.client_id) THEN RAISE EXCEPTION 'finding_of_response' USING ERRCODE = '23514', CONSTRAINT = 'finding_of_response', TABLE = 'finding'; END IF;
RETURN NEW;
END$finding_of_response$;

CREATE TRIGGER finding_of_response BEFORE INSERT ON finding FOR EACH ROW EXECUTE FUNCTION finding_of_response();

CREATE FUNCTION finding_of_rule() RETURNS trigger LANGUAGE plpgsql AS $finding_of_rule$BEGIN
IF NOT EXISTS (SELECT 1 FROM form_response r JOIN form_version v ON v.id = r.form_version_id JOIN screening_rule u ON u.form_id = v.form_id WHERE r.id = NEW.response_id AND u.id = NEW.rule_id AND u.retired = 0 AND u.service_id = NEW.service_id AND u.link_id = NEW.link_id AND u.effect = NEW.effect AND u.lasting = NEW.lasting AND u.staff_message = NEW.staff_message AND u.client_message = NEW.client_message) THEN RAISE EXCEPTION 'finding_of_rule' USING ERRCODE = '23514', CONSTRAINT = 'finding_of_rule', TABLE = 'finding'; END IF;
RETURN NEW;
END$finding_of_rule$;

CREATE TRIGGER finding_of_rule BEFORE INSERT ON finding FOR EACH ROW EXECUTE FUNCTION finding_of_rule();

CREATE FUNCTION screening_task_asked() RETURNS trigger LANGUAGE plpgsql AS $screening_task_asked$BEGIN
IF NEW.asked_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.asked_id AND s.clinical = 1) THEN RAISE EXCEPTION 'screening_task_asked' USING ERRCODE = '23514', CONSTRAINT = 'screening_task_asked', TABLE = 'screening_task'; END IF;
RETURN NEW;
END$screening_task_asked$;

CREATE TRIGGER screening_task_asked BEFORE INSERT ON screening_task FOR EACH ROW EXECUTE FUNCTION screening_task_asked();

CREATE FUNCTION add_on_task_asked() RETURNS trigger LANGUAGE plpgsql AS $add_on_task_asked$BEGIN
IF NEW.asked_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.asked_id AND s.clinical = 1) THEN RAISE EXCEPTION 'add_on_task_asked' USING ERRCODE = '23514', CONSTRAINT = 'add_on_task_asked', TABLE = 'add_on_task'; END IF;
RETURN NEW;
END$add_on_task_asked$;

CREATE TRIGGER add_on_task_asked BEFORE INSERT ON add_on_task FOR EACH ROW EXECUTE FUNCTION add_on_task_asked();

CREATE FUNCTION screening_task_of_client() RETURNS trigger LANGUAGE plpgsql AS $screening_task_of_client$BEGIN
IF NOT EXISTS (SELECT 1 FROM form_response r JOIN appointment a ON a.client_id = r.client_id WHERE r.id = NEW.response_id AND a.id = NEW.appointment_id) THEN RAISE EXCEPTION 'screening_task_of_client' USING ERRCODE = '23514', CONSTRAINT = 'screening_task_of_client', TABLE = 'screening_task'; END IF;
RETURN NEW;
END$screening_task_of_client$;

CREATE TRIGGER screening_task_of_client BEFORE INSERT ON screening_task FOR EACH ROW EXECUTE FUNCTION screening_task_of_client();

CREATE FUNCTION add_on_task_of_client() RETURNS trigger LANGUAGE plpgsql AS $add_on_task_of_client$BEGIN
IF NOT EXISTS (SELECT 1 FROM form_response r JOIN appointment_group g ON g.client_id = r.client_id JOIN form_version v ON v.id = r.form_version_id JOIN screening_rule u ON u.form_id = v.form_id WHERE r.id = NEW.response_id AND g.id = NEW.group_id AND u.service_id = NEW.service_id) THEN RAISE EXCEPTION 'add_on_task_of_client' USING ERRCODE = '23514', CONSTRAINT = 'add_on_task_of_client', TABLE = 'add_on_task'; END IF;
RETURN NEW;
END$add_on_task_of_client$;

CREATE TRIGGER add_on_task_of_client BEFORE INSERT ON add_on_task FOR EACH ROW EXECUTE FUNCTION add_on_task_of_client();

CREATE FUNCTION add_on_task_linked() RETURNS trigger LANGUAGE plpgsql AS $add_on_task_linked$BEGIN
IF NOT EXISTS (SELECT 1 FROM add_on_link l JOIN appointment a ON a.service_id = l.base_id WHERE a.group_id = NEW.group_id AND a.base_id IS NULL AND l.add_on_id = NEW.service_id) THEN RAISE EXCEPTION 'add_on_task_linked' USING ERRCODE = '23514', CONSTRAINT = 'add_on_task_linked', TABLE = 'add_on_task'; END IF;
RETURN NEW;
END$add_on_task_linked$;

CREATE TRIGGER add_on_task_linked BEFORE INSERT ON add_on_task FOR EACH ROW EXECUTE FUNCTION add_on_task_linked();

CREATE FUNCTION submission_of_visit() RETURNS trigger LANGUAGE plpgsql AS $submission_of_visit$BEGIN
IF NEW.group_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM appointment_group g WHERE g.id = NEW.group_id AND g.client_id = NEW.client_id) THEN RAISE EXCEPTION 'submission_of_visit' USING ERRCODE = '23514', CONSTRAINT = 'submission_of_visit', TABLE = 'submission'; END IF;
RETURN NEW;
END$submission_of_visit$;

CREATE TRIGGER submission_of_visit BEFORE INSERT ON submission FOR EACH ROW EXECUTE FUNCTION submission_of_visit();

CREATE FUNCTION submission_decision_response() RETURNS trigger LANGUAGE plpgsql AS $submission_decision_response$BEGIN
IF NEW.response_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM submission s JOIN form_response r ON r.client_id = s.client_id AND r.form_version_id = s.form_version_id WHERE s.id = NEW.submission_id AND r.id = NEW.response_id AND r.n = NEW.n) THEN RAISE EXCEPTION 'submission_decision_response' USING ERRCODE = '23514', CONSTRAINT = 'submission_decision_response', TABLE = 'submission_decision'; END IF;
RETURN NEW;
END$submission_decision_response$;

CREATE TRIGGER submission_decision_response BEFORE INSERT ON submission_decision FOR EACH ROW EXECUTE FUNCTION submission_decision_response();

CREATE FUNCTION wish_decision_appointment() RETURNS trigger LANGUAGE plpgsql AS $wish_decision_appointment$BEGIN
IF NEW.appointment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wish w JOIN appointment a ON a.group_id = w.group_id AND a.service_id = w.service_id WHERE w.id = NEW.wish_id AND a.id = NEW.appointment_id) THEN RAISE EXCEPTION 'wish_decision_appointment' USING ERRCODE = '23514', CONSTRAINT = 'wish_decision_appointment', TABLE = 'wish_decision'; END IF;
RETURN NEW;
END$wish_decision_appointment$;

CREATE TRIGGER wish_decision_appointment BEFORE INSERT ON wish_decision FOR EACH ROW EXECUTE FUNCTION wish_decision_appointment();

CREATE FUNCTION receipt_number_only() RETURNS trigger LANGUAGE plpgsql AS $receipt_number_only$BEGIN
IF EXISTS (SELECT 1 FROM receipt_number) THEN RAISE EXCEPTION 'receipt_number_only' USING ERRCODE = '23514', CONSTRAINT = 'receipt_number_only', TABLE = 'receipt_number'; END IF;
RETURN NEW;
END$receipt_number_only$;

CREATE TRIGGER receipt_number_only BEFORE INSERT ON receipt_number FOR EACH ROW EXECUTE FUNCTION receipt_number_only();

CREATE FUNCTION receipt_number_step() RETURNS trigger LANGUAGE plpgsql AS $receipt_number_step$BEGIN
IF NEW.id <> OLD.id OR NEW.last NOT IN (OLD.last, OLD.last + 1) THEN RAISE EXCEPTION 'receipt_number_step' USING ERRCODE = '23514', CONSTRAINT = 'receipt_number_step', TABLE = 'receipt_number'; END IF;
RETURN NEW;
END$receipt_number_step$;

CREATE TRIGGER receipt_number_step BEFORE UPDATE ON receipt_number FOR EACH ROW EXECUTE FUNCTION receipt_number_step();

CREATE FUNCTION receipt_number_undeleted() RETURNS trigger LANGUAGE plpgsql AS $receipt_number_undeleted$BEGIN
IF TRUE THEN RAISE EXCEPTION 'receipt_number_undeleted' USING ERRCODE = '23514', CONSTRAINT = 'receipt_number_undeleted', TABLE = 'receipt_number'; END IF;
RETURN OLD;
END$receipt_number_undeleted$;

CREATE TRIGGER receipt_number_undeleted BEFORE DELETE ON receipt_number FOR EACH ROW EXECUTE FUNCTION receipt_number_undeleted();

CREATE FUNCTION sale_number() RETURNS trigger LANGUAGE plpgsql AS $sale_number$BEGIN
IF NEW.number <> 1 + (SELECT coalesce(max(s.number), 0) FROM sale s) THEN RAISE EXCEPTION 'sale_number' USING ERRCODE = '23514', CONSTRAINT = 'sale_number', TABLE = 'sale'; END IF;
RETURN NEW;
END$sale_number$;

CREATE TRIGGER sale_number BEFORE INSERT ON sale FOR EACH ROW EXECUTE FUNCTION sale_number();

CREATE FUNCTION sale_line_of_sale() RETURNS trigger LANGUAGE plpgsql AS $sale_line_of_sale$BEGIN
IF NOT EXISTS (SELECT 1 FROM sale s WHERE s.id = NEW.sale_id AND s.n = NEW.n) THEN RAISE EXCEPTION 'sale_line_of_sale' USING ERRCODE = '23514', CONSTRAINT = 'sale_line_of_sale', TABLE = 'sale_line'; END IF;
RETURN NEW;
END$sale_line_of_sale$;

CREATE TRIGGER sale_line_of_sale BEFORE INSERT ON sale_line FOR EACH ROW EXECUTE FUNCTION sale_line_of_sale();

CREATE FUNCTION payment_of_sale() RETURNS trigger LANGUAGE plpgsql AS $payment_of_sale$BEGIN
IF NOT EXISTS (SELECT 1 FROM sale s WHERE s.id = NEW.sale_id AND s.n = NEW.n) THEN RAISE EXCEPTION 'payment_of_sale' USING ERRCODE = '23514', CONSTRAINT = 'payment_of_sale', TABLE = 'payment'; END IF;
RETURN NEW;
END$payment_of_sale$;

CREATE TRIGGER payment_of_sale BEFORE INSERT ON payment FOR EACH ROW EXECUTE FUNCTION payment_of_sale();

CREATE FUNCTION journal_entry_deposit_of_visit() RETURNS trigger LANGUAGE plpgsql AS $journal_entry_deposit_of_visit$BEGIN
IF NEW.account = 'deposits' AND NEW.appointment_id IS NULL THEN RAISE EXCEPTION 'journal_entry_deposit_of_visit' USING ERRCODE = '23514', CONSTRAINT = 'journal_entry_deposit_of_visit', TABLE = 'journal_entry'; END IF;
RETURN NEW;
END$journal_entry_deposit_of_visit$;

CREATE TRIGGER journal_entry_deposit_of_visit BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_deposit_of_visit();

CREATE FUNCTION log_journal_balanced() RETURNS trigger LANGUAGE plpgsql AS $log_journal_balanced$BEGIN
IF (SELECT coalesce(sum(j.amount), 0) FROM journal_entry j WHERE j.n = NEW.n) <> 0 THEN RAISE EXCEPTION 'log_journal_balanced' USING ERRCODE = '23514', CONSTRAINT = 'log_journal_balanced', TABLE = 'log'; END IF;
RETURN NEW;
END$log_journal_balanced$;

CREATE TRIGGER log_journal_balanced BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_journal_balanced();

CREATE FUNCTION log_sales_paid() RETURNS trigger LANGUAGE plpgsql AS $log_sales_paid$BEGIN
IF EXISTS (SELECT 1 FROM sale s WHERE s.n = NEW.n AND (s.total <> (SELECT coalesce(sum(l.gross), 0) FROM sale_line l WHERE l.sale_id = s.id) OR s.total <> (SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.sale_id = s.id))) THEN RAISE EXCEPTION 'log_sales_paid' USING ERRCODE = '23514', CONSTRAINT = 'log_sales_paid', TABLE = 'log'; END IF;
RETURN NEW;
END$log_sales_paid$;

CREATE TRIGGER log_sales_paid BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_sales_paid();

CREATE FUNCTION log_deposits_held() RETURNS trigger LANGUAGE plpgsql AS $log_deposits_held$BEGIN
IF EXISTS (SELECT 1 FROM appointment a WHERE a.id IN (SELECT j.appointment_id FROM journal_entry j WHERE j.n = NEW.n AND j.account = 'deposits' UNION SELECT e.appointment_id FROM appointment_event e WHERE e.n = NEW.n) AND ((SELECT coalesce(sum(d.amount), 0) FROM journal_entry d WHERE d.appointment_id = a.id AND d.account = 'deposits') > 0 OR ((SELECT coalesce(sum(d.amount), 0) FROM journal_entry d WHERE d.appointment_id = a.id AND d.account = 'deposits') <> 0 AND a.status NOT IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment')))) THEN RAISE EXCEPTION 'log_deposits_held' USING ERRCODE = '23514', CONSTRAINT = 'log_deposits_held', TABLE = 'log'; END IF;
RETURN NEW;
END$log_deposits_held$;

CREATE TRIGGER log_deposits_held BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_deposits_held();

CREATE FUNCTION log_visits_hold_time() RETURNS trigger LANGUAGE plpgsql AS $log_visits_hold_time$BEGIN
IF EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n AND CASE WHEN a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') THEN NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id AND o.holder = 'staff:' || a.staff_id AND o.starts = a.starts AND o.ends >= a.starts + a.minutes * 60000) ELSE EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id) END) THEN RAISE EXCEPTION 'log_visits_hold_time' USING ERRCODE = '23514', CONSTRAINT = 'log_visits_hold_time', TABLE = 'log'; END IF;
RETURN NEW;
END$log_visits_hold_time$;

CREATE TRIGGER log_visits_hold_time BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_visits_hold_time();

CREATE FUNCTION log_visits_hold_resources() RETURNS trigger LANGUAGE plpgsql AS $log_visits_hold_resources$BEGIN
IF EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n AND a.status IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND (EXISTS (SELECT 1 FROM appointment_resource r WHERE r.appointment_id = a.id AND r.seq = (SELECT max(w.seq) FROM appointment_event w WHERE w.appointment_id = a.id AND w.kind IN ('booked', 'moved')) AND NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id AND o.holder = 'resource:' || r.resource_id AND o.starts = a.starts AND o.ends >= a.starts + a.minutes * 60000)) OR EXISTS (SELECT 1 FROM occupancy o WHERE o.appointment_id = a.id AND o.holder <> 'staff:' || a.staff_id AND o.holder NOT IN (SELECT 'resource:' || r.resource_id FROM appointment_resource r WHERE r.appointment_id = a.id AND r.seq = (SELECT max(w.seq) FROM appointment_event w WHERE w.appointment_id = a.id AND w.kind IN ('booked', 'moved')))))) THEN RAISE EXCEPTION 'log_visits_hold_resources' USING ERRCODE = '23514', CONSTRAINT = 'log_visits_hold_resources', TABLE = 'log'; END IF;
RETURN NEW;
END$log_visits_hold_resources$;

CREATE TRIGGER log_visits_hold_resources BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_visits_hold_resources();

CREATE FUNCTION log_resources_given() RETURNS trigger LANGUAGE plpgsql AS $log_resources_given$BEGIN
IF EXISTS (SELECT 1 FROM appointment_resource r WHERE r.n = NEW.n AND NOT EXISTS (SELECT 1 FROM appointment_event e WHERE e.appointment_id = r.appointment_id AND e.seq = r.seq AND e.n = r.n AND e.kind IN ('booked', 'moved'))) THEN RAISE EXCEPTION 'log_resources_given' USING ERRCODE = '23514', CONSTRAINT = 'log_resources_given', TABLE = 'log'; END IF;
RETURN NEW;
END$log_resources_given$;

CREATE TRIGGER log_resources_given BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_resources_given();

CREATE FUNCTION log_add_ons_end_with_base() RETURNS trigger LANGUAGE plpgsql AS $log_add_ons_end_with_base$BEGIN
IF EXISTS (SELECT 1 FROM appointment_event e JOIN appointment b ON b.id = e.appointment_id JOIN appointment a ON a.base_id = b.id WHERE e.n = NEW.n AND b.status NOT IN ('arrived', 'booked', 'completed', 'confirmed', 'in_treatment') AND a.status IN ('booked', 'confirmed')) THEN RAISE EXCEPTION 'log_add_ons_end_with_base' USING ERRCODE = '23514', CONSTRAINT = 'log_add_ons_end_with_base', TABLE = 'log'; END IF;
RETURN NEW;
END$log_add_ons_end_with_base$;

CREATE TRIGGER log_add_ons_end_with_base BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_add_ons_end_with_base();

CREATE FUNCTION log_credits_meet_visits() RETURNS trigger LANGUAGE plpgsql AS $log_credits_meet_visits$BEGIN
IF EXISTS (SELECT 1 FROM credit_entry e JOIN credit c ON c.id = e.credit_id JOIN appointment a ON a.id = c.appointment_id WHERE e.n = NEW.n AND (c.state, a.status) NOT IN (VALUES ('reserved', 'booked'), ('reserved', 'confirmed'), ('reserved', 'arrived'), ('reserved', 'in_treatment'), ('redeemed', 'completed'), ('forfeited', 'late_cancelled'), ('forfeited', 'no_show'))) OR EXISTS (SELECT 1 FROM appointment_event e JOIN credit c ON c.appointment_id = e.appointment_id JOIN appointment a ON a.id = c.appointment_id WHERE e.n = NEW.n AND (c.state, a.status) NOT IN (VALUES ('reserved', 'booked'), ('reserved', 'confirmed'), ('reserved', 'arrived'), ('reserved', 'in_treatment'), ('redeemed', 'completed'), ('forfeited', 'late_cancelled'), ('forfeited', 'no_show'))) THEN RAISE EXCEPTION 'log_credits_meet_visits' USING ERRCODE = '23514', CONSTRAINT = 'log_credits_meet_visits', TABLE = 'log'; END IF;
RETURN NEW;
END$log_credits_meet_visits$;

CREATE TRIGGER log_credits_meet_visits BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_credits_meet_visits();

CREATE FUNCTION log_clearances_clinical() RETURNS trigger LANGUAGE plpgsql AS $log_clearances_clinical$BEGIN
IF EXISTS (SELECT 1 FROM clearance c WHERE c.n = NEW.n) AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.actor AND s.clinical = 1) THEN RAISE EXCEPTION 'log_clearances_clinical' USING ERRCODE = '23514', CONSTRAINT = 'log_clearances_clinical', TABLE = 'log'; END IF;
RETURN NEW;
END$log_clearances_clinical$;

CREATE TRIGGER log_clearances_clinical BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_clearances_clinical();

CREATE FUNCTION log_denials_clinical() RETURNS trigger LANGUAGE plpgsql AS $log_denials_clinical$BEGIN
IF EXISTS (SELECT 1 FROM denial c WHERE c.n = NEW.n) AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.actor AND s.clinical = 1) THEN RAISE EXCEPTION 'log_denials_clinical' USING ERRCODE = '23514', CONSTRAINT = 'log_denials_clinical', TABLE = 'log'; END IF;
RETURN NEW;
END$log_denials_clinical$;

CREATE TRIGGER log_denials_clinical BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_denials_clinical();

CREATE FUNCTION log_screened() RETURNS trigger LANGUAGE plpgsql AS $log_screened$BEGIN
IF EXISTS (SELECT 1 FROM appointment_event e JOIN appointment a ON a.id = e.appointment_id WHERE e.n = NEW.n AND EXISTS (SELECT 1 FROM form_requirement q WHERE q.service_id = a.service_id) AND ((e.kind = 'booked' AND a.base_id IS NOT NULL) OR (e.status IN ('in_treatment', 'completed') AND EXISTS (SELECT 1 FROM appointment_event b WHERE b.appointment_id = e.appointment_id AND b.seq = e.seq - 1 AND b.status = 'arrived'))) AND NOT EXISTS (SELECT 1 FROM screening_check c WHERE c.n = NEW.n AND c.appointment_id = a.id AND c.outcome IN ('clear', 'cleared'))) THEN RAISE EXCEPTION 'log_screened' USING ERRCODE = '23514', CONSTRAINT = 'log_screened', TABLE = 'log'; END IF;
RETURN NEW;
END$log_screened$;

CREATE TRIGGER log_screened BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION log_screened();

CREATE FUNCTION add_on_task_unemptied() RETURNS trigger LANGUAGE plpgsql AS $add_on_task_unemptied$BEGIN
RAISE EXCEPTION 'add_on_task_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'add_on_task_unemptied', TABLE = 'add_on_task';
END$add_on_task_unemptied$;

CREATE TRIGGER add_on_task_unemptied BEFORE TRUNCATE ON add_on_task FOR EACH STATEMENT EXECUTE FUNCTION add_on_task_unemptied();

CREATE FUNCTION appointment_unemptied() RETURNS trigger LANGUAGE plpgsql AS $appointment_unemptied$BEGIN
RAISE EXCEPTION 'appointment_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'appointment_unemptied', TABLE = 'appointment';
END$appointment_unemptied$;

CREATE TRIGGER appointment_unemptied BEFORE TRUNCATE ON appointment FOR EACH STATEMENT EXECUTE FUNCTION appointment_unemptied();

CREATE FUNCTION appointment_event_unemptied() RETURNS trigger LANGUAGE plpgsql AS $appointment_event_unemptied$BEGIN
RAISE EXCEPTION 'appointment_event_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'appointment_event_unemptied', TABLE = 'appointment_event';
END$appointment_event_unemptied$;

CREATE TRIGGER appointment_event_unemptied BEFORE TRUNCATE ON appointment_event FOR EACH STATEMENT EXECUTE FUNCTION appointment_event_unemptied();

CREATE FUNCTION appointment_resource_unemptied() RETURNS trigger LANGUAGE plpgsql AS $appointment_resource_unemptied$BEGIN
RAISE EXCEPTION 'appointment_resource_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'appointment_resource_unemptied', TABLE = 'appointment_resource';
END$appointment_resource_unemptied$;

CREATE TRIGGER appointment_resource_unemptied BEFORE TRUNCATE ON appointment_resource FOR EACH STATEMENT EXECUTE FUNCTION appointment_resource_unemptied();

CREATE FUNCTION clearance_unemptied() RETURNS trigger LANGUAGE plpgsql AS $clearance_unemptied$BEGIN
RAISE EXCEPTION 'clearance_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'clearance_unemptied', TABLE = 'clearance';
END$clearance_unemptied$;

CREATE TRIGGER clearance_unemptied BEFORE TRUNCATE ON clearance FOR EACH STATEMENT EXECUTE FUNCTION clearance_unemptied();

CREATE FUNCTION credit_unemptied() RETURNS trigger LANGUAGE plpgsql AS $credit_unemptied$BEGIN
RAISE EXCEPTION 'credit_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'credit_unemptied', TABLE = 'credit';
END$credit_unemptied$;

CREATE TRIGGER credit_unemptied BEFORE TRUNCATE ON credit FOR EACH STATEMENT EXECUTE FUNCTION credit_unemptied();

CREATE FUNCTION credit_entry_unemptied() RETURNS trigger LANGUAGE plpgsql AS $credit_entry_unemptied$BEGIN
RAISE EXCEPTION 'credit_entry_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'credit_entry_unemptied', TABLE = 'credit_entry';
END$credit_entry_unemptied$;

CREATE TRIGGER credit_entry_unemptied BEFORE TRUNCATE ON credit_entry FOR EACH STATEMENT EXECUTE FUNCTION credit_entry_unemptied();

CREATE FUNCTION denial_unemptied() RETURNS trigger LANGUAGE plpgsql AS $denial_unemptied$BEGIN
RAISE EXCEPTION 'denial_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'denial_unemptied', TABLE = 'denial';
END$denial_unemptied$;

CREATE TRIGGER denial_unemptied BEFORE TRUNCATE ON denial FOR EACH STATEMENT EXECUTE FUNCTION denial_unemptied();

CREATE FUNCTION finding_unemptied() RETURNS trigger LANGUAGE plpgsql AS $finding_unemptied$BEGIN
RAISE EXCEPTION 'finding_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'finding_unemptied', TABLE = 'finding';
END$finding_unemptied$;

CREATE TRIGGER finding_unemptied BEFORE TRUNCATE ON finding FOR EACH STATEMENT EXECUTE FUNCTION finding_unemptied();

CREATE FUNCTION form_response_unemptied() RETURNS trigger LANGUAGE plpgsql AS $form_response_unemptied$BEGIN
RAISE EXCEPTION 'form_response_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'form_response_unemptied', TABLE = 'form_response';
END$form_response_unemptied$;

CREATE TRIGGER form_response_unemptied BEFORE TRUNCATE ON form_response FOR EACH STATEMENT EXECUTE FUNCTION form_response_unemptied();

CREATE FUNCTION form_version_unemptied() RETURNS trigger LANGUAGE plpgsql AS $form_version_unemptied$BEGIN
RAISE EXCEPTION 'form_version_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'form_version_unemptied', TABLE = 'form_version';
END$form_version_unemptied$;

CREATE TRIGGER form_version_unemptied BEFORE TRUNCATE ON form_version FOR EACH STATEMENT EXECUTE FUNCTION form_version_unemptied();

CREATE FUNCTION journal_entry_unemptied() RETURNS trigger LANGUAGE plpgsql AS $journal_entry_unemptied$BEGIN
RAISE EXCEPTION 'journal_entry_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'journal_entry_unemptied', TABLE = 'journal_entry';
END$journal_entry_unemptied$;

CREATE TRIGGER journal_entry_unemptied BEFORE TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_unemptied();

CREATE FUNCTION log_unemptied() RETURNS trigger LANGUAGE plpgsql AS $log_unemptied$BEGIN
RAISE EXCEPTION 'log_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'log_unemptied', TABLE = 'log';
END$log_unemptied$;

CREATE TRIGGER log_unemptied BEFORE TRUNCATE ON log FOR EACH STATEMENT EXECUTE FUNCTION log_unemptied();

CREATE FUNCTION log_head_unemptied() RETURNS trigger LANGUAGE plpgsql AS $log_head_unemptied$BEGIN
RAISE EXCEPTION 'log_head_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'log_head_unemptied', TABLE = 'log_head';
END$log_head_unemptied$;

CREATE TRIGGER log_head_unemptied BEFORE TRUNCATE ON log_head FOR EACH STATEMENT EXECUTE FUNCTION log_head_unemptied();

CREATE FUNCTION package_unemptied() RETURNS trigger LANGUAGE plpgsql AS $package_unemptied$BEGIN
RAISE EXCEPTION 'package_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'package_unemptied', TABLE = 'package';
END$package_unemptied$;

CREATE TRIGGER package_unemptied BEFORE TRUNCATE ON package FOR EACH STATEMENT EXECUTE FUNCTION package_unemptied();

CREATE FUNCTION payment_unemptied() RETURNS trigger LANGUAGE plpgsql AS $payment_unemptied$BEGIN
RAISE EXCEPTION 'payment_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'payment_unemptied', TABLE = 'payment';
END$payment_unemptied$;

CREATE TRIGGER payment_unemptied BEFORE TRUNCATE ON payment FOR EACH STATEMENT EXECUTE FUNCTION payment_unemptied();

CREATE FUNCTION receipt_number_unemptied() RETURNS trigger LANGUAGE plpgsql AS $receipt_number_unemptied$BEGIN
RAISE EXCEPTION 'receipt_number_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'receipt_number_unemptied', TABLE = 'receipt_number';
END$receipt_number_unemptied$;

CREATE TRIGGER receipt_number_unemptied BEFORE TRUNCATE ON receipt_number FOR EACH STATEMENT EXECUTE FUNCTION receipt_number_unemptied();

CREATE FUNCTION sale_unemptied() RETURNS trigger LANGUAGE plpgsql AS $sale_unemptied$BEGIN
RAISE EXCEPTION 'sale_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'sale_unemptied', TABLE = 'sale';
END$sale_unemptied$;

CREATE TRIGGER sale_unemptied BEFORE TRUNCATE ON sale FOR EACH STATEMENT EXECUTE FUNCTION sale_unemptied();

CREATE FUNCTION sale_line_unemptied() RETURNS trigger LANGUAGE plpgsql AS $sale_line_unemptied$BEGIN
RAISE EXCEPTION 'sale_line_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'sale_line_unemptied', TABLE = 'sale_line';
END$sale_line_unemptied$;

CREATE TRIGGER sale_line_unemptied BEFORE TRUNCATE ON sale_line FOR EACH STATEMENT EXECUTE FUNCTION sale_line_unemptied();

CREATE FUNCTION screening_check_unemptied() RETURNS trigger LANGUAGE plpgsql AS $screening_check_unemptied$BEGIN
RAISE EXCEPTION 'screening_check_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'screening_check_unemptied', TABLE = 'screening_check';
END$screening_check_unemptied$;

CREATE TRIGGER screening_check_unemptied BEFORE TRUNCATE ON screening_check FOR EACH STATEMENT EXECUTE FUNCTION screening_check_unemptied();

CREATE FUNCTION screening_rule_unemptied() RETURNS trigger LANGUAGE plpgsql AS $screening_rule_unemptied$BEGIN
RAISE EXCEPTION 'screening_rule_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'screening_rule_unemptied', TABLE = 'screening_rule';
END$screening_rule_unemptied$;

CREATE TRIGGER screening_rule_unemptied BEFORE TRUNCATE ON screening_rule FOR EACH STATEMENT EXECUTE FUNCTION screening_rule_unemptied();

CREATE FUNCTION screening_task_unemptied() RETURNS trigger LANGUAGE plpgsql AS $screening_task_unemptied$BEGIN
RAISE EXCEPTION 'screening_task_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'screening_task_unemptied', TABLE = 'screening_task';
END$screening_task_unemptied$;

CREATE TRIGGER screening_task_unemptied BEFORE TRUNCATE ON screening_task FOR EACH STATEMENT EXECUTE FUNCTION screening_task_unemptied();

CREATE FUNCTION submission_unemptied() RETURNS trigger LANGUAGE plpgsql AS $submission_unemptied$BEGIN
RAISE EXCEPTION 'submission_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'submission_unemptied', TABLE = 'submission';
END$submission_unemptied$;

CREATE TRIGGER submission_unemptied BEFORE TRUNCATE ON submission FOR EACH STATEMENT EXECUTE FUNCTION submission_unemptied();

CREATE FUNCTION submission_decision_unemptied() RETURNS trigger LANGUAGE plpgsql AS $submission_decision_unemptied$BEGIN
RAISE EXCEPTION 'submission_decision_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'submission_decision_unemptied', TABLE = 'submission_decision';
END$submission_decision_unemptied$;

CREATE TRIGGER submission_decision_unemptied BEFORE TRUNCATE ON submission_decision FOR EACH STATEMENT EXECUTE FUNCTION submission_decision_unemptied();

CREATE FUNCTION wish_unemptied() RETURNS trigger LANGUAGE plpgsql AS $wish_unemptied$BEGIN
RAISE EXCEPTION 'wish_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'wish_unemptied', TABLE = 'wish';
END$wish_unemptied$;

CREATE TRIGGER wish_unemptied BEFORE TRUNCATE ON wish FOR EACH STATEMENT EXECUTE FUNCTION wish_unemptied();

CREATE FUNCTION wish_decision_unemptied() RETURNS trigger LANGUAGE plpgsql AS $wish_decision_unemptied$BEGIN
RAISE EXCEPTION 'wish_decision_unemptied' USING ERRCODE = '23514', CONSTRAINT = 'wish_decision_unemptied', TABLE = 'wish_decision';
END$wish_decision_unemptied$;

CREATE TRIGGER wish_decision_unemptied BEFORE TRUNCATE ON wish_decision FOR EACH STATEMENT EXECUTE FUNCTION wish_decision_unemptied();
