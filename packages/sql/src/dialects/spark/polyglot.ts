/** The part of @polyglot-sql/sdk that reads Spark's SQL. */
export interface SparkParser {
  tokenize(text: string): readonly SparkToken[];
  /** The trees of the statements, or what is wrong and where, in characters. */
  parse(text: string): SparkParse;
}

export interface SparkToken {
  readonly type: string;
  /** As it is written. */
  readonly text: string;
  /** In characters, not in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

export type SparkParse =
  { readonly trees: readonly unknown[] } | { readonly reason: string; readonly place: number | null };

interface RawToken {
  readonly token_type: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** Loads the parser: 23 MB of WebAssembly, some 150 ms the first time. */
export async function loadSparkParser(): Promise<SparkParser> {
  const { tokenize, parse } = await import('@polyglot-sql/sdk');
  return {
    tokenize(text) {
      const characters = Array.from(text);
      // Its declarations say `tokenType`.
      const tokens = (tokenize(text, 'spark' as never).tokens ?? []) as unknown as readonly RawToken[];
      return tokens.map(({ token_type: type, span }) => ({
        type,
        text: characters.slice(span.start, span.end).join(''),
        start: span.start,
        end: span.end,
      }));
    },
    parse(text) {
      const { success, ast, error, errorStart } = parse(text, 'spark' as never);
      if (success) return { trees: Array.isArray(ast) ? (ast as readonly unknown[]) : [ast] };
      return { reason: error ?? 'the text cannot be read', place: errorStart ?? null };
    },
  };
}
