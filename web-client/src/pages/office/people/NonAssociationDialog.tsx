import { Button, TextField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../../forms/form-text.ts'
import { problemIf } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { PickField } from '../parts/Fields.tsx'
import { FormDialog } from '../parts/FormDialog.tsx'
import { REASON_LENGTH, ReasonField } from '../parts/ReasonDialog.tsx'
import type { InmateFile } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'

type NonAssociationDialogProps = {
  readonly file: InmateFile
  readonly onClose: () => void
  readonly onDone: (words: string) => void
}
type Kind = 'VISITOR' | 'INMATE'
/** `VISITOR` or `INMATE` and the id, as a list holds it. */
type Found = { readonly value: string; readonly label: string }

const SHOWN = 20
const OTHER_ID = 'non-association-other'
const WHY_ID = 'non-association-why'

/** Finds the other person by name, then enters that the two may not be in one visit (EL-7). */
export function NonAssociationDialog({ file, onClose, onDone }: NonAssociationDialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const send = async (form: FormData) => {
    const [kind = '', personId = ''] = textOf(form, 'other').split(' ')
    const body = {
      one: { kind: 'INMATE' as const, personId: file.inmate.inmateId },
      other: { kind: kind as Kind, personId },
      reason: textOf(form, 'reason').trim(),
    }
    const done = await act.run(() => call('addNonAssociation', { body }))
    if (done === null) return
    onDone(t('officePeople.nonAssociationAdded', { count: done.affectedVisits.length }))
  }
  return (
    <FormDialog
      title={t('officePeople.addNonAssociation')}
      submitLabel={t('officePeople.enter')}
      isDanger
      act={act}
      onClose={onClose}
      onSubmit={(form) => void send(form)}
      check={(form) => [
        ...problemIf(textOf(form, 'other') === '', OTHER_ID, t('officePeople.otherMissing')),
        ...problemIf(
          textOf(form, 'reason').trim().length < REASON_LENGTH,
          WHY_ID,
          t('officeForm.reasonMissing'),
        ),
      ]}
    >
      {(errorOf) => (
        <>
          <PersonFinder exceptId={file.inmate.inmateId} error={errorOf(OTHER_ID)} />
          <ReasonField fieldId={WHY_ID} error={errorOf(WHY_ID)} />
        </>
      )}
    </FormDialog>
  )
}

function PersonFinder({ exceptId, error }: { exceptId: string; error: string | null }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const find = useFind()
  const [found, setFound] = useState<readonly Found[]>([])
  const search = async () =>
    setFound((await find(query)).filter(({ value }) => !value.endsWith(exceptId)))
  return (
    <>
      <TextField
        type="search"
        label={t('officePeople.findOther')}
        value={query}
        error={error}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          void search()
        }}
        action={
          <Button look="secondary" onClick={() => void search()}>
            {t('officePeople.search')}
          </Button>
        }
      />
      <p role="status" className="vv-soft vv-small">
        {t('officePeople.foundCount', { count: found.length })}
      </p>
      <PickField
        key={found.map(({ value }) => value).join()}
        fieldId={OTHER_ID}
        name="other"
        label={t('officePeople.other')}
        options={found}
      />
    </>
  )
}

function useFind(): (query: string) => Promise<Found[]> {
  const { t } = useTranslation()
  const { call } = useSession()
  return async (query) => {
    const ask = { body: { query, limit: SHOWN } }
    const [visitors, inmates] = await Promise.all([
      call('searchVisitors', ask),
      call('searchInmates', ask),
    ])
    return [
      ...(visitors.ok ? visitors.data.items : []).map(({ visitorId, givenName, familyName }) => ({
        value: `VISITOR ${visitorId}`,
        label: `${familyName}, ${givenName} (${t('officePeople.visitorTitle')})`,
      })),
      ...(inmates.ok ? inmates.data.items : []).map((inmate) => ({
        value: `INMATE ${inmate.inmateId}`,
        label: `${inmate.familyName}, ${inmate.givenName} (${inmate.inmateNumber})`,
      })),
    ]
  }
}
