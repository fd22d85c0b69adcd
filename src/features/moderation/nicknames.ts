// The form of nicknames that a group may ask for, such as 「楼栋-昵称」.
import { RE2JS } from 're2js'
import { canonical } from '../../core/lib/text.ts'

/** Parts of a form that stand for something with a number in it. */
const numbered = /楼|栋|幢|座|单元|室|房|号|门牌|届|班|年级|building|flat|room|unit|number|no\.?$/i
/** What a form that is a pattern holds and an example does not. */
export const patternSign = /[\\^$*+?[\](){}|]/
const separator = /[-—－_·.\s/]+/u

/** Whether a name has a form: a pattern (RE2), or an example such as 「楼栋-昵称」. @throws RE2JSSyntaxException for a pattern that is none */
export function nicknameForm(form: string): (name: string) => boolean {
  if (patternSign.test(form)) {
    const pattern = RE2JS.compile(form)
    return (name) => pattern.matches(name) || pattern.test(canonical(name))
  }
  const wanted = form.split(separator).filter((part) => part !== '')
  return (name) => {
    const parts = name
      .trim()
      .split(separator)
      .filter((part) => part !== '')
    return (
      parts.length >= wanted.length && wanted.every((part, i) => !numbered.test(part) || /\p{Nd}/u.test(parts[i] ?? ''))
    )
  }
}
