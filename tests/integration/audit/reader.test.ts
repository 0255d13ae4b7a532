import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { buffer } from 'node:stream/consumers'
import { facilityLog } from '@visavis/prisma'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { BUILT } from '../../../scripts/verifier/build.mjs'
import { entriesOf } from '../rest/support/audit-log.ts'
import { accountCookie } from '../rest/support/callers.ts'
import { aPlace } from '../rest/support/people-and-places.ts'
import type { Place } from '../rest/support/people-and-places.ts'
import { aRestWorld } from '../rest/support/rest-world.ts'
import type { RestWorld } from '../rest/support/rest-world.ts'

const run = promisify(execFile)

let world: RestWorld
let place: Place
let other: Place
let folder: string
beforeAll(async () => {
  world = await aRestWorld()
  place = await aPlace(world)
  other = await aPlace(world)
  folder = await mkdtemp(join(tmpdir(), 'visavis-audit-'))
  const admin = await accountCookie(world, place.accounts.facilityAdmin)
  await world.app.inject({
    ...{ method: 'POST', url: `/api/terminals/${place.terminalId}/enrolment-codes` },
    headers: { cookie: admin },
  })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

const get = async (url: string, account = place.accounts.auditor) =>
  world.app.inject({ url, headers: { cookie: await accountCookie(world, account) } })
const entries = (query: string) => get(`/api/audit/entries?log=${place.facilityId}${query}`)
type Item = { seq: number; action: string; actor: { actorId: string } }
const itemsOf = async (query: string) =>
  (await entries(query)).json<{ items: Item[]; nextCursor: string | null }>()

describe('[TR-2] the auditor’s reader', () => {
  it('finds entries by who, what, about what, how and when, page by page', async () => {
    const { items } = await itemsOf('&action=terminal')
    const [code] = items
    expect(code?.action).toMatch(/^terminal\./)
    const byActor = await itemsOf(`&actor=${place.accounts.facilityAdmin}`)
    expect(byActor.items.map(({ seq }) => seq)).toContain(code?.seq)
    expect((await itemsOf(`&object=${place.terminalId}&outcome=allow`)).items).toMatchObject([
      { seq: code?.seq },
    ])
    expect((await itemsOf('&object=nobody')).items).toEqual([])
    expect((await itemsOf(`&visit=${place.visitId}&outcome=error`)).items).toEqual([])
    expect((await itemsOf('&to=2001-01-01T00:00:00.000Z')).items).toEqual([])
    const seqs: number[] = []
    for (let cursor = ''; ;) {
      const page = await itemsOf(`&limit=2${cursor}`)
      seqs.push(...page.items.map(({ seq }) => seq))
      if (page.nextCursor === null) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a))
    expect(seqs.at(-1)).toBe(1)
  })

  it('says why an act was allowed', async () => {
    const [code] = (await itemsOf('&action=terminal')).items
    const entry = (await get(`/api/audit/entries/${place.facilityId}/${code?.seq}`)).json<{
      why: unknown
      text: string
    }>()
    expect(entry.why).toMatchObject({ rule: 'http:issueEnrolmentCode', reach: 'FACILITY' })
    expect(JSON.parse(entry.text)).toMatchObject({ policy: { rule: 'http:issueEnrolmentCode' } })
  })

  it('[TR-1] notes each look, before anything is shown', async () => {
    const before = (await entriesOf(world.db, place.facilityId)).length
    await entries('&action=terminal')
    await get(`/api/audit/entries/${place.facilityId}/1`)
    const actions = (await entriesOf(world.db, place.facilityId)).slice(before)
    expect(actions).toMatchObject([
      { action: 'audit.search', detail: { action: 'terminal' } },
      { action: 'audit.read', detail: { seq: 1 } },
    ])
  })

  it('[TR-3] shows an auditor of one facility no other log', async () => {
    for (const log of [other.facilityId, 'estate']) {
      expect((await get(`/api/audit/entries?log=${log}`)).json()).toMatchObject({
        code: 'FORBIDDEN',
      })
      expect((await get(`/api/audit/entries/${log}/1`)).json()).toMatchObject({ code: 'FORBIDDEN' })
      expect((await get(`/api/audit/entries/${log}/1/proof`)).json()).toMatchObject({
        code: 'FORBIDDEN',
      })
      expect((await get(`/api/audit/logs/${log}/export.zip`)).json()).toMatchObject({
        code: 'FORBIDDEN',
      })
    }
    const { logs } = (await get('/api/audit/logs')).json<{ logs: { log: string }[] }>()
    expect(logs.map(({ log }) => log)).toEqual([place.facilityId])
  })
})

describe('[TR-2] what leaves the house', () => {
  const vkey = async () => {
    const { keys } = (await world.app.inject({ url: '/api/audit/keys' })).json<{
      keys: { verifierKey: string }[]
    }>()
    return keys.at(-1)?.verifierKey ?? ''
  }
  const verify = (...args: string[]) =>
    run(process.execPath, [BUILT.recording, ...args]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: unknown) => error as { code: number; stdout: string },
    )

  it('a proof of one entry, checked offline, reveals no other', async () => {
    const proof = (await get(`/api/audit/entries/${place.facilityId}/2/proof`)).body
    const file = join(folder, 'entry.tlog-proof')
    await writeFile(file, proof)
    const good = await verify('proof', file, await vkey())
    expect(good).toMatchObject({ code: 0 })
    expect(good.stdout).toContain('"seq": 2')
    const rows = await world.db.auditEntry.findMany({
      where: { log: facilityLog(place.facilityId) },
    })
    for (const { seq, bytes } of rows) {
      if (seq === 2n) continue
      expect(proof).not.toContain(Buffer.from(bytes).toString('base64'))
    }
    const forged = proof.replace(/^index 1$/m, 'index 2')
    await writeFile(file, forged)
    expect((await verify('proof', file, await vkey())).code).toBe(1)
  })

  it('a whole log, which the verifier finds good until a byte is changed', async () => {
    const answer = await get(`/api/audit/logs/${place.facilityId}/export.zip`)
    expect(answer.statusCode).toBe(200)
    const whole = join(folder, 'log')
    const zip = await fromBufferPromise(answer.rawPayload, { lazyEntries: true })
    for await (const entry of zip.eachEntry()) {
      const bytes = await buffer(await zip.openReadStreamPromise(entry))
      const path = join(whole, entry.fileName)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, bytes)
    }
    const good = await verify('log', whole, await vkey())
    expect(good, good.stdout).toMatchObject({ code: 0 })
    expect(good.stdout).toContain('OK: whole and unchanged')
    const last = (await entriesOf(world.db, place.facilityId)).at(-1)
    expect(last?.action).toBe('audit.export')
    const lines = (await readFile(join(whole, 'entries.jsonl'), 'utf8')).replace(
      '"allow"',
      '"deny"',
    )
    await writeFile(join(whole, 'entries.jsonl'), lines)
    const bad = await verify('log', whole, await vkey())
    expect(bad.code).toBe(1)
    expect(bad.stdout).toMatch(/Entry \d+: was changed/)
  })
})
