-- Who watched which visit, how, and from when to when (OV-7, TR-1). What may not be watched has no row:
-- the row names what may be seen of its visit, and the visit is held to it from then on (OV-1, OV-2).

-- Also what flags point at.
ALTER TABLE visit ADD CONSTRAINT visit_visit_id_monitor_key UNIQUE (visit_id, monitor);

CREATE TYPE observation_kind AS ENUM ('LIVE', 'STILLS', 'SOUND');

-- A server process that has walls; what it left open ends where it was heard last.
CREATE TABLE wall_server (
  server_id uuid PRIMARY KEY,
  beat_at timestamptz(3) NOT NULL
);

CREATE TABLE observation (
  observation_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  monitor monitor_mode NOT NULL,
  kind observation_kind NOT NULL,
  account_id uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  observer_id uuid NOT NULL,
  server_id uuid NOT NULL REFERENCES wall_server ON DELETE RESTRICT ON UPDATE NO ACTION,
  began_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  FOREIGN KEY (visit_id, monitor) REFERENCES visit (visit_id, monitor)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT observation_never_of_nothing CHECK (monitor <> 'NONE'),
  CONSTRAINT observation_sound_is_permitted CHECK (kind <> 'SOUND' OR monitor = 'AV'),
  CONSTRAINT observation_ends_after_its_beginning CHECK (ended_at IS NULL OR ended_at >= began_at)
);
CREATE INDEX observation_visit_id_monitor_idx ON observation (visit_id, monitor);
CREATE INDEX observation_account_id_began_at_idx ON observation (account_id, began_at);
CREATE INDEX observation_server_id_ended_at_idx ON observation (server_id, ended_at);

-- The same again as a trigger that fires always: a session that calls itself a replica checks no foreign key.
-- FOR KEY SHARE: what may be seen of the visit cannot change meanwhile.
CREATE FUNCTION observation_is_permitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM visit
    WHERE visit_id = NEW.visit_id AND monitor = NEW.monitor AND monitor <> 'NONE'
    FOR KEY SHARE;
  IF NOT FOUND THEN
    PERFORM refuse('observation_is_permitted', 'this may not be seen of the visit');
  END IF;
  RETURN NEW;
END $$;

-- Only an open end is ever written, and once.
CREATE FUNCTION observation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
      OR (to_jsonb(NEW) - 'ended_at') <> (to_jsonb(OLD) - 'ended_at') THEN
    PERFORM refuse('observation_stays', 'an observation is only ever ended, and once');
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER observation_is_permitted BEFORE INSERT ON observation
  FOR EACH ROW EXECUTE FUNCTION observation_is_permitted();
CREATE TRIGGER observation_stays BEFORE UPDATE OR DELETE ON observation
  FOR EACH ROW EXECUTE FUNCTION observation_stays();
CREATE TRIGGER observation_no_truncate BEFORE TRUNCATE ON observation
  FOR EACH STATEMENT EXECUTE FUNCTION observation_stays();
ALTER TABLE observation ENABLE ALWAYS TRIGGER observation_is_permitted;
ALTER TABLE observation ENABLE ALWAYS TRIGGER observation_stays;
ALTER TABLE observation ENABLE ALWAYS TRIGGER observation_no_truncate;

-- [OV-1] [RC-1] For the same reason: class, policy and the yes to a record hold for such a session, too.
ALTER TABLE visit ENABLE ALWAYS TRIGGER visit_media_policy_is_final;
ALTER TABLE recording ENABLE ALWAYS TRIGGER recording_was_decided;
