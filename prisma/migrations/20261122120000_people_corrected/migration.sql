-- People corrected, children under a guardian, refused exceptions, and people who share a camera.

-- [EL-6] A child is registered by a parent or guardian, who agrees to its visits and may take that back.
ALTER TABLE visitor
  ADD COLUMN guardian_id uuid REFERENCES visitor ON DELETE RESTRICT,
  ADD COLUMN consent_at timestamptz(3),
  ADD COLUMN consent_ended_at timestamptz(3),
  ADD CONSTRAINT visitor_is_not_own_guardian CHECK (guardian_id <> visitor_id),
  ADD CONSTRAINT visitor_guardian_has_agreed CHECK ((guardian_id IS NULL) = (consent_at IS NULL)),
  ADD CONSTRAINT visitor_consent_ends_after_it_was_given CHECK (
    consent_ended_at IS NULL OR consent_ended_at >= consent_at);
CREATE INDEX visitor_guardian_id_idx ON visitor (guardian_id);

-- [EL-3] Whoever is verified is corrected by staff, on sight of a document.
CREATE TYPE correction_state AS ENUM ('REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN');
CREATE TABLE identity_correction (
  correction_id uuid PRIMARY KEY,
  visitor_id uuid NOT NULL REFERENCES visitor ON DELETE RESTRICT,
  given_name text NOT NULL,
  family_name text NOT NULL,
  birth_date date NOT NULL,
  was_given_name text NOT NULL,
  was_family_name text NOT NULL,
  was_birth_date date NOT NULL,
  state correction_state NOT NULL DEFAULT 'REQUESTED',
  evidence_id uuid,
  rejected_reason text,
  decided_by uuid,
  decided_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT identity_correction_corrects_something CHECK (
    (given_name, family_name, birth_date) <> (was_given_name, was_family_name, was_birth_date)),
  CONSTRAINT identity_correction_decided_at_some_time
    CHECK ((state = 'REQUESTED') = (decided_at IS NULL)),
  CONSTRAINT identity_correction_rejection_has_reason
    CHECK (state <> 'REJECTED' OR rejected_reason IS NOT NULL),
  CONSTRAINT identity_correction_decided_on_sight
    CHECK (state <> 'APPROVED' OR (decided_by IS NULL) = (evidence_id IS NULL))
);
CREATE INDEX identity_correction_visitor_id_created_at_idx
  ON identity_correction (visitor_id, created_at);
CREATE UNIQUE INDEX identity_correction_one_open ON identity_correction (visitor_id)
  WHERE state = 'REQUESTED';

-- [EL-5]
ALTER TABLE restriction_override
  ADD COLUMN refused_by uuid,
  ADD COLUMN refused_at timestamptz(3),
  ADD COLUMN refused_reason text,
  ADD CONSTRAINT restriction_override_refused_by_somebody CHECK (
    (refused_at IS NULL) = (refused_by IS NULL)
    AND (refused_at IS NULL) = (refused_reason IS NULL)),
  ADD CONSTRAINT restriction_override_decided_once
    CHECK (granted_at IS NULL OR refused_at IS NULL);

-- [LV-3] Several people of one side may be at one device; each is let in or not on their own.
ALTER TABLE seat
  ADD COLUMN camera_seat_id uuid,
  ADD CONSTRAINT seat_visit_id_camera_seat_id_party_fkey
    FOREIGN KEY (visit_id, camera_seat_id, party) REFERENCES seat (visit_id, seat_id, party)
    ON DELETE RESTRICT,
  ADD CONSTRAINT seat_camera_is_anothers CHECK (camera_seat_id <> seat_id);
CREATE INDEX seat_visit_id_camera_seat_id_party_idx ON seat (visit_id, camera_seat_id, party);
