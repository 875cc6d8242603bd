import { columnName } from './column-names.ts';
import { isGeneratorCall, writeGenerator } from './generators.ts';
import { duckdbName } from './string-literals.ts';
import { isEmpty, nodeOf } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import type { SparkWriter } from './writer.ts';

/** An item of a list of columns. */
export interface SelectItem {
  readonly text: string;
  /** Names of its columns; null where they are not known, as with `*`. */
  readonly names: readonly string[] | null;
  /** True where a name stands for something else than a column of that name. */
  readonly isAlias: boolean;
  readonly isGenerator: boolean;
}

/** The items of a list of columns. @param joins those of the same SELECT, whose USING says in which
 * order `*` gives columns.
 */
export function readItems(nodes: readonly SyntaxNode[], joins: unknown, writer: SparkWriter): readonly SelectItem[] {
  return nodes.map((node, index) => readItem(node, `_c${index}`, (joins ?? []) as readonly Fields[], writer));
}

/** @param otherwise the name of a column whose name in Spark is not known. */
function readItem(node: SyntaxNode, otherwise: string, joins: readonly Fields[], writer: SparkWriter): SelectItem {
  if (node.kind === 'star')
    return { text: writeStar(node, joins, writer), names: null, isAlias: false, isGenerator: false };
  const isNamed = node.kind === 'alias';
  const {
    this: value,
    alias,
    column_aliases: columns,
  } = isNamed
    ? writer.fields(node, ['this', 'alias', 'column_aliases'])
    : { this: null, alias: null, column_aliases: null };
  const inner = isNamed ? nodeOf(value) : node;
  const name = isEmpty(alias) ? '' : writer.name(alias);
  const names = [
    ...(name === '' ? [] : [name]),
    ...((columns ?? []) as readonly unknown[]).map((column) => writer.name(column)),
  ];
  if (isGeneratorCall(inner, writer)) return generated(inner, names, writer);
  if (names.length > 1) return writer.refuse(node, 'more than one name for a column');
  const text = writer.expression(inner);
  const own = names[0] ?? columnName(inner, writer) ?? otherwise;
  const isSame = inner.kind === 'column' && writer.name(inner.fields['name']).toLowerCase() === own.toLowerCase();
  return { text: `${text} AS ${duckdbName(own)}`, names: [own], isAlias: isNamed && !isSame, isGenerator: false };
}

function generated(node: SyntaxNode, names: readonly string[], writer: SparkWriter): SelectItem {
  const { text, names: own } = writeGenerator(node, names, false, writer);
  if (own === null && names.length > 0) return writer.refuse(node, 'names for the columns of inline');
  const [only] = own?.length === 1 ? own : [];
  const isUnnest = !text.endsWith('max_depth := 2)');
  const named = only !== undefined && isUnnest ? `${text} AS ${duckdbName(only)}` : text;
  return { text: named, names: own, isAlias: true, isGenerator: true };
}

/** Columns of USING come first, which DuckDB leaves at their place. */
function writeStar(node: SyntaxNode, joins: readonly Fields[], writer: SparkWriter): string {
  const { table, except } = writer.fields(node, ['table', 'except']);
  const left = ((except ?? []) as readonly unknown[]).map((column) => duckdbName(writer.name(column)));
  const exclude = (names: readonly string[]): string => (names.length > 0 ? ` EXCLUDE (${names.join(', ')})` : '');
  const usings = joins.filter(({ kind, using }) => !/Semi|Anti/.test(String(kind)) && !isEmpty(using));
  if (table && usings.length > 0) return writer.refuse(node, `${writer.name(table)}.* beside USING`);
  if (table) return `${duckdbName(writer.name(table))}.*${exclude(left)}`;
  if (joins.some(({ kind }) => kind === 'Natural')) return writer.refuse(joins[0], '* of a NATURAL JOIN');
  const using = usings
    .toReversed()
    .flatMap((join) => ((join['using'] ?? []) as readonly unknown[]).map((column) => duckdbName(writer.name(column))));
  const first = [...new Set(using)];
  return [...first.filter((name) => !left.includes(name)), `*${exclude([...new Set([...first, ...left])])}`].join(', ');
}
