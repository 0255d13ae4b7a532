/** So many holds of one facility are under way at once: one has the locks, the next are near. */
const AT_ONCE = 3
/**
 * Who stands behind as many as there are places waits so long for one of them to fail. The others of a
 * stampede would else all hear at its end what is as good as certain now.
 */
const HOPELESS_WAIT_MS = 150

/** Who wants a turn. */
export type TurnAsk = {
  readonly facilityId: string
  readonly slotId: string
  /** Places of the slot a moment ago; null: not known. */
  readonly free: number | null
}

/** Turns of those who may get a place (BK-4): they wait here, in the order of coming, without a connection. */
export type Turns = {
  /** Resolves when it is one's turn with what is to be called at its end; null: no place is left to hope for. */
  readonly take: (ask: TurnAsk) => Promise<(() => void) | null>
  /** How many have their turn now, in all lines. */
  readonly running: () => number
}

type Line = { running: number; readonly atOnce: () => number; readonly waiting: Set<() => void> }

/** A door that so many pass at once, as it is asked each time; the others wait in the order of coming. */
export function createDoor(atOnce: () => number): () => Promise<() => void> {
  const line: Line = { running: 0, atOnce, waiting: new Set() }
  return async () => {
    await waitIn(line, null)
    let isIn = true
    return () => {
      if (!isIn) return
      isIn = false
      line.running -= 1
      next(line)
    }
  }
}

export function createTurns(hopelessWaitMs = HOPELESS_WAIT_MS): Turns {
  const lines = new Map<string, Line>()
  const wanting = new Map<string, number>()
  const count = (slotId: string, by: 1 | -1): void => {
    const now = (wanting.get(slotId) ?? 0) + by
    if (now === 0) wanting.delete(slotId)
    else wanting.set(slotId, now)
  }
  const lineOf = (facilityId: string): Line => {
    const line = lines.get(facilityId) ?? { running: 0, atOnce: () => AT_ONCE, waiting: new Set() }
    lines.set(facilityId, line)
    return line
  }
  return {
    running: () => [...lines.values()].reduce((sum, line) => sum + line.running, 0),
    take: async ({ facilityId, slotId, free }) => {
      const isHopeless = free !== null && (wanting.get(slotId) ?? 0) >= free
      const line = lineOf(facilityId)
      count(slotId, 1)
      const isOn = await waitIn(line, isHopeless ? hopelessWaitMs : null)
      if (!isOn) {
        count(slotId, -1)
        return null
      }
      return () => {
        count(slotId, -1)
        line.running -= 1
        next(line)
        if (line.running === 0) lines.delete(facilityId)
      }
    },
  }
}

/** Whether the turn came, and not the end of the wait. */
function waitIn(line: Line, maxMs: number | null): Promise<boolean> {
  return new Promise((resolve) => {
    const start = (): void => {
      clearTimeout(timer)
      line.running += 1
      resolve(true)
    }
    const giveUp = (): void => {
      line.waiting.delete(start)
      resolve(false)
    }
    const timer = maxMs === null ? undefined : setTimeout(giveUp, maxMs)
    line.waiting.add(start)
    next(line)
  })
}

function next(line: Line): void {
  const [start] = line.waiting
  if (start === undefined || line.running >= line.atOnce()) return
  line.waiting.delete(start)
  start()
}
