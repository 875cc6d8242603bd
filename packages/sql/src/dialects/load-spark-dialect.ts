import { sparkMacros } from './spark/macros.ts';
import { loadSparkParser } from './spark/polyglot.ts';
import type { TranslatedText } from './spark/places.ts';
import { translateSpark } from './spark/translate.ts';

/** Spark SQL for DuckDB. */
export interface SparkDialect {
  /** Statements that a session runs once, before others: `CREATE OR REPLACE TEMP MACRO ...`. */
  readonly macros: readonly string[];
  /** DuckDB's text of one statement. `ML_PREDICT(name, ...)` stays as it is.
   * @throws QualmError `query-invalid` for a text that is wrong, `unsupported` for what is not
   * known to mean the same in DuckDB; both with the line and the column. */
  translate(text: string, options?: SparkTranslateOptions): TranslatedText;
}

export interface SparkTranslateOptions {
  /** Names of the session's own functions, in any case. */
  readonly functions?: ReadonlySet<string>;
}

/** Loads the dialect, some 150 ms the first time. Its meanings are those of Spark with
 * `spark.sql.ansi.enabled=false`.
 * @example
 * const spark = await loadSparkDialect();
 * spark.translate('SELECT scores[0] FROM t').text;
 * // SELECT "spark:item"("scores", 0) AS "scores[0]" FROM "t"
 */
export async function loadSparkDialect(): Promise<SparkDialect> {
  const parser = await loadSparkParser();
  return {
    macros: sparkMacros,
    translate: (text, { functions = new Set<string>() } = {}) => translateSpark(text, parser, functions),
  };
}
