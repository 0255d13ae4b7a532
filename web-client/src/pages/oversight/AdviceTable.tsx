import { capitalised } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'

const COLUMNS = ['told', 'right', 'false', 'open'] as const

type AdviceProps = { readonly advice: Reply<'shift'>['advice'] }

/** How often each detector advised, how often it was right and how often in vain (LV-11). */
export function AdviceTable({ advice }: AdviceProps) {
  const { t, i18n } = useTranslation()
  if (advice.length === 0) return <p className="vv-soft">{t('oversight.shift.noAdvice')}</p>
  return (
    <div className="vv-office__scroll">
      <table className="vv-table vv-table--dense vv-table--cards">
        <thead>
          <tr>
            <th scope="col">{t('oversight.shift.what')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`oversight.shift.adviceOf.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {advice.map(({ kind, ...counts }) => {
            const open = counts.told - counts.right - counts.false
            return (
              <tr key={kind}>
                <th scope="row">{capitalised(t(`advice.kind.${kind}`), i18n.language)}</th>
                {COLUMNS.map((column) => (
                  <td
                    key={column}
                    className="vv-numbers"
                    data-label={t(`oversight.shift.adviceOf.${column}`)}
                  >
                    {{ ...counts, open }[column]}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
