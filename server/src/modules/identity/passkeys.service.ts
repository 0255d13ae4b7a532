import { createHash } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import {
  decodeClientDataJSON,
  isoBase64URL,
  parseAuthenticatorData,
} from '@simplewebauthn/server/helpers'
import { Refusal } from '@visavis/contract/errors'
import type {
  NewPasskey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyRequest,
} from '@visavis/contract/http'
import type { Clock } from '@visavis/platform/clock'
import { faultOf, hasCounterGoneBack } from './passkey-rules.ts'
import type { PasskeyFault } from './passkey-rules.ts'
import type { ChallengeKind, ChallengeOwner, PasskeyRow, ProofsRepo } from './proofs.repo.ts'

/** Whose passkeys ours are (RP): its name, its host, and the origins of its pages. */
export type RelyingParty = {
  readonly name: string
  readonly rpId: string
  readonly origins: readonly string[]
}

/** A passkey that answered rightly, with the counter it told. */
export type Answered = {
  readonly passkey: PasskeyRow
  readonly counter: bigint
  readonly isBackedUp: boolean
}

/** An answer that counts for nothing, and the passkey that it names, if there is one. */
export class PasskeyRefused extends Refusal {
  readonly fault: PasskeyFault
  readonly passkey: PasskeyRow | null
  constructor(fault: PasskeyFault, passkey: PasskeyRow | null = null) {
    super('PASSKEY_REFUSED')
    this.fault = fault
    this.passkey = passkey
  }
}

/** WebAuthn's own advice is five to ten minutes; ours are the shorter. */
const CHALLENGE_LIFE_MS = 5 * 60_000
/** EdDSA, ES256 and RS256 (COSE): what authenticators of today make. */
const ALGORITHMS = [-8, -7, -257] as const
const VERIFIED = { requireUserVerification: true } as const

type Deps = { repo: ProofsRepo; clock: Clock; rp: RelyingParty }

/** The two ceremonies of WebAuthn; nothing here signs anybody in. */
export type Passkeys = ReturnType<typeof createPasskeys>

export function createPasskeys(deps: Deps) {
  return {
    /** What a browser is to ask for: one of `passkeys`, or whichever it has when there are none. */
    request: async (
      owner: ChallengeOwner,
      { kind, passkeys }: { kind: ChallengeKind; passkeys: readonly PasskeyRow[] },
    ): Promise<PasskeyRequest> => {
      const options = await generateAuthenticationOptions({
        ...{ rpID: deps.rp.rpId, timeout: CHALLENGE_LIFE_MS, userVerification: 'required' },
        allowCredentials: passkeys.map(descriptorOf),
      })
      await keepChallenge(deps, { challenge: options.challenge, kind, owner })
      const { challenge } = options
      const allowCredentials = passkeys.map(typedDescriptorOf)
      const { rpId } = deps.rp
      return {
        challenge,
        rpId,
        timeout: CHALLENGE_LIFE_MS,
        allowCredentials,
        userVerification: 'required',
      }
    },
    creation: (owner: ChallengeOwner, of: CreationOf) => creation(deps, owner, of),
    /** Checks an answer; its challenge is used up, right or wrong. Refuses with {@link PasskeyRefused}. */
    check: (answer: PasskeyAnswer, owner: ChallengeOwner, kind: ChallengeKind) =>
      check(deps, answer, { owner, kind }),
    /** Checks a new passkey; gives what is stored of it. Refuses with {@link PasskeyRefused}. */
    checkNew: (credential: NewPasskey, owner: ChallengeOwner) => checkNew(deps, credential, owner),
  }
}

type CreationOf = {
  readonly accountId: string
  readonly login: string
  readonly displayName: string
  readonly passkeys: readonly PasskeyRow[]
}

