import { BOOKING_STATES } from '@visavis/contract/booking-lifecycle'
import { MONITOR_MODES, VISIT_CLASSES } from '@visavis/contract/media-policy'
import { SEAT_STATES } from '@visavis/contract/seat-lifecycle'
import { SESSION_STATES } from '@visavis/contract/session-lifecycle'
import { OUTCOMES } from '@visavis/contract/visit'
import { createTestDatabase, type TestDatabase } from '@visavis/prisma/test-database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseFacts } from './drift/database-facts.ts'
import { readSchema, schemaFacts } from './drift/schema-facts.ts'

/** As PostgreSQL writes the predicate of the indexes over bookings that take a place. */
const LIVE_BOOKINGS =
  "(booking_state = ANY (ARRAY['HELD'::booking_state, 'REQUESTED'::booking_state," +
  " 'CONFIRMED'::booking_state]))"

/** What the migrations add that Prisma's language has no words for. Anything else that differs is drift. */
const BEYOND_PRISMA = [
  'CREATE INDEX account_in_clear ON public.account USING btree (account_id)' +
    " WHERE (login !~~ 's1.%'::text)",
  // Of what the hashed bytes say, so that no column can say something else.
  'CREATE INDEX audit_entry_by_actor ON public.audit_entry USING btree' +
    " (log, audit_said(bytes, VARIADIC ARRAY['actor'::text, 'actorId'::text]), seq)",
  'CREATE INDEX audit_entry_by_object ON public.audit_entry USING btree' +
    " (log, audit_said(bytes, VARIADIC ARRAY['object'::text, 'objectId'::text]), seq)",
  'CREATE INDEX identity_correction_in_clear ON public.identity_correction USING btree (correction_id)' +
    " WHERE ((birth_date !~~ 's1.%'::text) OR (was_birth_date !~~ 's1.%'::text))",
  'CREATE INDEX inmate_in_clear ON public.inmate USING btree (inmate_id)' +
    " WHERE (birth_date !~~ 's1.%'::text)",
  'CREATE INDEX mail_code_in_clear ON public.mail_code USING btree (mail_code_id)' +
    " WHERE (email !~~ 's1.%'::text)",
  'CREATE INDEX notice_in_clear ON public.notice USING btree (notice_id)' +
    " WHERE (address !~~ 's1.%'::text)",
  'CREATE INDEX pending_registration_in_clear ON public.pending_registration USING btree (registration_id)' +
    " WHERE ((birth_date !~~ 's1.%'::text) OR (email !~~ 's1.%'::text) OR (phone !~~ 's1.%'::text))",
  'CREATE INDEX recording_destroy_after_idx ON public.recording USING btree (destroy_after)' +
    ' WHERE (destroyed_at IS NULL)',
  'CREATE INDEX relationship_request_in_clear ON public.relationship_request USING btree (request_id)' +
    " WHERE (birth_date !~~ 's1.%'::text)",
  'CREATE INDEX resource_claim_expiring_holds ON public.resource_claim USING btree (hold_expires_at)' +
    " WHERE (state = 'HELD'::claim_state)",
  'CREATE INDEX visit_expiring_holds ON public.visit USING btree (hold_expires_at)' +
    " WHERE (booking_state = 'HELD'::booking_state)",
  'CREATE INDEX visitor_in_clear ON public.visitor USING btree (visitor_id)' +
    " WHERE ((birth_date !~~ 's1.%'::text) OR (email !~~ 's1.%'::text) OR (phone !~~ 's1.%'::text))",
  'CREATE UNIQUE INDEX account_reset_one_open ON public.account_reset USING btree (account_id)' +
    ' WHERE (decided_at IS NULL)',
  'CREATE UNIQUE INDEX data_export_one_live ON public.data_export USING btree (visitor_id)' +
    " WHERE (state = ANY (ARRAY['ASKED'::data_export_state, 'READY'::data_export_state]))",
  'CREATE UNIQUE INDEX destruction_visit_id_asked_key ON public.destruction USING btree (visit_id)' +
    " WHERE (state = 'ASKED'::destruction_state)",
  'CREATE UNIQUE INDEX device_session_one_current ON public.device_session USING btree (key_id)' +
    ' WHERE (superseded_at IS NULL)',
  'CREATE UNIQUE INDEX erasure_one_open ON public.erasure USING btree (visitor_id)' +
    " WHERE (state = 'ASKED'::erasure_state)",
  'CREATE UNIQUE INDEX identity_correction_one_open ON public.identity_correction' +
    " USING btree (visitor_id) WHERE (state = 'REQUESTED'::correction_state)",
  'CREATE UNIQUE INDEX identity_document_one_live ON public.identity_document' +
    ' USING btree (visitor_id, kind) WHERE (removed_at IS NULL)',
  // One pause, one speech, one mute of a side at a time (OV-5).
  'CREATE UNIQUE INDEX intervention_one_at_a_time ON public.intervention' +
    ' USING btree (visit_id, kind, parties) WHERE ((ended_at IS NULL) AND (kind = ANY (ARRAY[' +
    "'MUTE'::intervention_kind, 'PAUSE'::intervention_kind, 'SPEAK'::intervention_kind])))",
  'CREATE UNIQUE INDEX key_month_facility_id_month_key ON public.key_month' +
    ' USING btree (facility_id, month) WHERE (destroyed_at IS NULL)',
  'CREATE UNIQUE INDEX non_association_one_live ON public.non_association' +
    ' USING btree (one_id, other_id) WHERE (lifted_at IS NULL)',
  'CREATE UNIQUE INDEX relationship_one_live ON public.relationship USING btree (visitor_id, inmate_id)' +
    " WHERE (state <> ALL (ARRAY['REJECTED'::relationship_state, 'ENDED'::relationship_state]))",
  'CREATE UNIQUE INDEX slot_open_once ON public.slot USING btree (template_id, starts_at)' +
    ' WHERE (closed_at IS NULL)',
  'CREATE UNIQUE INDEX terminal_key_one_live ON public.terminal_key USING btree (terminal_id)' +
    ' WHERE (ended_at IS NULL)',
  'CREATE UNIQUE INDEX visit_slot_place_once ON public.visit USING btree (slot_id, slot_place)' +
    ` WHERE ${LIVE_BOOKINGS}`,
  'CREATE UNIQUE INDEX waiting_entry_one_live ON public.waiting_entry' +
    ' USING btree (slot_id, inmate_id, account_id)' +
    " WHERE (state = ANY (ARRAY['WAITING'::waiting_state, 'OFFERED'::waiting_state]))",
  'foreign key auth_session (visit_id) to visit (visit_id)' +
    ' on delete restrict on update no action',
  'foreign key seat (visit_id, inmate_id) to visit (visit_id, inmate_id)' +
    ' on delete restrict on update no action',
  'jurisdiction_rule EXCLUDE USING gist (jurisdiction WITH =, code WITH =,' +
    " daterange(valid_from, valid_to, '[]'::text) WITH &&)",
  'resource_claim EXCLUDE USING gist (kind WITH =, resource_id WITH =, during WITH &&)' +
    " WHERE ((state = ANY (ARRAY['HELD'::claim_state, 'BOOKED'::claim_state])))",
]

