import { Button } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import type { InmateFile } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { NonAssociationDialog } from './NonAssociationDialog.tsx'

type Entry = InmateFile['nonAssociations'][number]
type NonAssociationSectionProps = {
  readonly file: InmateFile
  readonly onDone: (words: string) => void
}

/** Who may not be in one visit with this inmate (EL-7). */
export function NonAssociationSection({ file, onDone }: NonAssociationSectionProps) {
  const { t } = useTranslation()
  const [isAdding, setIsAdding] = useState(false)
  const { nonAssociations } = file
  const finish = (words: string) => {
    setIsAdding(false)
    onDone(words)
  }
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('officePeople.nonAssociations')}</h2>
      {nonAssociations.length === 0 ? (
        <p className="vv-soft">{t('officePeople.noNonAssociations')}</p>
      ) : (
        <ul className="vv-list vv-list--near">
          {nonAssociations.map((entry) => (
            <li key={entry.nonAssociationId} className="vv-row">
              <EntryLine entry={entry} onDone={onDone} />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button look="secondary" onClick={() => setIsAdding(true)}>
          {t('officePeople.addNonAssociation')}
        </Button>
      </div>
      {isAdding && (
        <NonAssociationDialog file={file} onClose={() => setIsAdding(false)} onDone={finish} />
      )}
    </section>
  )
}

function EntryLine({ entry, onDone }: { entry: Entry; onDone: (words: string) => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [isOpen, setIsOpen] = useState(false)
  const { nonAssociationId, otherKind, otherId, otherName, reason } = entry
  const path = otherKind === 'VISITOR' ? 'visitors' : 'inmates'
  const lift = async (why: string) => {
    const body = { reason: why }
    const work = () => call('liftNonAssociation', { params: { nonAssociationId }, body })
    if ((await act.run(work)) === null) return
    setIsOpen(false)
    onDone(t('officePeople.nonAssociationLifted'))
  }
  return (
    <>
      <span>
        <Link to={`/office/search/${path}/${otherId}`}>{otherName}</Link>: {reason}
      </span>
      <Button
        look="quiet"
        isSmall
        aria-label={`${t('officePeople.lift')}: ${otherName}`}
        onClick={() => setIsOpen(true)}
      >
        {t('officePeople.lift')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('officePeople.liftTitle')}
          submitLabel={t('officePeople.lift')}
          isDanger
          act={act}
          onReason={(why) => void lift(why)}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}
