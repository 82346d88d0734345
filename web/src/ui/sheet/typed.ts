/** What people type into cells, made plain. Pure. */

/** Full-width digits, letters, colons and dots as half-width ones; spaces trimmed. */
export function halfWidth(text: string): string {
  return text.normalize('NFKC').trim()
}

/** Points, one a line; a line may hold several parted by semicolons, as in most teams' sheets. */
export function parseLines(text: string): string[] {
  return text.split(/[\n；;]/).map((line) => line.replace(/^\s*[•·\-*]\s*/, '').trim()).filter((line) => line !== '')
}

/** A whole number of things; null when not understood. */
export function parseCount(text: string): number | null {
  const typed = halfWidth(text).replace(/,/g, '')
  return /^\d{1,12}$/.test(typed) ? Number(typed) : null
}
