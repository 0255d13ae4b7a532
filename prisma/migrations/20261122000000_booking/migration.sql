-- Booking: people and permission, timetable, holds, ledgers, life events, notices. Tables, columns, keys
-- and plain indexes follow schema.prisma; what is below "What Prisma cannot say" is ours.

-- A value added here cannot be used before this migration is committed, and nothing below does.
ALTER TYPE resource_kind ADD VALUE 'ESCORT';

CREATE TYPE custody_state AS ENUM ('IN_CUSTODY', 'RELEASED', 'DECEASED');
CREATE TYPE verification_state AS ENUM ('MISSING', 'SUBMITTED', 'VERIFIED', 'REJECTED');
CREATE TYPE document_kind AS ENUM ('ID_FRONT', 'ID_BACK', 'PHOTO', 'ADDRESS_PROOF');
CREATE TYPE match_kind AS ENUM ('EXACT', 'NEAR', 'NONE');
CREATE TYPE relationship_request_state AS ENUM ('REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN');
CREATE TYPE restriction_kind AS ENUM ('NO_CONTACT', 'BAN', 'CHILD_PROTECTION', 'CLOSED_ONLY');
CREATE TYPE restriction_source AS ENUM ('COURT', 'FACILITY');
CREATE TYPE person_kind AS ENUM ('VISITOR', 'INMATE');
CREATE TYPE booking_mode AS ENUM ('INSTANT', 'APPROVAL', 'ON_DEMAND');
CREATE TYPE blackout_scope AS ENUM (
  'ESTATE', 'FACILITY', 'WING', 'TERMINAL', 'LINK_CENTRE', 'LINK_CENTRE_ROOM');
CREATE TYPE suspension_scope AS ENUM ('ESTATE', 'OPERATOR', 'FACILITY');
CREATE TYPE ledger_kind AS ENUM ('GRANT', 'USE', 'REFUND', 'EXPIRY');
CREATE TYPE paid_by AS ENUM ('QUOTA', 'CREDIT', 'NOTHING');
CREATE TYPE waiting_state AS ENUM ('WAITING', 'OFFERED', 'TAKEN', 'LAPSED', 'LEFT');
CREATE TYPE task_kind AS ENUM (
  'VERIFY_VISITOR', 'DECIDE_RELATIONSHIP', 'VERIFY_PROFESSIONAL', 'DECIDE_BOOKING',
  'INMATE_TRANSFERRED', 'INMATE_RELEASED', 'INMATE_DIED', 'RESTRICTION_HITS_VISIT',
  'TERMINAL_OUT_OF_ORDER', 'REBOOK_VISIT', 'NOTICE_BOUNCED', 'DECIDE_OVERRIDE');
CREATE TYPE task_state AS ENUM ('OPEN', 'DONE', 'DISMISSED');
CREATE TYPE notice_channel AS ENUM ('EMAIL', 'SMS', 'TERMINAL');
CREATE TYPE notice_state AS ENUM ('QUEUED', 'SENT', 'READ', 'FAILED', 'BOUNCED', 'CANCELLED');

-- ---------------------------------------------------------------- who runs it, and where

ALTER TABLE facility
  ADD COLUMN jurisdiction text NOT NULL DEFAULT 'UN',
  ADD COLUMN version integer NOT NULL DEFAULT 0,
  ADD COLUMN register_seen_at timestamptz(3);

ALTER TABLE link_centre
  ADD COLUMN opening_hours jsonb NOT NULL DEFAULT '{}';

CREATE TABLE escort (
  escort_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  number integer NOT NULL,
  UNIQUE (facility_id, number)
);

-- ---------------------------------------------------------------- people

ALTER TABLE inmate
  ADD COLUMN wing text NOT NULL DEFAULT 'A',
  ADD COLUMN custody custody_state NOT NULL DEFAULT 'IN_CUSTODY',
  ADD COLUMN custody_at timestamptz(3),
  ADD COLUMN version integer NOT NULL DEFAULT 0;
CREATE INDEX inmate_facility_id_family_name_idx ON inmate (facility_id, family_name);

ALTER TABLE visitor
  ADD COLUMN phone text,
  ADD COLUMN verification verification_state NOT NULL DEFAULT 'MISSING',
  ADD COLUMN verified_at timestamptz(3),
  ADD COLUMN rejected_reason text,
  ADD COLUMN rejected_field text,
  ADD COLUMN version integer NOT NULL DEFAULT 0;
CREATE INDEX visitor_family_name_idx ON visitor (family_name);

-- Whoever a facility had approved to visit before documents were asked for had shown them at its desk.
UPDATE visitor SET verification = 'VERIFIED', verified_at = approved.at
  FROM (
    SELECT visitor_id, min(facility_approved_at) AS at FROM relationship
    WHERE facility_approved_at IS NOT NULL GROUP BY visitor_id) approved
  WHERE approved.visitor_id = visitor.visitor_id;

