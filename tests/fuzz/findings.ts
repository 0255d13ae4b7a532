/** Faults that fuzzing has found: each kind once, with the input that showed it first. */
export class Findings {
  readonly #known = new Map<string, { times: number; first: unknown }>()

  /** Notes a fault of `where`; `input` is what to send to see it again. */
  add(where: string, fault: string, input: unknown): void {
    const key = `${where} ${fault}`
    const known = this.#known.get(key)
    if (known) {
      known.times += 1
      return
    }
    this.#known.set(key, { times: 1, first: input })
    // At once: a long run may be called off.
    console.info(`found: ${key}: ${written(input)}`)
  }

  /** Lines for whoever mends them. */
  lines(): string[] {
    return [...this.#known].map(
      ([fault, { times, first }]) => `${fault} (${times}×): ${written(first)}`,
    )
  }
}

const MOST_SHOWN = 600

function written(input: unknown): string {
  return JSON.stringify(input, (_key, value: unknown) => readable(value))
}

function readable(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MOST_SHOWN) return value
  return `${value.slice(0, MOST_SHOWN)}… (${value.length} characters)`
}
