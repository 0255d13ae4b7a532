-- What the live side must still know after a restart of the server.

-- [LV-7] A no-show counts only against the side that never came, however the seat stands at the end.
ALTER TABLE seat
  ADD COLUMN arrived_at timestamptz(3);

-- [LV-5] A media node counts from zero in each epoch; the clock goes on from here.
ALTER TABLE visit_session
  ADD COLUMN epoch_base_ms integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT visit_session_epoch_base_within_delivered
    CHECK (epoch_base_ms >= 0 AND epoch_base_ms <= delivered_ms);
