/**
 * A certified provider of OpenID Connect on a free port of loopback, for the stories of signing in with a company's account.
 * Its people are the lines it reads: `{"sub", "email", "email_verified", "name", "groups"}`; whoever signs in is the last that was read.
 */
import { createInterface } from 'node:readline'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

let person = { sub: 'nobody' }
const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'kaibo', client_secret: 'a secret of the house', redirect_uris: [process.argv[2]], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['of a test'] },
    findAccount: () => ({ accountId: person.sub, claims: () => person }),
    interactions: { url: (_ctx, interaction) => `/say-yes/${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
      grant.addOIDCScope('openid email profile groups')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/say-yes/')) return answer(request, response)
    const said = person.refuses ? { error: 'access_denied' } : { login: { accountId: person.sub } }
    await provider.interactionFinished(request, response, said, { mergeWithLastSubmission: false })
  })
  process.stdout.write(`${issuer}\n`)
})
createInterface({ input: process.stdin }).on('line', (line) => {
  person = JSON.parse(line)
  process.stdout.write('known\n')
})
process.stdin.on('end', () => process.exit(0))
