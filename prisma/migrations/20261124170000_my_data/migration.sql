-- Copies of one's own data, incidents, and how long personal data are kept.

ALTER TYPE task_kind ADD VALUE 'INCIDENT_ALARM';

-- ---------------------------------------------------------------- copies of one's own data

CREATE TYPE data_export_state AS ENUM ('ASKED', 'READY', 'EXPIRED', 'FAILED');

CREATE TABLE data_export (
  export_id uuid PRIMARY KEY,
  -- Whose data: the account's own visitor, or a child under its guardianship.
  visitor_id uuid NOT NULL REFERENCES visitor ON DELETE RESTRICT ON UPDATE NO ACTION,
  asked_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  language text NOT NULL,
  state data_export_state NOT NULL DEFAULT 'ASKED',
  asked_at timestamptz(3) NOT NULL,
  made_at timestamptz(3),
  expires_at timestamptz(3),
  -- With a key outside of the database it makes the archive's key; null: that key is gone for good.
  key_salt bytea CHECK (octet_length(key_salt) = 32),
  bytes integer CHECK (bytes > 0),
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  downloads integer NOT NULL DEFAULT 0 CHECK (downloads >= 0),
  -- Whether an archive may lie in the object store.
  has_file boolean NOT NULL DEFAULT false,
  CONSTRAINT data_export_ready_is_whole CHECK (
    state <> 'READY' OR num_nulls(made_at, expires_at, key_salt, bytes, sha256) = 0),
  CONSTRAINT data_export_over_has_no_key CHECK (state IN ('ASKED', 'READY') OR key_salt IS NULL)
);
CREATE UNIQUE INDEX data_export_one_live ON data_export (visitor_id) WHERE state IN ('ASKED', 'READY');
CREATE INDEX data_export_visitor_id_idx ON data_export (visitor_id);
CREATE INDEX data_export_asked_by_idx ON data_export (asked_by);
CREATE INDEX data_export_state_expires_at_idx ON data_export (state, expires_at);

-- ---------------------------------------------------------------- incidents

CREATE TYPE incident_state AS ENUM ('OPEN', 'CLOSED');
CREATE TYPE incident_work_state AS ENUM ('WAITING', 'DONE');

CREATE TABLE incident (
  incident_id uuid PRIMARY KEY,
  operator_id uuid NOT NULL REFERENCES operator ON DELETE RESTRICT ON UPDATE NO ACTION,
  title text NOT NULL,
  description text NOT NULL,
  state incident_state NOT NULL DEFAULT 'OPEN',
  version integer NOT NULL DEFAULT 0,
  -- When data may have been read: from (inclusive) to (exclusive).
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  -- Codes of the contract: of what everything may have been read.
  systems text[] NOT NULL,
  -- Accounts that somebody else may have used; what they did is in the log.
  account_ids uuid[] NOT NULL DEFAULT '{}',
  facility_ids uuid[] NOT NULL,
  -- Both clocks begin here.
  discovered_at timestamptz(3) NOT NULL,
  authority_due_at timestamptz(3) NOT NULL,
  people_due_at timestamptz(3) NOT NULL,
  opened_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  opened_at timestamptz(3) NOT NULL,
  work_state incident_work_state NOT NULL DEFAULT 'WAITING',
  worked_out_at timestamptz(3),
  work_ms integer,
  entries_read bigint,
  authority_told_at timestamptz(3),
  authority_reference text,
  -- By language: subject and text of the letter, as it was ordered.
  letters jsonb NOT NULL DEFAULT '{}',
  -- Which alarms of its clocks were raised: each once.
  alarms text[] NOT NULL DEFAULT '{}',
  letters_ordered_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  letters_ordered_at timestamptz(3),
  close_asked_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  close_asked_at timestamptz(3),
  close_outcome text CHECK (close_outcome IN ('DONE', 'FALSE_ALARM')),
  close_reason text,
  closed_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  closed_at timestamptz(3),
  CONSTRAINT incident_span CHECK (from_at < to_at),
  CONSTRAINT incident_about_something CHECK (
    cardinality(facility_ids) > 0 AND cardinality(systems) + cardinality(account_ids) > 0),
  CONSTRAINT incident_worked_out_whole CHECK (
    work_state <> 'DONE' OR num_nulls(worked_out_at, work_ms, entries_read) = 0),
  CONSTRAINT incident_letters_ordered_whole CHECK (
    num_nulls(letters_ordered_by, letters_ordered_at) IN (0, 2)),
  CONSTRAINT incident_close_asked_whole CHECK (
    num_nulls(close_asked_by, close_asked_at, close_outcome, close_reason) IN (0, 4)),
  CONSTRAINT incident_closed_whole CHECK (
    (state = 'CLOSED') = (num_nulls(closed_by, closed_at, close_asked_by) = 0)
    AND (state = 'CLOSED' OR num_nulls(closed_by, closed_at) = 2)),
  CONSTRAINT incident_close_takes_two CHECK (closed_by IS NULL OR closed_by <> close_asked_by)
);
CREATE INDEX incident_operator_id_opened_at_idx ON incident (operator_id, opened_at);
CREATE INDEX incident_state_idx ON incident (state);
CREATE INDEX incident_opened_by_idx ON incident (opened_by);
CREATE INDEX incident_letters_ordered_by_idx ON incident (letters_ordered_by);
CREATE INDEX incident_close_asked_by_idx ON incident (close_asked_by);
CREATE INDEX incident_closed_by_idx ON incident (closed_by);

