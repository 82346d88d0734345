/** What may go wrong at the company's sign-in service, as the server names it; said in words of its own. */
export const PROBLEMS = ['auth.provider_off', 'auth.provider_away', 'auth.provider_said_no', 'auth.provider_stale', 'auth.provider_wrong', 'auth.provider_unknown', 'auth.provider_unverified', 'auth.provider_group', 'auth.too_many_tries'] as const
