/** What a builder is given: the parts it cannot invent, and whatever the caller wants otherwise. */
export type Given<Row, Needed extends keyof Row = never> = Pick<Row, Needed> & Partial<Row>

/** Enough of an id to tell rows apart where a name must be unique. */
export function tailOf(rowId: string): string {
  return rowId.slice(-6)
}
