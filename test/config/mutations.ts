// Config files as operators really break them, and whether each is refused with a place and a reason.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, type Loaded } from '../../src/config/load.ts'
import { features, rightFiles, withFolder } from './samples.ts'

export interface Mutation {
  name: string
  file: string
  /** The line that was broken; undefined where the whole file was. */
  line?: number
  content: string | Uint8Array
}

const yamlFiles = Object.keys(rightFiles).filter((name) => name.endsWith('.yaml'))

/** Names that operators choose themselves: another one is another setting, not a mistake. */
const ownNames = new Set(['7', '30', '福利群'])

/** Ways to break one line; undefined where a line has nothing of that kind. */
const lineBreakers: Record<string, (line: string) => string | undefined> = {
  'key without its last letter': (line) => key(line, (name) => name.slice(0, -1)),
  'key with a doubled letter': (line) => key(line, (name) => name.slice(0, 2) + name.slice(1)),
  'key in capitals': (line) => key(line, (name) => name.toUpperCase()),
  'key with two letters swapped': (line) =>
    key(line, (name) => (name[0] === name[1] ? name : `${name[1]}${name[0]}${name.slice(2)}`)),
  'key with a full-width space': (line) => key(line, (name) => `　${name}`),
  'full-width colon': (line) => changed(line, line.replace(/: ?/, '：')),
  'full-width colon and space': (line) => changed(line, line.replace(/:(?= |$)/, '：')),
  'no space after the colon': (line) => (/: \S/.test(line) ? line.replace(/: /, ':') : undefined),
  'colon forgotten': (line) => changed(line, line.replace(/:(?= |$)/, '')),
  'nothing after the colon': (line) =>
    /: \S/.test(line) && !/: [[{]/.test(line) ? line.replace(/: .*/, ':') : undefined,
  'a list where one value stands': (line) => value(line, () => '[1]'),
  'a map where one value stands': (line) => value(line, () => '{a: 1}'),
  'a bare word for a number': (line) => value(line, (old) => (/^(\d+|true)$/.test(old) ? '很多' : undefined)),
  'a quoted number': (line) => value(line, (old) => (/^\d+$/.test(old) ? `'${old}'` : undefined)),
  'full-width digits': (line) => value(line, (old) => (/^\d+$/.test(old) ? wide(old) : undefined)),
  'a fraction': (line) => value(line, (old) => (/^(5|8|15)$/.test(old) ? `${old}.5` : undefined)),
  'a negative number': (line) =>
    value(line, (old) => (/^\d+$/.test(old) && !/7:|30:/.test(line) ? `-${old}` : undefined)),
  'yes in Chinese': (line) =>
    value(line, (old) => (/^(true|false)$/.test(old) ? (old === 'true' ? '是' : '否') : undefined)),
  'yes in old YAML': (line) =>
    value(line, (old) => (/^(true|false)$/.test(old) ? (old === 'true' ? 'yes' : 'no') : undefined)),
  'a number for a text': (line) => value(line, (old) => (/^(\d+|true|false)$/.test(old) ? undefined : '123')),
  'true for a text': (line) => value(line, (old) => (/^(\d+|true|false)$/.test(old) ? undefined : 'true')),
  'quotes forgotten': (line) => changed(line, line.replaceAll(/['"]/g, '')),
  'closing quote forgotten': (line) => changed(line, line.replace(/['"]$/, '')),
  'opening quote forgotten': (line) => changed(line, line.replace(/ ['"]/, ' ')),
  'Chinese quotes': (line) => changed(line, line.replace(/['"]([^'"]*)['"]/, '“$1”')),
  'full-width quotes': (line) => changed(line, line.replace(/['"]([^'"]*)['"]/, '＂$1＂')),
  'bracket forgotten': (line) => changed(line, line.replace(/[\]]$/, '')),
  'Chinese brackets': (line) => changed(line, line.replace('[', '【').replace(']', '】')),
  'Chinese comma in a list': (line) => changed(line, line.replace(/(\[.*), /, '$1，')),
  'a tab to indent': (line) => changed(line, line.replace(/^ +/, '\t')),
  'a full-width space to indent': (line) => changed(line, line.replace(/^ {2}/, '　')),
  'one space less': (line) => changed(line, line.replace(/^ /, '')),
  'one space more': (line) => ` ${line}`,
  'the line twice': (line) => (/^\s*- [^:]*$/.test(line) ? undefined : `${line}\n${line}`),
  'brace forgotten': (line) => changed(line, line.replace('{{', '{')),
  'full-width braces': (line) => changed(line, line.replace('{{', '｛｛').replace('}}', '｝｝')),
  'unknown variable': (line) => changed(line, line.replace('{{points}}', '{{point}}')),
  'no space after the dash': (line) => changed(line, line.replace('- ', '-')),
  'a value starting with @': (line) => value(line, () => '@小李'),
  'a value starting with *': (line) => value(line, () => '*特价*'),
  'a value starting with !': (line) => value(line, () => '!important'),
  'a value starting with %': (line) => value(line, () => '%10 优惠'),
  'a value starting with `': (line) => value(line, () => '`code`'),
  'a colon inside a value': (line) => value(line, (old) => (/^['"[]/.test(old) ? undefined : `${old}: 呀`)),
}

/** Ways to break a whole file, or to save it differently. */
const fileBreakers: Record<string, (text: string) => string | Uint8Array> = {
  'saved as GBK': (text) => Buffer.concat([Buffer.from(text), Buffer.from([0x23, 0xc7, 0xa9, 0xb5, 0xbd, 0x0a])]),
  'saved as UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'saved with a byte order mark': (text) => `\ufeff${text}`,
  'saved with Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'saved without the last line end': (text) => text.trimEnd(),
  'saved with blank lines and comments': (text) => text.replaceAll('\n', '\n\n# 说明：见上\n'),
  'a control character inside': (text) => `${text}# \u0007\n`,
  'damaged characters inside': (text) => `${text}# \ufffd\n`,
  'a second document': (text) => `${text}---\n${text}`,
  'another YAML version': (text) => `%YAML 1.1\n---\n${text}`,
  'marks of a merge': (text) => `<<<<<<< HEAD\n${text}`,
  'pasted twice': (text) => text + text,
  'a list instead': () => '- a\n- b\n',
  'a sentence instead': () => '今天也要加油\n',
  'an unknown key more': (text) => `${text}colour: red\n`,
  'a reserved key more': (text) => `${text}__proto__:\n  a: 1\n`,
  'brackets without end': (text) => `${text}x: ${'['.repeat(3000)}\n`,
}

function key(line: string, change: (name: string) => string): string | undefined {
  const match = /^(\s*(?:- )?)([\w\u4e00-\u9fff]+)(?=:)/.exec(line)
  if (!match || match[2] === undefined || ownNames.has(match[2])) return undefined
  return changed(line, (match[1] ?? '') + change(match[2]) + line.slice(match[0].length))
}

function value(line: string, change: (old: string) => string | undefined): string | undefined {
  const match = /^(.*?: )(\S.*)$/.exec(line)
  const next = match?.[2] === undefined ? undefined : change(match[2])
  return next === undefined ? undefined : changed(line, `${match?.[1]}${next}`)
}

function changed(before: string, after: string): string | undefined {
  return before === after ? undefined : after
}

function wide(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
}

/** Where an answer may be a text or a file, `file files/menu.txt` is a text like any other. */
const rightToo = new Set(['faq.yaml:9 colon forgotten'])

/** Every way to break every line and file of the right ones. */
export function mutations(): Mutation[] {
  return yamlFiles.flatMap((file) => {
    const text = rightFiles[file] ?? ''
    const lines = text.split('\n')
    const broken = lines.flatMap((line, i) =>
      line.trim() === '' || line.startsWith('#')
        ? []
        : Object.entries(lineBreakers).flatMap(([name, breaks]): Mutation[] => {
            const after = breaks(line)
            return after === undefined || rightToo.has(`${file}:${i + 1} ${name}`)
              ? []
              : [{ name, file, line: i + 1, content: lines.with(i, after).join('\n') }]
          }),
    )
    return [...broken, ...Object.entries(fileBreakers).map(([name, breaks]) => ({ name, file, content: breaks(text) }))]
  })
}

/** All that settings say, as plain data. */
function meaning(loaded: Loaded): unknown {
  if (!loaded.ok) return undefined
  const { feature, ...rest } = loaded.settings
  const scopes = [null, ...rest.groups.map(({ name }) => name)]
  return { rest, features: features.map(({ name }) => scopes.map((group) => feature(name, group))) }
}

/** What is wrong with how the loader takes these files: nothing, when each is refused well or means the same. */
export function wronglyTaken(broken: readonly Mutation[]): string[] {
  return withFolder(rightFiles, (folder) => {
    const right = meaning(loadConfig(folder, features))
    if (right === undefined) throw new Error('the right files are refused')
    return broken.flatMap((mutation) => {
      writeFileSync(join(folder, mutation.file), mutation.content)
      const verdict = judge(mutation, loadConfig(folder, features), right)
      writeFileSync(join(folder, mutation.file), rightFiles[mutation.file] ?? '')
      return verdict === undefined ? [] : [`${mutation.file}:${mutation.line ?? ''} ${mutation.name}: ${verdict}`]
    })
  })
}

function judge({ name, file, line, content }: Mutation, loaded: Loaded, right: unknown): string | undefined {
  if (loaded.ok) {
    return JSON.stringify(meaning(loaded)) === JSON.stringify(right) ? undefined : 'taken, with another meaning'
  }
  const lines = content.toString().split('\n').length
  const vague = loaded.problems.filter(
    (problem) =>
      problem.line < 1 || problem.column < 1 || problem.line > lines || !/[\u4e00-\u9fff]/.test(problem.text),
  )
  if (vague.length > 0) return `vague: ${JSON.stringify(vague)}`
  // A line that stands too far right shows only where the next one stands right again.
  const reach = name === 'one space more' ? Infinity : 1
  const there = loaded.problems.some(
    (problem) => problem.file === `config/${file}` && (line === undefined || Math.abs(problem.line - line) <= reach),
  )
  return there ? undefined : `told elsewhere: ${JSON.stringify(loaded.problems)}`
}
