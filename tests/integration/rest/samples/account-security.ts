import { generateSync } from 'otplib'
import type { accountSecurityRoutes, signInRoutes } from '@visavis/contract/http'
import { enrolmentCodeHash, newEnrolmentCode, newId, newToken, tokenHash } from '@visavis/prisma'
import { BUILT_SECRET, insertAccount, insertVisitor } from '@visavis/prisma/seed'
import { anAuthenticator } from '../../../support/software-authenticator.ts'
import { AccountProofs } from '../support/account-proofs.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

type SecurityRoute =
  | keyof typeof accountSecurityRoutes
  | Exclude<keyof typeof signInRoutes, 'signIn' | 'signOut' | 'me'>

const CODE = '314159'
const NEW_PASSWORD = 'nine teapots under a quiet moon'
const MINUTE_MS = 60_000

/** Samples of what people do about their own sign-in, and of the ways to sign in besides the password. */
export function accountSecuritySamples(given: SampleWorld): Record<SecurityRoute, SampleMaker> {
  return {
    ...publicSamples(given),
    ...proofSamples(given),
    ...passkeySamples(given),
    ...codeSamples(given),
  }
}

type Samples<Name extends SecurityRoute> = Record<Name, SampleMaker>

function publicSamples({
  world,
  place,
}: SampleWorld): Samples<
  | 'passkeyRequest'
  | 'passkeySignIn'
  | 'redeemSetUpCode'
  | 'askRecovery'
  | 'proveRecovery'
  | 'finishRecovery'
> {
  const proofs = new AccountProofs(world)
  const aFamily = async () => {
    const { visitorId, email } = await insertVisitor(world().db)
    return insertAccount(world().db, { role: 'visitor', visitorId, login: email })
  }
  const aRecovery = async (provedAt: Date | null) => {
    const browser = newToken()
    const { accountId } = await aFamily()
    const browserHash = tokenHash(browser)
    await proofs.addMailCode({ purpose: 'RECOVERY', accountId, code: CODE, browserHash, provedAt })
    return { cookie: `visavis-browser=${browser}` }
  }
  return {
    passkeyRequest: async () => ({}),
    passkeySignIn: async () => {
      const { authenticator } = await proofs.addPasskey(place().accounts.officer)
      const browser = newToken()
      const request = await proofs.challenge('SIGN_IN', { browserHash: tokenHash(browser) })
      const payload = { credential: authenticator.answer(request) }
      return { payload, headers: { cookie: `visavis-browser=${browser}` } }
    },
    redeemSetUpCode: async () => {
      const account = await insertAccount(world().db, {
        ...{ role: 'scheduler', facilityId: place().facilityId },
      })
      const code = newEnrolmentCode()
      const row = {
        setUpCodeId: newId(),
        accountId: account.accountId,
        codeHash: enrolmentCodeHash(code),
      }
      const expiresAt = new Date(world().clock.now().getTime() + MINUTE_MS)
      await world().db.setUpCode.create({ data: { ...row, expiresAt } })
      return { payload: { login: account.login, code } }
    },
    askRecovery: async () => ({ payload: { login: (await aFamily()).login } }),
    proveRecovery: async () => ({ headers: await aRecovery(null), payload: { code: CODE } }),
    finishRecovery: async () => {
      const headers = await aRecovery(world().clock.now())
      return { headers, payload: { password: NEW_PASSWORD } }
    },
  }
}

function proofSamples({
  world,
}: SampleWorld): Samples<
  'secondFactor' | 'proofRequest' | 'prove' | 'changePassword' | 'mySecurity'
