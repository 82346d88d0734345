import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { resolved?: string }> }

/** npm forgets other platforms' bindings when it writes a lock beside an installed tree; then `npm ci` fails there. */
test.each([
  'linux-x64-gnu',
  'linux-x64-musl',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64-msvc',
])('the lock file lists the bundler for %s', (platform) => {
  expect(Object.keys(lock.packages)).toContain(`node_modules/@rolldown/binding-${platform}`)
})

test('the lock file names no registry', () => {
  expect(Object.values(lock.packages).filter((entry) => entry.resolved !== undefined)).toEqual([])
})
