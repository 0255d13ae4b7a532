-- [EL-4] [EL-6] Why nothing may flow between the parties of a visit.
CREATE TYPE pause_reason AS ENUM ('RESTRICTION', 'ADULT_MISSING');
ALTER TABLE visit_session ADD COLUMN pause_reason pause_reason;
ALTER TABLE visit_session
  ADD CONSTRAINT visit_session_pause_has_reason
    CHECK (state <> 'PAUSED' OR pause_reason IS NOT NULL) NOT VALID;
