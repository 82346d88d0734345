import { newKey } from '@/api'
import { useSay } from '@/ui'

export interface RundownCommands {
  go: (cueId: string) => Promise<boolean>
  undo: (cueId: string) => Promise<boolean>
  jump: (cueId: string) => Promise<boolean>
  skip: (cueId: string, skipped: boolean) => Promise<boolean>
  hold: () => Promise<boolean>
  resume: () => Promise<boolean>
  addTime: (deltaMs: number) => Promise<boolean>
  adLib: (title: string, durationMs: number, productId: string | null) => Promise<boolean>
}

/** What may be asked of a running rundown; false when the server refused, and the toast says why. */
export function useRundownCommands(stream: () => string): RundownCommands {
  const say = useSay(stream)
  return {
    go: (cueId) => say('rundown.go', { expect_cue_id: cueId }),
    undo: (cueId) => say('rundown.undo', { expect_cue_id: cueId }),
    jump: (cueId) => say('rundown.jump', { cue_id: cueId }),
    skip: (cueId, skipped) => say('rundown.skip', { cue_id: cueId, skipped }),
    hold: () => say('rundown.hold', {}),
    resume: () => say('rundown.resume', {}),
    addTime: (deltaMs) => say('rundown.add_time', { delta_ms: deltaMs }),
    adLib: (title, durationMs, productId) =>
      say('rundown.ad_lib', { cue_id: `adlib-${newKey()}`, title, duration_ms: durationMs, product_id: productId }),
  }
}
