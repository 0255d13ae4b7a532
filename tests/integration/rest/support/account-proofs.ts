import { randomBytes } from 'node:crypto'
import type { PasskeyRequest } from '@visavis/contract/http'
import { newId, newToken, tokenHash } from '@visavis/prisma'
import { BUILT_SECRET_HASH } from '@visavis/prisma/seed'
import { createIdentityKeys } from '../../../../server/src/modules/identity/identity-keys.ts'
import { newTotpSecret } from '../../../../server/src/modules/identity/totp.ts'
import { anAuthenticator } from '../../../support/software-authenticator.ts'
import type { RestWorld } from './rest-world.ts'

const MINUTE_MS = 60_000

type MailCode = {
  readonly purpose: 'RECOVERY' | 'ADDRESS'
  readonly accountId: string
  readonly code: string
  readonly browserHash: string
  readonly email?: string
  readonly provedAt: Date | null
}

/** Puts proofs of accounts into the database as the server would have. */
export class AccountProofs {
  readonly #world: () => RestWorld

  constructor(world: () => RestWorld) {
    this.#world = world
  }

  /** The sign-in of a `Cookie` header of an account. */
  async sessionOf(cookie: string): Promise<{ authSessionId: string; accountId: string }> {
    const token = /visavis=([\w-]+)/.exec(cookie)?.[1] ?? ''
    const where = { tokenHash: tokenHash(token) }
    const row = await this.#world().db.authSession.findUniqueOrThrow({ where })
    return { authSessionId: row.authSessionId, accountId: row.accountId ?? '' }
  }

  /** The account has the password of the builders and nothing else. */
  async reset(accountId: string): Promise<void> {
    const { db } = this.#world()
    await db.totp.deleteMany({ where: { accountId } })
    await db.passkey.deleteMany({ where: { accountId } })
    await db.account.update({ where: { accountId }, data: { passwordHash: BUILT_SECRET_HASH } })
  }

  /** Another sign-in of the account; its id. */
  async addSession(accountId: string): Promise<string> {
    const { db, clock } = this.#world()
    const now = clock.now()
    const expiresAt = new Date(now.getTime() + MINUTE_MS)
    const times = { createdAt: now, lastSeenAt: now, expiresAt }
    const authSessionId = newId()
    const data = { authSessionId, accountId, tokenHash: tokenHash(newToken()), ...times }
    await db.authSession.create({ data })
    return authSessionId
  }

  async addPasskey(accountId: string) {
    const { db, config } = this.#world()
    const authenticator = anAuthenticator(config.publicOrigin)
    const passkeyId = newId()
    const { credentialId, publicKey } = authenticator
    const row = { passkeyId, accountId, credentialId, publicKey: Uint8Array.from(publicKey) }
    await db.passkey.create({ data: { ...row, counter: 0n, name: 'Key', isBackedUp: false } })
    return { passkeyId, authenticator }
  }

  /** A challenge of that browser or sign-in, as the page would be given it. */
  async challenge(
    kind: 'CREATE' | 'SIGN_IN',
    owner: { browserHash: string } | { authSessionId: string },
  ): Promise<PasskeyRequest> {
    const { db, clock, config } = this.#world()
    const challenge = randomBytes(32).toString('base64url')
    const expiresAt = new Date(clock.now().getTime() + MINUTE_MS)
    await db.passkeyChallenge.create({ data: { challenge, kind, expiresAt, ...owner } })
    const rpId = new URL(config.publicOrigin).hostname
    return {
      challenge,
      rpId,
      timeout: MINUTE_MS,
      allowCredentials: [],
      userVerification: 'required',
    }
  }

  /** An app's secret for the account, in the clear; it counts if it was confirmed. */
  async addTotp(accountId: string, confirmedAt: Date | null): Promise<string> {
    const { db, config } = this.#world()
    const secret = newTotpSecret()
    const sealedSecret = Uint8Array.from(createIdentityKeys(config.keyRoot).seal(secret, accountId))
    const data = { sealedSecret, confirmedAt, lastStep: 0n }
    await db.totp.upsert({ where: { accountId }, create: { accountId, ...data }, update: data })
    return secret
  }

  async addMailCode({ code, ...row }: MailCode): Promise<void> {
    const { db, clock, config } = this.#world()
    const mailCodeId = newId()
    const createdAt = clock.now()
    const expiresAt = new Date(createdAt.getTime() + MINUTE_MS)
    const codeHash = createIdentityKeys(config.keyRoot).digest('mail-code', mailCodeId, code)
    await db.mailCode.create({ data: { mailCodeId, codeHash, createdAt, expiresAt, ...row } })
  }
}
