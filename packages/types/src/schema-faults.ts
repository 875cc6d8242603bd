import type {
  ChoiceSchema,
  ConstSchema,
  EnumSchema,
  ListSchema,
  NumberSchema,
  ObjectSchema,
  Schema,
  TextSchema,
  TupleSchema,
} from './schema.ts';

/** What is wrong with a value by a schema: where it is, what came, what was wanted. Empty where
 * nothing is.
 * @param where the value's own place, `head` say; empty for the whole of something.
 * @example schemaFaults({ type: 'integer', minimum: 1 }, 0, 'batch') // ['batch is 0, expected a whole number of at least 1']
 */
export function schemaFaults(schema: Schema, value: unknown, where: string): string[] {
  if ('oneOf' in schema) return choiceFaults(schema, value, where);
  if (!('type' in schema)) return isOf(schema, value) ? [] : [fault(where, value, wantedBy(schema))];
  if (schema.type === 'object') return objectFaults(schema, value, where);
  if (schema.type === 'array') return arrayFaults(schema, value, where);
  return isOf(schema, value) ? [] : [fault(where, value, wantedBy(schema))];
}

function objectFaults(schema: ObjectSchema, value: unknown, where: string): string[] {
  if (!isObject(value)) return [fault(where, value, 'an object')];
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((key) => value[key] === undefined).map((key) => `${named(where)} has no "${key}"`);
  const found = Object.entries(value).filter(([, child]) => child !== undefined);
  const known = found.filter(([key]) => Object.hasOwn(properties, key));
  const unknown = additionalProperties === false ? found.filter(([key]) => !Object.hasOwn(properties, key)) : [];
  return [
    ...missing,
    ...known.flatMap(([key, child]) => schemaFaults(properties[key]!, child, joined(where, key))),
    ...unknownFaults(
      where,
      unknown.map(([key]) => key),
      Object.keys(properties),
    ),
  ];
}

function unknownFaults(where: string, keys: readonly string[], known: readonly string[]): string[] {
  if (keys.length === 0) return [];
  const list = keys
    .slice(0, 5)
    .map((key) => brief(key))
    .join(', ');
  const others = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
  const are = keys.length === 1 ? 'is' : 'are';
  return [
    `${named(where)} has ${list}${others}, which ${are} unknown, expected ${known.length === 1 ? 'only' : 'one of'} ${known.join(', ')}`,
  ];
}

function arrayFaults(schema: ListSchema | TupleSchema, value: unknown, where: string): string[] {
  const least = schema.minItems ?? 0;
  const isTuple = 'additionalItems' in schema;
  const wanted = isTuple ? `a list of ${least}` : least > 0 ? `a list of at least ${least}` : 'a list';
  if (!Array.isArray(value) || value.length < least || (isTuple && value.length > schema.items.length))
    return [fault(where, value, wanted)];
  return value.flatMap((item: unknown, index) =>
    schemaFaults(isTuple ? schema.items[index]! : schema.items, item, joined(where, String(index))),
  );
}

/** The faults of the choice that was meant, which is the one whose constant came; else what
 * constants there are.
 */
function choiceFaults({ oneOf }: ChoiceSchema, value: unknown, where: string): string[] {
  if (!isObject(value)) return [fault(where, value, 'an object')];
  const choices = oneOf.map((schema) => ({ schema, ...constantOf(schema) }));
  const meant = choices.find(({ key, constant }) => key !== undefined && value[key] === constant);
  if (meant) return schemaFaults(meant.schema, value, where);
  const other = choices.find(({ key }) => key === undefined);
  const key = choices.find((choice) => choice.key !== undefined)!.key!;
  if (other && value[key] === undefined) return schemaFaults(other.schema, value, where);
  const constants = choices.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
  const wanted = `expected ${constants.length === 1 ? brief(constants[0]) : `one of ${constants.join(', ')}`}`;
  if (value[key] === undefined) return [`${named(where)} has no "${key}", ${wanted}`];
  return [`${joined(where, key)} is ${brief(value[key])}, ${wanted}`];
}

function constantOf({ properties = {} }: ObjectSchema): { key?: string; constant?: string | number } {
  for (const [key, schema] of Object.entries(properties)) if ('const' in schema) return { key, constant: schema.const };
  return {};
}

type Scalar = ConstSchema | EnumSchema | TextSchema | NumberSchema | Extract<Schema, { readonly type: 'boolean' }>;

function isOf(schema: Scalar, value: unknown): boolean {
  if ('const' in schema) return value === schema.const;
  if ('enum' in schema) return schema.enum.some((one) => one === value);
  if (schema.type === 'boolean') return typeof value === 'boolean';
  if (schema.type === 'string') return typeof value === 'string' && isText(schema, value);
  return typeof value === 'number' && isNumber(schema, value);
}

function isText({ minLength = 0, pattern }: TextSchema, value: string): boolean {
  return value.length >= minLength && (pattern === undefined || new RegExp(pattern, 'u').test(value));
}

function isNumber({ type, minimum, exclusiveMinimum, maximum }: NumberSchema, value: number): boolean {
  const isKind = type === 'integer' ? Number.isInteger(value) : Number.isFinite(value);
  return (
    isKind && !(value < (minimum ?? value)) && !(value > (maximum ?? value)) && !(value <= (exclusiveMinimum ?? NaN))
  );
}

function wantedBy(schema: Scalar): string {
  if ('const' in schema) return brief(schema.const);
  if ('enum' in schema) return `one of ${schema.enum.join(', ')}`;
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'string') return wantedText(schema);
  const kind = schema.type === 'integer' ? 'a whole number' : 'a number';
  const { minimum, exclusiveMinimum, maximum } = schema;
  if (exclusiveMinimum !== undefined) return `${kind} above ${exclusiveMinimum}`;
  if (minimum !== undefined && maximum !== undefined) return `${kind} from ${minimum} to ${maximum}`;
  return minimum === undefined ? kind : `${kind} of at least ${minimum}`;
}

function wantedText({ minLength = 0, pattern }: TextSchema): string {
  if (pattern !== undefined) return `a text that matches ${pattern}`;
  return minLength > 0 ? 'a text that is not empty' : 'a text';
}

function fault(where: string, value: unknown, wanted: string): string {
  return `${named(where)} is ${brief(value)}, expected ${wanted}`;
}

function named(where: string): string {
  return where || 'the spec';
}

function joined(where: string, key: string): string {
  return where ? `${where}.${key}` : key;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as JSON, cut where it is long. */
export function brief(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