async function creation(
  deps: Deps,
  owner: ChallengeOwner,
  of: CreationOf,
): Promise<PasskeyCreation> {
  const options = await generateRegistrationOptions({
    ...{ rpName: deps.rp.name, rpID: deps.rp.rpId, timeout: CHALLENGE_LIFE_MS },
    ...{ userName: of.login, userDisplayName: of.displayName, attestationType: 'none' },
    // Random-looking, and no secret: the account's id, so that a second passkey replaces none of another account.
    userID: Uint8Array.from(Buffer.from(of.accountId)),
    excludeCredentials: of.passkeys.map(descriptorOf),
    supportedAlgorithmIDs: [...ALGORITHMS],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await keepChallenge(deps, { challenge: options.challenge, kind: 'CREATE', owner })
  const { rp, user, challenge, pubKeyCredParams } = options
  return {
    ...{ user, challenge, pubKeyCredParams, timeout: CHALLENGE_LIFE_MS, attestation: 'none' },
    rp: { name: rp.name, id: deps.rp.rpId },
    excludeCredentials: of.passkeys.map(typedDescriptorOf),
    authenticatorSelection: {
      ...{ residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    },
  }
}

async function keepChallenge(
  { repo, clock }: Deps,
  { challenge, kind, owner }: { challenge: string; kind: ChallengeKind; owner: ChallengeOwner },
): Promise<void> {
  const createdAt = clock.now()
  const expiresAt = new Date(createdAt.getTime() + CHALLENGE_LIFE_MS)
  await repo.addChallenge({ challenge, kind, ...owner, createdAt, expiresAt })
}

async function check(
  deps: Deps,
  answer: PasskeyAnswer,
  { owner, kind }: { owner: ChallengeOwner; kind: ChallengeKind },
): Promise<Answered> {
  const challenge = await takeChallenge(deps, answer.response.clientDataJSON, { owner, kind })
  const passkey = await deps.repo.passkeyByCredential(answer.id)
  if (passkey === null) throw new PasskeyRefused('CREDENTIAL_UNKNOWN')
  const told = await verified(deps, answer, { challenge, passkey })
  // Only what is signed is believed of a counter: anybody could send one that went back.
  if (hasCounterGoneBack(Number(passkey.counter), told.newCounter)) {
    throw new PasskeyRefused('COUNTER_WENT_BACK', passkey)
  }
  return { passkey, counter: BigInt(told.newCounter), isBackedUp: told.credentialBackedUp }
}

async function verified(
  { rp }: Deps,
  answer: PasskeyAnswer,
  { challenge, passkey }: { challenge: string; passkey: PasskeyRow },
) {
  const { userHandle, ...signed } = answer.response
  const response = userHandle === undefined ? signed : { ...signed, userHandle }
  const given = {
    ...{ expectedChallenge: challenge, expectedOrigin: [...rp.origins], expectedRPID: rp.rpId },
    ...{
      credential: {
        id: passkey.credentialId,
        publicKey: Uint8Array.from(passkey.publicKey),
        counter: 0,
      },
    },
    ...VERIFIED,
    response: { ...answer, response, clientExtensionResults: {} },
  }
  const verdict = await verifyAuthenticationResponse(given).catch(() => null)
  if (!verdict?.verified) throw new PasskeyRefused(faultIn(rp, answer), passkey)
  return verdict.authenticationInfo
}

async function checkNew(deps: Deps, credential: NewPasskey, owner: ChallengeOwner) {
  const { clientDataJSON } = credential.response
  const challenge = await takeChallenge(deps, clientDataJSON, { owner, kind: 'CREATE' })
  const { rp } = deps
  const verdict = await verifyRegistrationResponse({
    ...{ expectedChallenge: challenge, expectedOrigin: [...rp.origins], expectedRPID: rp.rpId },
    ...{ ...VERIFIED, supportedAlgorithmIDs: [...ALGORITHMS] },
    // The library reads transports as what browsers may say; whatever they say is only ever sent back to them.
    response: { ...credential, clientExtensionResults: {} } as RegistrationResponseJSON,
  }).catch(() => null)
  if (!verdict?.verified) throw new PasskeyRefused('BAD_SIGNATURE')
  const { credential: made, credentialBackedUp } = verdict.registrationInfo
  return {
    credentialId: made.id,
    publicKey: Uint8Array.from(made.publicKey),
    counter: BigInt(made.counter),
    transports: (credential.response.transports ?? []).filter(isTransport),
    isBackedUp: credentialBackedUp,
  }
}

async function takeChallenge(
  { repo, clock }: Deps,
  clientDataJSON: string,
  { owner, kind }: { owner: ChallengeOwner; kind: ChallengeKind },
): Promise<string> {
  const challenge = challengeIn(clientDataJSON)
  const isOurs =
    challenge !== null && (await repo.useChallenge({ challenge, kind, ...owner }, clock.now()))
  if (!isOurs) throw new PasskeyRefused('CHALLENGE_UNKNOWN')
  return challenge
}

function challengeIn(clientDataJSON: string): string | null {
  try {
    const { challenge } = decodeClientDataJSON(clientDataJSON)
    return typeof challenge === 'string' ? challenge : null
  } catch {
    return null
  }
}

function faultIn(rp: RelyingParty, { response }: PasskeyAnswer): PasskeyFault {
  try {
    const { origin } = decodeClientDataJSON(response.clientDataJSON)
    const { rpIdHash, flags } = parseAuthenticatorData(
      isoBase64URL.toBuffer(response.authenticatorData),
    )
    const isOurRp = createHash('sha256').update(rp.rpId).digest().equals(rpIdHash)
    return faultOf({ origin, isOurRp, isUserVerified: flags.uv }, rp)
  } catch {
    return 'BAD_SIGNATURE'
  }
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
type Transport = (typeof TRANSPORTS)[number]

function isTransport(said: string): said is Transport {
  return TRANSPORTS.some((known) => known === said)
}

function descriptorOf({ credentialId, transports }: PasskeyRow) {
  return { id: credentialId, transports: transports.filter(isTransport) }
}

function typedDescriptorOf(passkey: PasskeyRow) {
  return { ...descriptorOf(passkey), type: 'public-key' as const }
}
