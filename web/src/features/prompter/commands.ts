import type { Signal } from '@/api/rows'
import { newKey, send } from '@/api'
import { useToast } from '@/ui'

export interface PrompterCommands {
  message: (text: string) => Promise<boolean>
  signal: (signal: Signal) => Promise<boolean>
  answered: (questionId: string) => Promise<boolean>
  withdraw: (questionId: string) => Promise<boolean>
}

/** What may be put before the host; false when the server refused, and the toast says why. */
export function usePrompterCommands(stream: () => string): PrompterCommands {
  const toast = useToast()
  const say = (command: string, body: object): Promise<boolean> =>
    send(stream(), command, body).then(
      () => true,
      (error: unknown) => {
        toast.refused(error)
        return false
      },
    )
  const finish = (questionId: string, outcome: string): Promise<boolean> =>
    say('prompter.finish_question', { question_id: questionId, outcome })
  return {
    message: (text) => say('prompter.message', { message_id: newKey(), text }),
    signal: (signal) => say('prompter.set_signal', { signal }),
    answered: (questionId) => finish(questionId, 'answered'),
    withdraw: (questionId) => finish(questionId, 'withdrawn'),
  }
}
