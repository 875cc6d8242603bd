import type { HeadDefinition, HeadSpec, Schema } from '@qualm/types';
import type { HeadSuite } from './head-suite.ts';
import { refusal } from './head-bench.ts';

const keywords: Readonly<Record<string, readonly string[]>> = {
  object: ['type', 'properties', 'required', 'additionalProperties'],
  array: ['type', 'items', 'minItems', 'additionalItems'],
  string: ['type', 'minLength', 'pattern'],
  number: ['type', 'minimum', 'exclusiveMinimum', 'maximum'],
  integer: ['type', 'minimum', 'exclusiveMinimum', 'maximum'],
  boolean: ['type'],
};

const selection = ['scoreThreshold', 'iouThreshold', 'nms', 'maxCandidates', 'maxDetections', 'duplicates', 'minScore'];
const ours = ['type', ...selection];

/** What the value itself says: its type, its schema and its module.
 * @param make makes the head of these options
 */
export function definitionCases(
  { vitest, head, options }: Pick<HeadSuite, 'vitest' | 'head' | 'options'>,
  make: (options: HeadSpec) => object,
): void {
  const { expect, test } = vitest;
  const { schema, type, module } = head;

  test('has a type, which the options name', () => {
    expect(type).toMatch(/\S/);
    expect(options.type).toBe(type);
  });

  test('has a schema of keywords that are checked, without what every head has', () => {
    expect(schema.additionalProperties).toBe(false);
    expect(Object.keys(schema.properties).filter((key) => ours.includes(key))).toEqual([]);
    expect((schema.required ?? []).filter((key) => !Object.hasOwn(schema.properties, key))).toEqual([]);
    expect(unknownKeywords(schema, 'schema')).toEqual([]);
  });

  test('takes its options, and refuses one that it does not know', () => {
    expect(make(options)).toBeTruthy();
    const more = { ...options, 'not-an-option': 1 };
    expect(refusal('spec-invalid', () => make(more))).toContain('"not-an-option"');
  });

  test('refuses options without one that is required', () => {
    for (const key of schema.required ?? []) {
      const { [key]: _left, ...less } = options;
      const without = { ...less, type };
      expect(
        refusal('spec-invalid', () => make(without)),
        key,
      ).toContain(`"${key}"`);
    }
    expect(schema.required ?? []).not.toContain('type');
  });

  test.runIf(module !== undefined)('is exported by its module, where threads find it', async ({ skip }) => {
    const isTypeScript = /\.[cm]?ts$/.test(module!);
    const reads = 'typescript' in process.features && Boolean(process.features.typescript);
    if (isTypeScript && !reads) return skip('this Node reads no TypeScript');
    const found = (await import(/* @vite-ignore */ module!)) as Readonly<Record<string, unknown>>;
    // Vitest may have a copy of its own of the same module.
    const heads = Object.values(found).filter((value) => (value as Partial<HeadDefinition> | null)?.type === type);
    expect(heads).toHaveLength(1);
  });
}

function unknownKeywords(schema: Schema, where: string): string[] {
  const known = 'oneOf' in schema ? ['oneOf'] : 'const' in schema ? ['const'] : 'enum' in schema ? ['enum'] : null;
  const allowed = [...(known ?? ('type' in schema ? (keywords[schema.type] ?? []) : [])), 'description'];
  const unknown = Object.keys(schema).filter((key) => !allowed.includes(key));
  return [
    ...unknown.map((key) => `${where}.${key}`),
    ...childrenOf(schema).flatMap(([key, child]) => unknownKeywords(child, `${where}.${key}`)),
  ];
}

function childrenOf(schema: Schema): [string, Schema][] {
  if ('oneOf' in schema) return schema.oneOf.map((child, place) => [`oneOf.${place}`, child]);
  if (!('type' in schema)) return [];
  if (schema.type === 'object') return Object.entries(schema.properties ?? {});
  if (schema.type !== 'array') return [];
  return [schema.items].flat().map((child, place) => [`items.${place}`, child as Schema]);
}
