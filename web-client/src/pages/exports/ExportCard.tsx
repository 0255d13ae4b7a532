import { Panel, SummaryList, Tag, buttonClass } from '@visavis/ui'
import type { SummaryRow } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { archiveUrl } from '../../api/paths.ts'
import { useMe } from '../../session/session.ts'
import { useOffice } from '../office/parts/use-office.ts'
import { ExportActs } from './ExportActs.tsx'
import { isOwn, sizeWords, toneOf } from './export-rules.ts'
import type { Export } from './export-rules.ts'

/** One export: what for, whom for, who asked and decided, and what can be done about it now. */
export function ExportCard({ item, onDone }: { item: Export; onDone: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const { short } = useOffice()
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <h3 className="vv-row">
          <span>{item.recipient}</span>
          <Tag tone={toneOf(item.state)}>{t(`exports.state.${item.state}`)}</Tag>
        </h3>
        <SummaryList rows={useRows(item)} />
        {item.state === 'READY' && isOwn(item, me) && (
          <p className="vv-row">
            <a
              href={archiveUrl(item.exportId)}
              download={`export-${item.exportId}.zip`}
              className={buttonClass()}
              aria-label={t('exports.downloadOf', { recipient: item.recipient })}
            >
              {t('exports.download')}
            </a>
            {item.expiresAt !== null && (
              <span className="vv-soft">{t('exports.until', { time: short(item.expiresAt) })}</span>
            )}
          </p>
        )}
        <ExportActs item={item} onDone={onDone} />
      </div>
    </Panel>
  )
}

function useRows(item: Export): SummaryRow[] {
  const { t, i18n } = useTranslation()
  const { short } = useOffice()
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
