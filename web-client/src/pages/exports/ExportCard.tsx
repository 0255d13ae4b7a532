import { Panel, Progress, SummaryList, Tag, buttonClass, untilInWords, useNow } from '@visavis/ui'
import type { SummaryRow } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { archiveUrl } from '../../api/paths.ts'
import { useOffice } from '../office/parts/use-office.ts'
import { ExportActs } from './ExportActs.tsx'
import { sizeWords, toneOf } from './export-rules.ts'
import type { Export } from './export-rules.ts'

/** One export: what for, whom for, who asked and decided, and what can be done about it now. */
export function ExportCard({ item, onDone }: { item: Export; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <h3 className="vv-row">
          <span>{item.recipient}</span>
          <Tag tone={toneOf(item.state)}>{t(`exports.state.${item.state}`)}</Tag>
        </h3>
        <SummaryList rows={useRows(item)} />
        {item.state === 'APPROVED' && <Progress words={t('exports.beingMade')} />}
        {item.state === 'FAILED' && <p>{t('exports.failedBody')}</p>}
        {item.state === 'READY' && item.isMine && <Download item={item} />}
        <ExportActs item={item} onDone={onDone} />
      </div>
    </Panel>
  )
}

/** A browser that lost the line goes on with the same file where it stopped. */
function Download({ item: { exportId, recipient } }: { item: Export }) {
  const { t } = useTranslation()
  return (
    <div className="vv-stack vv-stack--close">
      <div>
        <a
          href={archiveUrl(exportId)}
          download={`export-${exportId}.zip`}
          className={buttonClass()}
          aria-label={t('exports.downloadOf', { recipient })}
        >
          {t('exports.download')}
        </a>
      </div>
      <p className="vv-soft vv-small">{t('exports.goesOn')}</p>
    </div>
  )
}

/** Until when it can be fetched; told while it can, and afterwards. */
function useExpiry({ state, expiresAt }: Export): SummaryRow[] {
  const { t, i18n } = useTranslation()
  const { short } = useOffice()
  const nowMs = useNow()
  if (expiresAt === null) return []
  const time = short(expiresAt)
  if (state !== 'READY') return [{ term: t('exports.expired'), value: time }]
  const until = untilInWords(nowMs, Math.max(nowMs, Date.parse(expiresAt)), i18n.language)
  return [{ term: t('exports.expires'), value: t('exports.expiresAt', { time, until }) }]
}

function useRows(item: Export): SummaryRow[] {
  const { t, i18n } = useTranslation()
  const { short } = useOffice()
  const expiry = useExpiry(item)
  const by = (name: string, at: string | null) =>
    at === null ? name : t('exports.byAt', { name, time: short(at) })
  const { bytes, sha256, decidedBy, decidedAt, reason, derivatives } = item
  return [
    { term: t('exports.visit'), value: short(item.startsAt) },
    { term: t('recordings.purpose'), value: <span className="vv-typed">{item.purpose}</span> },
    { term: t('recordings.caseNumber'), value: item.caseNumber },
    { term: t('exports.askedBy'), value: by(item.askedBy, item.askedAt) },
    ...(derivatives.length > 0
      ? [{ term: t('exports.copies'), value: String(derivatives.length) }]
      : []),
    ...(decidedBy === null
      ? []
      : [{ term: t('exports.decidedBy'), value: by(decidedBy, decidedAt) }]),
    ...(reason === null ? [] : [{ term: t('exports.reason'), value: reason }]),
    ...expiry,
    ...(bytes === null
      ? []
      : [{ term: t('exports.size'), value: sizeWords(bytes, i18n.language) }]),
    ...(sha256 === null
      ? []
      : [{ term: t('exports.hash'), value: <code className="vv-code-line">{sha256}</code> }]),
    ...(item.downloads === 0
      ? []
      : [{ term: t('exports.downloads'), value: String(item.downloads) }]),
  ]
}
