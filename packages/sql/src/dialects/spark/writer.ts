import { QualmError } from '@qualm/types';
import type { MarkedText } from './marked-text.ts';
import { firstPlace, unknownFields } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';

/** How a number with a decimal point is written: as Spark's DECIMAL, or as DOUBLE beside a FLOAT. */
export type DecimalMode = 'exact' | 'double';

/** What writers of a statement share. */
export interface SparkWriter {
  readonly marked: MarkedText;
  /** Names of functions of the session, in lower case. */
  readonly functions: ReadonlySet<string>;
  /** What arguments of lambdas are for DuckDB, by their name in lower case, where they are not the same. */
  readonly variables: ReadonlyMap<string, string>;
  readonly decimals: DecimalMode;
  expression(node: SyntaxNode): string;
  query(node: SyntaxNode): string;
  /** The name in an identifier of the tree, or in a text of it. */
  name(identifier: unknown): string;
  /** The fields of a node, of which all that say something are known. */
  fields(node: SyntaxNode, known: readonly string[]): Fields;
  /** @throws QualmError `unsupported` with the place of the node. */
  refuse(node: unknown, what: string): never;
  /** @throws QualmError `query-invalid` with the place of the node. */
  reject(node: unknown, reason: string): never;
  with(changes: Partial<Pick<SparkWriter, 'variables' | 'decimals'>>): SparkWriter;
}

export interface WriterParts {
  readonly text: string;
  readonly marked: MarkedText;
  readonly functions: ReadonlySet<string>;
  readonly writeExpression: (node: SyntaxNode, writer: SparkWriter) => string;
  readonly writeQuery: (node: SyntaxNode, writer: SparkWriter) => string;
}

/** A writer of one statement. */
export function createSparkWriter(
  parts: WriterParts,
  variables: ReadonlyMap<string, string> = new Map(),
  decimals: DecimalMode = 'exact',
): SparkWriter {
  const { text, marked, functions } = parts;
  const fail = (code: 'unsupported' | 'query-invalid', node: unknown, reason: string): never => {
    throw queryError(code, text, placeOf(node, marked), reason);
  };
  const writer: SparkWriter = {
    marked,
    functions,
    variables,
    decimals,
    expression: (node) => parts.writeExpression(node, writer),
    query: (node) => parts.writeQuery(node, writer),
    name(identifier) {
      const name = typeof identifier === 'string' ? identifier : (identifier as { readonly name: string }).name;
      return marked.callOf(name)?.name ?? name;
    },
    fields(node, known) {
      const [unknown] = unknownFields(node.fields, known);
      if (unknown !== undefined) fail('unsupported', node, refusal(`${words(unknown)} of ${words(node.kind)}`));
      return node.fields;
    },
    refuse: (node, what) => fail('unsupported', node, refusal(what)),
    reject: (node, reason) => fail('query-invalid', node, reason),
    with: (changes) => createSparkWriter(parts, changes.variables ?? variables, changes.decimals ?? decimals),
  };
  return writer;
}

/** An error that names a place in a text, in characters; none where it is not known. */
export function queryError(
  code: 'unsupported' | 'query-invalid',
  text: string,
  place: number | null,
  reason: string,
  options?: ErrorOptions,
): QualmError {
  if (place === null) return new QualmError(code, `spark: ${reason}`, options);
  const lines = Array.from(text).slice(0, place).join('').split('\n');
  return new QualmError(
    code,
    `spark: ${reason} (line ${lines.length}, column ${Array.from(lines.at(-1)!).length + 1})`,
    options,
  );
}

function placeOf(node: unknown, marked: MarkedText): number | null {
  const place = firstPlace(node, (mark) => marked.callOf(mark)?.place ?? null);
  if (place === null) return null;
  return 'own' in place ? place.own : marked.placeOf(place.marked);
}

function refusal(what: string): string {
  return `${what} is not supported in the dialect spark; see docs/sql-spark.md, or use the dialect duckdb`;
}

function words(name: string): string {
  return name.replaceAll('_', ' ').trim();
}
