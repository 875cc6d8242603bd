import { duckdbName } from './string-literals.ts';
import { isEmpty, nodeOf, optionalNode } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** Fields that order and cut the rows of a query. */
export const tailFields = ['order_by', 'sort_by', 'cluster_by', 'distribute_by', 'limit', 'offset'] as const;

/** The terms that rows are sorted by. SORT BY and CLUSTER BY order within partitions for Spark, of
 * which DuckDB has one.
 */
export function orderTerms({ fields }: SyntaxNode): readonly unknown[] {
  return ['order_by', 'sort_by', 'cluster_by'].flatMap((name) => {
    const clause = fields[name] as { readonly expressions?: readonly unknown[] } | null | undefined;
    return clause?.expressions ?? [];
  });
}

/** ` LIMIT n OFFSET m`; empty for neither. */
export function writeLimit({ fields }: SyntaxNode, writer: SparkWriter): string {
  return ['limit', 'offset']
    .map((name) => {
      const clause = optionalNode(unwrapped(fields[name]));
      if (!clause || (clause.kind === 'column' && writer.name(clause.fields['name']).toLowerCase() === 'all'))
        return '';
      return ` ${name.toUpperCase()} ${writer.expression(clause)}`;
    })
    .join('');
}

/** A limit stands as it is, or within `{ this }`. */
function unwrapped(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'this' in value ? value.this : value;
}

/** WITH and its queries; empty for none. */
export function writeWith(clause: unknown, writer: SparkWriter): string {
  if (isEmpty(clause)) return '';
  const node: SyntaxNode = { kind: 'with', fields: clause as Fields };
  const { ctes, recursive } = writer.fields(node, ['ctes', 'recursive']);
  const texts = (ctes as readonly Fields[]).map((fields) => {
    const { alias, this: query, columns } = writer.fields({ kind: 'with', fields }, ['alias', 'this', 'columns']);
    const names = ((columns ?? []) as readonly unknown[]).map((column) => duckdbName(writer.name(column)));
    const list = names.length > 0 ? `(${names.join(', ')})` : '';
    return `${duckdbName(writer.name(alias))}${list} AS (${writer.query(nodeOf(query))})`;
  });
  return `WITH ${recursive ? 'RECURSIVE ' : ''}${texts.join(', ')} `;
}
