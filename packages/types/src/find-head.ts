import { assertFunctions, assertOptions } from './assert-argument.ts';
import type { HeadDefinition, Heads } from './head-definition.ts';
import { headSchema } from './head-schema.ts';
import type { HeadSpec } from './model-spec.ts';
import { brief, schemaFaults } from './schema-faults.ts';
import { wrongArgument } from './wrong-argument.ts';

/** The head of that type among these; null where there is none.
 * @param where the function that was called, for the message.
 * @throws RangeError for what is not a set of heads, and where two have that type.
 */
export function findHead(where: string, heads: Heads, type: unknown): HeadDefinition | null {
  assertOptions(where, heads, "{ ...heads, mine } with import { heads } from '@qualm/vision'", 'heads');
  for (const [key, head] of Object.entries(heads)) assertHead(where, key, head);
  const found = Object.entries(heads).filter(([, head]) => head.type === type);
  if (found.length < 2) return found[0]?.[1] ?? null;
  const keys = found.map(([key]) => key).join(' and ');
  throw new RangeError(
    `${where}: heads ${keys} are both of type ${brief(type)}; expected one of each; rename one type`,
  );
}

/** What is wrong with a spec's head: a type that none of these heads has, or options that the
 * schema of its own refuses.
 */
export function headFaults(where: string, heads: Heads, head: HeadSpec): string[] {
  const found = findHead(where, heads, head.type);
  if (found) return schemaFaults(headSchema(found), head, 'head');
  const types = Object.values(heads).map(({ type }) => type);
  return [`head.type is ${brief(head.type)}, expected one of ${types.join(', ') || 'none: no heads were given'}`];
}

function assertHead(where: string, key: string, head: unknown): void {
  const wanted = 'a head: { type, schema, defaults, createReader }';
  assertFunctions(where, `heads.${key}`, head, ['createReader'], wanted);
  const { type, schema, defaults } = head as { type?: unknown; schema?: { type?: unknown } | null; defaults?: unknown };
  if (typeof type !== 'string' || type === '') throw wrongArgument(where, `type of heads.${key}`, type, 'a text');
  if (schema?.type !== 'object')
    throw wrongArgument(
      where,
      `schema of heads.${key}`,
      schema,
      "{ type: 'object', properties, additionalProperties: false }",
    );
  if (typeof defaults !== 'object')
    throw wrongArgument(
      where,
      `defaults of heads.${key}`,
      defaults,
      'those of a detector, {} say, or null for a classifier',
    );
}
