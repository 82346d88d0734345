let sound: AudioContext | null = null

/** Two short tones and a shake. A browser that lets nothing sound before a first touch stays silent: the strip is there all the same. */
export function ring(): void {
  try {
    navigator.vibrate?.([200, 100, 200])
    sound ??= new AudioContext()
    if (sound.state === 'suspended') void sound.resume().catch(() => null)
    for (const [place, hertz] of [880, 1_174].entries()) tone(sound, sound.currentTime + place * 0.22, hertz)
  } catch {
    // No sound device: nothing else depends on it.
  }
}

function tone(on: AudioContext, at: number, hertz: number): void {
  const [wave, loud] = [on.createOscillator(), on.createGain()]
  wave.frequency.value = hertz
  loud.gain.setValueAtTime(0.0001, at)
  loud.gain.exponentialRampToValueAtTime(0.25, at + 0.02)
  loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.2)
  wave.connect(loud).connect(on.destination)
  wave.start(at)
  wave.stop(at + 0.22)
}