describe('schema.prisma and the migrated database', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.drop())

  it('say the same', async () => {
    const differences = compare(await schemaFacts(await readSchema()), await databaseFacts(test.db))
    expect(differences).toEqual({ onlyInSchema: [], onlyInDatabase: BEYOND_PRISMA })
  })

  it('differ as soon as a column is added to the schema', async () => {
    const schema = (await readSchema()).replace(/^model Estate \{/m, '$&\n  motto String?')
    const differences = compare(await schemaFacts(schema), await databaseFacts(test.db))
    expect(differences.onlyInSchema).toEqual(['column estate.motto text'])
  })

  it('differ as soon as a column is added to the database', async () => {
    await test.db.$executeRaw`ALTER TABLE estate ADD COLUMN motto text NOT NULL DEFAULT ''`
    const differences = compare(await schemaFacts(await readSchema()), await databaseFacts(test.db))
    await test.db.$executeRaw`ALTER TABLE estate DROP COLUMN motto`
    expect(differences.onlyInDatabase).toContain('column estate.motto text not null default ')
  })

  it.each([
    ['visit_class', VISIT_CLASSES],
    ['monitor_mode', MONITOR_MODES],
    ['session_state', SESSION_STATES],
    ['seat_state', SEAT_STATES],
    ['outcome', OUTCOMES],
    ['booking_state', BOOKING_STATES],
  ])('know the same values of %s as the contract', async (name, values) => {
    expect(await databaseFacts(test.db)).toContain(`enum ${name} (${values.join(', ')})`)
  })
})

function compare(inSchema: readonly string[], inDatabase: readonly string[]) {
  return {
    onlyInSchema: inSchema.filter((fact) => !inDatabase.includes(fact)),
    onlyInDatabase: inDatabase.filter((fact) => !inSchema.includes(fact)),
  }
}
