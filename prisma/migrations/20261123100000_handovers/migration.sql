-- [OV-7] Visits that somebody is to take over: kept so that a restart loses no offer that nobody has taken. It
-- names officers by their accounts, for a wall's own id ends with its connection.

CREATE TYPE offer_cause AS ENUM ('COLLEAGUE', 'WALL_CLOSED', 'NOT_WATCHED');
CREATE TYPE offer_state AS ENUM ('OPEN', 'TAKEN', 'CLOSED');

CREATE TABLE handover (
  offer_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT ON UPDATE NO ACTION,
  cause offer_cause NOT NULL,
  state offer_state NOT NULL DEFAULT 'OPEN',
  version integer NOT NULL DEFAULT 0,
  visit_ids uuid[] NOT NULL,
  from_account_id uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  to_account_id uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  declined_by uuid[] NOT NULL DEFAULT '{}',
  taken_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  offered_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT handover_ends_after_its_beginning CHECK (expires_at > offered_at),
  CONSTRAINT handover_offered_by_a_colleague CHECK ((cause = 'COLLEAGUE') = (from_account_id IS NOT NULL)),
  CONSTRAINT handover_taken_by_somebody CHECK ((state = 'TAKEN') = (taken_by IS NOT NULL)),
  CONSTRAINT handover_open_of_something CHECK (state <> 'OPEN' OR cardinality(visit_ids) > 0)
);
CREATE INDEX handover_facility_id_state_idx ON handover (facility_id, state);
CREATE INDEX handover_from_account_id_idx ON handover (from_account_id);
CREATE INDEX handover_to_account_id_idx ON handover (to_account_id);
CREATE INDEX handover_taken_by_idx ON handover (taken_by);
