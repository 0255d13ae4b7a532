import type { SeededTerminal, SeededVisit, SeedInfo } from './seed-info.ts'

const GAP = '  '

/** The demo's sign-ins and visits as a table for people. */
export function formatSeedInfo(info: SeedInfo): string {
  return [
    section('Sign-ins', ['role', 'where', 'login', 'password'], accountCells(info)),
    section(
      'Terminals',
      ['facility', 'terminal', 'one-time code'],
      info.terminals.map(terminalCells),
    ),
    section('Inmates', ['facility', 'name', 'number', 'PIN'], inmateCells(info)),
    section('Visits', ['when', 'who', 'where', 'facility time', 'visitor time'], visitCells(info)),
  ].join('\n')
}

function accountCells(info: SeedInfo): string[][] {
  return info.accounts.map(({ role, where, login, password }) => [role, where, login, password])
}

function terminalCells({ facility, name, wing, enrolmentCode }: SeededTerminal): string[] {
  return [facility, `${name}, wing ${wing}`, enrolmentCode ?? '(enrolled)']
}

function inmateCells(info: SeedInfo): string[][] {
  const seen = new Set(info.visits.map((visit) => visit.inmateNumber))
  const inVisits = info.inmates.filter((inmate) => seen.has(inmate.inmateNumber))
  return inVisits.map(({ facility, name, inmateNumber, pin }) => [
    facility,
    name,
    inmateNumber,
    pin,
  ])
}

function visitCells(info: SeedInfo): string[][] {
  if (info.visits.length === 0) return [['(every terminal is taken: try again in half an hour)']]
  return info.visits.map(visitCell)
}

function visitCell(visit: SeededVisit): string[] {
  return [
    visit.kind === 'now' ? 'can be joined now' : 'soon',
    `${visit.visitorName} – ${visit.inmateName}`,
    `${visit.facility}, ${visit.terminalName}`,
    visit.facilityTime,
    visit.visitorTime,
  ]
}

function section(title: string, head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `${GAP}${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP)}`.trimEnd()
  return [title, line(head), ...rows.map(line), ''].join('\n')
}
