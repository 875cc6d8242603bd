import { nodeOf, nodesOf } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** GROUP BY; empty for none. */
export function writeGroupBy(clause: unknown, writer: SparkWriter): string {
  if (!clause) return '';
  const { expressions, all } = writer.fields({ kind: 'group_by', fields: clause as Fields }, ['expressions', 'all']);
  if (all) return 'GROUP BY ALL';
  const items = nodesOf(expressions);
  const total = items.find(
    ({ kind, fields }) => ['rollup', 'cube'].includes(kind) && nodesOf(fields['expressions']).length === 0,
  );
  if (!total) return `GROUP BY ${items.map((item) => writeItem(item, writer)).join(', ')}`;
  const columns = items.filter((item) => item !== total).map((item) => writer.expression(item));
  return `GROUP BY ${total.kind.toUpperCase()} (${columns.join(', ')})`;
}

function writeItem(node: SyntaxNode, writer: SparkWriter): string {
  const name = node.kind === 'function' ? String(node.fields['name']).toUpperCase() : '';
  if (name === 'ROLLUP' || name === 'CUBE' || name === 'GROUPING SETS')
    return `${name} (${nodesOf(node.fields['args'])
      .map((item) => writeSet(item, writer))
      .join(', ')})`;
  return writer.expression(node);
}

/** A column, or some in parentheses. */
function writeSet(node: SyntaxNode, writer: SparkWriter): string {
  if (node.kind === 'tuple') {
    const items = nodesOf(writer.fields(node, ['expressions'])['expressions']);
    return `(${items.map((item) => writer.expression(item)).join(', ')})`;
  }
  if (node.kind === 'paren') return `(${writer.expression(nodeOf(node.fields['this']))})`;
  return writeItem(node, writer);
}
