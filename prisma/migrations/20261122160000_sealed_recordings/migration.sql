-- Recordings as evidence (RC): sealed with a key each, proved by heads and manifests, kept until their day,
-- destroyed by their keys; and what people do with them.

-- [RC-3] It should be recorded and is not: it waits, until it is or an officer decides.
ALTER TYPE pause_reason ADD VALUE 'NO_RECORDER';
ALTER TYPE task_kind ADD VALUE 'DECIDE_EXPORT';
ALTER TYPE task_kind ADD VALUE 'DECIDE_DESTRUCTION';
ALTER TYPE task_kind ADD VALUE 'DECIDE_RELEASE';
ALTER TYPE task_kind ADD VALUE 'HOLD_REVIEW';
ALTER TYPE task_kind ADD VALUE 'OBJECTION';
ALTER TYPE task_kind ADD VALUE 'RECORDING_ALARM';

-- Since when it should be recorded and is not; and when an officer let it go on all the same.
ALTER TABLE visit_session
  ADD COLUMN unrecorded_since timestamptz(3),
  ADD COLUMN goes_on_unrecorded_at timestamptz(3);

ALTER TABLE recording
  -- The instant of the recording's time 0: the first frame of any track.
  ADD COLUMN origin_at timestamptz(3),
  -- Its last packet, in the recording's time.
  ADD COLUMN last_ms integer,
  ADD COLUMN grant_sha256 text,
  -- Of its result.json.
  ADD COLUMN result_sha256 text,
  -- Sealed, of all its files.
  ADD COLUMN bytes bigint NOT NULL DEFAULT 0,
  ADD COLUMN is_recovered boolean NOT NULL DEFAULT false,
  ADD COLUMN destroy_after timestamptz(3),
  ADD COLUMN destroyed_at timestamptz(3);
CREATE INDEX recording_destroy_after_idx ON recording (destroy_after) WHERE destroyed_at IS NULL;
CREATE INDEX recording_started_at_idx ON recording (started_at);

-- A key that wraps keys: one for each facility and month of destruction. The key itself is a file outside of
-- the database and of its backups; when the month is over the file is destroyed, and with it every copy.
CREATE TABLE key_month (
  kek_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT ON UPDATE NO ACTION,
  -- 'YYYY-MM', or 'held' for what a legal hold keeps.
  month text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  destroyed_at timestamptz(3),
  CONSTRAINT key_month_is_one CHECK (month ~ '^([0-9]{4}-[0-9]{2}|held)$')
);
CREATE UNIQUE INDEX key_month_facility_id_month_key ON key_month (facility_id, month)
  WHERE destroyed_at IS NULL;

-- The key of a recording, wrapped. Its deletion is the recording's destruction.
CREATE TABLE recording_key (
  recording_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  kek_id uuid NOT NULL REFERENCES key_month ON DELETE RESTRICT ON UPDATE NO ACTION,
  wrapped bytea NOT NULL,
  UNIQUE (recording_id, visit_id),
  FOREIGN KEY (recording_id, visit_id) REFERENCES recording (recording_id, visit_id)
    ON DELETE RESTRICT ON UPDATE NO ACTION,
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT recording_key_never_privileged CHECK (NOT visit_is_privileged)
);
CREATE INDEX recording_key_kek_id_idx ON recording_key (kek_id);
CREATE INDEX recording_key_visit_id_visit_is_privileged_idx
  ON recording_key (visit_id, visit_is_privileged);

-- [RC-2] How far a recording was on disk, noted every few seconds: what ends earlier was cut off.
CREATE TABLE recording_head (
  recording_id uuid NOT NULL REFERENCES recording ON DELETE RESTRICT ON UPDATE NO ACTION,
  chunks integer NOT NULL,
  chain text NOT NULL,
  bytes bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (recording_id, chunks)
);

-- A manifest as it was signed; a later one (a copy was made) has the next number.
CREATE TABLE recording_manifest (
  recording_id uuid NOT NULL REFERENCES recording ON DELETE RESTRICT ON UPDATE NO ACTION,
  number integer NOT NULL,
  issued_at timestamptz(3) NOT NULL,
  sha256 text NOT NULL,
  public_key text NOT NULL,
  root text NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (recording_id, number)
);

