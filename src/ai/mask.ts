// Masks telephone, identity and card numbers in a text before it leaves this machine.

/** What stands in place of a number; models read it as “a number was here”. */
const masks = { zh: '[号码]', en: '[number]' } as const

/** A digit as people write it: plain, full-width, circled, Chinese. */
const digit = '[0-9０-９①-⑨⓪❶-❾零〇○一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖]'
/** What may stand between two digits of one number: spaces, signs, and what cannot be seen; a line end may not. */
const between = '[ \\t\\u00a0\\u3000\\-‐-―－—_.．·•,，、/／()（）+＋*＊\\p{Default_Ignorable_Code_Point}\\u20e3]{0,4}'
const run = new RegExp(`[+＋]?${digit}(?:${between}${digit})+[xXｘＸ]?`, 'gu')
const eachDigit = new RegExp(digit, 'gu')
/** A date has as many digits as a telephone number, and says something that the model needs. */
const date = /(?<!\d)(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:[12]\d|3[01]|0?[1-9])(?!\d)/g
/** The shortest telephone numbers, those without an area code, have seven digits. */
const fewestDigits = 7

/**
 * @param language of the mask that is put in
 * @returns the text without numbers of seven and more digits, however they are spaced or written; dates stay
 */
export function masked(text: string, language: keyof typeof masks): string {
  return text.replace(run, (found) => {
    const digits = found.normalize('NFKC').replace(date, '').match(eachDigit)
    return (digits?.length ?? 0) < fewestDigits ? found : masks[language]
  })
}
