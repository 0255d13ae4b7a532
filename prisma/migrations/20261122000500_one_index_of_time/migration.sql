-- The search for free places, the wall and the lists all ask for a facility's visits of some time: one
-- index for all of them, which holds what the search counts, so that it need not read the rows.
DROP INDEX visit_live_by_time;
DROP INDEX visit_facility_id_starts_at_idx;
CREATE INDEX visit_by_time ON visit (facility_id, starts_at)
  INCLUDE (ends_at, busy_until, booking_state, hold_expires_at, monitor, slot_id);
