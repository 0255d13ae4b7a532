import { Button, FailureNotice, Panel, Progress, Tag } from '@visavis/ui'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDateWords } from '../../../forms/use-date-words.ts'
import { useSession } from '../../../session/session.ts'
import { usePages } from './use-pages.ts'
import type { Pages } from './use-pages.ts'

const SHOWN = 25

/** Visitors by name, each leading to their page. */
export function FoundVisitors({ query }: { query: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const dateWords = useDateWords()
  const pages = usePages(
    useCallback(
      (cursor: string | null) => call('searchVisitors', { body: askOf(query, cursor) }),
      [call, query],
    ),
  )
  const heads = [t('officePeople.name'), t('officePeople.birthDate'), t('officePeople.identity')]
  return (
    <Found pages={pages} heads={heads}>
      {pages.items.map(({ visitorId, givenName, familyName, birthDate, verification }) => (
        <tr key={visitorId}>
          <th scope="row">
            <Link to={`/office/search/visitors/${visitorId}`}>
              {familyName}, {givenName}
            </Link>
          </th>
          <td data-label={heads[1]}>{dateWords(birthDate)}</td>
          <td data-label={heads[2]}>
            <Tag tone={verification === 'VERIFIED' ? 'good' : 'warn'}>
              {t(`verification.${verification}`)}
            </Tag>
          </td>
        </tr>
      ))}
    </Found>
  )
}

/** Inmates by number or name, each leading to their page. */
export function FoundInmates({ query }: { query: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const dateWords = useDateWords()
  const pages = usePages(
    useCallback(
      (cursor: string | null) => call('searchInmates', { body: askOf(query, cursor) }),
      [call, query],
    ),
  )
  const heads = [
    t('officePeople.name'),
    t('officePeople.number'),
    t('officePeople.birthDate'),
    t('officePeople.wing'),
  ]
  return (
    <Found pages={pages} heads={heads}>
      {pages.items.map((inmate) => (
        <tr key={inmate.inmateId}>
          <th scope="row">
            <Link to={`/office/search/inmates/${inmate.inmateId}`}>
              {inmate.familyName}, {inmate.givenName}
            </Link>
          </th>
          <td data-label={heads[1]}>{inmate.inmateNumber}</td>
          <td data-label={heads[2]}>{dateWords(inmate.birthDate)}</td>
          <td data-label={heads[3]}>
            {inmate.custody === 'IN_CUSTODY' ? inmate.wing : t(`custody.${inmate.custody}`)}
          </td>
        </tr>
      ))}
    </Found>
  )
}

function askOf(query: string, cursor: string | null) {
  return { query, limit: SHOWN, ...(cursor === null ? {} : { cursor }) }
}

type FoundProps = {
  readonly pages: Pages<unknown>
  readonly heads: readonly string[]
  readonly children: ReactNode
}

function Found({ pages, heads, children }: FoundProps) {
  const { t } = useTranslation()
  const { items, phase, code, more } = pages
  if (phase === 'ready' && items.length === 0) return <NobodyFound />
  return (
    <>
      {items.length > 0 && (
        <table className="vv-table vv-table--dense vv-table--cards">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
      {phase === 'loading' && <Progress />}
      {code !== null && <FailureNotice code={code} {...(more ? { onRetry: more } : {})} />}
      {phase === 'ready' && more && (
        <div>
          <Button look="secondary" onClick={more}>
            {t('officePeople.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Nothing was found, and what to try. */
function NobodyFound() {
  const { t } = useTranslation()
  return (
    <Panel>
      <h2>{t('officePeople.nobodyTitle')}</h2>
      <p className="vv-soft">{t('officePeople.nobodyBody')}</p>
    </Panel>
  )
}
