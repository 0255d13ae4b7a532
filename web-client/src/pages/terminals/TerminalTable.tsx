import { Button, FailureNotice, Panel, Tag, untilInWords, useNow } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useMe, useSession } from '../../session/session.ts'

type Terminal = Reply<'listTerminals'>['terminals'][number]
type Code = Reply<'issueEnrolmentCode'>
type Issued = { readonly terminal: Terminal; readonly result: Result<Code> }

/** The list, with the newest code above it, large enough to read across a room. */
export function TerminalTable({ terminals }: { terminals: readonly Terminal[] }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { role } = useMe()
  const [issued, setIssued] = useState<Issued | null>(null)
  const makeCode = async (terminal: Terminal) => {
    const { terminalId } = terminal
    setIssued({ terminal, result: await call('issueEnrolmentCode', { params: { terminalId } }) })
  }
  return (
    <>
      <div role="status">{issued !== null && <IssuedCode issued={issued} />}</div>
      <table className="vv-table">
        <thead>
          <tr>
            <th scope="col">{t('terminals.name')}</th>
            <th scope="col">{t('terminals.wing')}</th>
            <th scope="col">{t('terminals.device')}</th>
            {role === 'facilityAdmin' && <th scope="col">{t('terminals.action')}</th>}
          </tr>
        </thead>
        <tbody>
          {terminals.map((terminal) => (
            <tr key={terminal.terminalId}>
              <th scope="row">{terminal.name}</th>
              <td>{terminal.wing}</td>
              <td>
                <Tag tone={terminal.isEnrolled ? 'good' : 'warn'}>
                  {t(terminal.isEnrolled ? 'terminals.enrolled' : 'terminals.notEnrolled')}
                </Tag>
              </td>
              {role === 'facilityAdmin' && (
                <td>
                  <Button
                    look="secondary"
                    isSmall
                    aria-label={t('terminals.makeCodeLabel', { name: terminal.name })}
                    onClick={() => void makeCode(terminal)}
                  >
                    {t('terminals.makeCode')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
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
