// Numbers as people write them in Chinese.
const digits = '零一二三四五六七八九'
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** `二十四` → 24, `一百零五` → 105, `一百五` → 150, `两万三千` → 23000, `二〇二六` → 2026; undefined when it is none. */
export function hanNumber(text: string): number | undefined {
  const plain = text.replaceAll('两', '二').replaceAll('〇', '零')
  if (/^[零一二三四五六七八九]{1,12}$/u.test(plain)) {
    return Number([...plain].map((digit) => digits.indexOf(digit)).join(''))
  }
  const [high = '', low, ...more] = plain.split('万')
  if (more.length > 0) return undefined
  const above = belowTenThousand(high, 1)
  if (low === undefined || low === '' || above === undefined)
    return above === undefined ? above : above * (low === undefined ? 1 : 10_000)
  const below = belowTenThousand(low, 1000)
  return below === undefined ? below : above * 10_000 + below
}

const belowTenThousandForm =
  /^(?:[一二三四五六七八九]千)?(?:零|[一二三四五六七八九]百)?(?:零|[一二三四五六七八九]?十)?[一二三四五六七八九]?$/u

/** @param worth of a digit with nothing behind it, as after `万`; after `百` and `千` it is the next lower unit */
function belowTenThousand(text: string, worth: number): number | undefined {
  if (text === '' || !belowTenThousandForm.test(text)) return undefined
  let sum = 0
  let digit: number | undefined
  let last = worth
  for (const char of text) {
    const unit = units[char]
    if (unit !== undefined) {
      sum += (digit ?? 1) * unit
      digit = undefined
      last = unit / 10
    } else if (char === '零') last = 1
    else digit = digits.indexOf(char)
  }
  return sum + (digit ?? 0) * last
}

/** A text with its Chinese numbers as digits: `十一月三十日八点一刻` → `11月30日8点1刻`. What is no number stays. */
export function withDigits(text: string): string {
  return text.replace(/[零〇一二两三四五六七八九十百千万]+/gu, (han) => String(hanNumber(han) ?? han))
}
