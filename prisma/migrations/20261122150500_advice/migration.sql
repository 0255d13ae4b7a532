-- [LV-11] What detectors advised officers, and what officers said of it. Of a visit that may not be watched
-- nothing is told to staff, so there is no row; of one that may only be seen, nothing about its sound.

CREATE TYPE advice_kind AS ENUM ('NO_FACE', 'MORE_FACES', 'FACE_AT_EDGE', 'DARK', 'SILENT');
CREATE TYPE advice_judgement AS ENUM ('RIGHT', 'FALSE');

CREATE TABLE advice (
  advice_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  monitor monitor_mode NOT NULL,
  seat_id uuid NOT NULL REFERENCES seat ON DELETE RESTRICT ON UPDATE NO ACTION,
  kind advice_kind NOT NULL,
  confidence double precision NOT NULL,
  began_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  judgement advice_judgement,
  judged_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  FOREIGN KEY (visit_id, monitor) REFERENCES visit (visit_id, monitor)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT advice_never_of_nothing CHECK (monitor <> 'NONE'),
  CONSTRAINT advice_of_sound_is_permitted CHECK (kind <> 'SILENT' OR monitor = 'AV'),
  CONSTRAINT advice_is_never_above_certainty CHECK (confidence BETWEEN 0 AND 1),
  CONSTRAINT advice_ends_after_its_beginning CHECK (ended_at IS NULL OR ended_at >= began_at),
  CONSTRAINT advice_judged_by_somebody CHECK ((judgement IS NULL) = (judged_by IS NULL))
);
CREATE INDEX advice_visit_id_monitor_idx ON advice (visit_id, monitor);
CREATE INDEX advice_seat_id_idx ON advice (seat_id);
CREATE INDEX advice_judged_by_idx ON advice (judged_by);

-- The same for a session that calls itself a replica and checks no foreign key, as of observations.
CREATE FUNCTION advice_is_permitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM visit
    WHERE visit_id = NEW.visit_id AND monitor = NEW.monitor AND monitor <> 'NONE'
    FOR KEY SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('advice_is_permitted', 'nobody may be advised of this visit');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER advice_is_permitted BEFORE INSERT OR UPDATE OF visit_id, monitor ON advice
  FOR EACH ROW EXECUTE FUNCTION advice_is_permitted();
ALTER TABLE advice ENABLE ALWAYS TRIGGER advice_is_permitted;
