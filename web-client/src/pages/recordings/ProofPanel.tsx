import {
  Panel,
  SummaryList,
  Tag,
  buttonClass,
  clockTime,
  ownZone,
  shortDate,
  useResource,
} from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { manifestUrl } from '../../api/paths.ts'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { Loaded } from '../office/parts/Loaded.tsx'

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
          {({ recordings }) =>
            recordings.length === 0 ? (
              <p className="vv-soft">{t('proof.none')}</p>
            ) : (
              recordings.map((proof, index) => (
                <ProofOf
                  key={proof.recordingId}
                  proof={proof}
                  visitId={visitId}
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
}

function ProofOf({ proof, visitId, part }: ProofOfProps) {
  const { t } = useTranslation()
  const instant = useInstantWords()
  const { manifest, recordingId } = proof
  return (
    <div className="vv-stack vv-stack--close">
      {part !== null && <h3>{t('proof.part', { number: part })}</h3>}
      {manifest === null ? (
        <p className="vv-soft">{t('proof.notSigned')}</p>
      ) : (
        <>
          <SummaryList
            rows={[
              { term: t('proof.signed'), value: instant(manifest.issuedAt) },
              { term: t('proof.number'), value: manifest.number },
              {
                term: t('proof.hash'),
                value: <code className="vv-code-line">{manifest.sha256}</code>,
              },
              { term: t('proof.checked'), value: <CheckWords checked={proof.checked} /> },
            ]}
          />
          <div>
            <a
              href={manifestUrl(visitId, recordingId)}
              download={`manifest-${recordingId}.json`}
              className={buttonClass({ look: 'secondary', isSmall: true })}
            >
              {t('proof.download')}
            </a>
          </div>
        </>
      )}
    </div>
  )
}

function CheckWords({ checked }: { checked: Proof['checked'] }) {
  const { t } = useTranslation()
  const instant = useInstantWords()
  if (checked === null) return t('proof.notChecked')
  return (
    <span className="vv-row">
      <span>{instant(checked.at)}</span>
      <Tag tone={checked.isOk ? 'good' : 'bad'}>{t(checked.isOk ? 'proof.ok' : 'proof.bad')}</Tag>
      {!checked.isOk && <code className="vv-code-line">{checked.finding}</code>}
    </span>
  )
}

function useInstantWords(): (instant: string) => string {
  const { i18n } = useTranslation()
  const options = { language: i18n.language, timeZone: ownZone() }
  return (instant) => `${shortDate(instant, options)}, ${clockTime(instant, options)}`
}
