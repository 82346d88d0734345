/** Text for another window. Pages without TLS have no clipboard: then a dialog shows the text, selected. One way for every screen. */
import { ref } from 'vue'
import { useToast } from './toasts'

/** What is to be copied by hand, where the clipboard is closed; '' for nothing. KCopy shows it. */
export const byHand = ref('')

/** Whether the clipboard has it now. */
export async function toClipboard(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words)
    return true
  } catch {
    return false // closed, refused, or, without TLS, not there at all
  }
}

/** The selected text by the old way, which works without TLS too. */
export function copySelected(): boolean {
  return document.execCommand('copy')
}

export function useCopy(): (words: string, done: string) => Promise<void> {
  const toast = useToast()
  return async (words, done) => {
    if (words === '') return
    if (await toClipboard(words)) toast.ok(done)
    else byHand.value = words
  }
}
