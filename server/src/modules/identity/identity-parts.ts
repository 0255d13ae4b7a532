import type { Clock } from '@visavis/platform/clock'
import type { Transact } from '../../platform/transact.ts'
import type { Audit } from '../audit/index.ts'
import type { Tasks } from '../tasks/index.ts'
import type { DeviceProofs } from './device-proofs.ts'
import type { Nonces } from './device-nonces.ts'
import type { Devices } from './devices.service.ts'
import type { IdentityKeys } from './identity-keys.ts'
import type { IdentityRepo } from './identity.repo.ts'
import type { LimitsRepo } from './limits.repo.ts'
import type { Limits } from './limits.service.ts'
import type { Passkeys } from './passkeys.service.ts'
import type { ProofsRepo } from './proofs.repo.ts'
import type { Sessions } from './sessions.service.ts'
import type { SetUpCodes } from './set-up-codes.ts'
import type { StaffSignIn } from './sign-in-rules.ts'

/** What the use cases of signing in are made of. */
export type IdentityParts = {
  readonly repo: IdentityRepo
  readonly proofs: ProofsRepo
  readonly limitsRepo: LimitsRepo
  readonly limits: Limits
  readonly keys: IdentityKeys
  readonly passkeys: Passkeys
  readonly sessions: Sessions
  readonly setUpCodes: SetUpCodes
  readonly tasks: Tasks
  readonly nonces: Nonces
  readonly deviceProofs: DeviceProofs
  /** Whether terminals come with a client certificate, or not at all. */
  readonly needsCertificate: boolean
  readonly devices: Devices
  readonly audit: Audit
  readonly clock: Clock
  readonly transact: Transact
  readonly staffSignIn: StaffSignIn
}
