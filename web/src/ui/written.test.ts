import { expect, test } from 'vitest'
import { inOneLine } from './written'
import cases from './written.cases.json'

test.each(cases as [string, string][])('%j is written as %j', (text, line) => expect(inOneLine(text)).toBe(line))
