// Settings laid over each other: a feature's own file, then what tags and the group in `groups.yaml` change.
import type { Place } from './problem.ts'
import type { Path, Yaml } from './yaml.ts'

/** One layer of a feature's settings: where it stands, and what it says as plain data. */
export interface Layer {
  yaml: Yaml
  /** Where in the file the settings start. */
  root: Path
  raw: unknown
}

/** Maps merge key by key; everything else, lists too, is replaced as a whole. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over
  const entries = Object.entries(over).map(([key, value]) => [key, key in base ? merged(base[key], value) : value])
  return { ...base, ...Object.fromEntries(entries) }
}

/** Whether a value of a YAML file is a map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where a value comes from: the last layer that says the most of its path. */
export function placeIn(layers: readonly Layer[], path: Path, at?: 'key'): Place {
  const depths = layers.map(({ yaml, root }) => yaml.depth([...root, ...path]) - root.length)
  const layer = layers[depths.lastIndexOf(Math.max(...depths))]
  if (!layer) throw new Error('no layer to look in')
  return layer.yaml.place([...layer.root, ...path], at)
}

/** Whether any layer says this itself. */
export function isWritten(layers: readonly Layer[], path: Path): boolean {
  return layers.some(({ yaml, root }) => yaml.depth([...root, ...path]) === root.length + path.length)
}
