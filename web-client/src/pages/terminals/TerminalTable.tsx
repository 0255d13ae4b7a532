import { FailureNotice, Panel, Tag, localeOf, untilInWords, useNow } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useMe } from '../../session/session.ts'
import { ForgivePins } from './KeyActions.tsx'
import { TerminalActions } from './TerminalActions.tsx'
import { STATE_TONE, gigabytes, stateOf } from './terminal-rules.ts'
import type { Terminal } from './terminal-rules.ts'

type Code = Reply<'issueEnrolmentCode'>
export type Issued = { readonly terminal: Terminal; readonly result: Result<Code> }

/** Whoever works with inmates may end a wait at a terminal; an administrator may do everything. */
const OFFICE: ReadonlySet<string> = new Set(['facilityAdmin', 'officer', 'scheduler'])

type TableProps = { readonly terminals: readonly Terminal[]; readonly onChanged: () => void }

/** The list, with the newest code above it, large enough to read across a room. */
export function TerminalTable({ terminals, onChanged }: TableProps) {
  const { t } = useTranslation()
  const { role } = useMe()
  const [issued, setIssued] = useState<Issued | null>(null)
  return (
    <>
      <div role="status">{issued !== null && <IssuedCode issued={issued} />}</div>
      <table className="vv-table">
        <thead>
          <tr>
            <th scope="col">{t('terminals.name')}</th>
            <th scope="col">{t('terminals.wing')}</th>
            <th scope="col">{t('terminalCare.state')}</th>
            <th scope="col">{t('terminalCare.lastSeen')}</th>
            <th scope="col">{t('terminalCare.machine')}</th>
            {OFFICE.has(role) && <th scope="col">{t('terminals.action')}</th>}
          </tr>
        </thead>
        <tbody>
          {terminals.map((terminal) => (
            <tr key={terminal.terminalId}>
              <th scope="row">{terminal.name}</th>
              <td data-label={t('terminals.wing')}>{terminal.wing}</td>
              <td data-label={t('terminalCare.state')}>
                <State terminal={terminal} />
              </td>
              <td data-label={t('terminalCare.lastSeen')}>
                <LastSeen at={terminal.lastBeatAt} />
              </td>
              <td data-label={t('terminalCare.machine')}>
                <Machine terminal={terminal} />
              </td>
              {OFFICE.has(role) && (
                <td>
                  {role === 'facilityAdmin' ? (
                    <TerminalActions terminal={terminal} onCode={setIssued} onChanged={onChanged} />
                  ) : (
                    <ForgivePins terminal={terminal} />
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function State({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation()
  const state = stateOf(terminal, useNow())
  const { disabled, keyEnded, troubles, lastTest, isRestartPending } = terminal
  return (
    <div className="vv-stack vv-stack--close">
      <span>
        <Tag tone={STATE_TONE[state]}>{t(`terminalCare.states.${state}`)}</Tag>
      </span>
      {keyEnded !== null && keyEnded.reason !== 'REPLACED' && (
        <span>{t(`terminalCare.keyEnds.${keyEnded.reason}`)}</span>
      )}
      {disabled?.reason && <span>{t(`terminalCare.reasons.${disabled.reason}`)}</span>}
      {troubles.length > 0 && (
        <span>{troubles.map((trouble) => t(`terminalCare.troubles.${trouble}`)).join(', ')}</span>
      )}
      {lastTest !== null && (
        <span className="vv-small">
          {t('terminalCare.lastTest')} {t(`preflight.lightShort.${lastTest.light}`)}{' '}
          <LastSeen at={lastTest.madeAt} />
        </span>
      )}
      {isRestartPending && <span className="vv-soft">{t('terminalCare.restartPending')}</span>}
    </div>
  )
}

function LastSeen({ at }: { at: string | null }) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow()
  if (at === null) return <span className="vv-soft">{t('terminalCare.never')}</span>
  return (
    <time dateTime={at}>{untilInWords(nowMs, Math.min(nowMs, Date.parse(at)), i18n.language)}</time>
  )
}

/** Figures for whoever looks after the machines. */
function Machine({ terminal: { health } }: { terminal: Terminal }) {
  const { t, i18n } = useTranslation()
  if (health === null) return <span className="vv-soft">–</span>
  const { screen, diskFreeMb, network, version, isBusy } = health
  const parts = [
    `${screen.width} × ${screen.height}`,
    diskFreeMb !== null &&
      t('terminalCare.free', { amount: gigabytes(diskFreeMb, localeOf(i18n.language)) }),
    network !== 'unknown' && t(`terminalCare.network.${network}`),
    isBusy && t('terminalCare.busy'),
  ]
  return (
    <span className="vv-small">
      {parts.filter((part) => part !== false).join(' · ')}
      <br />
      <span className="vv-soft">{version}</span>
    </span>
  )
}

function IssuedCode({ issued: { terminal, result } }: { issued: Issued }) {
  const { t } = useTranslation()
  if (!result.ok) return <FailureNotice code={result.code} />
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--close">
        <h2>{t('terminals.codeTitle', { name: terminal.name })}</h2>
        <CodeWords code={result.data} />
      </div>
    </Panel>
  )
}

function CodeWords({ code }: { code: Code }) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow()
  const expiresMs = new Date(code.expiresAt).getTime()
  if (expiresMs <= nowMs) return <p>{t('terminals.codeExpired')}</p>
  return (
    <>
      <p className="vv-code">{code.code}</p>
      <p className="vv-soft">
        {t('terminals.codeBody', { when: untilInWords(nowMs, expiresMs, i18n.language) })}
      </p>
    </>
  )
}
