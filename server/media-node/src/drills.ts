import type { Tell } from './tell.ts'

/** Rooms of nobody, opened to see that they are defended: no server hears of them. */
export class Drills {
  readonly #visitIds = new Set<string>()

  has(visitId: string): boolean {
    return this.#visitIds.has(visitId)
  }

  begin(visitId: string): void {
    this.#visitIds.add(visitId)
  }

  end(visitId: string): void {
    this.#visitIds.delete(visitId)
  }

  /** The same, but silent about drills. */
  hushed(tell: Tell): Tell {
    return (name, payload) => {
      const visitId = 'visitId' in payload ? payload.visitId : null
      if (typeof visitId !== 'string' || !this.has(visitId)) tell(name, payload as never)
    }
  }
}
