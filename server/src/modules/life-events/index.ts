export function addLifeEvents(..._parts: unknown[]): never {
  return {} as never
}
