-- [OV-8] The census of privileged rooms, the certificates made of it, and what canaries found.

ALTER TYPE task_kind ADD VALUE IF NOT EXISTS 'WATCH_ALARM';

CREATE TABLE census_entry (
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT true,
  epoch integer NOT NULL,
  seq integer NOT NULL,
  at timestamptz(3) NOT NULL,
  bytes bytea NOT NULL,
  prev_hash text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (visit_id, epoch, seq),
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE INDEX census_entry_visit_id_visit_is_privileged_idx
  ON census_entry (visit_id, visit_is_privileged);

CREATE TABLE certificate (
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT true,
  number integer NOT NULL,
  issued_at timestamptz(3) NOT NULL,
  line_count integer NOT NULL,
  public_key text NOT NULL,
  sha256 text NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (visit_id, number),
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE INDEX certificate_visit_id_visit_is_privileged_idx
  ON certificate (visit_id, visit_is_privileged);

CREATE TABLE canary_run (
  canary_run_id uuid PRIMARY KEY,
  media_node text NOT NULL,
  ran_at timestamptz(3) NOT NULL,
  is_ok boolean NOT NULL,
  checks jsonb NOT NULL
);
CREATE INDEX canary_run_media_node_ran_at_idx ON canary_run (media_node, ran_at);

-- ================================================================ What Prisma cannot say

ALTER TABLE census_entry
  ADD CONSTRAINT census_entry_only_privileged CHECK (visit_is_privileged),
  ADD CONSTRAINT census_entry_numbers_are_positive CHECK (epoch > 0 AND seq > 0),
  ADD CONSTRAINT census_entry_hash_of_bytes CHECK (hash = encode(sha256(bytes), 'hex'));

ALTER TABLE certificate
  ADD CONSTRAINT certificate_only_privileged CHECK (visit_is_privileged),
  ADD CONSTRAINT certificate_numbers_are_positive CHECK (number > 0 AND line_count >= 0),
  ADD CONSTRAINT certificate_hash_of_bytes CHECK (sha256 = encode(sha256(bytes), 'hex'));

ALTER TABLE canary_run
  ADD CONSTRAINT canary_run_checks_are_list CHECK (jsonb_typeof(checks) = 'array');

CREATE FUNCTION census_entry_says_what_it_hashes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said jsonb := convert_from(NEW.bytes, 'UTF8')::jsonb;
BEGIN
  IF ((said ->> 'visitId')::uuid, (said ->> 'epoch')::integer, (said ->> 'seq')::integer,
      (said ->> 'at')::timestamptz, said ->> 'prevHash')
      IS DISTINCT FROM
      (NEW.visit_id, NEW.epoch, NEW.seq, NEW.at::timestamptz, NEW.prev_hash) THEN
    PERFORM refuse('census_entry_says_what_it_hashes', 'the columns differ from the hashed bytes');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION census_entry_continues_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last census_entry;
BEGIN
  SELECT * INTO last FROM census_entry
    WHERE visit_id = NEW.visit_id AND epoch = NEW.epoch ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> COALESCE(last.seq, 0) + 1
      OR NEW.prev_hash <> COALESCE(last.hash, repeat('0', 64)) THEN
    PERFORM refuse('census_entry_continues_chain',
      format('line %s of epoch %s does not follow line %s', NEW.seq, NEW.epoch, COALESCE(last.seq, 0)));
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION evidence_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse(TG_TABLE_NAME || '_is_append_only', 'evidence is never changed or removed');
  RETURN NULL;
END $$;

CREATE TRIGGER census_entry_says_what_it_hashes BEFORE INSERT ON census_entry
  FOR EACH ROW EXECUTE FUNCTION census_entry_says_what_it_hashes();
CREATE TRIGGER census_entry_continues_chain BEFORE INSERT ON census_entry
  FOR EACH ROW EXECUTE FUNCTION census_entry_continues_chain();
CREATE TRIGGER census_entry_no_change BEFORE UPDATE OR DELETE ON census_entry
  FOR EACH ROW EXECUTE FUNCTION evidence_is_append_only();
CREATE TRIGGER census_entry_no_truncate BEFORE TRUNCATE ON census_entry
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_is_append_only();
CREATE TRIGGER certificate_no_change BEFORE UPDATE OR DELETE ON certificate
  FOR EACH ROW EXECUTE FUNCTION evidence_is_append_only();
CREATE TRIGGER certificate_no_truncate BEFORE TRUNCATE ON certificate
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_is_append_only();
CREATE TRIGGER canary_run_no_change BEFORE UPDATE OR DELETE ON canary_run
  FOR EACH ROW EXECUTE FUNCTION evidence_is_append_only();
CREATE TRIGGER canary_run_no_truncate BEFORE TRUNCATE ON canary_run
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_is_append_only();
-- ALWAYS: also in a session that calls itself a replica.
ALTER TABLE census_entry ENABLE ALWAYS TRIGGER census_entry_says_what_it_hashes;
ALTER TABLE census_entry ENABLE ALWAYS TRIGGER census_entry_continues_chain;
ALTER TABLE census_entry ENABLE ALWAYS TRIGGER census_entry_no_change;
ALTER TABLE census_entry ENABLE ALWAYS TRIGGER census_entry_no_truncate;
ALTER TABLE certificate ENABLE ALWAYS TRIGGER certificate_no_change;
ALTER TABLE certificate ENABLE ALWAYS TRIGGER certificate_no_truncate;
ALTER TABLE canary_run ENABLE ALWAYS TRIGGER canary_run_no_change;
ALTER TABLE canary_run ENABLE ALWAYS TRIGGER canary_run_no_truncate;