ALTER TABLE relationship
  ADD COLUMN version integer NOT NULL DEFAULT 0;

CREATE TABLE pending_registration (
  registration_id uuid PRIMARY KEY,
  email text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  given_name text NOT NULL,
  family_name text NOT NULL,
  birth_date date NOT NULL,
  phone text,
  language text NOT NULL,
  time_zone text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX pending_registration_email_idx ON pending_registration (email);
CREATE INDEX pending_registration_expires_at_idx ON pending_registration (expires_at);

CREATE TABLE identity_document (
  document_id uuid PRIMARY KEY,
  visitor_id uuid NOT NULL REFERENCES visitor ON DELETE RESTRICT,
  kind document_kind NOT NULL,
  mime_type text NOT NULL,
  size_bytes integer NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  sha256 text NOT NULL,
  uploaded_at timestamptz(3) NOT NULL,
  removed_at timestamptz(3)
);
CREATE INDEX identity_document_visitor_id_kind_idx ON identity_document (visitor_id, kind);

CREATE TABLE relationship_request (
  request_id uuid PRIMARY KEY,
  visitor_id uuid NOT NULL REFERENCES visitor ON DELETE RESTRICT,
  facility_id uuid NOT NULL,
  inmate_number text NOT NULL,
  given_name text NOT NULL,
  family_name text NOT NULL,
  birth_date date NOT NULL,
  kind relationship_kind NOT NULL,
  match match_kind NOT NULL,
  matched_inmate_id uuid REFERENCES inmate ON DELETE RESTRICT,
  state relationship_request_state NOT NULL DEFAULT 'REQUESTED',
  rejected_reason text,
  rejected_field text,
  relationship_id uuid UNIQUE,
  version integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  decided_at timestamptz(3)
);
CREATE INDEX relationship_request_visitor_id_created_at_idx
  ON relationship_request (visitor_id, created_at);
CREATE INDEX relationship_request_facility_id_state_idx
  ON relationship_request (facility_id, state);

CREATE TABLE professional (
  visitor_id uuid PRIMARY KEY REFERENCES visitor ON DELETE RESTRICT,
  kind relationship_kind NOT NULL,
  register_name text NOT NULL,
  register_number text NOT NULL,
  state verification_state NOT NULL DEFAULT 'SUBMITTED',
  verified_by uuid,
  verified_at timestamptz(3),
  valid_until timestamptz(3),
  rejected_reason text,
  version integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (register_name, register_number)
);

CREATE TABLE restriction (
  restriction_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  kind restriction_kind NOT NULL,
  source restriction_source NOT NULL,
  visitor_id uuid,
  inmate_id uuid,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3),
  reason text NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lifted_at timestamptz(3),
  lifted_by uuid
);
CREATE INDEX restriction_visitor_id_idx ON restriction (visitor_id);
CREATE INDEX restriction_inmate_id_idx ON restriction (inmate_id);
CREATE INDEX restriction_facility_id_idx ON restriction (facility_id);

