import { duckdbName } from './string-literals.ts';
import { nodeOf, optionalNode } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** DuckDB's text of what stands in FROM. */
export type SourceWriter = (node: SyntaxNode, writer: SparkWriter) => string;

/** Tables that are joined, each with what stands before it. */
export function writeJoins(joins: unknown, writeSource: SourceWriter, writer: SparkWriter): string {
  return ((joins ?? []) as readonly unknown[])
    .map((join) => writeJoin({ kind: 'join', fields: join as Fields }, writeSource, writer))
    .join('');
}

const kinds: Readonly<Record<string, string>> = {
  Inner: 'JOIN',
  Left: 'LEFT JOIN',
  Right: 'RIGHT JOIN',
  Full: 'FULL JOIN',
  Cross: 'CROSS JOIN',
  Semi: 'SEMI JOIN',
  LeftSemi: 'SEMI JOIN',
  Anti: 'ANTI JOIN',
  LeftAnti: 'ANTI JOIN',
  Natural: 'NATURAL JOIN',
};

function writeJoin(node: SyntaxNode, writeSource: SourceWriter, writer: SparkWriter): string {
  const { this: source, on, using, kind } = writer.fields(node, ['this', 'on', 'using', 'kind']);
  const table = writeSource(nodeOf(source), writer);
  if (kind === 'Implicit') return `, ${table}`;
  const join = kinds[String(kind)] ?? writer.refuse(source, `a join of the kind ${String(kind)}`);
  const columns = ((using ?? []) as readonly unknown[]).map((column) => duckdbName(writer.name(column)));
  if (columns.length > 0) return ` ${join} ${table} USING (${columns.join(', ')})`;
  const condition = optionalNode(on);
  if (condition) return ` ${kind === 'Cross' ? 'JOIN' : join} ${table} ON ${writer.expression(condition)}`;
  if (kind === 'Cross' || kind === 'Inner') return ` CROSS JOIN ${table}`;
  return kind === 'Natural' ? ` ${join} ${table}` : ` ${join} ${table} ON TRUE`;
}
