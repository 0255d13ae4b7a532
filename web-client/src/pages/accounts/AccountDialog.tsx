import { ConfirmDialog, FailureNotice } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import type { SessionCall } from '../../session/session.ts'
import { ReasonDialog } from '../office/parts/ReasonDialog.tsx'
import { useAct } from '../office/parts/use-act.ts'
import type { AccountDeed, SetUpCode, StaffAccount } from './account-rules.ts'

type DialogProps = {
  readonly deed: AccountDeed
  readonly account: StaffAccount
  /** With the one-time code that came of it, where one did. */
  readonly onDone: (code: SetUpCode | null) => void
  readonly onClose: () => void
}

const WITH_REASON: ReadonlySet<AccountDeed> = new Set(['reset', 'disable', 'enable'])

/** Asks before something is done with an account, and why where that is kept. */
export function AccountDialog({ deed, account, onDone, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const run = async (reason: string) => {
    const done = await act.run(() => deedOf(call, { deed, account, reason }))
    if (done !== null) onDone(done.code)
  }
  const words = {
    title: t(`accounts.deed.${deed}.label`, { name: account.displayName }),
    body: t(`accounts.deed.${deed}.body`),
    submit: t(`accounts.deed.${deed}.short`),
  }
  if (WITH_REASON.has(deed)) {
    return (
      <ReasonDialog
        title={words.title}
        submitLabel={words.submit}
        isDanger={deed !== 'enable'}
        act={act}
        onReason={(reason) => void run(reason)}
        onClose={onClose}
      >
        <p>{words.body}</p>
      </ReasonDialog>
    )
  }
  return (
    <ConfirmDialog
      title={words.title}
      confirmLabel={words.submit}
      confirmLook={deed === 'end' ? 'danger' : 'primary'}
      isBusy={act.isBusy}
      onConfirm={() => void run('')}
      onCancel={onClose}
    >
      <p>{words.body}</p>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </ConfirmDialog>
  )
}

type Outcome = { readonly code: SetUpCode | null }
type Asked = Pick<DialogProps, 'deed' | 'account'> & { readonly reason: string }

async function deedOf(
  call: SessionCall,
  { deed, account, reason }: Asked,
): Promise<Result<Outcome>> {
  const params = { accountId: account.accountId }
  const body = { reason }
  switch (deed) {
    case 'code':
      return told(await call('issueSetUpCode', { params }), (code) => code)
    case 'end':
      return told(await call('endAccountSessions', { params }), () => null)
    case 'reset':
      return told(await call('askReset', { params, body }), () => null)
    case 'disable':
      return told(await call('disableAccount', { params, body }), () => null)
    case 'enable':
      return told(await call('enableAccount', { params, body }), () => null)
    case 'approve':
    case 'reject': {
      const decision = {
        params: { resetId: account.reset?.resetId ?? '' },
        body: { isApproved: deed === 'approve' },
      }
      return told(await call('decideReset', decision), ({ setUpCode }) => setUpCode)
    }
  }
}

function told<Data>(
  result: Result<Data>,
  codeOf: (data: Data) => SetUpCode | null,
): Result<Outcome> {
  return result.ok ? { ok: true, data: { code: codeOf(result.data) } } : result
}
