-- A person's wish to be forgotten: carried out after a week, unless the law keeps something (docs/privacy.md).
ALTER TYPE task_kind ADD VALUE 'DECIDE_ERASURE';

CREATE TYPE erasure_state AS ENUM ('ASKED', 'WITHDRAWN', 'KEPT', 'ERASED');
CREATE TABLE erasure (
  erasure_id uuid PRIMARY KEY,
  visitor_id uuid NOT NULL REFERENCES visitor ON DELETE RESTRICT,
  asked_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT,
  asked_at timestamptz(3) NOT NULL,
  -- Not before: whoever has got into another's account does not end it at once.
  due_at timestamptz(3) NOT NULL,
  state erasure_state NOT NULL DEFAULT 'ASKED',
  decided_by uuid REFERENCES account ON DELETE RESTRICT,
  decided_at timestamptz(3),
  -- A code of the contract: by which law it is kept.
  kept_reason text,
  CONSTRAINT erasure_decided_at_some_time CHECK ((state = 'ASKED') = (decided_at IS NULL)),
  CONSTRAINT erasure_is_kept_for_a_reason
    CHECK ((state = 'KEPT') = (kept_reason IS NOT NULL AND decided_by IS NOT NULL)),
  CONSTRAINT erasure_is_not_at_once CHECK (due_at > asked_at)
);
CREATE INDEX erasure_visitor_id_idx ON erasure (visitor_id);
CREATE INDEX erasure_state_due_at_idx ON erasure (state, due_at);
CREATE UNIQUE INDEX erasure_one_open ON erasure (visitor_id) WHERE state = 'ASKED';
ALTER TABLE visitor ADD COLUMN erased_at timestamptz(3);