-- The files compared with their manifest, again and again.
CREATE TABLE recording_check (
  recording_id uuid NOT NULL REFERENCES recording ON DELETE RESTRICT ON UPDATE NO ACTION,
  checked_at timestamptz(3) NOT NULL,
  is_ok boolean NOT NULL,
  -- A code, and where there is one the file and the first bad byte range.
  finding text NOT NULL,
  PRIMARY KEY (recording_id, checked_at)
);

-- [RC-3] A missing stretch of a visit's recording, of everything or of one seat's picture or sound.
CREATE TABLE recording_gap (
  gap_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  -- A code of the contract.
  cause text NOT NULL,
  seat_id uuid,
  kind track_kind,
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT recording_gap_never_privileged CHECK (NOT visit_is_privileged),
  CONSTRAINT recording_gap_is_a_stretch CHECK (to_at >= from_at)
);
CREATE INDEX recording_gap_visit_id_visit_is_privileged_idx
  ON recording_gap (visit_id, visit_is_privileged);

-- A playback is of a visit: all its recordings, on one line of time.
ALTER TABLE play_session ADD COLUMN visit_id uuid;
UPDATE play_session SET visit_id = recording.visit_id
  FROM recording WHERE recording.recording_id = play_session.recording_id;
ALTER TABLE play_session
  ALTER COLUMN visit_id SET NOT NULL,
  ADD COLUMN visit_is_privileged boolean NOT NULL DEFAULT false,
  DROP COLUMN recording_id,
  ADD FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT play_session_never_privileged CHECK (NOT visit_is_privileged);
CREATE INDEX play_session_visit_id_visit_is_privileged_idx
  ON play_session (visit_id, visit_is_privileged);

CREATE TABLE review_note (
  note_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  written_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  written_at timestamptz(3) NOT NULL,
  -- In the visit's line of time; null: about the whole.
  at_ms integer,
  text text NOT NULL,
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT review_note_never_privileged CHECK (NOT visit_is_privileged),
  CONSTRAINT review_note_is_short CHECK (char_length(text) BETWEEN 1 AND 2000)
);
CREATE INDEX review_note_visit_id_visit_is_privileged_idx
  ON review_note (visit_id, visit_is_privileged);
CREATE INDEX review_note_written_by_idx ON review_note (written_by);

CREATE TYPE derivative_kind AS ENUM ('REVIEW_COPY', 'CLIP');
CREATE TYPE derivative_state AS ENUM ('WAITING', 'BEING_MADE', 'MADE', 'FAILED');

-- [RC-4] A copy made from originals, with its own key.
CREATE TABLE derivative (
  derivative_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  kind derivative_kind NOT NULL,
  state derivative_state NOT NULL DEFAULT 'WAITING',
  -- In the visit's line of time.
  from_ms integer NOT NULL,
  to_ms integer NOT NULL,
  asked_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  asked_at timestamptz(3) NOT NULL,
  -- In thousandths.
  share integer NOT NULL DEFAULT 0,
  made_at timestamptz(3),
  -- Its FileProof, and what it was made of and with, as the recorder told.
  proof jsonb,
  failure text,
  kek_id uuid REFERENCES key_month ON DELETE RESTRICT ON UPDATE NO ACTION,
  wrapped bytea,
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT derivative_never_privileged CHECK (NOT visit_is_privileged),
  CONSTRAINT derivative_is_a_stretch CHECK (to_ms > from_ms AND from_ms >= 0),
  CONSTRAINT derivative_key_is_wrapped CHECK ((kek_id IS NULL) = (wrapped IS NULL)),
  CONSTRAINT derivative_made_has_proof CHECK (state <> 'MADE' OR proof IS NOT NULL)
);
CREATE INDEX derivative_visit_id_visit_is_privileged_idx
  ON derivative (visit_id, visit_is_privileged);
CREATE INDEX derivative_asked_by_idx ON derivative (asked_by);
CREATE INDEX derivative_state_idx ON derivative (state);
CREATE INDEX derivative_kek_id_idx ON derivative (kek_id);

CREATE TYPE export_state AS ENUM ('ASKED', 'REFUSED', 'APPROVED', 'READY', 'EXPIRED', 'FAILED');

