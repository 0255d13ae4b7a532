-- The trouble button: the newest call for help of each seat. What was called and answered before is in
-- the timeline.
ALTER TABLE seat
  ADD COLUMN help_need text,
  ADD COLUMN help_called_at timestamptz(3),
  ADD COLUMN help_told_at timestamptz(3),
  ADD COLUMN help_figures jsonb,
  ADD COLUMN help_answer text,
  ADD COLUMN help_answered_at timestamptz(3),
  ADD CONSTRAINT seat_help_whole CHECK (
    (help_called_at IS NULL) = (help_told_at IS NULL)
    AND (help_answer IS NULL) = (help_answered_at IS NULL)
    AND (help_need IS NULL OR help_called_at IS NOT NULL)
    AND (help_answer IS NULL OR help_need IS NOT NULL)
  );

-- A terminal that was taken out of service says why; the reason is a code of the contract.
ALTER TABLE terminal
  ADD COLUMN disabled_reason text,
  ADD CONSTRAINT terminal_disabled_with_reason CHECK (disabled_reason IS NULL OR disabled_at IS NOT NULL);

-- What a terminal's page told of itself last. A row of its own: it changes every half minute, and the
-- terminal's row is what bookings refer to.
CREATE TABLE terminal_beat (
  terminal_id uuid PRIMARY KEY REFERENCES terminal ON DELETE RESTRICT ON UPDATE NO ACTION,
  beat_at timestamptz(3),
  page_id uuid,
  health jsonb,
  -- Since when the terminal is out of order, as its watch found it; null: it is not.
  trouble text,
  trouble_since timestamptz(3),
  -- The task that was opened for it; null where one about the terminal was open already.
  trouble_task_id uuid REFERENCES task ON DELETE RESTRICT ON UPDATE NO ACTION,
  -- A restart that somebody asked for, and the page that is to end with it (null: whichever beats next).
  restart_asked_at timestamptz(3),
  restart_page_id uuid,
  is_restart_forced boolean NOT NULL DEFAULT false,
  CONSTRAINT terminal_beat_trouble_whole CHECK ((trouble IS NULL) = (trouble_since IS NULL)),
  CONSTRAINT terminal_beat_health_whole CHECK ((health IS NULL) = (beat_at IS NULL))
);
