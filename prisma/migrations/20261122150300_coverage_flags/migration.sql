-- Whether visits that must be watched are (OV-7), what officers flagged in them (OV-6), and what a shift
-- leaves to the next one.

-- [OV-7] Nobody watches a visit that somebody must: it waits until somebody does.
ALTER TYPE pause_reason ADD VALUE 'NO_MONITOR';
-- [OV-6] Somebody who reviews recordings is to look at what an officer flagged.
ALTER TYPE task_kind ADD VALUE 'FLAG_REVIEW';

-- Since when nobody watches it though somebody must; and how many of its versions the parties were told
-- nothing of, because what changed concerns staff alone (OV-3).
ALTER TABLE visit_session
  ADD COLUMN unwatched_since timestamptz(3),
  ADD COLUMN untold_steps integer NOT NULL DEFAULT 0;
ALTER TABLE visit_session
  ADD CONSTRAINT visit_session_untold_are_versions CHECK (untold_steps BETWEEN 0 AND version);

-- Sees who watches what.
ALTER TABLE officer ADD COLUMN is_shift_leader boolean NOT NULL DEFAULT false;

CREATE TYPE flag_category AS ENUM (
  'CONTRABAND', 'THREAT', 'THIRD_PERSON', 'CONDUCT', 'WELFARE', 'OTHER', 'NOT_WATCHED'
);

-- A moment of a visit that somebody is to look at again. Where there is sound and picture to look at, the
-- row has the stretch around it; of a visit that is only seen it is a note, and of one that nobody may
-- watch there is no row.
CREATE TABLE flag (
  flag_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  monitor monitor_mode NOT NULL,
  category flag_category NOT NULL,
  -- A code of the contract; null: the server flagged it.
  reason text,
  note text NOT NULL DEFAULT '',
  at timestamptz(3) NOT NULL,
  from_at timestamptz(3),
  to_at timestamptz(3),
  flagged_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  withdrawn_at timestamptz(3),
  FOREIGN KEY (visit_id, monitor) REFERENCES visit (visit_id, monitor)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT flag_never_of_nothing CHECK (monitor <> 'NONE'),
  CONSTRAINT flag_stretch_is_permitted CHECK (
    (monitor = 'AV') = (from_at IS NOT NULL) AND (from_at IS NULL) = (to_at IS NULL)
  ),
  CONSTRAINT flag_stretch_is_around CHECK (from_at IS NULL OR at BETWEEN from_at AND to_at),
  CONSTRAINT flag_is_withdrawn_later CHECK (withdrawn_at IS NULL OR withdrawn_at >= at),
  CONSTRAINT flag_note_is_short CHECK (char_length(note) <= 500)
);
CREATE INDEX flag_visit_id_monitor_idx ON flag (visit_id, monitor);
CREATE INDEX flag_flagged_by_idx ON flag (flagged_by);

-- The same again as a trigger that fires always: a session that calls itself a replica checks no foreign key.
CREATE FUNCTION flag_is_permitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM visit
    WHERE visit_id = NEW.visit_id AND monitor = NEW.monitor AND monitor <> 'NONE'
    FOR KEY SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('flag_is_permitted', 'this may not be flagged of the visit');
  END IF;
  RETURN NEW;
END $$;

-- Only ever taken back, and once.
CREATE FUNCTION flag_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
      OR (to_jsonb(NEW) - 'withdrawn_at') <> (to_jsonb(OLD) - 'withdrawn_at') THEN
    PERFORM refuse('flag_stays', 'a flag is only ever taken back, and once');
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER flag_is_permitted BEFORE INSERT ON flag
  FOR EACH ROW EXECUTE FUNCTION flag_is_permitted();
CREATE TRIGGER flag_stays BEFORE UPDATE OR DELETE ON flag
  FOR EACH ROW EXECUTE FUNCTION flag_stays();
CREATE TRIGGER flag_no_truncate BEFORE TRUNCATE ON flag
  FOR EACH STATEMENT EXECUTE FUNCTION flag_stays();
ALTER TABLE flag ENABLE ALWAYS TRIGGER flag_is_permitted;
ALTER TABLE flag ENABLE ALWAYS TRIGGER flag_stays;
ALTER TABLE flag ENABLE ALWAYS TRIGGER flag_no_truncate;

-- What a shift was and leaves open, as its officer signed it; never changed.
CREATE TABLE shift_report (
  report_id uuid PRIMARY KEY,
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT ON UPDATE NO ACTION,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  wing text,
  written_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  created_at timestamptz(3) NOT NULL,
  note text NOT NULL,
  figures jsonb NOT NULL,
  CONSTRAINT shift_report_is_of_a_stretch CHECK (to_at > from_at),
  CONSTRAINT shift_report_note_is_short CHECK (char_length(note) <= 4000)
);
CREATE INDEX shift_report_facility_id_to_at_idx ON shift_report (facility_id, to_at);
CREATE INDEX shift_report_written_by_idx ON shift_report (written_by);

CREATE FUNCTION shift_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse('shift_report_stays', 'a report is never changed');
  RETURN NULL;
END $$;
CREATE TRIGGER shift_report_stays BEFORE UPDATE OR DELETE ON shift_report
  FOR EACH ROW EXECUTE FUNCTION shift_report_stays();
CREATE TRIGGER shift_report_no_truncate BEFORE TRUNCATE ON shift_report
  FOR EACH STATEMENT EXECUTE FUNCTION shift_report_stays();
