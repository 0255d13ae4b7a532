type Note = { readonly frequency: number; readonly startS: number }

/** Two soft rising notes: heard over speech, startling nobody. In Hz and seconds. */
const NOTES: readonly Note[] = [
  { frequency: 660, startS: 0 },
  { frequency: 880, startS: 0.18 },
]
const NOTE_S = 0.35
const LOUDNESS = 0.18

/** Three notes that fall: an officer's warning (OV-5), not to be taken for the time. */
const ALARM: readonly Note[] = [
  { frequency: 988, startS: 0 },
  { frequency: 784, startS: 0.25 },
  { frequency: 587, startS: 0.5 },
]

/** Sounds a warning. Needs an earlier gesture. */
export function playAlarm(): void {
  play(ALARM)
}

/** Plays the chime, as a test of the speaker and with each notice of time. Needs an earlier gesture. */
export function playChime(): void {
  play(NOTES)
}

function play(notes: readonly Note[]): void {
  const context = new AudioContext()
  for (const { frequency, startS } of notes) {
    const tone = new OscillatorNode(context, { frequency })
    const volume = new GainNode(context, { gain: 0 })
    const startAt = context.currentTime + startS
    volume.gain.setValueAtTime(LOUDNESS, startAt)
    volume.gain.exponentialRampToValueAtTime(0.001, startAt + NOTE_S)
    tone.connect(volume).connect(context.destination)
    tone.start(startAt)
    tone.stop(startAt + NOTE_S)
    tone.onended = () => {
      if (startS === notes.at(-1)?.startS) void context.close()
    }
  }
}
