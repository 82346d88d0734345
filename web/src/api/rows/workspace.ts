/** `workspace.head`, key `workspace`. */
export interface WorkspaceRow { name: string }
/** `workspace.names`, key person_id or token_id; also of those who left. */
export interface NameRow { name: string; kind: 'person' | 'token' }
/** `workspace.people`, key person_id. */
export interface PersonRow { person_id: string; name: string; roles: string[] }
/** `workspace.tokens`, key token_id. */
export interface TokenRow { token_id: string; label: string; roles: string[]; issued_at: number }
/** `workspace.staff`, key `source/pseudonym`: an account of somebody of the team. */
export interface StaffRow { source: string; viewer: string; name: string; by: string; at: number }
