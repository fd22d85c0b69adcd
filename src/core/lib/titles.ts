// Which column of a table is meant by which title, as people call columns: 「客户问题」, 「标准回答（必填）」, 「1. 题目」, 「Question 」.

/** A title without numbering, notes in brackets, marks, blanks, and words that add nothing. */
function plain(title: string): string {
  const whole = title.normalize('NFKC').toLowerCase()
  const noted = whole.replace(/[(【[][^)】\]]*[)】\]]/g, '').trim()
  return (noted === '' ? whole.replace(/[()【】[\]]/g, '') : noted)
    .replace(/^\s*\d+\s*[.、:)]\s*/, '')
    .replace(/[\s*:"'“”「」_-]/g, '')
    .replace(/(?<=\p{Script=Han}{2})(?:内容|描述|文本|正文|列|栏)$/u, '')
}

/**
 * Finds the columns of a table by its first row. A title that is a known one wins; where a column has none, a Chinese title that ends with
 * a known one is taken (客户常问的问题), as long as it can mean one column only.
 * @param known column → its titles
 * @returns column → its place in the row
 */
export function columnsIn<C extends string>(
  titles: readonly string[],
  known: Readonly<Record<C, readonly string[]>>,
): Map<C, number> {
  const columns = Object.entries(known) as [C, readonly string[]][]
  const at = new Map<C, number>()
  const taken = new Set<number>()
  const take = (column: C | undefined, place: number) => {
    if (column === undefined || at.has(column) || taken.has(place)) return
    at.set(column, place)
    taken.add(place)
  }
  const all = titles.map(plain)
  for (const [place, title] of all.entries())
    take(columns.find(([, names]) => names.some((name) => plain(name) === title))?.[0], place)
  for (const [place, title] of all.entries()) {
    if (taken.has(place) || !/\p{Script=Han}/u.test(title)) continue
    const fitting = columns.filter(([, names]) =>
      names.some((name) => [...name].length > 1 && title.endsWith(plain(name))),
    )
    // 「别的问题」 may be a second wording or the question: that is not for us to say.
    if (fitting.length === 1) take(fitting[0]?.[0], place)
  }
  return at
}

/** The first row as it is quoted when titles are missing in it. */
export function shownTitles(titles: readonly string[]): string {
  const some = titles.map((title) => [...title.trim()].slice(0, 12).join('')).filter((title) => title !== '')
  return some.slice(0, 6).join('、') + (some.length > 6 ? '…' : '')
}
