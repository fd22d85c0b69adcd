// How the store speaks to the operator before any setting, such as the language, is known.

/** Chinese first, English on the next line. */
export function inBoth(zh: string, en: string): string {
  return `${zh}\n${en}`
}
