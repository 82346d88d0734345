import { send, type Say } from '@/api'
import { useToast } from './toasts'

/** Say something to a stream; false when the server refused, and the toast says why. */
export function useSay(stream: () => string): Say {
  const toast = useToast()
  return (command, body) =>
    send(stream(), command, body).then(
      () => true,
      (error: unknown) => {
        toast.refused(error)
        return false
      },
    )
}
