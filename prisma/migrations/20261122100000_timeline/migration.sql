-- What happened in a visit, second by second, for its receipt, the officers and the staff. Entries are
-- added, never changed.
CREATE TABLE timeline_entry (
  entry_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES visit ON DELETE RESTRICT ON UPDATE NO ACTION,
  at timestamptz(3) NOT NULL,
  kind text NOT NULL,
  seat_id uuid REFERENCES seat ON DELETE RESTRICT ON UPDATE NO ACTION,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX timeline_entry_visit_id_at_idx ON timeline_entry (visit_id, at);

CREATE FUNCTION timeline_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a timeline entry is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER timeline_entry_stays BEFORE UPDATE ON timeline_entry
  FOR EACH ROW EXECUTE FUNCTION timeline_entry_stays();
