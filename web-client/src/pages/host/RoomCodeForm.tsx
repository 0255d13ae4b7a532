import { Button, ErrorSummary, Page, PageHeading, TextField } from '@visavis/ui'
import { useState } from 'react'
import type { FailureCode } from '@visavis/ui'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { problemIf, useProblems } from '../../forms/use-problems.ts'
import { useSession } from '../../session/session.ts'
import { tidyCode } from '../../session/room-device.ts'

const CODE_ID = 'room-code'
/** The server takes no shorter code. */
const SHORTEST_CODE = 6

/** The host's one-time code; `onEntered` gets the visit that it signs this device in for. */
export function RoomCodeForm({ onEntered }: { onEntered: (visitId: string) => void }) {
  const { t } = useTranslation()
  const problems = useProblems()
  const [code, setCode] = useState('')
  const { isBusy, signIn } = useRoomSignIn(onEntered, (refusal) =>
    problems.showFailure(refusal, CODE_ID),
  )
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const missing = problemIf(tidyCode(code).length < SHORTEST_CODE, CODE_ID, t('room.missing'))
    problems.show(missing)
    if (missing.length === 0) void signIn(tidyCode(code))
  }
  return (
    <Page>
      <form className="vv-stack" noValidate onSubmit={submit}>
        <ErrorSummary key={problems.attempt} problems={problems.problems} />
        <PageHeading>{t('room.title')}</PageHeading>
        <p>{t('room.intro')}</p>
        <div className="vv-room__code">
          <TextField
            fieldId={CODE_ID}
            label={t('room.code')}
            hint={t('room.hint')}
            error={problems.of(CODE_ID)}
            value={code}
            maxLength={32}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        <div>
          <Button type="submit" isWide isBusy={isBusy}>
            {t('room.submit')}
          </Button>
        </div>
      </form>
    </Page>
  )
}

function useRoomSignIn(
  onEntered: (visitId: string) => void,
  onRefusal: (code: FailureCode) => void,
): { isBusy: boolean; signIn: (code: string) => Promise<void> } {
  const { call, refresh } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const signIn = async (code: string) => {
    setIsBusy(true)
    const result = await call('roomSignIn', { body: { code } })
    if (!result.ok) {
      setIsBusy(false)
      onRefusal(result.code)
      return
    }
    onEntered(result.data.visitId)
    refresh()
  }
  return { isBusy, signIn }
}
