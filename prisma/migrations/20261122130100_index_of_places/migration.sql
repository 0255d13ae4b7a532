-- The search for free places counts a month of visits by their times. All columns are keys now, in the
-- order in which the search groups: visits of one slot are one entry of the index with a list of rows (an
-- index with INCLUDE cannot do that), which is a tenth of the size and needs no hashing or sorting.
DROP INDEX visit_by_time;
CREATE INDEX visit_by_time ON visit
  (facility_id, starts_at, ends_at, busy_until, slot_id, monitor, booking_state, hold_expires_at);

-- What closes a place is asked for by the estate, facility, terminal, link centre and room at once: that
-- goes by indexes only if each of them has one.
CREATE INDEX blackout_estate_id_idx ON blackout (estate_id);
CREATE INDEX blackout_link_centre_id_idx ON blackout (link_centre_id);
CREATE INDEX blackout_link_centre_room_id_idx ON blackout (link_centre_room_id);
