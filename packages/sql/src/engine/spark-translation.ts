import type { DuckDBConnection } from '@duckdb/node-api';
import { loadSparkDialect } from '../dialects/load-spark-dialect.ts';
import type { TranslatedText } from '../dialects/spark/places.ts';
import { sqlFunctions } from '../functions/sql-functions.ts';

/** Spark's statements of a session. */
export interface SparkTranslation {
  /** DuckDB's text of a statement, with places of Spark's. @throws QualmError `query-invalid`,
   * `unsupported`
   */
  translate(text: string): TranslatedText;
  /** Makes a function of the caller's known by its name. */
  addFunction(name: string): void;
}

const others = ['read_images', 'read_coco', 'read_predictions', 'label_name'];

/** Loads the dialect and makes its macros, those of the connection. */
export async function openSparkTranslation(connection: DuckDBConnection): Promise<SparkTranslation> {
  const dialect = await loadSparkDialect();
  for (const macro of dialect.macros) await connection.run(macro);
  const functions = new Set([...others, ...sqlFunctions.map(({ name }) => name)]);
  return {
    translate: (text) => dialect.translate(text, { functions }),
    addFunction: (name) => functions.add(name),
  };
}
