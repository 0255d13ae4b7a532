import { useLocation, useNavigate } from 'react-router'

/**
 * What a page keeps in its history entry: it survives a reload and the way back, and no address, log or
 * bookmark has it (names are searched for). `read` makes sense of what is found there, which may be anything.
 */
export function useEntryState<State extends object>(
  read: (kept: unknown) => State,
): readonly [State, (next: State) => void] {
  const { pathname, search, ...entry } = useLocation()
  const navigate = useNavigate()
  const keep = (next: State) => void navigate({ pathname, search }, { state: next })
  return [read(entry.state), keep]
}
