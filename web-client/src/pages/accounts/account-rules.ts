import type { Reply } from '../../api/api.ts'

export type StaffAccount = Reply<'staffAccounts'>['accounts'][number]
export type SetUpCode = Reply<'issueSetUpCode'>

/** What can be done with an account. */
export type AccountDeed = 'code' | 'end' | 'reset' | 'approve' | 'reject' | 'disable' | 'enable'

/**
 * What the reader may do with an account now. Nobody disables or resets themselves, a reset is decided by
 * somebody who did not ask for it, and an account with a passkey gets no code without a reset.
 */
export function deedsFor(account: StaffAccount): readonly AccountDeed[] {
  const { isMe, disabledAt, sessions } = account
  const isOn = disabledAt === null
  return [
    ...(isOn && account.passkeys === 0 ? (['code'] as const) : []),
    ...(sessions > 0 ? (['end'] as const) : []),
    ...(isMe ? [] : deedsWithAnother(account, isOn)),
  ]
}

function deedsWithAnother({ reset, ...account }: StaffAccount, isOn: boolean): AccountDeed[] {
  const hasProofs = account.passkeys > 0 || account.hasTotp
  const canAsk = isOn && reset === null && hasProofs
  const canDecide = reset !== null && !reset.isMine
  return [
    ...(canAsk ? (['reset'] as const) : []),
    ...(canDecide ? (['approve', 'reject'] as const) : []),
    isOn ? 'disable' : 'enable',
  ]
}

/** How an account stands; the first that fits. */
export function standOf(
  account: StaffAccount,
  nowMs: number,
): 'DISABLED' | 'RESET' | 'CODE' | 'NO_PASSKEY' | 'READY' {
  const { disabledAt, reset, passkeys, setUpCodeExpiresAt } = account
  if (disabledAt !== null) return 'DISABLED'
  if (reset !== null) return 'RESET'
  if (passkeys > 0) return 'READY'
  const hasCode = setUpCodeExpiresAt !== null && Date.parse(setUpCodeExpiresAt) > nowMs
  return hasCode ? 'CODE' : 'NO_PASSKEY'
}

/** The accounts whose name or login has that text in it. */
export function matching(accounts: readonly StaffAccount[], text: string): StaffAccount[] {
  const sought = text.trim().toLocaleLowerCase()
  return accounts.filter(({ login, displayName }) =>
    [login, displayName].some((each) => each.toLocaleLowerCase().includes(sought)),
  )
}