-- [RC-6] An archive for somebody outside: asked for by one person, decided by another.
CREATE TABLE recording_export (
  export_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  state export_state NOT NULL DEFAULT 'ASKED',
  asked_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  asked_at timestamptz(3) NOT NULL,
  purpose text NOT NULL,
  case_number text NOT NULL,
  recipient text NOT NULL,
  derivative_ids uuid[] NOT NULL DEFAULT '{}',
  decided_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  decided_at timestamptz(3),
  reason text,
  file text,
  bytes bigint,
  sha256 text,
  kek_id uuid REFERENCES key_month ON DELETE RESTRICT ON UPDATE NO ACTION,
  wrapped bytea,
  expires_at timestamptz(3),
  downloads integer NOT NULL DEFAULT 0,
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT recording_export_never_privileged CHECK (NOT visit_is_privileged),
  CONSTRAINT recording_export_takes_two CHECK (decided_by IS NULL OR decided_by <> asked_by),
  CONSTRAINT recording_export_is_decided CHECK (
    (state = 'ASKED') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)
  ),
  CONSTRAINT recording_export_ready_has_file CHECK (
    state <> 'READY' OR (file IS NOT NULL AND expires_at IS NOT NULL AND wrapped IS NOT NULL)
  )
);
CREATE INDEX recording_export_visit_id_visit_is_privileged_idx
  ON recording_export (visit_id, visit_is_privileged);
CREATE INDEX recording_export_asked_by_idx ON recording_export (asked_by);
CREATE INDEX recording_export_decided_by_idx ON recording_export (decided_by);
CREATE INDEX recording_export_kek_id_idx ON recording_export (kek_id);
CREATE INDEX recording_export_state_expires_at_idx ON recording_export (state, expires_at);

-- [RC-7] Nothing of the visit may be destroyed until it is released, by two people.
CREATE TABLE legal_hold (
  hold_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  reason text NOT NULL,
  case_number text NOT NULL,
  placed_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  placed_at timestamptz(3) NOT NULL,
  review_on date NOT NULL,
  release_asked_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  release_asked_at timestamptz(3),
  release_reason text,
  released_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  released_at timestamptz(3),
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT legal_hold_never_privileged CHECK (NOT visit_is_privileged),
  CONSTRAINT legal_hold_release_takes_two CHECK (
    released_by IS NULL OR (release_asked_by IS NOT NULL AND released_by <> release_asked_by)
  ),
  CONSTRAINT legal_hold_release_is_whole CHECK (
    (released_by IS NULL) = (released_at IS NULL)
    AND (release_asked_by IS NULL) = (release_asked_at IS NULL)
  )
);
CREATE INDEX legal_hold_visit_id_visit_is_privileged_idx
  ON legal_hold (visit_id, visit_is_privileged);
CREATE INDEX legal_hold_placed_by_idx ON legal_hold (placed_by);
CREATE INDEX legal_hold_release_asked_by_idx ON legal_hold (release_asked_by);
CREATE INDEX legal_hold_released_by_idx ON legal_hold (released_by);

CREATE TYPE destruction_cause AS ENUM ('EXPIRED', 'EARLY');
CREATE TYPE destruction_state AS ENUM ('ASKED', 'REFUSED', 'DONE');

-- [RC-7] The end of a visit's recordings: on its day, or before it by two people. What is left is the tombstone.
CREATE TABLE destruction (
  destruction_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  cause destruction_cause NOT NULL,
  state destruction_state NOT NULL,
  asked_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  asked_at timestamptz(3),
  reason text,
  decided_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  decided_at timestamptz(3),
  destroyed_at timestamptz(3),
  files integer NOT NULL DEFAULT 0,
  -- Canonical JSON: ids and hashes of what was destroyed.
  tombstone bytea,
  sha256 text,
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT destruction_never_privileged CHECK (NOT visit_is_privileged),
  CONSTRAINT destruction_early_takes_two CHECK (
    cause = 'EXPIRED' OR (asked_by IS NOT NULL AND (decided_by IS NULL OR decided_by <> asked_by))
  ),
  CONSTRAINT destruction_early_is_decided CHECK (
    cause = 'EXPIRED' OR (state = 'ASKED') = (decided_by IS NULL)
  ),
  CONSTRAINT destruction_done_has_tombstone CHECK (
    (state = 'DONE') = (destroyed_at IS NOT NULL) AND (destroyed_at IS NULL) = (tombstone IS NULL)
  )
);
CREATE INDEX destruction_visit_id_visit_is_privileged_idx
  ON destruction (visit_id, visit_is_privileged);
