/** Passkeys, as the browser makes and shows them. Bytes travel as base64url, by hand: not every browser reads JSON here by itself. */

type Json = Record<string, unknown>
interface Descriptor {
  id: string
  type: PublicKeyCredentialType
}

/** Does this page stand where a browser gives passkeys: at a name, over https, or on this very machine by its name? */
export function passkeysWork(place: Location = location): boolean {
  const address = /^[\d.]+$/.test(place.hostname) || place.hostname.startsWith('[')
  return !address && isSecureContext && typeof PublicKeyCredential !== 'undefined'
}

/** The device makes one; its answer as JSON. Throws what the browser throws when somebody goes back. */
export async function makePasskey(options: string): Promise<string> {
  const asked = JSON.parse(options) as Json & { challenge: string; user: { id: string }; excludeCredentials?: Descriptor[] }
  const publicKey = {
    ...asked,
    challenge: bytesOf(asked.challenge),
    user: { ...asked.user, id: bytesOf(asked.user.id) },
    excludeCredentials: (asked.excludeCredentials ?? []).map(described),
  } as unknown as PublicKeyCredentialCreationOptions
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return said(made, { clientDataJSON: textOf(response.clientDataJSON), attestationObject: textOf(response.attestationObject) })
}

/** The device shows one; its answer as JSON. */
export async function showPasskey(options: string): Promise<string> {
  const asked = JSON.parse(options) as Json & { challenge: string; allowCredentials?: Descriptor[] }
  const publicKey = { ...asked, challenge: bytesOf(asked.challenge), allowCredentials: (asked.allowCredentials ?? []).map(described) } as unknown as PublicKeyCredentialRequestOptions
  const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
  const response = shown.response as AuthenticatorAssertionResponse
  return said(shown, {
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    userHandle: response.userHandle === null ? null : textOf(response.userHandle),
  })
}

function said(credential: PublicKeyCredential, response: Json): string {
  return JSON.stringify({ id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response, clientExtensionResults: credential.getClientExtensionResults() })
}

const described = ({ id, type }: Descriptor): PublicKeyCredentialDescriptor => ({ id: bytesOf(id), type })

export function bytesOf(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer
}

export function textOf(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
