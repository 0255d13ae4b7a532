/** Rows that are looked at between two questions to the database. */
const BATCH = 200
/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000'

type Batches<Row> = {
  /** Rows after that id, in the order of their ids. */
  readonly read: (after: string, take: number) => Promise<readonly Row[]>
  readonly idOf: (row: Row) => string
  readonly work: (row: Row) => Promise<void>
  readonly failed: (row: Row, error: unknown) => void
}

/** Does the work of each row, one after another; one that fails does not stop the others. How many failed. */
export async function inBatches<Row>({ read, idOf, work, failed }: Batches<Row>): Promise<number> {
  let failures = 0
  for (let after = FIRST; ;) {
    const rows = await read(after, BATCH)
    for (const row of rows) {
      await work(row).catch((error: unknown) => {
        failures += 1
        failed(row, error)
      })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return failures
    after = idOf(last)
  }
}
