/** Two soft rising notes: heard over speech, startling nobody. In Hz and seconds. */
const NOTES: readonly { readonly frequency: number; readonly startS: number }[] = [
  { frequency: 660, startS: 0 },
  { frequency: 880, startS: 0.18 },
]
const NOTE_S = 0.35
const LOUDNESS = 0.18

/** Plays the chime, as a test of the speaker and with each notice of time. Needs an earlier gesture. */
export function playChime(): void {
  const context = new AudioContext()
  for (const { frequency, startS } of NOTES) {
    const tone = new OscillatorNode(context, { frequency })
    const volume = new GainNode(context, { gain: 0 })
    const startAt = context.currentTime + startS
    volume.gain.setValueAtTime(LOUDNESS, startAt)
    volume.gain.exponentialRampToValueAtTime(0.001, startAt + NOTE_S)
    tone.connect(volume).connect(context.destination)
    tone.start(startAt)
    tone.stop(startAt + NOTE_S)
    tone.onended = () => {
      if (startS > 0) void context.close()
    }
  }
}
