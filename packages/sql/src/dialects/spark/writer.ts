import { QualmError } from '@qualm/types';
import type { MarkedText } from './marked-text.ts';
import { withPlace } from './places.ts';
import { firstPlace, unknownFields } from './syntax-node.ts';
import type { Fields, SyntaxNode } from './syntax-node.ts';

/** How a number with a decimal point is written: as Spark's DECIMAL, or as DOUBLE beside a FLOAT.
 */
export type DecimalMode = 'exact' | 'double';

/** What writers of a statement share. */
export interface SparkWriter {
  readonly marked: MarkedText;
  /** Names of functions of the session, in lower case. */
  readonly functions: ReadonlySet<string>;
  /** What arguments of lambdas are for DuckDB, by their name in lower case, where they are not the
   * same.
   */
  readonly variables: ReadonlyMap<string, string>;
  readonly decimals: DecimalMode;
  expression(node: SyntaxNode): string;
  /** A text that stands for a part of the tree, from which errors of DuckDB find its place. */
  placed(part: unknown, text: string): string;
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
  /** Whether texts of expressions have marks of `withPlace`. */
  readonly keepsPlaces: boolean;
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
    throw queryError(code, text, placeOf(node, marked) ?? Math.max(text.search(/\S/), 0), reason);
  };
  const writer: SparkWriter = {
    marked,
    functions,
    variables,
    decimals,
    expression: (node) => writer.placed(node, parts.writeExpression(node, writer)),
    placed: (part, written) => (parts.keepsPlaces ? withPlace(written, placeOf(part, marked)) : written),
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

/** An error that names a place in a text, in characters, or each that it may be at; none where it
 * is not known.
 */
export function queryError(
  code: 'unsupported' | 'query-invalid',
  text: string,
  place: number | readonly number[] | null,
  reason: string,
  options?: ErrorOptions,
): QualmError {
  const places = place === null ? [] : typeof place === 'number' ? [place] : place;
  const where = places.length > 0 ? ` (${places.map((one) => lineAndColumn(text, one)).join(', or ')})` : '';
  return new QualmError(code, `spark: ${reason}${where}`, options);
}

function lineAndColumn(text: string, place: number): string {
  const lines = Array.from(text).slice(0, place).join('').split('\n');
  return `line ${lines.length}, column ${Array.from(lines.at(-1)!).length + 1}`;
}

function placeOf(node: unknown, marked: MarkedText): number | null {
  const place = firstPlace(node, (mark) => marked.ownPlaceOf(mark));
  if (place === null) return null;
  return 'own' in place ? place.own : marked.placeOf(place.marked);
}

function refusal(what: string): string {
  return `${what} is not supported in the dialect spark; see docs/sql-spark.md, or use the dialect duckdb`;
}

function words(name: string): string {
  return name.replaceAll('_', ' ').trim();
}
