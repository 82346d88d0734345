/** Whether a strip is read now: it is drawn, not folded behind 「+2」, and the page is in front. Folding comes after drawing: ask a moment later. */
export function isSeen(selector: string): boolean {
  const strip = document.querySelector(selector)
  return strip !== null && !strip.hasAttribute('data-folded') && document.visibilityState === 'visible' && document.hasFocus()
}
