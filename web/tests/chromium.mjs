// Prints where the headless Chromium of the package is, and the system libraries it brings for a bare machine.
// It unpacks itself on first use, into the project's own packages; the variable asks for the libraries too.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url))
const whole = join(folder, 'whole')
if (!existsSync(whole)) rmSync(folder, { recursive: true, force: true }) // an unpacking that was interrupted
mkdirSync(folder, { recursive: true })
process.env.TMPDIR = folder
process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
const { default: chromium } = await import('@sparticuz/chromium')
const path = await chromium.executablePath()
// The package's own list of font folders names those of another machine.
const dirs = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'].map((dir) => `<dir>${dir}</dir>`)
writeFileSync(join(folder, 'fonts', 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs.join('')}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`)
writeFileSync(whole, '')
process.stdout.write(JSON.stringify({ path, libraries: join(folder, 'al2023', 'lib'), fonts: join(folder, 'fonts') }))
