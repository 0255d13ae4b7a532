import { Panel, SummaryList, buttonClass, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { manifestUrl } from '../../../api/paths.ts'
import type { Reply } from '../../../api/api.ts'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../../office/parts/Loaded.tsx'
import { CheckList } from './CheckList.tsx'
import { CheckNow } from './CheckNow.tsx'
import { CheckTag, useInstantWords } from './CheckWords.tsx'

type Proof = Reply<'recordingManifests'>['recordings'][number]

/** The command that a stranger runs; the export brings the file along. */
const COMMAND = 'npx visavis-verify FOLDER'

/** What proves a recording: signed manifests, their last check, and how anybody can check them. */
export function ProofPanel({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(
    useCallback(() => call('recordingManifests', { params: { visitId } }), [call, visitId]),
  )
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('proof.title')}</h2>
        <Loaded from={loaded}>
          {({ recordings }, reload) =>
            recordings.length === 0 ? (
              <p className="vv-soft">{t('proof.none')}</p>
            ) : (
              recordings.map((proof, index) => (
                <ProofOf
                  key={proof.recordingId}
                  proof={proof}
                  visitId={visitId}
                  onChecked={reload}
                  part={recordings.length === 1 ? null : index + 1}
                />
              ))
            )
          }
        </Loaded>
        <details className="vv-office__more">
          <summary>{t('proof.how')}</summary>
          <div className="vv-stack vv-stack--close">
            <p>{t('proof.howBody')}</p>
            <p>
              <code className="vv-code-line">{COMMAND}</code>
            </p>
            <p className="vv-soft">{t('proof.howResult')}</p>
          </div>
        </details>
      </div>
    </Panel>
  )
}

type ProofOfProps = {
  readonly proof: Proof
  readonly visitId: string
  /** Which part of the visit it is; null: the only one. */
  readonly part: number | null
  readonly onChecked: () => void
}

function ProofOf(props: ProofOfProps) {
  const { proof, part } = props
  const { t } = useTranslation()
  return (
    <div className="vv-stack vv-stack--close">
      {part !== null && <h3>{t('proof.part', { number: part })}</h3>}
      {proof.manifest === null ? (
        <p className="vv-soft">{t('proof.notSigned')}</p>
      ) : (
        <Signed {...props} manifest={proof.manifest} />
      )}
    </div>
  )
}

type SignedProps = ProofOfProps & { readonly manifest: NonNullable<Proof['manifest']> }

function Signed({ proof, manifest, visitId, part, onChecked }: SignedProps) {
  const { t } = useTranslation()
  const instant = useInstantWords()
  const { recordingId, checked } = proof
  // A new check is one more in the list.
  const [checks, setChecks] = useState(0)
  const done = () => {
    setChecks((count) => count + 1)
    onChecked()
  }
  const rows = [
    { term: t('proof.signed'), value: instant(manifest.issuedAt) },
    { term: t('proof.number'), value: manifest.number },
    { term: t('proof.hash'), value: <code className="vv-code-line">{manifest.sha256}</code> },
    {
      term: t('proof.checked'),
      value: checked === null ? t('proof.notChecked') : <CheckTag {...checked} />,
    },
  ]
  return (
    <>
      <SummaryList rows={rows} />
      <CheckNow
        recordingId={recordingId}
        label={t(part === null ? 'proof.checkNow' : 'proof.checkNowPart', { number: part ?? 1 })}
        onDone={done}
      >
        <a
          href={manifestUrl(visitId, recordingId)}
          download={`manifest-${recordingId}.json`}
          className={buttonClass({ look: 'secondary', isSmall: true })}
        >
          {t('proof.download')}
        </a>
      </CheckNow>
      <CheckList key={checks} recordingId={recordingId} />
    </>
  )
}
