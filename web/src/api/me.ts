import { reactive } from 'vue'

export interface Me {
  person_id: string
  name: string
  roles: string[]
  csrf: string
}

/** Who is signed in, as far as the server last said; both the sending and the session look here. */
export const who = reactive({ me: null as Me | null })
