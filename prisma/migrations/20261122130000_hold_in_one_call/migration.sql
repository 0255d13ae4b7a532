-- What is done under a lock that many wait for is one round trip: the lock, what is looked at under it,
-- and what is written. Functions in PL/pgSQL, because each of their statements sees what was committed
-- while the one before waited; a single statement would not.

-- [TR-2] Appends to a log. The caller brings the entry's canonical text in three parts, around the two
-- values that are known only under the lock: the hash of the entry before, and the number.
CREATE FUNCTION append_audit(
  its_log text, at timestamptz, its_action text, its_visit_id uuid, parts text[],
  OUT its_seq bigint, OUT its_hash text
) LANGUAGE plpgsql AS $$
DECLARE
  prev text;
  its_bytes bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit/' || its_log, 0));
  SELECT seq, hash INTO its_seq, prev FROM audit_entry WHERE log = its_log ORDER BY seq DESC LIMIT 1;
  its_seq := COALESCE(its_seq, 0) + 1;
  prev := COALESCE(prev, repeat('0', 64));
  its_bytes := convert_to(parts[1] || prev || parts[2] || its_seq || parts[3], 'UTF8');
  its_hash := encode(sha256('\x00'::bytea || its_bytes), 'hex');
  INSERT INTO audit_entry (log, seq, ts, action, visit_id, bytes, prev_hash, hash)
    VALUES (its_log, its_seq, at, its_action, its_visit_id, its_bytes, prev, its_hash);
END $$;

-- One writer at a time for each facility and hour that the stretch touches: who chooses a terminal then
-- sees what the one before chose, instead of choosing the same and losing.
CREATE FUNCTION lock_booking_hours(its_facility uuid, since timestamptz, until timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  FOR hour IN floor(extract(epoch FROM since) / 3600)::int
      .. floor(extract(epoch FROM until) / 3600)::int LOOP
    PERFORM pg_advisory_xact_lock(
      hashtextextended(format('booking/%s/%s', its_facility, hour), 0));
  END LOOP;
END $$;

CREATE FUNCTION is_unclaimed(its_kind resource_kind, its_id uuid, since timestamptz, until timestamptz)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT 1 FROM resource_claim
    WHERE kind = its_kind AND resource_id = its_id AND state IN ('HELD', 'BOOKED')
      AND during && tstzrange(since, until))
$$;

-- Rooms of a link centre that nobody has and nothing closes then.
CREATE FUNCTION free_rooms(its_centre uuid, since timestamptz, until timestamptz)
RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM link_centre_room r
  WHERE r.link_centre_id = its_centre
    AND is_unclaimed('LINK_CENTRE_ROOM', r.link_centre_room_id, since, until)
    AND NOT EXISTS (SELECT 1 FROM blackout b
      WHERE (b.link_centre_room_id = r.link_centre_room_id OR b.link_centre_id = r.link_centre_id)
        AND b.lifted_at IS NULL AND b.starts_at < until AND b.ends_at > since)
$$;