CREATE TABLE restriction_override (
  override_id uuid PRIMARY KEY,
  restriction_id uuid NOT NULL REFERENCES restriction ON DELETE RESTRICT,
  visitor_id uuid NOT NULL,
  inmate_id uuid NOT NULL,
  reason text NOT NULL,
  requested_by uuid NOT NULL,
  requested_at timestamptz(3) NOT NULL,
  granted_by uuid,
  granted_at timestamptz(3),
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX restriction_override_restriction_id_idx ON restriction_override (restriction_id);
CREATE INDEX restriction_override_inmate_id_visitor_id_idx
  ON restriction_override (inmate_id, visitor_id);

CREATE TABLE non_association (
  non_association_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL,
  one_kind person_kind NOT NULL,
  one_id uuid NOT NULL,
  other_kind person_kind NOT NULL,
  other_id uuid NOT NULL,
  reason text NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lifted_at timestamptz(3)
);
CREATE INDEX non_association_one_id_idx ON non_association (one_id);
CREATE INDEX non_association_other_id_idx ON non_association (other_id);

-- ---------------------------------------------------------------- sign-in

ALTER TABLE account
  ADD COLUMN estate_id uuid REFERENCES estate ON DELETE RESTRICT;

-- Until now no facility meant the estate, of which an installation had one.
UPDATE account SET estate_id = (SELECT estate_id FROM estate ORDER BY created_at, name LIMIT 1)
  WHERE role IN ('auditor', 'investigator') AND facility_id IS NULL;

-- ---------------------------------------------------------------- timetable

CREATE TABLE session_template (
  template_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  name text NOT NULL,
  weekday integer NOT NULL,
  start_minute integer NOT NULL,
  length_minutes integer NOT NULL,
  every_weeks integer NOT NULL DEFAULT 1,
  valid_from date NOT NULL,
  valid_to date,
  visit_class visit_class NOT NULL,
  booking_mode booking_mode NOT NULL DEFAULT 'INSTANT',
  capacity integer NOT NULL,
  wings text[] NOT NULL DEFAULT '{}',
  excluded_dates date[] NOT NULL DEFAULT '{}',
  filled_until date,
  version integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX session_template_facility_id_idx ON session_template (facility_id);

CREATE TABLE slot (
  slot_id uuid PRIMARY KEY,
  template_id uuid NOT NULL REFERENCES session_template ON DELETE RESTRICT,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  visit_class visit_class NOT NULL,
  booking_mode booking_mode NOT NULL,
  capacity integer NOT NULL,
  wings text[] NOT NULL DEFAULT '{}',
  closed_at timestamptz(3),
  UNIQUE (template_id, starts_at)
);
CREATE INDEX slot_facility_id_starts_at_idx ON slot (facility_id, starts_at);

CREATE TABLE blackout (
  blackout_id uuid PRIMARY KEY,
  scope blackout_scope NOT NULL,
  estate_id uuid,
  facility_id uuid,
  wing text,
  terminal_id uuid,
  link_centre_id uuid,
  link_centre_room_id uuid,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  reason text NOT NULL,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lifted_at timestamptz(3)
);
CREATE INDEX blackout_starts_at_idx ON blackout (starts_at);
CREATE INDEX blackout_facility_id_idx ON blackout (facility_id);
CREATE INDEX blackout_terminal_id_idx ON blackout (terminal_id);

-- ---------------------------------------------------------------- booking

CREATE TABLE booking_series (
  series_id uuid PRIMARY KEY,
  inmate_id uuid NOT NULL,
  template_id uuid NOT NULL,
  every_weeks integer NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX booking_series_inmate_id_idx ON booking_series (inmate_id);

ALTER TABLE visit
  ADD COLUMN busy_until timestamptz(3),
  ADD COLUMN slot_id uuid REFERENCES slot ON DELETE RESTRICT,
  ADD COLUMN slot_place integer,
  ADD COLUMN booking_mode booking_mode NOT NULL DEFAULT 'INSTANT',
  ADD COLUMN version integer NOT NULL DEFAULT 0,
  ADD COLUMN hold_expires_at timestamptz(3),
  ADD COLUMN is_hold_extended boolean NOT NULL DEFAULT false,
  ADD COLUMN booked_by uuid,
  ADD COLUMN confirmed_at timestamptz(3),
  ADD COLUMN state_reason text,
  ADD COLUMN state_by text,
  ADD COLUMN paid_by paid_by NOT NULL DEFAULT 'NOTHING',
  ADD COLUMN series_id uuid REFERENCES booking_series ON DELETE RESTRICT,
  ADD COLUMN rebook_of uuid,
  ADD COLUMN acknowledged_at timestamptz(3);

-- What the terminal was really claimed for; without a claim, the turnaround every facility had.
UPDATE visit SET busy_until = COALESCE(
  (SELECT max(ends_at) FROM resource_claim claim
   WHERE claim.visit_id = visit.visit_id AND claim.kind = 'TERMINAL' AND claim.ends_at >= visit.ends_at),
  ends_at + interval '5 minutes');
UPDATE visit SET hold_expires_at = COALESCE(
  (SELECT max(hold_expires_at) FROM resource_claim claim WHERE claim.visit_id = visit.visit_id),
  created_at)
  WHERE booking_state = 'HELD';
ALTER TABLE visit ALTER COLUMN busy_until SET NOT NULL;

CREATE INDEX visit_slot_id_idx ON visit (slot_id);
CREATE INDEX visit_series_id_idx ON visit (series_id);
CREATE INDEX visit_rebook_of_idx ON visit (rebook_of);
CREATE INDEX visit_booked_by_idx ON visit (booked_by);

CREATE TABLE room_code (
  room_code_id uuid PRIMARY KEY,
  link_centre_room_id uuid NOT NULL REFERENCES link_centre_room ON DELETE RESTRICT,
  visit_id uuid NOT NULL REFERENCES visit ON DELETE RESTRICT,
  code_hash text NOT NULL UNIQUE,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX room_code_visit_id_idx ON room_code (visit_id);

CREATE TABLE desk_check_in (
  check_in_id uuid PRIMARY KEY,
  seat_id uuid NOT NULL UNIQUE REFERENCES seat ON DELETE RESTRICT,
  visit_id uuid NOT NULL,
  document_name text NOT NULL,
  checked_by uuid NOT NULL,
  checked_at timestamptz(3) NOT NULL
);
CREATE INDEX desk_check_in_visit_id_idx ON desk_check_in (visit_id);

CREATE TABLE waiting_entry (
  waiting_id uuid PRIMARY KEY,
  slot_id uuid NOT NULL REFERENCES slot ON DELETE RESTRICT,
  inmate_id uuid NOT NULL,
  visitor_ids uuid[] NOT NULL,
  account_id uuid NOT NULL,
  place visit_place NOT NULL,
  link_centre_id uuid,
  state waiting_state NOT NULL DEFAULT 'WAITING',
  offered_visit_id uuid UNIQUE,
  offer_expires_at timestamptz(3),
  number bigserial NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX waiting_entry_slot_id_state_number_idx ON waiting_entry (slot_id, state, number);
CREATE INDEX waiting_entry_account_id_idx ON waiting_entry (account_id);

CREATE TABLE quota_entry (
  entry_id uuid PRIMARY KEY,
  inmate_id uuid NOT NULL REFERENCES inmate ON DELETE RESTRICT,
  kind ledger_kind NOT NULL,
  units integer NOT NULL,
  visit_id uuid REFERENCES visit ON DELETE RESTRICT,
  period text,
  reason text,
  created_at timestamptz(3) NOT NULL,
  UNIQUE (visit_id, kind),
  UNIQUE (inmate_id, kind, period)
);
CREATE INDEX quota_entry_inmate_id_created_at_idx ON quota_entry (inmate_id, created_at);

CREATE TABLE time_credit_entry (
  entry_id uuid PRIMARY KEY,
  inmate_id uuid NOT NULL REFERENCES inmate ON DELETE RESTRICT,
  kind ledger_kind NOT NULL,
  ms integer NOT NULL,
  visit_id uuid REFERENCES visit ON DELETE RESTRICT,
  reason text,
  created_at timestamptz(3) NOT NULL,
  UNIQUE (visit_id, kind)
);
CREATE INDEX time_credit_entry_inmate_id_created_at_idx
  ON time_credit_entry (inmate_id, created_at);

CREATE TABLE idempotency_key (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  body_hash text NOT NULL,
  reply jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_key_created_at_idx ON idempotency_key (created_at);

CREATE TABLE suspension (
  suspension_id uuid PRIMARY KEY,
  scope suspension_scope NOT NULL,
  estate_id uuid,
  operator_id uuid,
  facility_id uuid,
  classes visit_class[] NOT NULL,
  authority text NOT NULL,
  reason text NOT NULL,
  review_at timestamptz(3) NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  lifted_at timestamptz(3),
  created_by uuid NOT NULL,
  lifted_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX suspension_facility_id_idx ON suspension (facility_id);
CREATE INDEX suspension_operator_id_idx ON suspension (operator_id);
CREATE INDEX suspension_estate_id_idx ON suspension (estate_id);

CREATE TABLE task (
  task_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT,
  kind task_kind NOT NULL,
  state task_state NOT NULL DEFAULT 'OPEN',
  visit_id uuid REFERENCES visit ON DELETE RESTRICT,
  visitor_id uuid,
  inmate_id uuid,
  terminal_id uuid,
  subject_id uuid,
  suggestion text,
  due_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  done_at timestamptz(3),
  done_by uuid,
  resolution text,
  version integer NOT NULL DEFAULT 0
);
CREATE INDEX task_facility_id_state_due_at_idx ON task (facility_id, state, due_at);
CREATE INDEX task_visit_id_idx ON task (visit_id);
CREATE INDEX task_subject_id_idx ON task (subject_id);

CREATE TABLE notice (
  notice_id uuid PRIMARY KEY,
  kind text NOT NULL,
  channel notice_channel NOT NULL,
  visit_id uuid REFERENCES visit ON DELETE RESTRICT,
  visitor_id uuid,
  inmate_id uuid,
  address text,
  language text NOT NULL,
  details jsonb NOT NULL,
  dedupe_key text NOT NULL UNIQUE,
  state notice_state NOT NULL DEFAULT 'QUEUED',
  due_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  attempts integer NOT NULL DEFAULT 0,
  failure text,
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX notice_visit_id_idx ON notice (visit_id);
CREATE INDEX notice_visitor_id_idx ON notice (visitor_id);
CREATE INDEX notice_inmate_id_state_idx ON notice (inmate_id, state);
CREATE INDEX notice_state_due_at_idx ON notice (state, due_at);

-- ---------------------------------------------------------------- law

CREATE TABLE jurisdiction_rule (
  jurisdiction text NOT NULL,
  code text NOT NULL,
  value jsonb NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  source text NOT NULL,
  PRIMARY KEY (jurisdiction, code, valid_from)
);

-- ================================================================ What Prisma cannot say

-- ---------------------------------------------------------------- places and people

ALTER TABLE escort
  ADD CONSTRAINT escort_number_is_positive CHECK (number > 0);

ALTER TABLE link_centre
  ADD CONSTRAINT link_centre_hours_are_object CHECK (jsonb_typeof(opening_hours) = 'object');

ALTER TABLE inmate
  ADD CONSTRAINT inmate_custody_has_time
    CHECK (custody = 'IN_CUSTODY' OR custody_at IS NOT NULL);

ALTER TABLE pending_registration
  ADD CONSTRAINT pending_registration_token_is_hashed CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT pending_registration_password_is_hashed
    CHECK (password_hash LIKE '$argon2id$%');
CREATE TRIGGER pending_registration_time_zone
  BEFORE INSERT OR UPDATE OF time_zone ON pending_registration
  FOR EACH ROW EXECUTE FUNCTION time_zone_is_known();

ALTER TABLE identity_document
  ADD CONSTRAINT identity_document_sizes_are_positive
    CHECK (size_bytes > 0 AND width > 0 AND height > 0),
  ADD CONSTRAINT identity_document_is_hashed CHECK (sha256 ~ '^[0-9a-f]{64}$');
CREATE UNIQUE INDEX identity_document_one_live ON identity_document (visitor_id, kind)
  WHERE removed_at IS NULL;

ALTER TABLE relationship_request
  ADD CONSTRAINT relationship_request_rejection_has_reason
    CHECK (state <> 'REJECTED' OR rejected_reason IS NOT NULL),
  ADD CONSTRAINT relationship_request_exact_is_somebody
    CHECK (match <> 'EXACT' OR matched_inmate_id IS NOT NULL);

ALTER TABLE professional
  ADD CONSTRAINT professional_has_profession CHECK (kind IN ('LAWYER', 'OFFICIAL')),
  ADD CONSTRAINT professional_was_verified_by_somebody CHECK (
    state <> 'VERIFIED' OR (verified_by IS NOT NULL AND verified_at IS NOT NULL));

-- [EL-4]
ALTER TABLE restriction
  ADD CONSTRAINT restriction_people_of_kind CHECK (
    CASE kind
      WHEN 'NO_CONTACT' THEN visitor_id IS NOT NULL AND inmate_id IS NOT NULL
      WHEN 'BAN' THEN visitor_id IS NOT NULL AND inmate_id IS NULL
      ELSE inmate_id IS NOT NULL AND visitor_id IS NULL
    END),
  ADD CONSTRAINT restriction_ends_after_start CHECK (ends_at > starts_at),
  ADD CONSTRAINT restriction_lifted_by_somebody
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL));

-- [EL-5]
ALTER TABLE restriction_override
  ADD CONSTRAINT restriction_override_has_reason CHECK (length(trim(reason)) > 0),
  ADD CONSTRAINT restriction_override_by_two CHECK (granted_by <> requested_by),
  ADD CONSTRAINT restriction_override_granted_by_somebody
    CHECK ((granted_by IS NULL) = (granted_at IS NULL)),
  ADD CONSTRAINT restriction_override_ends_after_request CHECK (expires_at > requested_at);

-- [EL-7] One row a pair: the check in both directions is a look for either order.
ALTER TABLE non_association
  ADD CONSTRAINT non_association_is_ordered CHECK (one_id < other_id);
CREATE UNIQUE INDEX non_association_one_live ON non_association (one_id, other_id)
  WHERE lifted_at IS NULL;

-- ---------------------------------------------------------------- sign-in

-- [TR-3]
ALTER TABLE account
  DROP CONSTRAINT account_facility_scope,
  ADD CONSTRAINT account_facility_scope CHECK (
    CASE
      WHEN role IN ('officer', 'scheduler', 'facilityAdmin')
        THEN facility_id IS NOT NULL AND estate_id IS NULL
      WHEN role IN ('auditor', 'investigator') THEN num_nonnulls(facility_id, estate_id) = 1
      ELSE num_nonnulls(facility_id, estate_id) = 0
    END);

-- [TR-5] An account; a link centre's room device, for one visit; or an inmate on a terminal, at the
-- desk or in the window of one visit.
ALTER TABLE auth_session
  DROP CONSTRAINT auth_session_one_subject,
  ADD CONSTRAINT auth_session_one_subject CHECK (
    CASE
      WHEN account_id IS NOT NULL THEN num_nonnulls(terminal_id, inmate_id) = 0
      ELSE num_nonnulls(terminal_id, inmate_id) = 2
    END),
  -- The key over visit and inmate says nothing of a room device, which has no inmate.
  ADD CONSTRAINT auth_session_visit_exists FOREIGN KEY (visit_id)
    REFERENCES visit ON DELETE RESTRICT;

-- ---------------------------------------------------------------- timetable

ALTER TABLE session_template
  ADD CONSTRAINT session_template_weekday_is_iso CHECK (weekday BETWEEN 1 AND 7),
  ADD CONSTRAINT session_template_starts_in_day CHECK (start_minute BETWEEN 0 AND 1439),
  -- Four hours: see visit_is_not_too_long.
  ADD CONSTRAINT session_template_length CHECK (length_minutes BETWEEN 5 AND 240),
  ADD CONSTRAINT session_template_every_weeks CHECK (every_weeks BETWEEN 1 AND 12),
  ADD CONSTRAINT session_template_capacity_is_positive CHECK (capacity >= 1),
  ADD CONSTRAINT session_template_ends_after_start CHECK (valid_to >= valid_from);

ALTER TABLE slot
  ADD CONSTRAINT slot_ends_after_start CHECK (ends_at > starts_at),
  ADD CONSTRAINT slot_is_not_too_long CHECK (ends_at - starts_at <= interval '4 hours'),
  ADD CONSTRAINT slot_capacity_not_negative CHECK (capacity >= 0);

-- [BK-7]
ALTER TABLE blackout
  ADD CONSTRAINT blackout_place_of_scope CHECK (
    num_nonnulls(estate_id, facility_id, terminal_id, link_centre_id, link_centre_room_id) = 1
    AND (scope = 'WING') = (wing IS NOT NULL)
    AND CASE scope
      WHEN 'ESTATE' THEN estate_id IS NOT NULL
      WHEN 'TERMINAL' THEN terminal_id IS NOT NULL
      WHEN 'LINK_CENTRE' THEN link_centre_id IS NOT NULL
      WHEN 'LINK_CENTRE_ROOM' THEN link_centre_room_id IS NOT NULL
      ELSE facility_id IS NOT NULL -- FACILITY and WING
    END),
  ADD CONSTRAINT blackout_ends_after_start CHECK (ends_at > starts_at);

-- [BK-12]
ALTER TABLE suspension
  ADD CONSTRAINT suspension_place_of_scope CHECK (
    num_nonnulls(estate_id, operator_id, facility_id) = 1
    AND CASE scope
      WHEN 'ESTATE' THEN estate_id IS NOT NULL
      WHEN 'OPERATOR' THEN operator_id IS NOT NULL
      ELSE facility_id IS NOT NULL
    END),
  ADD CONSTRAINT suspension_names_classes CHECK (cardinality(classes) >= 1),
  ADD CONSTRAINT suspension_has_authority
    CHECK (length(trim(authority)) > 0 AND length(trim(reason)) > 0),
  ADD CONSTRAINT suspension_review_after_start CHECK (review_at > starts_at),
  ADD CONSTRAINT suspension_lifted_by_somebody
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL));

-- ---------------------------------------------------------------- booking

ALTER TABLE visit
  -- [BK-2]
  ADD CONSTRAINT visit_hold_expires
    CHECK ((booking_state = 'HELD') = (hold_expires_at IS NOT NULL)),
  ADD CONSTRAINT visit_place_of_slot CHECK ((slot_id IS NULL) = (slot_place IS NULL)),
  ADD CONSTRAINT visit_slot_place_is_positive CHECK (slot_place >= 1),
  ADD CONSTRAINT visit_busy_until_end CHECK (busy_until >= ends_at),
  -- The search looks back this far, and no farther, for visits that still run at a given time.
  ADD CONSTRAINT visit_is_not_too_long CHECK (ends_at - starts_at <= interval '4 hours'),
  ADD CONSTRAINT visit_turnaround_is_not_too_long
    CHECK (busy_until - ends_at <= interval '2 hours');

-- [BK-1] Each place of a slot is there once.
CREATE UNIQUE INDEX visit_slot_place_once ON visit (slot_id, slot_place)
  WHERE booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED');
-- All that counting a slot's or an hour's visits reads, so that it never touches the table.
CREATE INDEX visit_live_by_time ON visit (facility_id, starts_at)
  INCLUDE (busy_until, ends_at, booking_state, hold_expires_at, monitor, slot_id)
  WHERE booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED');
CREATE INDEX visit_expiring_holds ON visit (hold_expires_at)
  WHERE booking_state = 'HELD';

ALTER TABLE room_code
  ADD CONSTRAINT room_code_is_hashed CHECK (code_hash ~ '^[0-9a-f]{64}$');

ALTER TABLE idempotency_key
  ADD CONSTRAINT idempotency_key_body_is_hashed CHECK (body_hash ~ '^[0-9a-f]{64}$');

-- [BK-10]
ALTER TABLE waiting_entry
  ADD CONSTRAINT waiting_entry_offer_is_a_hold CHECK (
    state <> 'OFFERED' OR (offered_visit_id IS NOT NULL AND offer_expires_at IS NOT NULL));
CREATE UNIQUE INDEX waiting_entry_one_live ON waiting_entry (slot_id, inmate_id, account_id)
  WHERE state IN ('WAITING', 'OFFERED');

-- [BK-9]
ALTER TABLE quota_entry
  ADD CONSTRAINT quota_entry_sign_of_kind
    CHECK (CASE WHEN kind IN ('GRANT', 'REFUND') THEN units > 0 ELSE units < 0 END),
  ADD CONSTRAINT quota_entry_use_of_visit
    CHECK (kind NOT IN ('USE', 'REFUND') OR visit_id IS NOT NULL),
  ADD CONSTRAINT quota_entry_grant_of_period
    CHECK (kind NOT IN ('GRANT', 'EXPIRY') OR period IS NOT NULL);

-- [LV-5]
ALTER TABLE time_credit_entry
  ADD CONSTRAINT time_credit_entry_sign_of_kind
    CHECK (CASE WHEN kind IN ('GRANT', 'REFUND') THEN ms > 0 ELSE ms < 0 END),
  ADD CONSTRAINT time_credit_entry_use_of_visit
    CHECK (kind NOT IN ('USE', 'REFUND') OR visit_id IS NOT NULL);

ALTER TABLE task
  ADD CONSTRAINT task_done_has_time CHECK ((state = 'OPEN') = (done_at IS NULL));

ALTER TABLE notice
  ADD CONSTRAINT notice_has_address CHECK (channel = 'TERMINAL' OR address IS NOT NULL),
  ADD CONSTRAINT notice_attempts_not_negative CHECK (attempts >= 0);

-- ---------------------------------------------------------------- law

ALTER TABLE jurisdiction_rule
  ADD CONSTRAINT jurisdiction_rule_ends_after_start CHECK (valid_to >= valid_from),
  ADD CONSTRAINT jurisdiction_rule_has_source CHECK (length(trim(source)) > 0),
  -- On any day a limit has one value. Both days count.
  ADD CONSTRAINT jurisdiction_rule_no_overlap EXCLUDE USING gist (
    jurisdiction WITH =, code WITH =, daterange(valid_from, valid_to, '[]') WITH &&);

-- ---------------------------------------------------------------- triggers

-- [BK-3] The same table as `BOOKING_MOVES` of the contract; a test compares the two.
CREATE FUNCTION booking_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.booking_state <> OLD.booking_state
      AND (OLD.booking_state, NEW.booking_state) NOT IN (
        ('HELD', 'EXPIRED'), ('HELD', 'REQUESTED'), ('HELD', 'CONFIRMED'),
        ('REQUESTED', 'CONFIRMED'), ('REQUESTED', 'REJECTED'), ('REQUESTED', 'WITHDRAWN'),
        ('CONFIRMED', 'CANCELLED'), ('CONFIRMED', 'SUSPENDED'), ('CONFIRMED', 'FULFILLED')) THEN
    PERFORM refuse('booking_moves',
      format('no booking goes from %s to %s', OLD.booking_state, NEW.booking_state));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER booking_moves BEFORE UPDATE OF booking_state ON visit
  FOR EACH ROW EXECUTE FUNCTION booking_moves();

-- [BK-3] FOR SHARE: a session that is just going live is waited for.
CREATE FUNCTION visit_with_media_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  session_now visit_session;
BEGIN
  SELECT * INTO session_now FROM visit_session WHERE visit_id = NEW.visit_id FOR SHARE;
  IF session_now.delivered_ms > 0 OR session_now.state IN (
      'LIVE', 'PAUSED', 'RECONNECTING', 'MISSING_MONITOR', 'ENDED') THEN
    PERFORM refuse('visit_with_media_stays', 'nothing is cancelled once its visit has media');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visit_with_media_stays BEFORE UPDATE OF booking_state ON visit
  FOR EACH ROW
  WHEN (NEW.booking_state IN ('CANCELLED', 'SUSPENDED') AND OLD.booking_state = 'CONFIRMED')
  EXECUTE FUNCTION visit_with_media_stays();

-- [BK-1] [BK-7] A visit in a slot is the slot's: its time, class and facility, in a place that it has.
-- FOR KEY SHARE, which the foreign key takes anyway, waits for a change of the slot (slot_is_final).
CREATE FUNCTION visit_fits_its_slot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  its_slot slot;
BEGIN
  SELECT * INTO its_slot FROM slot WHERE slot_id = NEW.slot_id FOR KEY SHARE;
  -- A slot that is not there is the foreign key's to refuse.
  IF FOUND AND (NEW.facility_id, NEW.visit_class, NEW.starts_at, NEW.ends_at) IS DISTINCT FROM
      (its_slot.facility_id, its_slot.visit_class, its_slot.starts_at, its_slot.ends_at) THEN
    PERFORM refuse('visit_fits_its_slot', 'the slot is of another time, class or facility');
  END IF;
  IF NEW.slot_place > its_slot.capacity THEN
    PERFORM refuse('visit_fits_its_capacity', format('the slot has %s places', its_slot.capacity));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visit_fits_its_slot BEFORE INSERT ON visit
  FOR EACH ROW WHEN (NEW.slot_id IS NOT NULL) EXECUTE FUNCTION visit_fits_its_slot();
CREATE TRIGGER visit_moves_to_a_slot_that_fits BEFORE UPDATE OF slot_id, slot_place ON visit
  FOR EACH ROW
  WHEN (NEW.slot_id IS NOT NULL
    AND (NEW.slot_id, NEW.slot_place) IS DISTINCT FROM (OLD.slot_id, OLD.slot_place))
  EXECUTE FUNCTION visit_fits_its_slot();

-- [BK-7] The slot of a booked visit never moves. FOR UPDATE: a visit that is just being stored in it,
-- and holds FOR KEY SHARE, is waited for and then seen.
CREATE FUNCTION slot_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM slot WHERE slot_id = OLD.slot_id FOR UPDATE;
  PERFORM 1 FROM visit WHERE slot_id = OLD.slot_id LIMIT 1;
  IF FOUND THEN
    PERFORM refuse('slot_is_final', 'a slot with visits keeps its time, class and facility');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER slot_is_final
  BEFORE UPDATE OF facility_id, visit_class, starts_at, ends_at ON slot
  FOR EACH ROW
  WHEN ((NEW.facility_id, NEW.visit_class, NEW.starts_at, NEW.ends_at) IS DISTINCT FROM
    (OLD.facility_id, OLD.visit_class, OLD.starts_at, OLD.ends_at))
  EXECUTE FUNCTION slot_is_final();

-- [BK-9] [LV-5] Nothing is given back that was not taken. The inmate's entries are written under one
-- lock, and a visit has at most one USE and one REFUND.
CREATE FUNCTION quota_refund_follows_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM quota_entry
    WHERE visit_id = NEW.visit_id AND inmate_id = NEW.inmate_id AND kind = 'USE'
      AND NEW.units <= -units;
  IF NOT FOUND THEN
    PERFORM refuse('quota_refund_follows_use', 'the visit did not use that much');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER quota_refund_follows_use BEFORE INSERT ON quota_entry
  FOR EACH ROW WHEN (NEW.kind = 'REFUND') EXECUTE FUNCTION quota_refund_follows_use();

CREATE FUNCTION time_credit_refund_follows_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM time_credit_entry
    WHERE visit_id = NEW.visit_id AND inmate_id = NEW.inmate_id AND kind = 'USE'
      AND NEW.ms <= -ms;
  IF NOT FOUND THEN
    PERFORM refuse('time_credit_refund_follows_use', 'the visit did not use that much');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER time_credit_refund_follows_use BEFORE INSERT ON time_credit_entry
  FOR EACH ROW WHEN (NEW.kind = 'REFUND') EXECUTE FUNCTION time_credit_refund_follows_use();

CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse('ledger_is_append_only', 'entries are answered by others, never changed or removed');
  RETURN NULL;
END $$;
CREATE TRIGGER quota_entry_no_change BEFORE UPDATE OR DELETE ON quota_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER quota_entry_no_truncate BEFORE TRUNCATE ON quota_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER time_credit_entry_no_change BEFORE UPDATE OR DELETE ON time_credit_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER time_credit_entry_no_truncate BEFORE TRUNCATE ON time_credit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();

-- [EL-5] FOR SHARE: the restriction stays what it is until the override is stored.
CREATE FUNCTION restriction_may_be_overridden() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  overridden restriction;
BEGIN
  SELECT * INTO overridden FROM restriction
    WHERE restriction_id = NEW.restriction_id FOR SHARE;
  IF overridden.source = 'COURT' THEN
    PERFORM refuse('court_order_is_not_overridden', 'a court order beats any staff override');
  END IF;
  IF overridden.visitor_id <> NEW.visitor_id OR overridden.inmate_id <> NEW.inmate_id THEN
    PERFORM refuse('restriction_override_of_its_people', 'the restriction is on somebody else');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER restriction_may_be_overridden BEFORE INSERT OR UPDATE ON restriction_override
  FOR EACH ROW EXECUTE FUNCTION restriction_may_be_overridden();

-- [EL-5] What is overridden cannot become a court's, or another's, afterwards.
CREATE FUNCTION restriction_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse('restriction_is_final', 'another restriction is another row; lift this one');
  RETURN NULL;
END $$;
CREATE TRIGGER restriction_is_final
  BEFORE UPDATE OF kind, source, visitor_id, inmate_id ON restriction
  FOR EACH ROW
  WHEN ((NEW.kind, NEW.source, NEW.visitor_id, NEW.inmate_id) IS DISTINCT FROM
    (OLD.kind, OLD.source, OLD.visitor_id, OLD.inmate_id))
  EXECUTE FUNCTION restriction_is_final();
