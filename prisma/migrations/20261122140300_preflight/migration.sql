-- What tests of devices and network came to (LV-10): codes and figures, no names and no labels of devices.
CREATE TABLE preflight_result (
  preflight_id uuid PRIMARY KEY,
  made_at timestamptz(3) NOT NULL,
  cause text NOT NULL,
  device text NOT NULL,
  party party NOT NULL,
  account_id uuid,
  terminal_id uuid REFERENCES terminal ON DELETE RESTRICT ON UPDATE NO ACTION,
  visit_id uuid REFERENCES visit ON DELETE RESTRICT ON UPDATE NO ACTION,
  light text NOT NULL,
  problems text[] NOT NULL,
  findings jsonb NOT NULL,
  CONSTRAINT preflight_result_by_somebody CHECK ((account_id IS NULL) <> (terminal_id IS NULL))
);
CREATE INDEX preflight_result_visit_id_party_made_at_idx
  ON preflight_result (visit_id, party, made_at);
CREATE INDEX preflight_result_terminal_id_cause_made_at_idx
  ON preflight_result (terminal_id, cause, made_at);
CREATE INDEX preflight_result_account_id_made_at_idx ON preflight_result (account_id, made_at);
