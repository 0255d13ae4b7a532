import { Button, FailureNotice, TextField, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { textOf } from '../../forms/form-text.ts'
import { useSession } from '../../session/session.ts'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { useOffice } from '../office/parts/use-office.ts'

type FormProps = { readonly onDone: (words: string) => void }

/** How long recordings of each class are kept; an administrator may change it. */
export function RulesForm({ onDone }: FormProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const rules = useResource(useCallback(() => call('retentionRules', {}), [call]))
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('retention.rules')}</h2>
      <Loaded from={rules}>{(data) => <Rules rules={data} onDone={onDone} />}</Loaded>
    </section>
  )
}

const CLASSES = ['social', 'official'] as const

function Rules({ rules, onDone }: FormProps & { rules: Reply<'retentionRules'> }) {
  const { t } = useTranslation()
  const { isAdmin } = useOffice()
  const act = useAct()
  const { call } = useSession()
  const save = async (form: FormData) => {
    const [social, official] = CLASSES.map((name) => Number(textOf(form, name)))
    const body = { social: social ?? 0, official: official ?? 0 }
    const saved = await act.run(() => call('setRetentionRules', { body }))
    if (saved !== null) onDone(t('retention.rulesSaved', { count: saved.changed }))
  }
  return (
    <form
      className="vv-stack vv-stack--close"
      onSubmit={(event) => {
        event.preventDefault()
        void save(new FormData(event.currentTarget))
      }}
    >
      {rules.legalDays !== null && <p>{t('retention.law', { count: rules.legalDays })}</p>}
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <div className="vv-row">
        {CLASSES.map((name) => (
          <TextField
            key={name}
            type="number"
            min={1}
            max={rules.legalDays ?? 3650}
            required
            name={name}
            label={t(`retention.days.${name}`)}
            defaultValue={rules[name]}
            readOnly={!isAdmin}
          />
        ))}
      </div>
      {isAdmin && (
        <>
          <p className="vv-soft vv-small">{t('retention.rulesHint')}</p>
          <div>
            <Button type="submit" isBusy={act.isBusy}>
              {t('retention.saveRules')}
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
