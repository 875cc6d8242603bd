import { integerLiteralOf } from './literals.ts';
import { writeOrder } from './order.ts';
import { orderTerms, tailFields, writeLimit, writeWith } from './query-tail.ts';
import { writeSelect } from './select.ts';
import { writeValues } from './sources.ts';
import { nodeOf } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** DuckDB's text of a query of Spark. @throws QualmError `unsupported` for one that is not known to
 * be right.
 */
export function writeQuery(node: SyntaxNode, writer: SparkWriter): string {
  switch (node.kind) {
    case 'select':
      return writeSelect(node, writer);
    case 'union':
    case 'intersect':
    case 'except':
      return writeSetOperation(node, writer);
    case 'subquery': {
      const { this: inner } = writer.fields(node, ['this', 'with', ...tailFields]);
      const query = `(${writeQuery(nodeOf(inner), writer)})`;
      return `${writeWith(node.fields['with'], writer)}${withTail(query, node, writer)}`;
    }
    case 'values':
      return `SELECT * FROM ${writeValues(node, writer)}`;
    case 'paren':
      return writeQuery(nodeOf(writer.fields(node, ['this'])['this']), writer);
  }
  return writer.refuse(node, `${node.kind.replaceAll('_', ' ')} as a query`);
}

/** A query in parentheses, sorted and cut. What is sorted by is a name, a place, or made of names
 * that the query gives.
 */
function withTail(query: string, node: SyntaxNode, writer: SparkWriter): string {
  const terms = orderTerms(node);
  const order = terms.length > 0 ? ` ORDER BY ${terms.map((term) => writeOrder(term, writer)).join(', ')}` : '';
  const limit = writeLimit(node, writer);
  if (order === '' && limit === '') return query;
  return isSimple(terms) && !query.startsWith('(')
    ? `${query}${order}${limit}`
    : `SELECT * FROM (${query}) AS "spark:rows"${order}${limit}`;
}

function isSimple(terms: readonly unknown[]): boolean {
  return terms.every((term) => {
    const node = nodeOf((term as Fields)['this']);
    return node.kind === 'column' || integerLiteralOf(node) !== null;
  });
}

const signs: Readonly<Record<string, string>> = { union: 'UNION', intersect: 'INTERSECT', except: 'EXCEPT' };

interface Operand {
  readonly sign: string;
  readonly text: string;
}

/** The parser takes a chain of set operations from left to right; INTERSECT binds before the
 * others.
 */
function writeSetOperation(node: SyntaxNode, writer: SparkWriter): string {
  const chain = operandsOf(node, true, writer);
  const sums: Operand[] = [];
  for (const { sign, text } of chain) {
    const last = sums.at(-1);
    if (last && sign.startsWith('INTERSECT'))
      sums[sums.length - 1] = { sign: last.sign, text: `(${last.text} ${sign} ${text})` };
    else sums.push({ sign, text });
  }
  const [first, ...rest] = sums;
  const query = rest.reduce(
    (left, { sign, text }, index) => `${index > 0 ? `(${left})` : left} ${sign} ${text}`,
    first!.text,
  );
  return `${writeWith(node.fields['with'], writer)}${withTail(rest.length > 0 ? query : query.slice(1, -1), node, writer)}`;
}

function operandsOf(node: SyntaxNode, isOuter: boolean, writer: SparkWriter): readonly Operand[] {
  const sign = signs[node.kind];
  if (sign === undefined) return [{ sign: '', text: `(${writeQuery(node, writer)})` }];
  const { left, right, all } = writer.fields(node, [
    'left',
    'right',
    'all',
    'distinct',
    ...(isOuter ? ['with', ...tailFields] : []),
  ]);
  return [
    ...operandsOf(nodeOf(left), false, writer),
    { sign: `${sign}${all ? ' ALL' : ''}`, text: `(${writeQuery(nodeOf(right), writer)})` },
  ];
}
