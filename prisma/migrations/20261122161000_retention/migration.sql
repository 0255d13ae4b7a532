-- Keeping and destroying recordings (RC-7).

-- The keys go with the destruction itself; the files after it, as often as it takes.
ALTER TABLE destruction ADD COLUMN files_removed_at timestamptz(3);
CREATE INDEX destruction_state_files_removed_at_idx ON destruction (state, files_removed_at);

-- A hold and a destruction of the same visit wait for each other at the visit's row: one of them finds
-- what the other did. Triggers that fire always: a session that calls itself a replica keeps to them, too.
CREATE FUNCTION legal_hold_is_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM visit WHERE visit_id = NEW.visit_id FOR NO KEY UPDATE;
  PERFORM 1 FROM recording WHERE visit_id = NEW.visit_id AND destroyed_at IS NOT NULL;
  IF FOUND THEN
    PERFORM refuse('legal_hold_is_in_time', 'what is destroyed cannot be held');
  END IF;
  RETURN NEW;
END $$;

-- Who placed it, why and when stays as it was; it is released once, and never removed.
CREATE FUNCTION legal_hold_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse('legal_hold_stays', 'a hold is released, never removed');
  END IF;
  IF OLD.released_at IS NOT NULL
      OR (NEW.hold_id, NEW.visit_id, NEW.reason, NEW.case_number, NEW.placed_by, NEW.placed_at)
        IS DISTINCT FROM
        (OLD.hold_id, OLD.visit_id, OLD.reason, OLD.case_number, OLD.placed_by, OLD.placed_at) THEN
    PERFORM refuse('legal_hold_stays', 'a hold is only ever looked at again or released, and once');
  END IF;
  RETURN NEW;
END $$;

-- The key of what is held is never deleted, by whomever.
CREATE FUNCTION recording_key_is_not_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM refuse('recording_key_is_not_held', 'keys are destroyed one by one');
  END IF;
  PERFORM 1 FROM visit WHERE visit_id = OLD.visit_id FOR NO KEY UPDATE;
  PERFORM 1 FROM legal_hold WHERE visit_id = OLD.visit_id AND released_at IS NULL;
  IF FOUND THEN
    PERFORM refuse('recording_key_is_not_held', 'a legal hold keeps it');
  END IF;
  RETURN OLD;
END $$;

-- What was destroyed stays told; all that may still be noted is that the files are gone.
CREATE FUNCTION destruction_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.state = 'REFUSED' OR (OLD.state = 'DONE' AND (
      OLD.files_removed_at IS NOT NULL
      OR (to_jsonb(NEW) - 'files_removed_at') <> (to_jsonb(OLD) - 'files_removed_at'))) THEN
    PERFORM refuse('destruction_stays', 'what was decided of a destruction is never changed');
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER legal_hold_is_in_time BEFORE INSERT ON legal_hold
  FOR EACH ROW EXECUTE FUNCTION legal_hold_is_in_time();
CREATE TRIGGER legal_hold_stays BEFORE UPDATE OR DELETE ON legal_hold
  FOR EACH ROW EXECUTE FUNCTION legal_hold_stays();
CREATE TRIGGER legal_hold_no_truncate BEFORE TRUNCATE ON legal_hold
  FOR EACH STATEMENT EXECUTE FUNCTION legal_hold_stays();
CREATE TRIGGER recording_key_is_not_held BEFORE DELETE ON recording_key
  FOR EACH ROW EXECUTE FUNCTION recording_key_is_not_held();
CREATE TRIGGER recording_key_no_truncate BEFORE TRUNCATE ON recording_key
  FOR EACH STATEMENT EXECUTE FUNCTION recording_key_is_not_held();
CREATE TRIGGER destruction_stays BEFORE UPDATE OR DELETE ON destruction
  FOR EACH ROW EXECUTE FUNCTION destruction_stays();
CREATE TRIGGER destruction_no_truncate BEFORE TRUNCATE ON destruction
  FOR EACH STATEMENT EXECUTE FUNCTION destruction_stays();
ALTER TABLE legal_hold ENABLE ALWAYS TRIGGER legal_hold_is_in_time;
ALTER TABLE legal_hold ENABLE ALWAYS TRIGGER legal_hold_stays;
ALTER TABLE legal_hold ENABLE ALWAYS TRIGGER legal_hold_no_truncate;
ALTER TABLE recording_key ENABLE ALWAYS TRIGGER recording_key_is_not_held;
ALTER TABLE recording_key ENABLE ALWAYS TRIGGER recording_key_no_truncate;
ALTER TABLE destruction ENABLE ALWAYS TRIGGER destruction_stays;
ALTER TABLE destruction ENABLE ALWAYS TRIGGER destruction_no_truncate;
