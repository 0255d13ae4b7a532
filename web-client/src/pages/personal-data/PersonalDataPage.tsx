import {
  Button,
  FailureNotice,
  Notice,
  PageHeading,
  Panel,
  TextField,
  useResource,
} from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { textOf } from '../../forms/form-text.ts'
import { useMe, useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { Done } from '../office/parts/Done.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { useMoment } from '../security/use-moment.ts'

type Data = Reply<'personalData'>
type DataClassRow = Data['classes'][number]

/** What personal data are kept, how long, what goes when, and what went last. */
export function PersonalDataPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const [told, tell] = useState<string | null>(null)
  const loaded = useResource(useCallback(() => call('personalData', {}), [call]))
  return (
    <AccountPage width="wide">
      <div className="vv-stack">
        <PageHeading>{t('personalData.title')}</PageHeading>
        <p>{t('personalData.intro')}</p>
        <Done words={told} />
        <Loaded from={loaded}>
          {(data, reload) => (
            <Classes
              data={data}
              onDone={(words) => {
                tell(words)
                reload()
              }}
            />
          )}
        </Loaded>
      </div>
    </AccountPage>
  )
}

function Classes({ data, onDone }: { data: Data; onDone: (words: string) => void }) {
  const { t } = useTranslation()
  const moment = useMoment()
  const { classes, tombstones, heldFrom } = data
  return (
    <>
      {heldFrom !== null && (
        <Notice title={t('personalData.held', { when: moment(heldFrom) })}>
          {t('personalData.heldBody')}
        </Notice>
      )}
      <ul className="vv-list">
        {classes.map((one) => (
          <li key={one.dataClass}>
            <ClassCard one={one} onDone={onDone} />
          </li>
        ))}
      </ul>
      <section className="vv-stack vv-stack--near">
        <h2>{t('personalData.gone')}</h2>
        {tombstones.length === 0 && <p className="vv-soft">{t('personalData.nothingGone')}</p>}
        <ul className="vv-bullets">
          {tombstones.map(({ tombstoneId, dataClass, destroyedAt, count, sha256 }) => (
            <li key={tombstoneId}>
              {t('personalData.wentAt', {
                ...{ when: moment(destroyedAt), count },
                what: t(`personalData.classes.${dataClass}.name`),
              })}{' '}
              <code className="vv-code-line">{sha256}</code>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

type CardProps = { readonly one: DataClassRow; readonly onDone: (words: string) => void }

function ClassCard({ one, onDone }: CardProps) {
  const { t } = useTranslation()
  const moment = useMoment()
  const { role } = useMe()
  const { dataClass, kept, due, dueSoon, nextAt, shortensAt, days } = one
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--close">
        <h2>{t(`personalData.classes.${dataClass}.name`)}</h2>
        <p className="vv-soft">{t(`personalData.classes.${dataClass}.what`)}</p>
        <p>
          {t('personalData.kept', { count: kept })} {t('personalData.soon', { count: dueSoon })}{' '}
          {nextAt !== null && t('personalData.next', { when: moment(nextAt) })}
        </p>
        {due > 0 && <p>{t('personalData.due', { count: due })}</p>}
        {shortensAt !== null && (
          <p>{t('personalData.shortens', { count: days, when: moment(shortensAt) })}</p>
        )}
        {role === 'operatorAdmin' ? (
          <DaysForm one={one} onDone={onDone} />
        ) : (
          <p>{t('personalData.days', { count: days })}</p>
        )}
      </div>
    </Panel>
  )
}

function DaysForm({ one, onDone }: CardProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const { dataClass, days, min, max } = one
  const name = t(`personalData.classes.${dataClass}.name`)
  const save = async (form: FormData) => {
    const body = { days: Number(textOf(form, 'days')) }
    const saved = await act.run(() => call('setDataDays', { params: { dataClass }, body }))
    if (saved !== null) onDone(t('personalData.saved', { name }))
  }
  return (
    <form
      className="vv-stack vv-stack--close"
      onSubmit={(event) => {
        event.preventDefault()
        void save(new FormData(event.currentTarget))
      }}
    >
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <TextField
        type="number"
        name="days"
        label={t('personalData.daysField')}
        hint={t('personalData.bounds', { min, max })}
        min={min}
        max={max}
        required
        defaultValue={days}
      />
      <div>
        <Button
          type="submit"
          look="secondary"
          isBusy={act.isBusy}
          aria-label={t('personalData.saveOf', { name })}
        >
          {t('personalData.save')}
        </Button>
      </div>
    </form>
  )
}
