-- The first shape of the database. Tables, columns, keys and plain indexes follow schema.prisma;
-- everything below "What Prisma cannot say" is ours and is what makes the rules hold without our code.

-- resource_claim's exclusion constraint compares plain columns inside a GiST index.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TYPE visit_class AS ENUM ('social', 'official', 'privileged');
CREATE TYPE monitor_mode AS ENUM ('AV', 'SIGHT_ONLY', 'NONE');
CREATE TYPE relationship_kind AS ENUM (
  'PARTNER', 'PARENT', 'CHILD', 'SIBLING', 'GRANDPARENT', 'GRANDCHILD', 'OTHER_RELATIVE', 'FRIEND',
  'LAWYER', 'OFFICIAL');
CREATE TYPE relationship_state AS ENUM (
  'REQUESTED', 'APPROVED', 'REJECTED', 'SUSPENDED', 'BANNED', 'ENDED');
CREATE TYPE account_role AS ENUM (
  'visitor', 'host', 'officer', 'scheduler', 'facilityAdmin', 'investigator', 'auditor',
  'operatorAdmin');
CREATE TYPE booking_state AS ENUM (
  'HELD', 'EXPIRED', 'REQUESTED', 'CONFIRMED', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'SUSPENDED',
  'FULFILLED');
CREATE TYPE visit_place AS ENUM ('HOME', 'LINK_CENTRE');
CREATE TYPE session_state AS ENUM (
  'SCHEDULED', 'LOBBY', 'ID_CHECK', 'READY', 'LIVE', 'PAUSED', 'RECONNECTING', 'MISSING_MONITOR',
  'ENDED');
CREATE TYPE outcome AS ENUM (
  'COMPLETED', 'VISITOR_EARLY', 'INMATE_EARLY', 'STAFF_TERMINATED', 'NO_SHOW_VISITOR',
  'NO_SHOW_INMATE', 'INMATE_REFUSED', 'VISITOR_DENIED', 'FAILED_TECH_VISITOR',
  'FAILED_TECH_FACILITY', 'FAILED_TECH_PLATFORM', 'FACILITY_CANCELLED');
CREATE TYPE party AS ENUM ('VISITOR', 'INMATE');
CREATE TYPE seat_state AS ENUM (
  'NOT_ARRIVED', 'WAITING', 'CHECKING', 'ADMITTED', 'REFUSED', 'IN', 'DISCONNECTED', 'REMOVED');
CREATE TYPE resource_kind AS ENUM (
  'INMATE', 'VISITOR', 'TERMINAL', 'LINK_CENTRE_ROOM', 'MONITOR_SEAT');
CREATE TYPE claim_state AS ENUM ('HELD', 'BOOKED', 'RELEASED');
CREATE TYPE recording_state AS ENUM ('OPEN', 'RECORDED', 'FINISHED', 'FAILED');
CREATE TYPE track_kind AS ENUM ('audio', 'video');

-- ---------------------------------------------------------------- who runs it, and where

