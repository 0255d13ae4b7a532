import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAuthenticator } from '../../support/software-authenticator.ts'
import { breakAuditLog, entriesOf, mendAuditLog } from '../rest/support/audit-log.ts'
import { ORIGIN, aBrowser, addPasskey, byPasskey, codeOf } from './browser.ts'
import { anIdentityWorld } from './identity-world.ts'
import type { IdentityWorld } from './identity-world.ts'

const run = promisify(execFile)
const SCRIPT = fileURLToPath(new URL('../../../scripts/account-code.mjs', import.meta.url))

let given: IdentityWorld
let admin: string
beforeAll(async () => {
  given = await anIdentityWorld()
  admin = await given.loginOf('facilityAdmin')
})
afterAll(() => given.close())

function accountCode(...args: string[]) {
  const env = {
    ...process.env,
    DATABASE_URL: given.world.config.databaseUrl,
    PUBLIC_ORIGIN: ORIGIN,
  }
  return run(process.execPath, [SCRIPT, ...args], { env })
}

const codeIn = (stdout: string): string => /Set-up code of \S+: (\S+)/.exec(stdout)?.[1] ?? ''

const saying = (stderr: string) => ({
  code: 1,
  stdout: '',
  stderr: expect.stringContaining(stderr) as string,
})

describe('[TR-3] npm run account:code', () => {
  it('gives the first administrator a code for a passkey; the log says it was at the machine', async () => {
    const { stdout } = await accountCode(admin.toUpperCase())
    expect(stdout).toContain(`Open ${ORIGIN}/`)
    const code = codeIn(stdout)
    const entries = await entriesOf(given.world.db, given.place.facilityId)
    expect(entries.at(-1)).toMatchObject({
      action: 'account.issueCode',
      actor: { type: 'system', actorId: 'server' },
      object: { type: 'account', objectId: given.place.accounts.facilityAdmin },
      outcome: 'allow',
      reason: 'AT_THE_MACHINE',
    })
    expect(JSON.stringify(entries)).not.toContain(code)
    const browser = aBrowser(given.app)
    const authenticator = anAuthenticator(ORIGIN)
    const entered = { login: admin, code }
    expect(codeOf(await browser.call('POST', '/api/sign-in/set-up', entered))).toBe('OK')
    expect(codeOf(await addPasskey(browser, authenticator))).toBe('OK')
    expect(codeOf(await byPasskey(aBrowser(given.app), authenticator))).toBe('OK')
    const again = await aBrowser(given.app).call('POST', '/api/sign-in/set-up', entered)
    expect(codeOf(again)).toBe('CODE_REFUSED')
  })

  it('makes the code before void', async () => {
    const login = await given.loginOf('auditor')
    const first = codeIn((await accountCode(login)).stdout)
    const second = codeIn((await accountCode(login)).stdout)
    const enter = (code: string) =>
      aBrowser(given.app).call('POST', '/api/sign-in/set-up', { login, code })
    expect(codeOf(await enter(first))).toBe('CODE_REFUSED')
    expect(codeOf(await enter(second))).toBe('OK')
  })

  it('[TR-1] gives none that the log does not know of', async () => {
    const { db } = given.world
    const before = await db.setUpCode.count()
    await breakAuditLog(db)
    try {
      await expect(accountCode(admin)).rejects.toMatchObject({ code: 1, stdout: '' })
      expect(await db.setUpCode.count()).toBe(before)
    } finally {
      await mendAuditLog(db)
    }
  })

  it('refuses what nobody has, a family’s account and a disabled one, and says why', async () => {
    const { db } = given.world
    const before = await db.setUpCode.count()
    const family = await given.loginOf('visitor')
    const disabled = await given.loginOf('investigator')
    const disabledAt = given.world.clock.now()
    await db.account.update({ where: { login: disabled }, data: { disabledAt } })
    await expect(accountCode()).rejects.toMatchObject(saying('npm run account:code -- LOGIN'))
    await expect(accountCode('nobody')).rejects.toMatchObject(saying('no account nobody'))
    await expect(accountCode(family)).rejects.toMatchObject(saying('family'))
    await expect(accountCode(disabled)).rejects.toMatchObject(saying('is disabled'))
    expect(await db.setUpCode.count()).toBe(before)
  })
})