CREATE UNIQUE INDEX destruction_visit_id_asked_key ON destruction (visit_id) WHERE state = 'ASKED';
CREATE INDEX destruction_destroyed_at_idx ON destruction (destroyed_at);
CREATE INDEX destruction_asked_by_idx ON destruction (asked_by);
CREATE INDEX destruction_decided_by_idx ON destruction (decided_by);

-- What somebody who was recorded has against it.
CREATE TABLE recording_objection (
  objection_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  visitor_id uuid REFERENCES visitor ON DELETE RESTRICT ON UPDATE NO ACTION,
  inmate_id uuid REFERENCES inmate ON DELETE RESTRICT ON UPDATE NO ACTION,
  at timestamptz(3) NOT NULL,
  code text NOT NULL,
  text text NOT NULL DEFAULT '',
  task_id uuid NOT NULL REFERENCES task ON DELETE RESTRICT ON UPDATE NO ACTION,
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT recording_objection_never_privileged CHECK (NOT visit_is_privileged),
  CONSTRAINT recording_objection_is_somebodys CHECK ((visitor_id IS NULL) <> (inmate_id IS NULL)),
  CONSTRAINT recording_objection_is_short CHECK (char_length(text) <= 1000)
);
CREATE UNIQUE INDEX recording_objection_visit_id_visitor_id_key
  ON recording_objection (visit_id, visitor_id);
CREATE UNIQUE INDEX recording_objection_visit_id_inmate_id_key
  ON recording_objection (visit_id, inmate_id);
CREATE INDEX recording_objection_visit_id_visit_is_privileged_idx
  ON recording_objection (visit_id, visit_is_privileged);
CREATE INDEX recording_objection_task_id_idx ON recording_objection (task_id);
CREATE INDEX recording_objection_visitor_id_idx ON recording_objection (visitor_id);
CREATE INDEX recording_objection_inmate_id_idx ON recording_objection (inmate_id);

-- What proves is only ever added. A session that calls itself a replica fires no ordinary trigger: ALWAYS.
CREATE FUNCTION recording_proof_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse('recording_proof_stays', 'what proves a recording is never changed');
  RETURN NULL;
END $$;

CREATE TRIGGER recording_head_stays BEFORE UPDATE OR DELETE ON recording_head
  FOR EACH ROW EXECUTE FUNCTION recording_proof_stays();
CREATE TRIGGER recording_head_no_truncate BEFORE TRUNCATE ON recording_head
  FOR EACH STATEMENT EXECUTE FUNCTION recording_proof_stays();
CREATE TRIGGER recording_manifest_stays BEFORE UPDATE OR DELETE ON recording_manifest
  FOR EACH ROW EXECUTE FUNCTION recording_proof_stays();
CREATE TRIGGER recording_manifest_no_truncate BEFORE TRUNCATE ON recording_manifest
  FOR EACH STATEMENT EXECUTE FUNCTION recording_proof_stays();
CREATE TRIGGER recording_check_stays BEFORE UPDATE OR DELETE ON recording_check
  FOR EACH ROW EXECUTE FUNCTION recording_proof_stays();
CREATE TRIGGER recording_check_no_truncate BEFORE TRUNCATE ON recording_check
  FOR EACH STATEMENT EXECUTE FUNCTION recording_proof_stays();
ALTER TABLE recording_head ENABLE ALWAYS TRIGGER recording_head_stays;
ALTER TABLE recording_head ENABLE ALWAYS TRIGGER recording_head_no_truncate;
ALTER TABLE recording_manifest ENABLE ALWAYS TRIGGER recording_manifest_stays;
ALTER TABLE recording_manifest ENABLE ALWAYS TRIGGER recording_manifest_no_truncate;
ALTER TABLE recording_check ENABLE ALWAYS TRIGGER recording_check_stays;
ALTER TABLE recording_check ENABLE ALWAYS TRIGGER recording_check_no_truncate;

-- A key is of a visit that is recorded, and its recording has not been destroyed.
CREATE FUNCTION recording_key_is_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM visit WHERE visit_id = NEW.visit_id AND is_recorded FOR SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('recording_key_is_wanted', 'the visit is not one that is recorded');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recording_key_is_wanted BEFORE INSERT OR UPDATE ON recording_key
  FOR EACH ROW EXECUTE FUNCTION recording_key_is_wanted();
ALTER TABLE recording_key ENABLE ALWAYS TRIGGER recording_key_is_wanted;
