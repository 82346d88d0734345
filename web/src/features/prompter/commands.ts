import { newKey, type Signal } from '@/api'
import { useSay } from '@/ui'

export interface PrompterCommands {
  message: (text: string) => Promise<boolean>
  signal: (signal: Signal) => Promise<boolean>
  answered: (questionId: string) => Promise<boolean>
  withdraw: (questionId: string) => Promise<boolean>
}

/** What may be put before the host; false when the server refused, and the toast says why. */
export function usePrompterCommands(stream: () => string): PrompterCommands {
  const say = useSay(stream)
  const finish = (questionId: string, outcome: 'answered' | 'withdrawn'): Promise<boolean> =>
    say('prompter.finish_question', { question_id: questionId, outcome })
  return {
    message: (text) => say('prompter.message', { message_id: newKey(), text }),
    signal: (signal) => say('prompter.set_signal', { signal }),
    answered: (questionId) => finish(questionId, 'answered'),
    withdraw: (questionId) => finish(questionId, 'withdrawn'),
  }
}
