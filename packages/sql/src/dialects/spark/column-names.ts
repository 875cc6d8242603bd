import { callText } from './call-column-name.ts';
import { literalName } from './literal-names.ts';
import { callName } from './static-types.ts';
import { nodeOf, nodesOf, optionalNode } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

const signs: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
  eq: '=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  and: 'AND',
  or: 'OR',
  null_safe_eq: '<=>',
  bitwise_and: '&',
  bitwise_or: '|',
  bitwise_xor: '^',
};

/** The name that Spark gives to a column without one; null for one that is not known. */
export function columnName(node: SyntaxNode, writer: SparkWriter): string | null {
  if (node.kind === 'column') return writer.name(node.fields['name']);
  if (node.kind === 'paren') return columnName(nodeOf(node.fields['this']), writer);
  if (node.kind === 'dot') return fieldName(node, writer);
  if (node.kind === 'cast') return castName(node, writer) ?? nameWithin(node, writer);
  if (node.kind === 'function' && conversions.has(callName(node, writer) ?? '')) {
    const [value] = nodesOf(node.fields['args']);
    return value ? nameWithin(value, writer) : null;
  }
  return nameWithin(node, writer);
}

const conversions = new Set('bigint boolean date double float int smallint string timestamp tinyint'.split(' '));

/** A field of a column has its own name; one of another expression is written with it. */
function fieldName(node: SyntaxNode, writer: SparkWriter): string | null {
  let base = nodeOf(node.fields['this']);
  while (base.kind === 'dot' || base.kind === 'paren') base = nodeOf(base.fields['this']);
  return base.kind === 'column' ? writer.name(node.fields['field']) : nameWithin(node, writer);
}

function castName(node: SyntaxNode, writer: SparkWriter): string | null {
  const inner = nodeOf(node.fields['this']);
  const isColumn = inner.kind === 'column' || inner.kind === 'dot';
  return isColumn || callName(inner, writer) === 'array' || isSuffix(node) ? columnName(inner, writer) : null;
}

/** True for a literal such as `1L`, which the parser gives as a cast; not to be told from
 * `CAST(1 AS BIGINT)`.
 */
function isSuffix(node: SyntaxNode): boolean {
  const inner = nodeOf(node.fields['this']);
  const { data_type: type } = node.fields['to'] as { readonly data_type: string };
  return (
    inner.fields['literal_type'] === 'number' && ['big_int', 'small_int', 'tiny_int', 'double', 'float'].includes(type)
  );
}

const casts: Readonly<Record<string, string>> = {
  big_int: 'BIGINT',
  int: 'INT',
  small_int: 'SMALLINT',
  text: 'STRING',
  tiny_int: 'TINYINT',
};

/** A name as a part of another. */
export function nameWithin(node: SyntaxNode, writer: SparkWriter): string | null {
  const { fields } = node;
  const sign = signs[node.kind];
  if (sign !== undefined)
    return joined([fields['left'], fields['right']], ([left, right]) => `(${left} ${sign} ${right})`, writer);
  const one = (write: (name: string) => string): string | null =>
    joined([fields['this']], ([name]) => write(name!), writer);
  switch (node.kind) {
    case 'column':
      return writer.variables.get(writer.name(fields['name']).toLowerCase()) ?? columnText(node, writer);
    case 'dot':
      return one((name) => `${name}.${writer.name(fields['field'])}`);
    case 'paren':
      return nameWithin(nodeOf(fields['this']), writer);
    case 'neg':
      return one((name) => (nodeOf(fields['this']).kind === 'literal' ? `-${name}` : `(- ${name})`));
    case 'not':
      return one((name) => `(NOT ${name})`);
    case 'is_null':
      return one((name) => `(${name} IS ${fields['not'] ? 'NOT ' : ''}NULL)`);
    case 'bitwise_not':
      return one((name) => `~${name}`);
    case 'neq':
      return joined([fields['left'], fields['right']], ([left, right]) => `(NOT (${left} = ${right}))`, writer);
    case 'int_div':
      return joined([fields['this'], fields['expression']], ([left, right]) => `(${left} div ${right})`, writer);
    case 'concat':
      return joined([fields['left'], fields['right']], ([left, right]) => `concat(${left}, ${right})`, writer);
    case 'regexp_like':
      return joined([fields['this'], fields['pattern']], ([left, right]) => `RLIKE(${left}, ${right})`, writer);
    case 'subscript':
      return joined([fields['this'], fields['index']], ([base, index]) => `${base}[${index}]`, writer);
    case 'between':
      return joined([fields['this'], fields['low'], fields['high']], (names) => `between(${names.join(', ')})`, writer);
    case 'literal':
      return literalName(node, writer);
    case 'boolean':
      return String(fields['value'] === true);
    case 'null':
      return 'NULL';
    case 'cast': {
      const { data_type: type } = fields['to'] as { readonly data_type: string };
      if (isSuffix(node)) return castName(node, writer);
      return one((name) => `CAST(${name} AS ${casts[type] ?? type.replaceAll('_', '').toUpperCase()})`);
    }
    case 'function':
    case 'aggregate_function':
      return callText(node, writer, (arg) => nameWithin(arg, writer));
    case 'case':
      return caseName(node, writer);
  }
  return null;
}

/** A column of a table without the table, a field of a column with it, which the text alone does
 * not tell: null for both.
 */
function columnText(node: SyntaxNode, writer: SparkWriter): string | null {
  return node.fields['table']
    ? `${writer.name(node.fields['table'])}.${writer.name(node.fields['name'])}`
    : writer.name(node.fields['name']);
}

function joined(
  values: readonly unknown[],
  write: (names: readonly string[]) => string,
  writer: SparkWriter,
): string | null {
  const names = values.map((value) => nameWithin(nodeOf(value), writer));
  return names.includes(null) ? null : write(names as readonly string[]);
}

function caseName(node: SyntaxNode, writer: SparkWriter): string | null {
  const { operand, whens, else_: otherwise } = node.fields;
  const last = optionalNode(otherwise);
  const values = [
    ...(optionalNode(operand) ? [operand] : []),
    ...(whens as readonly (readonly unknown[])[]).flat(),
    ...(last ? [otherwise] : []),
  ];
  return joined(
    values,
    (names) => {
      const rest = [...names];
      const subject = optionalNode(operand) ? ` ${rest.shift()}` : '';
      const end = last ? ` ELSE ${rest.pop()}` : '';
      const branches = rest.flatMap((name, index) =>
        index % 2 === 0 ? [` WHEN ${name} THEN ${rest[index + 1]}`] : [],
      );
      return `CASE${subject}${branches.join('')}${end} END`;
    },
    writer,
  );
}
