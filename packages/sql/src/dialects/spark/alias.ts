import { duckdbName } from './string-literals.ts';
import { isEmpty } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** Text of ` AS "name"("a", "b")`; empty without a name. */
export function writeAlias(alias: unknown, columns: unknown, writer: SparkWriter, otherwise = ''): string {
  const names = ((columns ?? []) as readonly unknown[]).map((column) => duckdbName(writer.name(column)));
  const name = isEmpty(alias) ? otherwise : writer.name(alias);
  if (name === '') return '';
  return ` AS ${duckdbName(name)}${names.length > 0 ? `(${names.join(', ')})` : ''}`;
}
