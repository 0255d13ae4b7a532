import { Notice, TextField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { textOf } from '../../forms/form-text.ts'
import { StepForm } from '../../forms/StepPage.tsx'
import { canUsePasskeys, makePasskey } from '../../session/passkeys.ts'
import { useSession } from '../../session/session.ts'
import { PasskeyTroubleNotice } from '../sign-in/PasskeyTroubleNotice.tsx'
import type { PasskeyFailure } from '../sign-in/use-passkey-sign-in.ts'
import { deviceOf } from './device-name.ts'

/** The server takes no longer name. */
const LONGEST_NAME = 60

type Added = Reply<'addPasskey'>

/** Sets up a passkey: a name to know it by, then the browser asks for finger, face or PIN. */
export function PasskeyForm({ onDone }: { onDone: (added: Added) => void }) {
  const { t } = useTranslation()
  const { make, isBusy, failure } = useMaking(onDone)
  const device = useDeviceWords()
  if (!canUsePasskeys()) return <Notice tone="warn">{t('passkey.notInBrowser')}</Notice>
  return (
    <>
      <PasskeyTroubleNotice failure={failure} />
      <ul className="vv-bullets">
        <li>{t('passkey.own')}</li>
        <li>{t('passkey.shared')}</li>
      </ul>
      <StepForm
        isBusy={isBusy}
        submitLabel={t('passkey.make')}
        onSubmit={(form) => void make(textOf(form, 'name').trim())}
      >
        <TextField
          label={t('passkey.name')}
          hint={t('passkey.nameHint')}
          name="name"
          fieldId="name"
          autoComplete="off"
          maxLength={LONGEST_NAME}
          defaultValue={device}
        />
      </StepForm>
    </>
  )
}

/** What this device is called until somebody has a better name for it. */
function useDeviceWords(): string {
  const { t } = useTranslation()
  const { browser, system } = deviceOf(navigator.userAgent, navigator.maxTouchPoints)
  return browser === null || system === null
    ? t('passkey.thisDevice')
    : t('security.device', { browser, system })
}

function useMaking(onDone: (added: Added) => void) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<PasskeyFailure | null>(null)
  const run = async (name: string): Promise<PasskeyFailure | null> => {
    const creation = await call('passkeyCreation', {})
    if (!creation.ok) return { from: 'server', code: creation.code }
    const answer = await makePasskey(creation.data)
    if (!answer.ok) return { from: 'device', trouble: answer.trouble }
    const added = await call('addPasskey', { body: { name, credential: answer.response } })
    if (!added.ok) return { from: 'server', code: added.code }
    onDone(added.data)
    return null
  }
  const make = async (typed: string) => {
    setIsBusy(true)
    setFailure(null)
    setFailure(await run(typed === '' ? t('passkey.thisDevice') : typed))
    setIsBusy(false)
  }
  return { make, isBusy, failure }
}
