-- People who are checked again, who come late to a shared camera, and interpreters.

-- [LV-3] Nothing flows while somebody who has come to a shared camera is not let in.
ALTER TYPE pause_reason ADD VALUE 'ADMISSION';

CREATE TYPE seat_role AS ENUM ('PERSON', 'INTERPRETER');
ALTER TABLE seat
  ADD COLUMN role seat_role NOT NULL DEFAULT 'PERSON',
  -- Why an officer, or a change of place, asks for another look; gone with the next admission.
  ADD COLUMN put_back_reason text,
  ADD CONSTRAINT seat_interpreter_is_on_the_visitor_side
    CHECK (role = 'PERSON' OR party = 'VISITOR');
