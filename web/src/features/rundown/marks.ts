import type { CueMark } from './rundown'

/** A state by shape beside its word: told without colour too. */
export const SHAPES: Record<CueMark, string> = { live: '●', held: '❚❚', next: '▶', done: '✓', skipped: '⤼', planned: '○' }
