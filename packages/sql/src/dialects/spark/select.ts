import { writeGroupBy } from './group-by.ts';
import { orderTerms, tailFields, writeLimit, writeWith } from './query-tail.ts';
import { readItems } from './select-items.ts';
import type { SelectItem } from './select-items.ts';
import { writeSorted } from './sorted-select.ts';
import { writeJoins } from './joins.ts';
import { writeLateral, writeSource } from './sources.ts';
import { duckdbName } from './string-literals.ts';
import { isEmpty, nodeOf, nodesOf } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';
import { writeWindow } from './windows.ts';
import type { SparkWriter } from './writer.ts';

/** The parts of a SELECT that stand between its columns and its ORDER BY. */
export interface SelectParts {
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  /** Names of the tables, in lower case. */
  readonly tables: ReadonlySet<string>;
  /** From FROM to WINDOW. */
  readonly body: string;
  readonly order: readonly unknown[];
  readonly limit: string;
}

const known = [
  'expressions',
  'from',
  'joins',
  'lateral_views',
  'where_clause',
  'group_by',
  'having',
  'qualify',
  'distinct',
  'windows',
  'hint',
  'with',
  ...tailFields,
];

/** DuckDB's text of a SELECT. Hints are left out, since DuckDB plans by itself. */
export function writeSelect(node: SyntaxNode, writer: SparkWriter): string {
  const fields = writer.fields(node, known);
  const items = readItems(nodesOf(fields['expressions']), fields['joins'], writer);
  checkGenerators(node, items, writer);
  const where = (fields['where_clause'] as Fields | null)?.['this'];
  const qualify = (fields['qualify'] as Fields | null)?.['this'];
  const having = (fields['having'] as Fields | null)?.['this'];
  const clauses = [
    writeFrom(fields, writer),
    where ? `WHERE ${writer.expression(nodeOf(where))}` : '',
    writeGroupBy(fields['group_by'], writer),
    having ? `HAVING ${writer.expression(nodeOf(having))}` : '',
    writeWindows(fields['windows'], writer),
    qualify ? `QUALIFY ${writer.expression(nodeOf(qualify))}` : '',
  ];
  const parts: SelectParts = {
    distinct: fields['distinct'] === true,
    items,
    tables: sourceNames(fields, writer),
    body: clauses.filter((clause) => clause !== '').join(' '),
    order: orderTerms(node),
    limit: writeLimit(node, writer),
  };
  return `${writeWith(fields['with'], writer)}${writeSorted(parts, writer)}`;
}

function checkGenerators(node: SyntaxNode, items: readonly SelectItem[], writer: SparkWriter): void {
  const generators = items.filter(({ isGenerator }) => isGenerator);
  if (generators.length > 1)
    writer.refuse(node, 'more than one function that gives rows in a list of columns, in place of LATERAL VIEW,');
  if (generators.length === 1 && contains(node.fields['expressions'], 'window_function'))
    writer.refuse(node, 'a function that gives rows beside one over a window');
}

function contains(value: unknown, kind: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name === kind || contains(inner, kind));
}

function writeFrom(fields: Fields, writer: SparkWriter): string {
  const sources = nodesOf((fields['from'] as Fields | null)?.['expressions']);
  const views = ((fields['lateral_views'] ?? []) as readonly Fields[]).map((view) => {
    const {
      this: call,
      table_alias: alias,
      column_aliases: columns,
      outer,
    } = writer.fields({ kind: 'lateral_view', fields: view }, ['this', 'table_alias', 'column_aliases', 'outer']);
    return `, ${writeLateral(nodeOf(call), alias, (columns ?? []) as readonly unknown[], outer === true, writer)}`;
  });
  if (sources.length === 0) return '';
  const tables = sources.map((source) => writeSource(source, writer)).join(', ');
  return `FROM ${tables}${writeJoins(fields['joins'], writeSource, writer)}${views.join('')}`;
}

function sourceNames(fields: Fields, writer: SparkWriter): ReadonlySet<string> {
  const joined = ((fields['joins'] ?? []) as readonly Fields[]).map((join) => nodeOf(join['this']));
  const sources = [...nodesOf((fields['from'] as Fields | null)?.['expressions']), ...joined];
  const names = sources.map(({ fields: { alias, name } }) => alias ?? name);
  const views = ((fields['lateral_views'] ?? []) as readonly Fields[]).map((view) => view['table_alias']);
  return new Set([...names, ...views].filter((name) => !isEmpty(name)).map((name) => writer.name(name).toLowerCase()));
}

function writeWindows(windows: unknown, writer: SparkWriter): string {
  if (isEmpty(windows)) return '';
  const texts = (windows as readonly Fields[]).map((window) => {
    const { name, spec } = writer.fields({ kind: 'window', fields: window }, ['name', 'spec']);
    const node: SyntaxNode = { kind: 'window', fields: window };
    return `${duckdbName(writer.name(name))} AS (${writeWindow(node, spec as Fields, writer)})`;
  });
  return `WINDOW ${texts.join(', ')}`;
}
