import type { SqlDialect } from '../sql-session.ts';
import { createScriptReader } from './script.ts';
import type { ScriptContext, ScriptReader, ScriptStatement } from './script.ts';
import type { SparkTranslation } from './spark-translation.ts';

/** Reads scripts of every dialect. */
export interface ScriptReaders {
  read(text: string, dialect: SqlDialect): Promise<readonly ScriptStatement[]>;
  /** Makes a function of the caller's known by its name. */
  addFunction(name: string): void;
}

/** @param context `openSpark` is called when a script of Spark's first comes. */
export function createScriptReaders({
  openSpark,
  ...context
}: Omit<ScriptContext, 'translate'> & { readonly openSpark: () => Promise<SparkTranslation> }): ScriptReaders {
  const duckdb = createScriptReader('duckdb', { ...context, translate: null });
  const functions = new Set<string>();
  let opening: Promise<SparkTranslation> | null = null;
  let spark: ScriptReader | null = null;
  const readerOf = async (dialect: SqlDialect): Promise<ScriptReader> => {
    if (dialect === 'duckdb') return duckdb;
    const translation = await (opening ??= openSpark());
    for (const name of functions) translation.addFunction(name);
    return (spark ??= createScriptReader('spark', { ...context, translate: translation.translate }));
  };
  return {
    read: async (text, dialect) => (await readerOf(dialect)).read(text),
    addFunction: (name) => functions.add(name),
  };
}
