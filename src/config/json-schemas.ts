// JSON Schemas of all config files, with which an editor completes keys and shows what they mean.
import { z } from 'zod'
import type { AnyFeature } from '../core/feature/feature.ts'
import { BotFile, groupsFile } from './bot-files.ts'
import { commonSchema } from './feature-file.ts'

type JsonSchema = z.core.JSONSchema.JSONSchema

/** File name (`bot.json`) → its text, for `config/schema/`. Descriptions are Chinese, as the shipped files are. */
export function jsonSchemas(features: readonly AnyFeature[]): Map<string, string> {
  const files = new Map<string, JsonSchema>([
    ['bot', { ...written(BotFile), description: '机器人本身的设置' }],
    ['groups', groups(features)],
    ...features.map((feature): [string, JsonSchema] => [feature.name, featureSchema(feature)]),
  ])
  return new Map([...files].map(([name, schema]) => [`${name}.json`, `${JSON.stringify(schema, null, 2)}\n`]))
}

function written(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' })
}

function featureSchema(feature: AnyFeature): JsonSchema {
  const own = written(feature.config)
  const { enabled = {}, ...common } = written(commonSchema(feature, 'zh')).properties ?? {}
  return { ...own, description: feature.summary.zh, properties: { enabled, ...own.properties, ...common } }
}

/** In a group, any part of a feature's settings may stand. */
function groups(features: readonly AnyFeature[]): JsonSchema {
  const definitions = features.map((feature) => {
    const { $schema: _same, ...whole } = featureSchema(feature)
    // A schema that refers to itself cannot move into another file.
    const part = 'definitions' in whole ? { type: 'object' } : partial(whole)
    return [feature.name, { description: feature.summary.zh, anyOf: [{ type: 'boolean' }, part] }]
  })
  const schema = z.toJSONSchema(groupsFile(features), {
    io: 'input',
    target: 'draft-7',
    override({ jsonSchema }) {
      const { overrides } = jsonSchema
      if (typeof overrides !== 'string') return
      // Beside a $ref nothing else may stand.
      delete jsonSchema['overrides']
      delete jsonSchema.description
      delete jsonSchema.anyOf
      jsonSchema['$ref'] = `#/definitions/${overrides}`
    },
  })
  return { ...schema, description: '要管的群', definitions: Object.fromEntries(definitions) }
}

/** Without required keys, as far as settings are merged key by key: lists are replaced as a whole. */
function partial(schema: z.core.JSONSchema._JSONSchema): z.core.JSONSchema._JSONSchema {
  if (typeof schema === 'boolean' || !schema.properties) return schema
  const { required: _any, ...rest } = schema
  const properties = Object.entries(schema.properties).map(([key, part]) => [key, partial(part)])
  return { ...rest, properties: Object.fromEntries(properties) }
}
