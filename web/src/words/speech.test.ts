import { describe, expect, it } from 'vitest'
import { laterWordsOf, wordsOf } from './files'
import { speakWith, useI18n } from './speech'

describe('a word that goes with a number', () => {
  it('has its form for one, and that for all others', () => {
    speakWith('en', { a: 'Done: {shows} {shows|show is|shows are} erased, {n} {n|day|days}' })
    const { t } = useI18n()
    expect(t('a', { shows: 1, n: '1' })).toBe('Done: 1 show is erased, 1 day')
    expect(t('a', { shows: 0, n: '1,000' })).toBe('Done: 0 shows are erased, 1,000 days')
  })
  it('is forgotten nowhere in English', async () => {
    const plain = /\{(count|n|rows|shows|units|times|minutes|seconds|changes|added|known|comments|copies|waits|onAir)\} (more |other |fixed |audience )?[a-z]+s\b(?!\/)/
    const words = Object.entries({ ...(await wordsOf('en')), ...(await laterWordsOf('en')) }).filter(([key]) => !key.startsWith('server.'))
    expect(words.filter(([, text]) => plain.test(String(text)))).toEqual([])
  })
})