CREATE TABLE estate (
  estate_id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE operator (
  operator_id uuid PRIMARY KEY,
  estate_id uuid NOT NULL REFERENCES estate ON DELETE RESTRICT,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (estate_id, name),
  UNIQUE (estate_id, operator_id)
);

CREATE TABLE facility (
  facility_id uuid PRIMARY KEY,
  estate_id uuid NOT NULL REFERENCES estate ON DELETE RESTRICT,
  operator_id uuid NOT NULL,
  name text NOT NULL,
  time_zone text NOT NULL,
  policy jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (estate_id, name),
  FOREIGN KEY (estate_id, operator_id) REFERENCES operator (estate_id, operator_id)
    ON DELETE RESTRICT
);
CREATE INDEX facility_estate_id_operator_id_idx ON facility (estate_id, operator_id);

CREATE TABLE terminal (
  terminal_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  name text NOT NULL,
  wing text NOT NULL,
  enrolled_at timestamptz(3),
  device_token_hash text UNIQUE,
  disabled_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (facility_id, name)
);

CREATE TABLE monitor_seat (
  monitor_seat_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  number integer NOT NULL,
  UNIQUE (facility_id, number)
);

CREATE TABLE link_centre (
  link_centre_id uuid PRIMARY KEY,
  estate_id uuid NOT NULL REFERENCES estate ON DELETE RESTRICT,
  name text NOT NULL,
  time_zone text NOT NULL,
  address text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (estate_id, name)
);

CREATE TABLE link_centre_room (
  link_centre_room_id uuid PRIMARY KEY,
  link_centre_id uuid NOT NULL REFERENCES link_centre ON DELETE RESTRICT,
  name text NOT NULL,
  UNIQUE (link_centre_id, name)
);

-- ---------------------------------------------------------------- people

CREATE TABLE inmate (
  inmate_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  inmate_number text NOT NULL,
  given_name text NOT NULL,
  family_name text NOT NULL,
  birth_date date NOT NULL,
  pin_hash text,
  pin_failures integer NOT NULL DEFAULT 0,
  pin_locked_until timestamptz(3),
  language text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (facility_id, inmate_number)
);

CREATE TABLE visitor (
  visitor_id uuid PRIMARY KEY,
  given_name text NOT NULL,
  family_name text NOT NULL,
  birth_date date NOT NULL,
  email text NOT NULL,
  language text NOT NULL,
  time_zone text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX visitor_email_idx ON visitor (email);

CREATE TABLE relationship (
  relationship_id uuid PRIMARY KEY,
  visitor_id uuid NOT NULL REFERENCES visitor ON DELETE RESTRICT,
  inmate_id uuid NOT NULL REFERENCES inmate ON DELETE RESTRICT,
  kind relationship_kind NOT NULL,
  state relationship_state NOT NULL DEFAULT 'REQUESTED',
  facility_approved_at timestamptz(3),
  inmate_approved_at timestamptz(3),
  until timestamptz(3),
  reason text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX relationship_inmate_id_state_idx ON relationship (inmate_id, state);

CREATE TABLE officer (
  officer_id uuid PRIMARY KEY,
  facility_id uuid REFERENCES facility ON DELETE RESTRICT,
  given_name text NOT NULL,
  family_name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX officer_facility_id_idx ON officer (facility_id);

-- ---------------------------------------------------------------- sign-in

CREATE TABLE account (
  account_id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  role account_role NOT NULL,
  facility_id uuid REFERENCES facility ON DELETE RESTRICT,
  operator_id uuid REFERENCES operator ON DELETE RESTRICT,
  link_centre_id uuid REFERENCES link_centre ON DELETE RESTRICT,
  visitor_id uuid REFERENCES visitor ON DELETE RESTRICT,
  officer_id uuid REFERENCES officer ON DELETE RESTRICT,
  language text NOT NULL,
  disabled_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX account_facility_id_role_idx ON account (facility_id, role);
CREATE INDEX account_visitor_id_idx ON account (visitor_id);

CREATE TABLE terminal_enrolment (
  enrolment_id uuid PRIMARY KEY,
  terminal_id uuid NOT NULL REFERENCES terminal ON DELETE RESTRICT,
  code_hash text NOT NULL UNIQUE,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  created_by uuid REFERENCES account ON DELETE RESTRICT,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX terminal_enrolment_terminal_id_idx ON terminal_enrolment (terminal_id);

-- ---------------------------------------------------------------- visits

CREATE TABLE visit (
  visit_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  inmate_id uuid NOT NULL REFERENCES inmate ON DELETE RESTRICT,
  terminal_id uuid NOT NULL REFERENCES terminal ON DELETE RESTRICT,
  visit_class visit_class NOT NULL,
  is_privileged boolean NOT NULL GENERATED ALWAYS AS (visit_class = 'privileged') STORED,
  booking_state booking_state NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  place visit_place NOT NULL,
  link_centre_room_id uuid REFERENCES link_centre_room ON DELETE RESTRICT,
  monitor monitor_mode NOT NULL,
  is_recorded boolean NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (visit_id, is_privileged),
  UNIQUE (visit_id, inmate_id)
);
CREATE INDEX visit_facility_id_starts_at_idx ON visit (facility_id, starts_at);
CREATE INDEX visit_inmate_id_starts_at_idx ON visit (inmate_id, starts_at);
CREATE INDEX visit_terminal_id_starts_at_idx ON visit (terminal_id, starts_at);
CREATE INDEX visit_link_centre_room_id_starts_at_idx ON visit (link_centre_room_id, starts_at);

CREATE TABLE auth_session (
  auth_session_id uuid PRIMARY KEY,
  token_hash text NOT NULL UNIQUE,
  account_id uuid REFERENCES account ON DELETE RESTRICT,
  terminal_id uuid REFERENCES terminal ON DELETE RESTRICT,
  inmate_id uuid REFERENCES inmate ON DELETE RESTRICT,
  visit_id uuid,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  FOREIGN KEY (visit_id, inmate_id) REFERENCES visit (visit_id, inmate_id) ON DELETE RESTRICT
);
CREATE INDEX auth_session_account_id_idx ON auth_session (account_id);
CREATE INDEX auth_session_terminal_id_idx ON auth_session (terminal_id);
CREATE INDEX auth_session_visit_id_inmate_id_idx ON auth_session (visit_id, inmate_id);
CREATE INDEX auth_session_expires_at_idx ON auth_session (expires_at);

CREATE TABLE visit_session (
  visit_id uuid PRIMARY KEY REFERENCES visit ON DELETE RESTRICT,
  state session_state NOT NULL DEFAULT 'SCHEDULED',
  version integer NOT NULL DEFAULT 0,
  epoch integer NOT NULL DEFAULT 0,
  media_node text,
  router_id text,
  delivered_ms integer NOT NULL DEFAULT 0,
  live_since timestamptz(3),
  ended_at timestamptz(3),
  outcome outcome,
  ended_by text,
  end_reason text
);
CREATE INDEX visit_session_state_idx ON visit_session (state);
CREATE INDEX visit_session_media_node_idx ON visit_session (media_node);

CREATE TABLE seat (
  seat_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES visit ON DELETE RESTRICT,
  party party NOT NULL,
  visitor_id uuid REFERENCES visitor ON DELETE RESTRICT,
  inmate_id uuid REFERENCES inmate ON DELETE RESTRICT,
  state seat_state NOT NULL DEFAULT 'NOT_ARRIVED',
  admitted_by uuid REFERENCES account ON DELETE RESTRICT,
  admitted_at timestamptz(3),
  refused_reason text,
  UNIQUE (visit_id, visitor_id),
  UNIQUE (visit_id, inmate_id),
  UNIQUE (visit_id, seat_id, party)
);
CREATE INDEX seat_visitor_id_idx ON seat (visitor_id);
CREATE INDEX seat_inmate_id_idx ON seat (inmate_id);

CREATE TABLE resource_claim (
  claim_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES visit ON DELETE RESTRICT,
  kind resource_kind NOT NULL,
  resource_id uuid NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  during tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(starts_at, ends_at, '[)')) STORED,
  state claim_state NOT NULL,
  hold_expires_at timestamptz(3)
);
CREATE INDEX resource_claim_visit_id_idx ON resource_claim (visit_id);

-- ---------------------------------------------------------------- recordings

CREATE TABLE recording (
  recording_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  visit_is_privileged boolean NOT NULL DEFAULT false,
  epoch integer NOT NULL,
  state recording_state NOT NULL DEFAULT 'OPEN',
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  folder text NOT NULL UNIQUE,
  failure text,
  UNIQUE (recording_id, visit_id),
  -- [RC-1] With the CHECK below: no row for a privileged visit, no flip of a recorded one.
  FOREIGN KEY (visit_id, visit_is_privileged) REFERENCES visit (visit_id, is_privileged)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE INDEX recording_visit_id_visit_is_privileged_idx
  ON recording (visit_id, visit_is_privileged);
CREATE INDEX recording_state_idx ON recording (state);

CREATE TABLE recording_track (
  track_id uuid PRIMARY KEY,
  recording_id uuid NOT NULL,
  visit_id uuid NOT NULL,
  seat_id uuid NOT NULL,
  party party NOT NULL,
  kind track_kind NOT NULL,
  file text NOT NULL,
  start_ms integer NOT NULL,
  duration_ms integer NOT NULL,
  packets integer NOT NULL,
  lost_packets integer NOT NULL,
  UNIQUE (recording_id, file),
  FOREIGN KEY (recording_id, visit_id) REFERENCES recording (recording_id, visit_id)
    ON DELETE RESTRICT,
  FOREIGN KEY (visit_id, seat_id, party) REFERENCES seat (visit_id, seat_id, party)
    ON DELETE RESTRICT
);
CREATE INDEX recording_track_visit_id_seat_id_party_idx
  ON recording_track (visit_id, seat_id, party);

CREATE TABLE play_session (
  play_id uuid PRIMARY KEY,
  recording_id uuid NOT NULL REFERENCES recording ON DELETE RESTRICT,
  account_id uuid NOT NULL REFERENCES account ON DELETE RESTRICT,
  purpose text NOT NULL,
  case_number text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX play_session_recording_id_idx ON play_session (recording_id);
CREATE INDEX play_session_account_id_created_at_idx ON play_session (account_id, created_at);

-- ---------------------------------------------------------------- audit

CREATE TABLE audit_entry (
  log text NOT NULL,
  seq bigint NOT NULL,
  ts timestamptz(3) NOT NULL,
  action text NOT NULL,
  visit_id uuid,
  bytes bytea NOT NULL,
  prev_hash text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (log, seq)
);
CREATE INDEX audit_entry_visit_id_idx ON audit_entry (visit_id);
CREATE INDEX audit_entry_log_ts_idx ON audit_entry (log, ts);

-- ================================================================ What Prisma cannot say

-- ---------------------------------------------------------------- shapes of single columns

ALTER TABLE facility
  ADD CONSTRAINT facility_policy_is_object CHECK (jsonb_typeof(policy) = 'object');

ALTER TABLE terminal
  ADD CONSTRAINT terminal_token_is_hashed CHECK (device_token_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT terminal_token_is_enrolled
    CHECK (device_token_hash IS NULL OR enrolled_at IS NOT NULL);

ALTER TABLE terminal_enrolment
  ADD CONSTRAINT terminal_enrolment_code_is_hashed CHECK (code_hash ~ '^[0-9a-f]{64}$');

ALTER TABLE monitor_seat
  ADD CONSTRAINT monitor_seat_number_is_positive CHECK (number > 0);

ALTER TABLE inmate
  ADD CONSTRAINT inmate_pin_is_hashed CHECK (pin_hash LIKE '$argon2id$%'),
  ADD CONSTRAINT inmate_pin_failures_not_negative CHECK (pin_failures >= 0);

-- [EL-1] Both the facility and the inmate must have said yes, and a refusal has its reason.
ALTER TABLE relationship
  ADD CONSTRAINT relationship_approved_by_both CHECK (
    state <> 'APPROVED' OR (facility_approved_at IS NOT NULL AND inmate_approved_at IS NOT NULL)),
  ADD CONSTRAINT relationship_rejection_has_reason
    CHECK (state <> 'REJECTED' OR reason IS NOT NULL),
  ADD CONSTRAINT relationship_suspension_has_end CHECK (state <> 'SUSPENDED' OR until IS NOT NULL);
CREATE UNIQUE INDEX relationship_one_live ON relationship (visitor_id, inmate_id)
  WHERE state NOT IN ('REJECTED', 'ENDED');

-- [TR-3] A role without its scope would reach everything, so the scope is part of the role.
ALTER TABLE account
  ADD CONSTRAINT account_login_is_lower_case CHECK (login = lower(login)),
  ADD CONSTRAINT account_password_is_hashed CHECK (password_hash LIKE '$argon2id$%'),
  ADD CONSTRAINT account_visitor_scope CHECK ((role = 'visitor') = (visitor_id IS NOT NULL)),
  ADD CONSTRAINT account_host_scope CHECK ((role = 'host') = (link_centre_id IS NOT NULL)),
  ADD CONSTRAINT account_operator_scope
    CHECK ((role = 'operatorAdmin') = (operator_id IS NOT NULL)),
  ADD CONSTRAINT account_facility_scope CHECK (
    CASE
      WHEN role IN ('officer', 'scheduler', 'facilityAdmin') THEN facility_id IS NOT NULL
      WHEN role IN ('visitor', 'host', 'operatorAdmin') THEN facility_id IS NULL
      ELSE true -- investigator and auditor: one facility, or the estate
    END),
  ADD CONSTRAINT account_officer_is_a_person CHECK (role <> 'officer' OR officer_id IS NOT NULL),
  ADD CONSTRAINT account_public_is_not_staff
    CHECK (role NOT IN ('visitor', 'host') OR officer_id IS NULL);

-- [TR-5] Either an account, or an inmate on a terminal in the window of one visit.
ALTER TABLE auth_session
  ADD CONSTRAINT auth_session_token_is_hashed CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT auth_session_one_subject CHECK (
    CASE
      WHEN account_id IS NOT NULL THEN num_nonnulls(terminal_id, inmate_id, visit_id) = 0
      ELSE num_nonnulls(terminal_id, inmate_id, visit_id) = 3
    END),
  ADD CONSTRAINT auth_session_ends_after_start CHECK (expires_at > created_at);

-- ---------------------------------------------------------------- visits

ALTER TABLE visit
  ADD CONSTRAINT visit_ends_after_start CHECK (ends_at > starts_at),
  ADD CONSTRAINT visit_room_at_link_centre_only
    CHECK ((place = 'LINK_CENTRE') = (link_centre_room_id IS NOT NULL)),
  -- [OV-1]
  ADD CONSTRAINT visit_privileged_is_not_heard
    CHECK (visit_class <> 'privileged' OR (monitor IN ('NONE', 'SIGHT_ONLY') AND NOT is_recorded)),
  -- What nobody may hear live, nobody may hear later either.
  ADD CONSTRAINT visit_recorded_is_monitored CHECK (NOT is_recorded OR monitor = 'AV');

ALTER TABLE visit_session
  ADD CONSTRAINT visit_session_counts_not_negative
    CHECK (version >= 0 AND epoch >= 0 AND delivered_ms >= 0),
  -- [LV-7]
  ADD CONSTRAINT visit_session_ended_has_outcome CHECK (
    (state = 'ENDED') = (outcome IS NOT NULL) AND (state = 'ENDED') = (ended_at IS NOT NULL)),
  ADD CONSTRAINT visit_session_ended_clock_stands
    CHECK (state <> 'ENDED' OR live_since IS NULL),
  ADD CONSTRAINT visit_session_staff_give_reason
    CHECK (outcome <> 'STAFF_TERMINATED' OR end_reason IS NOT NULL);

ALTER TABLE seat
  ADD CONSTRAINT seat_person_of_party CHECK (
    CASE party
      WHEN 'VISITOR' THEN visitor_id IS NOT NULL AND inmate_id IS NULL
      ELSE inmate_id IS NOT NULL AND visitor_id IS NULL
    END),
  -- [LV-3]
  ADD CONSTRAINT seat_in_was_admitted
    CHECK (state NOT IN ('ADMITTED', 'IN', 'DISCONNECTED') OR admitted_at IS NOT NULL),
  ADD CONSTRAINT seat_refusal_has_reason
    CHECK (state <> 'REFUSED' OR refused_reason IS NOT NULL),
  -- The inmate in the seat is the inmate of the visit.
  ADD CONSTRAINT seat_inmate_of_visit FOREIGN KEY (visit_id, inmate_id)
    REFERENCES visit (visit_id, inmate_id) ON DELETE RESTRICT;

-- [BK-1] now() may not stand in the predicate: a hold ends by an UPDATE, never by the clock alone.
ALTER TABLE resource_claim
  -- An empty range overlaps nothing and would slip through.
  ADD CONSTRAINT resource_claim_ends_after_start CHECK (ends_at > starts_at),
  ADD CONSTRAINT resource_claim_hold_expires
    CHECK (state <> 'HELD' OR hold_expires_at IS NOT NULL),
  ADD CONSTRAINT resource_claim_no_overlap
    EXCLUDE USING gist (kind WITH =, resource_id WITH =, during WITH &&)
    WHERE (state IN ('HELD', 'BOOKED'));
CREATE INDEX resource_claim_expiring_holds ON resource_claim (hold_expires_at)
  WHERE state = 'HELD';

ALTER TABLE recording
  ADD CONSTRAINT recording_never_privileged CHECK (NOT visit_is_privileged),
  ADD CONSTRAINT recording_epoch_not_negative CHECK (epoch >= 0),
  ADD CONSTRAINT recording_closed_has_end CHECK (state = 'OPEN' OR ended_at IS NOT NULL),
  ADD CONSTRAINT recording_failed_has_failure CHECK (state <> 'FAILED' OR failure IS NOT NULL);

ALTER TABLE recording_track
  ADD CONSTRAINT recording_track_counts_not_negative
    CHECK (start_ms >= 0 AND duration_ms >= 0 AND packets >= 0 AND lost_packets >= 0);

-- [RC-5]
ALTER TABLE play_session
  ADD CONSTRAINT play_session_has_purpose
    CHECK (length(trim(purpose)) > 0 AND length(trim(case_number)) > 0),
  ADD CONSTRAINT play_session_ends_after_start CHECK (expires_at > created_at);

-- ---------------------------------------------------------------- triggers
-- Each refusal is a check_violation that carries a constraint name, like the CHECKs above.

CREATE FUNCTION refuse(constraint_name text, reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: %', constraint_name, reason
    USING ERRCODE = 'check_violation', CONSTRAINT = constraint_name;
END $$;

-- [BK-6] The pattern keeps out abbreviations and POSIX rules, which AT TIME ZONE would accept.
CREATE FUNCTION time_zone_is_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.time_zone !~ '^([A-Za-z_]+(/[A-Za-z0-9_+-]+)+|UTC)$' THEN
    PERFORM refuse('time_zone_is_known', format('%L is not an IANA zone name', NEW.time_zone));
  END IF;
  PERFORM CURRENT_TIMESTAMP AT TIME ZONE NEW.time_zone;
  RETURN NEW;
EXCEPTION WHEN invalid_parameter_value THEN
  PERFORM refuse('time_zone_is_known', format('%L is not an IANA zone name', NEW.time_zone));
END $$;
CREATE TRIGGER facility_time_zone BEFORE INSERT OR UPDATE OF time_zone ON facility
  FOR EACH ROW EXECUTE FUNCTION time_zone_is_known();
CREATE TRIGGER link_centre_time_zone BEFORE INSERT OR UPDATE OF time_zone ON link_centre
  FOR EACH ROW EXECUTE FUNCTION time_zone_is_known();
CREATE TRIGGER visitor_time_zone BEFORE INSERT OR UPDATE OF time_zone ON visitor
  FOR EACH ROW EXECUTE FUNCTION time_zone_is_known();

-- Foreign keys would be too strong here: an inmate or a terminal that moves to another facility must
-- not rewrite, nor be held back by, the visits of the past. It is true when written; FOR KEY SHARE
-- (facility_id is part of a key) keeps a transfer from passing between this look and the commit.
CREATE FUNCTION visit_within_one_facility() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM inmate
    WHERE inmate_id = NEW.inmate_id AND facility_id = NEW.facility_id FOR KEY SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('visit_within_one_facility', 'the inmate is not in the visit''s facility');
  END IF;
  PERFORM 1 FROM terminal
    WHERE terminal_id = NEW.terminal_id AND facility_id = NEW.facility_id FOR KEY SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('visit_within_one_facility', 'the terminal is not in the visit''s facility');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visit_within_one_facility
  BEFORE INSERT OR UPDATE OF facility_id, inmate_id, terminal_id ON visit
  FOR EACH ROW EXECUTE FUNCTION visit_within_one_facility();

-- [OV-1] [RC-1] The class is final, and what may be seen and kept is final once people are let near
-- the media. FOR SHARE: a session that is just leaving the lobby is waited for.
CREATE FUNCTION visit_media_policy_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  session_now session_state;
BEGIN
  IF NEW.visit_class <> OLD.visit_class THEN
    PERFORM refuse('visit_class_is_final', 'a visit of another class is another visit');
  END IF;
  IF (NEW.monitor, NEW.is_recorded) IS DISTINCT FROM (OLD.monitor, OLD.is_recorded) THEN
    SELECT state INTO session_now FROM visit_session WHERE visit_id = NEW.visit_id FOR SHARE;
    IF session_now NOT IN ('SCHEDULED', 'LOBBY') THEN
      PERFORM refuse('visit_media_policy_is_final', 'the visit''s media policy was already in use');
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visit_media_policy_is_final
  BEFORE UPDATE OF visit_class, monitor, is_recorded ON visit
  FOR EACH ROW EXECUTE FUNCTION visit_media_policy_is_final();

-- [LV-7] An outcome is set once, and no counter of a session ever runs backwards: a late writer with
-- an old version must lose.
CREATE FUNCTION visit_session_runs_forwards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'ENDED' AND (NEW.state, NEW.outcome, NEW.ended_at)
      IS DISTINCT FROM (OLD.state, OLD.outcome, OLD.ended_at) THEN
    PERFORM refuse('visit_session_end_is_final', 'the visit has ended and has its outcome');
  END IF;
  IF NEW.version < OLD.version OR NEW.epoch < OLD.epoch OR NEW.delivered_ms < OLD.delivered_ms THEN
    PERFORM refuse('visit_session_runs_forwards', 'version, epoch and delivered time only rise');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visit_session_runs_forwards BEFORE UPDATE ON visit_session
  FOR EACH ROW EXECUTE FUNCTION visit_session_runs_forwards();

-- [RC-1] No recording without the visit's own yes. FOR SHARE: the yes cannot be taken back meanwhile.
CREATE FUNCTION recording_was_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM visit WHERE visit_id = NEW.visit_id AND is_recorded FOR SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('recording_was_decided', 'the visit is not one that is recorded');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recording_was_decided BEFORE INSERT OR UPDATE OF visit_id ON recording
  FOR EACH ROW EXECUTE FUNCTION recording_was_decided();

-- ---------------------------------------------------------------- the audit chain
-- [TR-2] The database keeps the chain whole against mistakes and against writers that are not ours;
-- somebody who owns the database is caught offline, by verifying the bytes.

ALTER TABLE audit_entry
  ADD CONSTRAINT audit_entry_log_is_known
    CHECK (log ~ '^(estate|facility/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$'),
  -- The zero byte marks a leaf, as in RFC 6962, so that a tree over the same entries can follow.
  ADD CONSTRAINT audit_entry_hash_of_bytes
    CHECK (hash = encode(sha256('\x00'::bytea || bytes), 'hex'));

CREATE FUNCTION audit_entry_says_what_it_hashes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said jsonb := convert_from(NEW.bytes, 'UTF8')::jsonb;
BEGIN
  IF (said ->> 'log', (said ->> 'seq')::bigint, (said ->> 'ts')::timestamptz, said ->> 'action',
      (said #>> '{object,visitId}')::uuid, said ->> 'prev')
      IS DISTINCT FROM
      (NEW.log, NEW.seq, NEW.ts::timestamptz, NEW.action, NEW.visit_id, NEW.prev_hash) THEN
    PERFORM refuse('audit_entry_says_what_it_hashes', 'the columns differ from the hashed bytes');
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION audit_entry_continues_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last audit_entry;
BEGIN
  SELECT * INTO last FROM audit_entry WHERE log = NEW.log ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> COALESCE(last.seq, 0) + 1
      OR NEW.prev_hash <> COALESCE(last.hash, repeat('0', 64)) THEN
    PERFORM refuse('audit_entry_continues_chain',
      format('entry %s of %s does not follow entry %s', NEW.seq, NEW.log, COALESCE(last.seq, 0)));
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse('audit_entry_is_append_only', 'audit entries are never changed or removed');
  RETURN NULL;
END $$;

CREATE TRIGGER audit_entry_says_what_it_hashes BEFORE INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_says_what_it_hashes();
CREATE TRIGGER audit_entry_continues_chain BEFORE INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_continues_chain();
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only();
-- ALWAYS: also in a session that calls itself a replica, the usual way round ordinary triggers.
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_says_what_it_hashes;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_continues_chain;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_change;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_truncate;