> {
  const proofs = new AccountProofs(world)
  return {
    mySecurity: async () => ({}),
    proofRequest: async () => ({}),
    secondFactor: async () => ({
      payload: { kind: 'RECOVERY_CODE', code: 'AAAAA-AAAAA' },
      prepare: async (cookie) => {
        const { authSessionId, accountId } = await proofs.sessionOf(cookie)
        const data = { stage: 'SECOND_FACTOR' } as const
        await world().db.authSession.update({ where: { authSessionId }, data })
        const code = newEnrolmentCode()
        const row = { recoveryCodeId: newId(), accountId, codeHash: enrolmentCodeHash(code) }
        await world().db.recoveryCode.create({ data: row })
        return { payload: { kind: 'RECOVERY_CODE', code } }
      },
    }),
    prove: async () => ({
      payload: { kind: 'PASSWORD', password: BUILT_SECRET },
      prepare: async (cookie) => {
        await proofs.reset((await proofs.sessionOf(cookie)).accountId)
        return {}
      },
    }),
    changePassword: async () => ({ payload: { password: NEW_PASSWORD } }),
  }
}

function passkeySamples({
  world,
}: SampleWorld): Samples<'passkeyCreation' | 'addPasskey' | 'renamePasskey' | 'removePasskey'> {
  const proofs = new AccountProofs(world)
  const nobodys = { params: { passkeyId: newId() } }
  const own = async (cookie: string) => {
    const { accountId } = await proofs.sessionOf(cookie)
    const { passkeyId } = await proofs.addPasskey(accountId)
    return { params: { passkeyId } }
  }
  return {
    passkeyCreation: async () => ({}),
    addPasskey: async () => ({
      prepare: async (cookie) => {
        const { authSessionId } = await proofs.sessionOf(cookie)
        const { challenge, rpId } = await proofs.challenge('CREATE', { authSessionId })
        const authenticator = anAuthenticator(world().config.publicOrigin)
        const credential = authenticator.create({ challenge, rp: { id: rpId } })
        return { payload: { name: 'Telephone', credential } }
      },
    }),
    renamePasskey: async () => ({ ...nobodys, payload: { name: 'Key' }, prepare: own }),
    removePasskey: async () => ({ ...nobodys, prepare: own }),
  }
}

function codeSamples({
  world,
}: SampleWorld): Samples<
  | ('beginTotp' | 'confirmTotp' | 'removeTotp' | 'renewRecoveryCodes')
  | ('endMySession' | 'endMyOtherSessions' | 'askEmailProof' | 'proveEmail')
> {
  const proofs = new AccountProofs(world)
  const withTotp = async (cookie: string) => {
    const { accountId } = await proofs.sessionOf(cookie)
    await proofs.addTotp(accountId, world().clock.now())
    return {}
  }
  return {
    beginTotp: async () => ({}),
    confirmTotp: async () => ({
      payload: { code: CODE },
      prepare: async (cookie) => {
        const secret = await proofs.addTotp((await proofs.sessionOf(cookie)).accountId, null)
        const epoch = Math.floor(world().clock.now().getTime() / 1_000)
        return { payload: { code: generateSync({ secret, epoch }) } }
      },
    }),
    removeTotp: async () => ({ prepare: withTotp }),
    renewRecoveryCodes: async () => ({ prepare: withTotp }),
    endMySession: async () => ({
      params: { authSessionId: newId() },
      prepare: async (cookie) => {
        const { accountId } = await proofs.sessionOf(cookie)
        return { params: { authSessionId: await proofs.addSession(accountId) } }
      },
    }),
    endMyOtherSessions: async () => ({}),
    askEmailProof: async () => ({ payload: { email: `new-${newId()}@example.org` } }),
    proveEmail: async () => ({
      payload: { code: CODE },
      prepare: async (cookie) => {
        const { accountId, authSessionId } = await proofs.sessionOf(cookie)
        const browserHash = tokenHash(authSessionId)
        const email = `proved-${newId()}@example.org`
        const owner = { accountId, browserHash, email, provedAt: null }
        await proofs.addMailCode({ purpose: 'ADDRESS', code: CODE, ...owner })
        return {}
      },
    }),
  }
}
