import { Button, FailureNotice, Notice, Panel, SelectField, Tag } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { PageHeading, useLanguage, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { dataArchiveUrl } from '../../api/paths.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { usePolled } from '../host/use-polled.ts'
import { sizeWords } from '../exports/export-rules.ts'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { useMoment } from '../security/use-moment.ts'
import { ErasureSection } from './ErasureSection.tsx'

type Copy = Reply<'dataExports'>['exports'][number]

/** How often it is asked whether a copy is ready. */
const BUSY_MS = 2_000
const IDLE_MS = 60_000
const ITSELF = ''
const TONES: Readonly<Record<Copy['state'], TagTone>> = {
  ASKED: 'action',
  READY: 'good',
  EXPIRED: 'plain',
  FAILED: 'bad',
}

/** A copy of everything that is kept of oneself or of a child: asked for, fetched, destroyed. */
export function MyDataPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const [everyMs, setEveryMs] = useState(IDLE_MS)
  const load = useCallback(async () => {
    const answer = await call('dataExports', {})
    if (answer.ok) {
      setEveryMs(answer.data.exports.some(({ state }) => state === 'ASKED') ? BUSY_MS : IDLE_MS)
    }
    return answer
  }, [call])
  const { data, failure, reload } = usePolled(load, everyMs)
  return (
    <AccountPage>
      <div className="vv-stack">
        <Link to="/profile">{t('common.back')}</Link>
        <PageHeading>{t('myData.title')}</PageHeading>
        <p>{t('myData.intro')}</p>
        <Asking onAsked={reload} />
        {failure !== null && <FailureNotice code={failure} onRetry={reload} />}
        {data !== null && <Copies copies={data.exports} onDone={reload} />}
        <ErasureSection />
      </div>
    </AccountPage>
  )
}

function Asking({ onAsked }: { onAsked: () => void }) {
  const { call } = useSession()
  const children = useResource(useCallback(() => call('myChildren', {}), [call]))
  return (
    <Loaded from={children}>
      {(data) => <AskForm people={data.children} onAsked={onAsked} />}
    </Loaded>
  )
}

type AskProps = { readonly people: Reply<'myChildren'>['children']; readonly onAsked: () => void }

function AskForm({ people, onAsked }: AskProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { language } = useLanguage()
  const act = useAct()
  const [whose, choose] = useState(ITSELF)
  const ask = async () => {
    const body = whose === ITSELF ? { language } : { language, childId: whose }
    if ((await act.run(() => call('askDataExport', { body }))) !== null) onAsked()
  }
  const options = [
    { value: ITSELF, label: t('myData.mine') },
    ...people.map(({ visitorId, givenName, familyName }) => ({
      ...{ value: visitorId, label: `${givenName} ${familyName}` },
    })),
  ]
  return (
    <div className="vv-stack vv-stack--near">
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      {people.length > 0 && (
        <SelectField label={t('myData.whose')} options={options} value={whose} onChoose={choose} />
      )}
      <div>
        <Button isBusy={act.isBusy} onClick={() => void ask()}>
          {t('myData.ask')}
        </Button>
      </div>
    </div>
  )
}

function Copies({ copies, onDone }: { copies: readonly Copy[]; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <section className="vv-stack vv-stack--near" aria-live="polite">
      <h2>{t('myData.copies')}</h2>
      {copies.length === 0 && <p className="vv-soft">{t('myData.none')}</p>}
      <ul className="vv-list">
        {copies.map((copy) => (
          <li key={copy.exportId}>
            <CopyCard copy={copy} onDone={onDone} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function CopyCard({ copy, onDone }: { copy: Copy; onDone: () => void }) {
  const { t, i18n } = useTranslation()
  const moment = useMoment()
  const { child, state, askedAt, expiresAt, bytes } = copy
  const name = child?.displayName ?? t('myData.mine')
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--close">
        <h3 className="vv-row">
          <span>{name}</span>
          <Tag tone={TONES[state]}>{t(`myData.state.${state}`)}</Tag>
        </h3>
        <p className="vv-soft">{t('myData.askedAt', { when: moment(askedAt) })}</p>
        {state === 'FAILED' && <Notice tone="bad" title={t('myData.failed')} />}
        {state === 'READY' && expiresAt !== null && bytes !== null && (
          <>
            <p>
              {t('myData.until', {
                when: moment(expiresAt),
                size: sizeWords(bytes, i18n.language),
              })}
            </p>
            <p className="vv-soft">{t('myData.careful')}</p>
          </>
        )}
        <CopyActs copy={copy} name={name} onDone={onDone} />
      </div>
    </Panel>
  )
}

type ActsProps = { readonly copy: Copy; readonly name: string; readonly onDone: () => void }

/** The proof is asked for by a call of its own: a link of a page cannot ask. */
function CopyActs({ copy: { exportId, state }, name, onDone }: ActsProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const params = { exportId }
  const fetchIt = async () => {
    const proved = await act.run(() => call('dataExport', { params }))
    if (proved !== null) window.location.assign(dataArchiveUrl(exportId))
  }
  const destroy = async () => {
    if ((await act.run(() => call('removeDataExport', { params }))) !== null) onDone()
  }
  if (state !== 'READY' && state !== 'ASKED') return null
  return (
    <>
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <div className="vv-row">
        {state === 'READY' && (
          <Button
            isBusy={act.isBusy}
            aria-label={t('myData.fetchOf', { name })}
            onClick={() => void fetchIt()}
          >
            {t('myData.fetch')}
          </Button>
        )}
        <Button
          look="secondary"
          isBusy={act.isBusy}
          aria-label={t('myData.destroyOf', { name })}
          onClick={() => void destroy()}
        >
          {t('myData.destroy')}
        </Button>
      </div>
    </>
  )
}