-- A booking with everything that its readers see, under the names that the server gives them; and by
-- what else they are looked for.
CREATE VIEW booking_view AS
SELECT v.visit_id AS "visitId", v.version, v.booking_state::text AS "bookingState",
  v.state_reason AS "stateReason", v.booking_mode::text AS "bookingMode",
  v.visit_class::text AS "visitClass", v.slot_id AS "slotId", v.starts_at AS "startsAt",
  v.ends_at AS "endsAt", v.place::text AS place, c.link_centre_id AS "linkCentreId",
  CASE WHEN c.link_centre_id IS NOT NULL THEN json_build_object(
    'linkCentreId', c.link_centre_id, 'name', c.name, 'address', c.address, 'room', r.name,
    'timeZone', c.time_zone) END AS "linkCentre",
  v.facility_id AS "facilityId", f.name AS "facilityName", f.time_zone AS "timeZone",
  v.inmate_id AS "inmateId",
  json_build_object('givenName', i.given_name, 'familyName', i.family_name) AS inmate,
  (SELECT coalesce(json_agg(json_build_object('visitorId', p.visitor_id,
      'givenName', p.given_name, 'familyName', p.family_name) ORDER BY x.seat_id), '[]')
    FROM seat x JOIN visitor p ON p.visitor_id = x.visitor_id
    WHERE x.visit_id = v.visit_id) AS visitors,
  json_build_object('name', t.name, 'wing', t.wing) AS terminal,
  v.hold_expires_at AS "holdExpiresAt", v.is_hold_extended AS "isHoldExtended",
  v.acknowledged_at AS "acknowledgedAt", v.paid_by::text AS "paidBy",
  v.series_id AS "seriesId", v.monitor::text AS monitor, v.is_recorded AS "isRecorded",
  v.booked_by AS "bookedBy",
  (SELECT a.visitor_id FROM account a WHERE a.account_id = v.booked_by) AS "bookerVisitorId",
  s.state::text AS "sessionState", s.delivered_ms AS "deliveredMs",
  EXISTS (SELECT 1 FROM visit n
    WHERE n.rebook_of = v.visit_id
      AND n.booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED', 'FULFILLED')) AS "isRebooked",
  v.booking_state AS state, i.wing
FROM visit v
JOIN facility f ON f.facility_id = v.facility_id
JOIN inmate i ON i.inmate_id = v.inmate_id
JOIN terminal t ON t.terminal_id = v.terminal_id
LEFT JOIN visit_session s ON s.visit_id = v.visit_id
LEFT JOIN link_centre_room r ON r.link_centre_room_id = v.link_centre_room_id
LEFT JOIN link_centre c ON c.link_centre_id = r.link_centre_id;

-- [BK-1] [BK-2] [BK-4] [BK-10] Picks what is free and holds it, under the locks of its hours: the visit in
-- its numbered place, its seats and its claims. The answer is HELD; SLOT_CLOSED or NO_PLACE, and nothing
-- is written; or STALE with holds that are over and stand in the way: expire them and ask again.
-- Who may come was looked at before, under the locks of the people. `seen` is what its readers see.
CREATE FUNCTION place_hold(asked jsonb, OUT answer text, OUT stale uuid[], OUT seen jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  a record;
  its_slot slot;
  its_place integer;
  its_terminal uuid;
  its_monitor_seat uuid;
  its_escort uuid;
  its_room uuid;
  in_line bigint;
BEGIN
  SELECT * INTO a FROM jsonb_to_record(asked) AS x (
    "visitId" uuid, "facilityId" uuid, "slotId" uuid, "inmateId" uuid, "visitorIds" uuid[],
    "seatIds" uuid[], "claimIds" uuid[], "wing" text, "isWingOnly" boolean, "terminalId" uuid,
    "linkCentreId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, "busyUntil" timestamptz,
    "escortUntil" timestamptz, "visitClass" visit_class, "bookingMode" booking_mode,
    "monitor" monitor_mode, "isRecorded" boolean, "usesEscorts" boolean, "isOffer" boolean,
    "place" visit_place, "bookedBy" uuid, "seriesId" uuid, "rebookOf" uuid,
    "holdExpiresAt" timestamptz, "now" timestamptz);
  PERFORM lock_booking_hours(a."facilityId", a."startsAt", GREATEST(a."busyUntil", a."escortUntil"));

  IF a."slotId" IS NOT NULL THEN
    SELECT * INTO its_slot FROM slot WHERE slot_id = a."slotId" FOR SHARE;
    IF NOT FOUND OR its_slot.closed_at IS NOT NULL THEN
      answer := 'SLOT_CLOSED';
      RETURN;
    END IF;
  END IF;

  stale := ARRAY(
    SELECT v.visit_id FROM visit v
    WHERE v.booking_state = 'HELD' AND v.hold_expires_at <= a."now"
      AND v.starts_at < GREATEST(a."busyUntil", a."escortUntil")
      AND v.ends_at + interval '2 hours' > a."startsAt"
      AND (v.facility_id = a."facilityId" OR v.inmate_id = a."inmateId"
        OR EXISTS (SELECT 1 FROM seat x
          WHERE x.visit_id = v.visit_id AND x.visitor_id = ANY (a."visitorIds"))
        OR EXISTS (SELECT 1 FROM link_centre_room r
          WHERE r.link_centre_room_id = v.link_centre_room_id
            AND r.link_centre_id = a."linkCentreId")));
  IF cardinality(stale) > 0 THEN
    answer := 'STALE';
    RETURN;
  END IF;

  answer := 'NO_PLACE';
  IF a."slotId" IS NOT NULL THEN
    SELECT min(n) INTO its_place FROM generate_series(1, its_slot.capacity) n
      WHERE NOT EXISTS (SELECT 1 FROM visit v
        WHERE v.slot_id = a."slotId" AND v.slot_place = n
          AND v.booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED'));
    IF its_place IS NULL THEN RETURN; END IF;
  END IF;
  -- The nearest terminal, and the first free of the others.
  SELECT t.terminal_id INTO its_terminal FROM terminal t
    WHERE t.facility_id = a."facilityId" AND t.disabled_at IS NULL
      AND (a."terminalId" IS NULL OR t.terminal_id = a."terminalId")
      AND (NOT a."isWingOnly" OR t.wing = a."wing")
      AND is_unclaimed('TERMINAL', t.terminal_id, a."startsAt", a."busyUntil")
      AND NOT EXISTS (SELECT 1 FROM blackout b
        WHERE (b.terminal_id = t.terminal_id
            OR (b.scope = 'WING' AND b.facility_id = t.facility_id AND b.wing = t.wing))
          AND b.lifted_at IS NULL AND b.starts_at < a."endsAt" AND b.ends_at > a."startsAt")
    ORDER BY t.wing <> a."wing", t.name LIMIT 1;
  IF its_terminal IS NULL THEN RETURN; END IF;
  IF a."monitor" <> 'NONE' THEN
    SELECT m.monitor_seat_id INTO its_monitor_seat FROM monitor_seat m
      WHERE m.facility_id = a."facilityId"
        AND is_unclaimed('MONITOR_SEAT', m.monitor_seat_id, a."startsAt", a."endsAt")
      ORDER BY m.number LIMIT 1;
    IF its_monitor_seat IS NULL THEN RETURN; END IF;
  END IF;
  IF a."usesEscorts" THEN
    SELECT e.escort_id INTO its_escort FROM escort e
      WHERE e.facility_id = a."facilityId"
        AND is_unclaimed('ESCORT', e.escort_id, a."startsAt", a."escortUntil")
      ORDER BY e.number LIMIT 1;
    IF its_escort IS NULL THEN RETURN; END IF;
  END IF;
  IF a."place" = 'LINK_CENTRE' THEN
    SELECT r.link_centre_room_id INTO its_room FROM link_centre_room r
      WHERE r.link_centre_id = a."linkCentreId"
        AND is_unclaimed('LINK_CENTRE_ROOM', r.link_centre_room_id, a."startsAt", a."endsAt")
        AND NOT EXISTS (SELECT 1 FROM blackout b
          WHERE (b.link_centre_room_id = r.link_centre_room_id
              OR b.link_centre_id = r.link_centre_id)
            AND b.lifted_at IS NULL AND b.starts_at < a."endsAt" AND b.ends_at > a."startsAt")
      ORDER BY r.name LIMIT 1;
    IF its_room IS NULL THEN RETURN; END IF;
  END IF;

  -- What is free belongs to those who wait, in their order, until there are more places than they.
  IF a."slotId" IS NOT NULL AND NOT a."isOffer" THEN
    -- A room belongs to those who wait for that link centre, and to nobody at home.
    IF its_room IS NOT NULL AND free_rooms(a."linkCentreId", a."startsAt", a."endsAt") <= (
      SELECT count(*) FROM waiting_entry w
      WHERE w.slot_id = a."slotId" AND w.state = 'WAITING' AND w.link_centre_id = a."linkCentreId")
    THEN RETURN; END IF;
    -- All else belongs to everybody who could have it now: in a link centre as many as it has free rooms.
    SELECT coalesce(sum(CASE WHEN centre IS NULL THEN waiting
        ELSE LEAST(waiting, free_rooms(centre, a."startsAt", a."endsAt")) END), 0)
      INTO in_line
      FROM (
        SELECT w.link_centre_id AS centre, count(*) AS waiting
        FROM waiting_entry w JOIN inmate i USING (inmate_id)
        WHERE w.slot_id = a."slotId" AND w.state = 'WAITING'
          AND (NOT a."isWingOnly" OR i.wing = a."wing")
        GROUP BY 1) lines;
    IF in_line > 0 AND in_line >= LEAST(
      its_slot.capacity - (SELECT count(*) FROM visit v
        WHERE v.slot_id = a."slotId" AND v.booking_state IN ('HELD', 'REQUESTED', 'CONFIRMED')),
      (SELECT count(*) FROM terminal t
        WHERE t.facility_id = a."facilityId" AND t.disabled_at IS NULL
          AND (NOT a."isWingOnly" OR t.wing = a."wing")
          AND is_unclaimed('TERMINAL', t.terminal_id, a."startsAt", a."busyUntil")),
      CASE WHEN a."monitor" <> 'NONE' THEN (SELECT count(*) FROM monitor_seat m
        WHERE m.facility_id = a."facilityId"
          AND is_unclaimed('MONITOR_SEAT', m.monitor_seat_id, a."startsAt", a."endsAt")) END,
      CASE WHEN a."usesEscorts" THEN (SELECT count(*) FROM escort e
        WHERE e.facility_id = a."facilityId"
          AND is_unclaimed('ESCORT', e.escort_id, a."startsAt", a."escortUntil")) END)
    THEN RETURN; END IF;
  END IF;

  answer := 'HELD';
  INSERT INTO visit (visit_id, facility_id, inmate_id, terminal_id, visit_class, booking_state,
      starts_at, ends_at, busy_until, slot_id, slot_place, booking_mode, hold_expires_at, booked_by,
      series_id, rebook_of, place, link_centre_room_id, monitor, is_recorded, created_at)
    VALUES (a."visitId", a."facilityId", a."inmateId", its_terminal, a."visitClass", 'HELD',
      a."startsAt", a."endsAt", a."busyUntil", a."slotId", its_place, a."bookingMode",
      a."holdExpiresAt", a."bookedBy", a."seriesId", a."rebookOf", a."place", its_room, a."monitor",
      a."isRecorded", a."now");
  INSERT INTO seat (seat_id, visit_id, party, inmate_id) VALUES
    (a."seatIds"[1], a."visitId", 'INMATE', a."inmateId");
  INSERT INTO seat (seat_id, visit_id, party, visitor_id)
    SELECT seat_id, a."visitId", 'VISITOR', visitor_id
    FROM unnest(a."seatIds"[2:], a."visitorIds") AS x (seat_id, visitor_id);
  -- All locks first, and locks and claims in the one order of `claimResources`.
  WITH thing AS MATERIALIZED (
    SELECT x.*, row_number() OVER (ORDER BY name COLLATE "C") AS nth
    FROM (
      SELECT kind, resource_id, until, format('claim/%s/%s', kind, resource_id) AS name
      FROM (
        VALUES ('INMATE'::resource_kind, a."inmateId", a."endsAt"),
          ('TERMINAL', its_terminal, a."busyUntil"),
          ('MONITOR_SEAT', its_monitor_seat, a."endsAt"),
          ('ESCORT', its_escort, a."escortUntil"),
          ('LINK_CENTRE_ROOM', its_room, a."endsAt")
        UNION ALL SELECT 'VISITOR', unnest(a."visitorIds"), a."endsAt"
      ) given (kind, resource_id, until) WHERE resource_id IS NOT NULL) x),
  locked AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
    FROM (SELECT name FROM thing ORDER BY nth) names)
  INSERT INTO resource_claim
    (claim_id, visit_id, kind, resource_id, starts_at, ends_at, state, hold_expires_at)
  SELECT a."claimIds"[nth], a."visitId", kind, resource_id, a."startsAt", until, 'HELD',
    a."holdExpiresAt"
  FROM (SELECT count(*) FROM locked) AS all_locked, thing ORDER BY nth;
  seen := (SELECT to_jsonb(b) FROM booking_view b WHERE b."visitId" = a."visitId");
END $$;

-- [BK-5] Begins a keyed write: whether it is new. A twin waits here for the first one's end.
CREATE FUNCTION take_key(its_actor uuid, its_key text, its_body_hash text, at timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO idempotency_key (actor_id, key, body_hash, reply, created_at)
    VALUES (its_actor, its_key, its_body_hash, 'null', at) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

CREATE FUNCTION keep_reply(its_actor uuid, its_key text, its_reply jsonb)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE idempotency_key SET reply = its_reply WHERE actor_id = its_actor AND key = its_key;
END $$;

-- [EL-4] Person locks in the order of the ids, which the caller brings sorted.
CREATE FUNCTION lock_people(people text[], is_exclusive boolean[])
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  FOR nth IN 1 .. coalesce(cardinality(people), 0) LOOP
    IF is_exclusive[nth] THEN
      PERFORM pg_advisory_xact_lock(hashtextextended('person/' || people[nth], 0));
    ELSE
      PERFORM pg_advisory_xact_lock_shared(hashtextextended('person/' || people[nth], 0));
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- One booking with its people: sessions before visits, as the live side does at the end of a visit.
CREATE FUNCTION lock_booking(people text[], is_exclusive boolean[], its_visit uuid)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_people(people, is_exclusive);
  PERFORM 1 FROM visit_session WHERE visit_id = its_visit FOR SHARE;
  PERFORM 1 FROM visit WHERE visit_id = its_visit FOR UPDATE;
  RETURN true;
END $$;

-- [BK-9] Locks an inmate's ledgers; then their sums, and what the visit has had of them.
CREATE FUNCTION lock_ledger(its_inmate uuid, its_visit uuid, its_period text,
  OUT visits float8, OUT "creditMs" float8, OUT "isOpened" boolean, OUT used jsonb
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM inmate WHERE inmate_id = its_inmate FOR NO KEY UPDATE;
  SELECT coalesce(sum(units), 0),
      coalesce(bool_or(kind IN ('GRANT', 'EXPIRY') AND period = its_period), false)
    INTO visits, "isOpened" FROM quota_entry WHERE inmate_id = its_inmate;
  SELECT coalesce(sum(ms), 0) INTO "creditMs" FROM time_credit_entry WHERE inmate_id = its_inmate;
  used := coalesce((
    SELECT jsonb_agg(to_jsonb(u)) FROM (
      SELECT 'QUOTA' AS payment, kind, units AS amount FROM quota_entry WHERE visit_id = its_visit
      UNION ALL SELECT 'CREDIT', kind, ms FROM time_credit_entry WHERE visit_id = its_visit) u), '[]');
END $$;

-- [BK-3] One move of a booking by compare-and-set, with its claims: what it has is booked, or free again.
-- What is booked for good has a session. Whether it moved.
CREATE FUNCTION move_booking(its_visit uuid, its_version integer, states booking_state[], reason text,
  its_by text, at timestamptz, its_paid_by paid_by
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  live CONSTANT booking_state[] := '{HELD,REQUESTED,CONFIRMED}';
BEGIN
  UPDATE visit SET booking_state = states[2], version = version + 1, hold_expires_at = NULL,
      state_reason = reason, state_by = its_by, confirmed_at = coalesce(at, confirmed_at),
      paid_by = coalesce(its_paid_by, paid_by)
    WHERE visit_id = its_visit AND version = its_version AND booking_state = states[1];
  IF NOT FOUND THEN RETURN false; END IF;
  IF states[2] = ANY (live) THEN
    UPDATE resource_claim SET state = 'BOOKED', hold_expires_at = NULL
      WHERE visit_id = its_visit AND state = 'HELD';
  ELSIF states[1] = ANY (live) THEN
    UPDATE resource_claim SET state = 'RELEASED', hold_expires_at = NULL
      WHERE visit_id = its_visit AND state IN ('HELD', 'BOOKED');
  END IF;
  IF states[2] = 'CONFIRMED' THEN
    INSERT INTO visit_session (visit_id) VALUES (its_visit);
  END IF;
  RETURN true;
END $$;

-- [BK-10] The offer that a visit is held for has been taken, or was not.
CREATE FUNCTION move_offered(its_visit uuid, its_state waiting_state) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE waiting_entry SET state = its_state WHERE offered_visit_id = its_visit AND state = 'OFFERED';
END $$;
