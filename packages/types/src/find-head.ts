import { assertFunctions, assertOptions } from './assert-argument.ts';
import type { HeadDefinition, Heads } from './head-definition.ts';
import { headSchema } from './head-schema.ts';
import type { HeadSpec } from './model-spec.ts';
import { headPlace } from './named-head.ts';
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
  const keys = found.map(([key]) => headPlace(key)).join(' and ');
  throw new RangeError(`${where}: ${keys} are both of type ${brief(type)}; expected one of each; rename one type`);
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
  const place = headPlace(key);
  assertFunctions(where, place, head, ['createReader'], 'a head: { type, schema, defaults, createReader }');
  const { type, schema, defaults, forms = [] } = head as HeadParts;
  if (typeof type !== 'string' || type === '') throw wrongArgument(where, `type of ${place}`, type, 'a text');
  if (schema?.type !== 'object' || typeof schema.properties !== 'object') {
    const wanted = "{ type: 'object', properties: {}, additionalProperties: false }";
    throw wrongArgument(where, `schema of ${place}`, schema, wanted);
  }
  if (typeof defaults !== 'object') {
    const wanted = 'those of a detector, {} say, or null for a classifier';
    throw wrongArgument(where, `defaults of ${place}`, defaults, wanted);
  }
  if (!Array.isArray(forms)) throw wrongArgument(where, `forms of ${place}`, forms, "a list, ['detections'] say");
}

interface HeadParts {
  readonly type?: unknown;
  readonly schema?: { readonly type?: unknown; readonly properties?: unknown } | null;
  readonly defaults?: unknown;
  readonly forms?: unknown;
}
