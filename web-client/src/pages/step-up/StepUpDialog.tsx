import { Button, Dialog, FailureNotice, Progress, useResource, useStore } from '@visavis/ui'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { canUsePasskeys, provePasskey } from '../../session/passkeys.ts'
import { useSession } from '../../session/session.ts'
import { PasskeyTroubleNotice } from '../sign-in/PasskeyTroubleNotice.tsx'
import type { PasskeyFailure } from '../sign-in/use-passkey-sign-in.ts'
import { PasswordProof } from './PasswordProof.tsx'
import { passwordKindOf } from './proof-kinds.ts'

/** Stands over every page, and opens when somebody waits for a fresh proof of the person. */
export function StepUp() {
  const { session, proofDesk } = useSession()
  const isAsked = useStore(proofDesk)
  const isHere = session.phase === 'signedIn'
  useEffect(() => {
    // Nobody is left to prove anything.
    if (isAsked && !isHere) proofDesk.answer(false)
  }, [isAsked, isHere, proofDesk])
  return isAsked && isHere ? <StepUpDialog /> : null
}

function StepUpDialog() {
  const { t } = useTranslation()
  const { call, proofDesk } = useSession()
  const loaded = useResource(useCallback(() => call('proofRequest', {}), [call]))
  const cancel = () => proofDesk.answer(false)
  return (
    <Dialog title={t('stepUp.title')} className="vv-dialog--form" onClose={cancel}>
      <p>{t('stepUp.body')}</p>
      {loaded.phase === 'loading' && <Progress />}
      {loaded.phase === 'failed' && <FailureNotice code={loaded.code} onRetry={loaded.reload} />}
      {loaded.phase === 'ready' && <Proofs request={loaded.data} onStale={loaded.reload} />}
      <div>
        <Button look="secondary" onClick={cancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}

type Request = Reply<'proofRequest'>

/** The passkey first, the password a press away; whoever has neither is told what to do. */
function Proofs({ request, onStale }: { request: Request; onStale: () => void }) {
  const { t } = useTranslation()
  const hasPasskey = request.passkey !== null && canUsePasskeys()
  const passwordKind = passwordKindOf(request.kinds)
  const [wantsPassword, setWantsPassword] = useState(false)
  if (passwordKind !== null && (wantsPassword || !hasPasskey)) {
    return <PasswordProof kind={passwordKind} />
  }
  if (!hasPasskey) return <p>{t('stepUp.nothing')}</p>
  return (
    <>
      <PasskeyProof request={request} onStale={onStale} />
      {passwordKind !== null && (
        <div>
          <Button look="quiet" onClick={() => setWantsPassword(true)}>
            {t(`stepUp.instead.${passwordKind}`)}
          </Button>
        </div>
      )}
    </>
  )
}

/** The server's question works once: after each failure it is asked for anew. */
function PasskeyProof({
  request: { passkey },
  onStale,
}: {
  request: Request
  onStale: () => void
}) {
  const { t } = useTranslation()
  const { call, enter, proofDesk } = useSession()
  const [failure, setFailure] = useState<PasskeyFailure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const run = async (): Promise<PasskeyFailure | null> => {
    if (passkey === null) return null
    const answer = await provePasskey(passkey)
    if (!answer.ok) return { from: 'device', trouble: answer.trouble }
    const result = await call('prove', { body: { kind: 'PASSKEY', credential: answer.response } })
    if (!result.ok) return { from: 'server', code: result.code }
    enter(result.data)
    proofDesk.answer(true)
    return null
  }
  const press = async () => {
    setIsBusy(true)
    setFailure(null)
    const failed = await run()
    setIsBusy(false)
    setFailure(failed)
    if (failed !== null) onStale()
  }
  return (
    <>
      <PasskeyTroubleNotice failure={failure} />
      <div>
        <Button autoFocus isBusy={isBusy} onClick={() => void press()}>
          {t('passkey.prove')}
        </Button>
      </div>
    </>
  )
}
