/** Runs `work` every `everyMs`, never twice at once; gives the function that ends it. */
export function startBeat(
  everyMs: number,
  work: () => Promise<void>,
  onFailure: (error: unknown) => void,
): () => void {
  let isWorking = false
  const timer = setInterval(() => {
    if (isWorking) return
    isWorking = true
    void work()
      .catch(onFailure)
      .finally(() => {
        isWorking = false
      })
  }, everyMs)
  return () => clearInterval(timer)
}
