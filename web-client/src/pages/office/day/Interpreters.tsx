import { Button, FailureNotice, Tag, TextField, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../../forms/form-text.ts'
import type { Reply } from '@visavis/ui/api/api.ts'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { useAct } from '../parts/use-act.ts'

/** Who interprets in a visit, and a way to give it somebody. */
export function Interpreters({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const load = useCallback(() => call('interpreters', { params: { visitId } }), [call, visitId])
  const from = useResource(load)
  return (
    <details className="vv-office__more">
      <summary>{t('officeDay.interpreters')}</summary>
      <Loaded from={from}>
        {({ interpreters }, reload) => (
          <div className="vv-stack vv-stack--near">
            {interpreters.map((one) => (
              <Interpreter key={one.seatId} visitId={visitId} interpreter={one} onDone={reload} />
            ))}
            <AddInterpreter key={interpreters.length} visitId={visitId} onDone={reload} />
          </div>
        )}
      </Loaded>
    </details>
  )
}

type InterpreterProps = {
  readonly visitId: string
  readonly interpreter: Reply<'interpreters'>['interpreters'][number]
  readonly onDone: () => void
}

function Interpreter({ visitId, interpreter, onDone }: InterpreterProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const { seatId, name, state } = interpreter
  const remove = async () => {
    const params = { visitId, seatId }
    const done = await act.run(() => call('removeInterpreter', { params }))
    if (done !== null) onDone()
  }
  return (
    <>
      <p className="vv-row">
        <strong>{name}</strong>
        <Tag>{t(`seat.${state}`)}</Tag>
        {state === 'NOT_ARRIVED' && (
          <Button look="secondary" isSmall isBusy={act.isBusy} onClick={() => void remove()}>
            {t('officeDay.removeInterpreter', { name })}
          </Button>
        )}
      </p>
      {act.failure && <FailureNotice code={act.failure.code} />}
    </>
  )
}

function AddInterpreter({ visitId, onDone }: { visitId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const add = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = { email: textOf(new FormData(event.currentTarget), 'email') }
    if (act.isBusy || body.email === '') return
    const done = await act.run(() => call('addInterpreter', { params: { visitId }, body }))
    if (done !== null) onDone()
  }
  return (
    <form className="vv-stack vv-stack--close" onSubmit={(event) => void add(event)}>
      <TextField
        name="email"
        label={t('officeDay.interpreterEmail')}
        hint={t('officeDay.interpreterHint')}
        type="email"
        autoComplete="off"
      />
      {act.failure && <FailureNotice code={act.failure.code} />}
      <p>
        <Button type="submit" look="secondary" isBusy={act.isBusy}>
          {t('officeDay.addInterpreter')}
        </Button>
      </p>
    </form>
  )
}