-- Who may be affected, and how each is told. Ids only: the list itself must be worth nothing to a thief.
CREATE TABLE incident_person (
  incident_id uuid NOT NULL REFERENCES incident ON DELETE RESTRICT ON UPDATE NO ACTION,
  kind text NOT NULL CHECK (kind IN ('VISITOR', 'INMATE', 'STAFF')),
  person_id uuid NOT NULL,
  -- Where they are known; null: the log of the estate names them alone.
  facility_id uuid REFERENCES facility ON DELETE RESTRICT ON UPDATE NO ACTION,
  -- Codes of the contract: why they may be affected.
  reasons text[] NOT NULL CHECK (cardinality(reasons) > 0),
  is_professional boolean NOT NULL DEFAULT false,
  told_at timestamptz(3),
  -- Put on a page to print; and handed over or posted.
  print_begun_at timestamptz(3),
  printed_at timestamptz(3),
  PRIMARY KEY (incident_id, kind, person_id)
);
CREATE INDEX incident_person_facility_id_idx ON incident_person (facility_id);
CREATE INDEX incident_person_incident_id_told_at_idx ON incident_person (incident_id, told_at);

CREATE TABLE incident_note (
  note_id uuid PRIMARY KEY,
  incident_id uuid NOT NULL REFERENCES incident ON DELETE RESTRICT ON UPDATE NO ACTION,
  at timestamptz(3) NOT NULL,
  written_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  text text NOT NULL
);
CREATE INDEX incident_note_incident_id_at_idx ON incident_note (incident_id, at);
CREATE INDEX incident_note_written_by_idx ON incident_note (written_by);

-- What was found and done stays: nothing of a closed incident is changed, and none is ever removed.
CREATE FUNCTION incident_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse('incident_stays', 'an incident is closed, never removed');
  ELSIF OLD.state = 'CLOSED' THEN
    PERFORM refuse('incident_stays', 'a closed incident is never changed');
  ELSIF (NEW.incident_id, NEW.operator_id, NEW.opened_by, NEW.opened_at, NEW.discovered_at,
      NEW.authority_due_at, NEW.people_due_at) IS DISTINCT FROM
      (OLD.incident_id, OLD.operator_id, OLD.opened_by, OLD.opened_at, OLD.discovered_at,
      OLD.authority_due_at, OLD.people_due_at) THEN
    PERFORM refuse('incident_stays', 'the clocks of an incident are never set back');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER incident_stays BEFORE UPDATE OR DELETE ON incident
  FOR EACH ROW EXECUTE FUNCTION incident_stays();
CREATE TRIGGER incident_no_truncate BEFORE TRUNCATE ON incident
  FOR EACH STATEMENT EXECUTE FUNCTION incident_stays();
ALTER TABLE incident ENABLE ALWAYS TRIGGER incident_stays;
ALTER TABLE incident ENABLE ALWAYS TRIGGER incident_no_truncate;

-- ---------------------------------------------------------------- how long personal data are kept

CREATE TABLE personal_data_rule (
  data_class text PRIMARY KEY,
  days integer NOT NULL CHECK (days BETWEEN 1 AND 3650),
  -- What held before: a shorter time holds seven days after it was set.
  days_before integer NOT NULL CHECK (days_before BETWEEN 1 AND 3650),
  changed_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  changed_at timestamptz(3) NOT NULL
);
CREATE INDEX personal_data_rule_changed_by_idx ON personal_data_rule (changed_by);

-- What is left of what was destroyed: that it was, and the hash of its ids.
CREATE TABLE personal_data_tombstone (
  tombstone_id uuid PRIMARY KEY,
  data_class text NOT NULL,
  destroyed_at timestamptz(3) NOT NULL,
  -- Everything of the class that was over before.
  older_than timestamptz(3) NOT NULL,
  days integer NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$')
);
CREATE INDEX personal_data_tombstone_destroyed_at_idx ON personal_data_tombstone (destroyed_at);

CREATE FUNCTION told_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse('told_once', format('rows of %s are added and read, and nothing else', TG_TABLE_NAME));
  RETURN NULL;
END $$;
DO $$
DECLARE
  its_table text;
BEGIN
  FOREACH its_table IN ARRAY ARRAY['personal_data_tombstone', 'incident_note'] LOOP
    EXECUTE format('CREATE TRIGGER %1$I_no_change BEFORE UPDATE OR DELETE ON %1$I
      FOR EACH ROW EXECUTE FUNCTION told_once()', its_table);
    EXECUTE format('CREATE TRIGGER %1$I_no_truncate BEFORE TRUNCATE ON %1$I
      FOR EACH STATEMENT EXECUTE FUNCTION told_once()', its_table);
    EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %1$I_no_change', its_table);
    EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %1$I_no_truncate', its_table);
  END LOOP;
END $$;
