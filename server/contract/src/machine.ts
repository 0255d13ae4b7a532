/** A state machine as a table: what each state may become, by action. A missing entry is a forbidden move. */
export type Moves<State extends string, Action extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Action, State>>>>
>

/** The state after `action`, or null where the table has no such move. Pure; storing it is the caller's compare-and-set. */
export function nextState<State extends string, Action extends string>(
  moves: Moves<State, Action>,
  state: State,
  action: Action,
): State | null {
  return moves[state][action] ?? null
}
