-- What officers do in a visit (OV-5), and the texts that a facility keeps ready for it.

-- [OV-5] An officer pauses a visit; it goes on when an officer says so, and never ends by itself.
ALTER TYPE pause_reason ADD VALUE 'OFFICER';

CREATE TYPE intervention_kind AS ENUM ('WARN', 'MUTE', 'PAUSE', 'SPEAK', 'TERMINATE');

CREATE TABLE intervention (
  intervention_id uuid PRIMARY KEY,
  visit_id uuid NOT NULL,
  -- The visit's own: what reaches into what people say needs a visit that may be watched (OV-1).
  monitor monitor_mode NOT NULL,
  kind intervention_kind NOT NULL,
  began_at timestamptz(3) NOT NULL,
  -- The account that did it; null: it followed from a restriction (EL-4).
  begun_by uuid,
  -- A code of the contract.
  reason text,
  -- The sides it is about.
  parties party[] NOT NULL,
  -- What people were shown, or what the officer noted, by language; kept as it was told.
  texts jsonb,
  ready_text_id uuid,
  is_typed boolean NOT NULL DEFAULT false,
  -- A warning: when and how often it was shown and sounded.
  told_at timestamptz(3),
  told_times integer NOT NULL DEFAULT 0,
  -- A pause: since when an officer is asked what to do, and when one said that it stays.
  asked_at timestamptz(3),
  kept_at timestamptz(3),
  ended_at timestamptz(3),
  ended_by uuid,
  FOREIGN KEY (visit_id, monitor) REFERENCES visit (visit_id, monitor)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT intervention_is_permitted CHECK (kind NOT IN ('MUTE', 'SPEAK') OR monitor <> 'NONE'),
  CONSTRAINT intervention_for_somebody CHECK (cardinality(parties) BETWEEN 1 AND 2),
  CONSTRAINT intervention_of_one_side CHECK (kind <> 'MUTE' OR cardinality(parties) = 1),
  CONSTRAINT intervention_warning_told CHECK (
    (kind = 'WARN') = (told_at IS NOT NULL) AND (told_times > 0) = (told_at IS NOT NULL)
  ),
  CONSTRAINT intervention_warning_has_words CHECK (kind <> 'WARN' OR texts IS NOT NULL),
  CONSTRAINT intervention_with_reason CHECK (kind NOT IN ('PAUSE', 'TERMINATE') OR reason IS NOT NULL),
  CONSTRAINT intervention_ends_later CHECK (ended_at IS NULL OR ended_at >= began_at),
  CONSTRAINT intervention_asks_of_pauses CHECK (
    kind = 'PAUSE' OR (asked_at IS NULL AND kept_at IS NULL)
  )
);
CREATE INDEX intervention_visit_id_monitor_idx ON intervention (visit_id, monitor);
CREATE INDEX intervention_visit_id_began_at_idx ON intervention (visit_id, began_at);
-- One pause, one speech, one mute of a side at a time.
CREATE UNIQUE INDEX intervention_one_at_a_time ON intervention (visit_id, kind, parties)
  WHERE ended_at IS NULL AND kind IN ('MUTE', 'PAUSE', 'SPEAK');

-- Who has read a warning, at whose device.
CREATE TABLE warning_seen (
  intervention_id uuid NOT NULL REFERENCES intervention ON DELETE RESTRICT ON UPDATE NO ACTION,
  seat_id uuid NOT NULL REFERENCES seat ON DELETE RESTRICT ON UPDATE NO ACTION,
  seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (intervention_id, seat_id)
);
CREATE INDEX warning_seen_seat_id_idx ON warning_seen (seat_id);

-- [OV-5] Texts at hand, by language. Ours have ids of their own: a facility that changes or retires one
-- of them has a row with that id.
CREATE TABLE ready_text (
  facility_id uuid NOT NULL REFERENCES facility ON DELETE RESTRICT ON UPDATE NO ACTION,
  ready_text_id uuid NOT NULL,
  kind intervention_kind NOT NULL,
  texts jsonb NOT NULL,
  version integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL,
  retired_at timestamptz(3),
  PRIMARY KEY (facility_id, ready_text_id),
  CONSTRAINT ready_text_of_words CHECK (kind IN ('WARN', 'TERMINATE') AND texts <> '{}'::jsonb)
);
