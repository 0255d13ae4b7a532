import { Button, Tag } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Bond } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { movesOf } from './relationship-moves.ts'
import type { StaffMove } from './relationship-moves.ts'

type RelationshipTableProps = {
  readonly bonds: readonly Bond[]
  /** Whose page it is; the table shows the others. */
  readonly side: 'VISITOR' | 'INMATE'
  readonly onDone: (words: string) => void
}
type Moving = { readonly bond: Bond; readonly move: StaffMove }

/** Who may meet whom, and the moves from the state each is in. */
export function RelationshipTable({ bonds, side, onDone }: RelationshipTableProps) {
  const { t } = useTranslation()
  const [moving, setMoving] = useState<Moving | null>(null)
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('officePeople.relationships')}</h2>
      {bonds.length === 0 ? (
        <p className="vv-soft">{t('officePeople.noRelationships')}</p>
      ) : (
        <table className="vv-table vv-table--dense vv-table--cards">
          <thead>
            <tr>
              <th scope="col">{t('officePeople.name')}</th>
              <th scope="col">{t('officePeople.kind')}</th>
              <th scope="col">{t('officePeople.state')}</th>
              <th scope="col">{t('officePeople.acts')}</th>
            </tr>
          </thead>
          <tbody>
            {bonds.map((bond) => (
              <BondRow
                key={bond.relationshipId}
                bond={bond}
                side={side}
                onMove={(move) => setMoving({ bond, move })}
              />
            ))}
          </tbody>
        </table>
      )}
      {moving !== null && (
        <MoveDialog
          {...moving}
          onClose={() => setMoving(null)}
          onDone={(words) => {
            setMoving(null)
            onDone(words)
          }}
        />
      )}
    </section>
  )
}

const TONE: Readonly<Record<Bond['state'], TagTone>> = {
  REQUESTED: 'warn',
  APPROVED: 'good',
  REJECTED: 'plain',
  SUSPENDED: 'warn',
  BANNED: 'bad',
  ENDED: 'plain',
}

type BondRowProps = {
  readonly bond: Bond
  readonly side: 'VISITOR' | 'INMATE'
  readonly onMove: (move: StaffMove) => void
}

function BondRow({ bond, side, onMove }: BondRowProps) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { visitor, inmate, kind, state, until, isInmateAgreed } = bond
  const other = side === 'VISITOR' ? inmate : visitor
  const path = side === 'VISITOR' ? `inmates/${inmate.inmateId}` : `visitors/${visitor.visitorId}`
  const name = `${other.givenName} ${other.familyName}`
  return (
    <tr>
      <th scope="row">
        <Link to={`/office/search/${path}`}>{name}</Link>
      </th>
      <td data-label={t('officePeople.kind')}>{t(`relationshipKind.${kind}`)}</td>
      <td data-label={t('officePeople.state')}>
        <Tag tone={TONE[state]}>{t(`relationshipState.${state}`)}</Tag>{' '}
        {until !== null && t('officePeople.untilWhen', { when: short(until) })}
        {state === 'REQUESTED' && !isInmateAgreed && t('officePeople.waitsForInmate')}
      </td>
      <td data-label={t('officePeople.acts')}>
        {movesOf(bond).map((move) => (
          <Button
            key={move}
            look="quiet"
            isSmall
            aria-label={`${t(`officePeople.move.${move}`)}: ${name}`}
            onClick={() => onMove(move)}
          >
            {t(`officePeople.move.${move}`)}
          </Button>
        ))}
      </td>
    </tr>
  )
}
