-- [TR-2] What makes the log one that nobody can rewrite unseen: its tree's state, signed checkpoints, where
-- they were sent, who co-signed them, the keys they are signed with, time stamps, and checks of the whole log.
-- All of it is evidence, so all of it is append-only like the entries.

ALTER TYPE task_kind ADD VALUE 'AUDIT_ALARM';

CREATE FUNCTION audit_evidence_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse(TG_TABLE_NAME || '_is_append_only', 'evidence of the audit log is never changed or removed');
  RETURN NULL;
END $$;

-- Hashes of the complete subtrees of 256^level entries, grown as the log grows: a root or a proof reads a few
-- hundred hashes and not the log. Level 0 are the entries themselves. They say nothing that the entries do not.
CREATE TABLE audit_tree_node (
  log text NOT NULL,
  level int NOT NULL CHECK (level > 0),
  place bigint NOT NULL CHECK (place >= 0),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (log, level, place)
);

CREATE TABLE audit_checkpoint (
  log text NOT NULL,
  size bigint NOT NULL CHECK (size > 0),
  -- RFC 6962 root over the first `size` entries, base64.
  root text NOT NULL,
  -- The signed note (C2SP tlog-checkpoint), as it was signed.
  note text NOT NULL,
  signed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (log, size)
);

CREATE TABLE audit_shipment (
  log text NOT NULL,
  size bigint NOT NULL,
  shipped_at timestamptz(3) NOT NULL,
  PRIMARY KEY (log, size),
  FOREIGN KEY (log, size) REFERENCES audit_checkpoint (log, size)
);

CREATE TABLE audit_cosignature (
  log text NOT NULL,
  size bigint NOT NULL,
  -- The witness's name, as its key has it.
  witness text NOT NULL,
  -- The line of the note (C2SP tlog-cosignature).
  line text NOT NULL,
  -- When the witness says that it saw the checkpoint; when it came here.
  cosigned_at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL,
  PRIMARY KEY (log, size, witness),
  FOREIGN KEY (log, size) REFERENCES audit_checkpoint (log, size)
);

CREATE TABLE audit_key (
  number int PRIMARY KEY CHECK (number > 0),
  -- Name, key id and public key (C2SP vkey).
  verifier_key text NOT NULL UNIQUE,
  -- The note by which the key before names this one, signed by both; null of the first, and of a key that came
  -- without its predecessor's word.
  hand_over text,
  used_from timestamptz(3) NOT NULL
);

CREATE TABLE audit_time_stamp (
  day date PRIMARY KEY,
  -- The newest checkpoints of all logs; what was stamped is its SHA-256.
  text text NOT NULL,
  -- The authority's whole answer (RFC 3161), DER.
  token bytea NOT NULL,
  stamped_at timestamptz(3) NOT NULL
);

CREATE TABLE audit_verification (
  verification_id uuid PRIMARY KEY,
  log text NOT NULL,
  -- Entries that were read.
  size bigint NOT NULL,
  checked_at timestamptz(3) NOT NULL,
  -- The first bad entry and what is wrong with it; null: the log is whole.
  bad_seq bigint,
  fault text,
  CHECK (num_nulls(bad_seq, fault) IN (0, 2))
);
CREATE INDEX audit_verification_log_checked_at_idx ON audit_verification (log, checked_at);

-- A log only grows: a checkpoint of fewer entries than one before would be a second history.
CREATE FUNCTION audit_checkpoint_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit-checkpoint/' || NEW.log, 0));
  IF EXISTS (SELECT 1 FROM audit_checkpoint WHERE log = NEW.log AND size > NEW.size)
      OR NOT EXISTS (SELECT 1 FROM audit_entry WHERE log = NEW.log AND seq = NEW.size) THEN
    PERFORM refuse('audit_checkpoint_grows',
      format('no checkpoint of %s at %s entries', NEW.log, NEW.size));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_checkpoint_grows BEFORE INSERT ON audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_grows();
ALTER TABLE audit_checkpoint ENABLE ALWAYS TRIGGER audit_checkpoint_grows;

DO $$
DECLARE
  its_table text;
BEGIN
  FOREACH its_table IN ARRAY ARRAY['audit_tree_node', 'audit_checkpoint', 'audit_shipment',
      'audit_cosignature', 'audit_key', 'audit_time_stamp', 'audit_verification'] LOOP
    EXECUTE format('CREATE TRIGGER %1$I_no_change BEFORE UPDATE OR DELETE ON %1$I
      FOR EACH ROW EXECUTE FUNCTION audit_evidence_is_append_only()', its_table);
    EXECUTE format('CREATE TRIGGER %1$I_no_truncate BEFORE TRUNCATE ON %1$I
      FOR EACH STATEMENT EXECUTE FUNCTION audit_evidence_is_append_only()', its_table);
    EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %1$I_no_change', its_table);
    EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %1$I_no_truncate', its_table);
  END LOOP;
END $$;

-- The auditor's questions: who, and about what. The bytes alone say it, so that no column can say something else.
CREATE FUNCTION audit_said(its_bytes bytea, VARIADIC path text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT convert_from(its_bytes, 'UTF8')::jsonb #>> path $$;
CREATE INDEX audit_entry_by_actor ON audit_entry (log, audit_said(bytes, 'actor', 'actorId'), seq);
CREATE INDEX audit_entry_by_object ON audit_entry (log, audit_said(bytes, 'object', 'objectId'), seq);
CREATE INDEX audit_entry_log_action_seq_idx ON audit_entry (log, action, seq);
