// Prints where the headless Chromium of the package is, and the system libraries it brings for a bare machine.
// Both unpack themselves on first use; the variable asks for the libraries too.
process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
const { default: chromium } = await import('@sparticuz/chromium')
const path = await chromium.executablePath()
process.stdout.write(JSON.stringify({ path, libraries: process.env.LD_LIBRARY_PATH ?? '' }))
