// A YAML file that a feature's settings name: read, and checked by the schema of the feature that wants it.
import type { z } from 'zod'
import { readText, shownName } from './file.ts'
import { missing } from './files.ts'
import type { Language } from './problem.ts'
import { parse, type Issue } from './wording.ts'
import { readYaml } from './yaml.ts'

/**
 * What a file in the config folder says, or all that is wrong in it, each with its place in that file.
 * @param name relative to the folder
 */
export function yamlFile<T>(
  folder: string,
  name: string,
  schema: z.ZodType<T>,
  language: Language,
): { data: T } | { issues: Issue[] } {
  const file = shownName(folder, name)
  const { text, trouble } = readText(folder, name)
  if (trouble === 'missing') return { issues: [{ path: [], text: missing(folder, name)[language] }] }
  if (trouble) return { issues: [{ path: [], text: trouble.text[language], place: { file, ...trouble } }] }
  const yaml = readYaml(file, text, language)
  if (yaml.problems.length > 0) {
    return { issues: yaml.problems.map((problem) => ({ path: [], text: problem.text, place: problem })) }
  }
  const parsed = parse(schema, yaml.value, language)
  if (parsed.ok) return { data: parsed.data }
  return { issues: parsed.issues.map(({ path, at, text }) => ({ path: [], text, place: yaml.place(path, at) })) }
}
