import { integerLiteralOf } from './literals.ts';
import { orderSuffix, writeOrder } from './order.ts';
import type { SelectParts } from './select.ts';
import { duckdbName } from './string-literals.ts';
import { nodeOf } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** A SELECT with its ORDER BY. Spark reads a name there as one that the SELECT gives, also within
 * an expression such as `ssd.score`; DuckDB only where the name stands alone. So where an
 * expression has such a name, the SELECT becomes a table that is sorted. */
export function writeSorted(parts: SelectParts, writer: SparkWriter): string {
  const { items, order, limit } = parts;
  const aliases = new Set(
    items.flatMap(({ isAlias, names }) => (isAlias ? (names ?? []) : [])).map((name) => name.toLowerCase()),
  );
  const terms = order.map((term) => nodeOf((term as Fields)['this']));
  const shared = new Set([...aliases].filter((name) => parts.tables.has(name)));
  const uses = (node: SyntaxNode): boolean => {
    if (!isBare(node) && usesName(node, shared, writer))
      writer.refuse(node, 'ORDER BY of a name that is both a table and a column');
    return usesName(node, aliases, writer);
  };
  const spread = items.filter(({ isGenerator, names }) => isGenerator && names?.length !== 1);
  const isSpread = (node: SyntaxNode): boolean =>
    spread.some(({ names }) => names === null || (isBare(node) && includesName(names, node, writer)));
  if (terms.filter((node) => (isBare(node) ? isSpread(node) : uses(node))).length === 0) {
    const sorted = order.map((term, index) => writeTerm(terms[index]!, term, writer));
    return `${writeBlock(parts, [])}${sorted.length > 0 ? ` ORDER BY ${sorted.join(', ')}` : ''}${limit}`;
  }
  const given = new Set(items.flatMap(({ names }) => names ?? []).map((name) => name.toLowerCase()));
  const hidden: string[] = [];
  const sorted = order.map((term, index) => {
    const node = terms[index]!;
    if (uses(node) || isPlace(node) || isNameIn(node, given, writer) || (isBare(node) && isSpread(node)))
      return writeOrder(term, writer);
    if (parts.distinct) return writer.refuse(node, 'ORDER BY of what SELECT DISTINCT does not give');
    const name = duckdbName(`spark:order${hidden.length}`);
    hidden.push(`${writer.expression(node)} AS ${name}`);
    return `${name}${orderSuffix(term, writer)}`;
  });
  const names = hidden.map((_, index) => duckdbName(`spark:order${index}`));
  const star = names.length > 0 ? `* EXCLUDE (${names.join(', ')})` : '*';
  return `SELECT ${star} FROM (${writeBlock(parts, hidden)}) AS "spark:rows" ORDER BY ${sorted.join(', ')}${limit}`;
}

function writeBlock({ distinct, items, body }: SelectParts, hidden: readonly string[]): string {
  const columns = [...items.map(({ text }) => text), ...hidden].join(', ');
  return `SELECT ${distinct ? 'DISTINCT ' : ''}${columns}${body === '' ? '' : ` ${body}`}`;
}

/** ORDER BY ALL, or a term. */
function writeTerm(node: SyntaxNode, term: unknown, writer: SparkWriter): string {
  const isAll =
    node.kind === 'column' && !node.fields['table'] && writer.name(node.fields['name']).toLowerCase() === 'all';
  return isAll ? `ALL${orderSuffix(term, writer)}` : writeOrder(term, writer);
}

function isBare(node: SyntaxNode): boolean {
  return node.kind === 'column' && !node.fields['table'];
}

function includesName(names: readonly string[], node: SyntaxNode, writer: SparkWriter): boolean {
  return isNameIn(node, new Set(names.map((name) => name.toLowerCase())), writer);
}

function isPlace(node: SyntaxNode): boolean {
  return integerLiteralOf(node) !== null;
}

function isNameIn(node: SyntaxNode, names: ReadonlySet<string>, writer: SparkWriter): boolean {
  return isBare(node) && names.has(writer.name(node.fields['name']).toLowerCase());
}

/** True where a tree has a column of one of the names, or a field of one. */
function usesName(value: unknown, names: ReadonlySet<string>, writer: SparkWriter): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => usesName(item, names, writer));
  const { kind, fields } =
    'kind' in value && 'fields' in value ? (value as SyntaxNode) : { kind: '', fields: value as Fields };
  const column = kind === 'column' ? fields : (fields['column'] as Fields | undefined);
  if (column) return names.has(writer.name(column['table'] ?? column['name']).toLowerCase());
  return Object.values(fields).some((inner) => usesName(inner, names, writer));
}
