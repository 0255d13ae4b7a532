import { Button, FailureNotice, Notice, Panel } from '@visavis/ui'
import { failureOf } from '@visavis/ui/api/api.ts'
import type { Failure } from '@visavis/ui/hooks/use-resource.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { certificateUrls } from '../../api/paths.ts'
import verifierPage from '../../../../docs/verify/verify-certificate.html?url'
import verifierProgram from '../../../../docs/verify/verify-certificate.mjs?url'

type Asked =
  { readonly phase: 'idle' | 'loading' } | { readonly phase: 'failed'; readonly failure: Failure }

/** The certificate of a visit that nobody could watch (OV-8), and what to check it with. */
export function CertificatePanel({ visitId }: { visitId: string }) {
  const { t, i18n } = useTranslation()
  const [asked, setAsked] = useState<Asked>({ phase: 'idle' })
  const { file, paper } = certificateUrls(visitId, i18n.language)
  const save = (url: string, ending: string) => {
    setAsked({ phase: 'loading' })
    void saveFrom(url, `certificate-${visitId}.${ending}`).then((failure) =>
      setAsked(failure === null ? { phase: 'idle' } : { phase: 'failed', failure }),
    )
  }
  const isBusy = asked.phase === 'loading'
  return (
    <Panel>
      <div className="vv-stack vv-stack--near vv-no-print">
        <h2>{t('certificate.title')}</h2>
        <p>{t('certificate.what')}</p>
        <div className="vv-row">
          <Button isWide isBusy={isBusy} onClick={() => save(paper, 'pdf')}>
            {t('certificate.paper')}
          </Button>
          <Button look="secondary" isWide isBusy={isBusy} onClick={() => save(file, 'json')}>
            {t('certificate.file')}
          </Button>
        </div>
        <p className="vv-small" role="status">
          {isBusy && t('certificate.loading')}
        </p>
        {asked.phase === 'failed' && <Refused failure={asked.failure} />}
        <Verifiers />
      </div>
    </Panel>
  )
}

function Refused({ failure }: { failure: Failure }) {
  const { t } = useTranslation()
  if (failure.code !== 'VISIT_WRONG_STATE') return <FailureNotice code={failure.code} />
  return <Notice live="status">{t('certificate.notYet')}</Notice>
}

function Verifiers() {
  const { t } = useTranslation()
  return (
    <>
      <p className="vv-soft vv-small">{t('certificate.check')}</p>
      <p className="vv-row vv-small">
        <a href={verifierPage} download="verify-certificate.html">
          {t('certificate.checkPage')}
        </a>
        <a href={verifierProgram} download="verify-certificate.mjs">
          {t('certificate.checkProgram')}
        </a>
      </p>
    </>
  )
}

/** Saves the answer as a file; what the server says instead is the failure. */
async function saveFrom(url: string, name: string): Promise<Failure | null> {
  try {
    const response = await fetch(url, { credentials: 'same-origin' })
    if (!response.ok) return failureOf(await response.json().catch(() => null))
    const href = URL.createObjectURL(await response.blob())
    Object.assign(document.createElement('a'), { href, download: name }).click()
    URL.revokeObjectURL(href)
    return null
  } catch {
    return { ok: false, code: 'UNREACHABLE' }
  }
}
