-- What the SFU saw of a visit, in stretches; a stretch grows until something changes.
CREATE TABLE flow_stretch (
  visit_id uuid NOT NULL REFERENCES visit ON DELETE RESTRICT ON UPDATE NO ACTION,
  epoch integer NOT NULL,
  from_ms bigint NOT NULL,
  ms integer NOT NULL,
  is_flowing boolean NOT NULL,
  seats jsonb NOT NULL,
  PRIMARY KEY (visit_id, epoch, from_ms),
  CONSTRAINT flow_stretch_positive CHECK (epoch >= 1 AND from_ms >= 0 AND ms >= 0)
);

-- Minutes that staff added, or that a late start was given.
ALTER TABLE visit_session ADD COLUMN extended_ms integer NOT NULL DEFAULT 0;
ALTER TABLE visit_session ADD CONSTRAINT visit_session_extended CHECK (extended_ms >= 0);

-- The statement of a visit that has ended: made once, in the transaction of the end.
CREATE TABLE visit_receipt (
  visit_id uuid PRIMARY KEY REFERENCES visit ON DELETE RESTRICT ON UPDATE NO ACTION,
  booked_ms integer NOT NULL,
  extended_ms integer NOT NULL,
  delivered_ms integer NOT NULL,
  gaps jsonb NOT NULL,
  outcome outcome NOT NULL,
  is_given_back boolean NOT NULL,
  credit_ms integer NOT NULL,
  made_at timestamptz(3) NOT NULL,
  CONSTRAINT visit_receipt_adds_up CHECK (
    booked_ms >= 0 AND extended_ms >= 0 AND credit_ms >= 0
    AND delivered_ms BETWEEN 0 AND booked_ms + extended_ms
  )
);
