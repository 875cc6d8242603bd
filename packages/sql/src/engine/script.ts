import type { QualmError } from '@qualm/types';
import type { TranslatedText } from '../dialects/spark/places.ts';
import { sparkRefusal } from '../dialects/spark/refusals.ts';
import type { SqlDialect } from '../sql-session.ts';
import { parseModelStatement } from '../statements/model-statement.ts';
import type { ModelStatement } from '../statements/model-statement.ts';
import { rewritePredict } from '../statements/rewrite-predict.ts';
import { splitStatements } from '../statements/split-statements.ts';
import { loadTokenizer } from '../statements/tokens.ts';
import type { Token, Tokenizer } from '../statements/tokens.ts';
import type { RowForm } from './row-form.ts';
import type { ErrorReading, SaidByDuckDb } from './duckdb-error.ts';

/** One statement of a script, made ready when its turn comes, since those before it may make
 * models.
 */
export interface ScriptStatement {
  readonly model: ModelStatement | null;
  /** For a statement of DuckDB: its text, and how errors in it are read in the script. */
  prepare(): { readonly text: string; readonly errors: ErrorReading };
}

/** Reads scripts of a dialect. */
export interface ScriptReader {
  read(text: string): Promise<readonly ScriptStatement[]>;
}

export interface ScriptContext {
  readonly formOf: (name: string) => RowForm | null;
  readonly models: () => readonly string[];
  /** DuckDB's text of a statement in another dialect; null where the text is DuckDB's. */
  readonly translate: ((text: string) => TranslatedText) | null;
}

/** @param dialect what scripts are written in. */
export function createScriptReader(dialect: SqlDialect, context: ScriptContext): ScriptReader {
  let tokenizers: Promise<{ readonly own: Tokenizer; readonly duckdb: Tokenizer }> | null = null;
  const load = async (): Promise<{ readonly own: Tokenizer; readonly duckdb: Tokenizer }> => {
    const [own, duckdb] = await Promise.all([loadTokenizer(dialect), loadTokenizer('duckdb')]);
    return { own, duckdb };
  };
  return {
    async read(text) {
      if (dialect === 'duckdb' && isPlain(text)) return text.trim() === '' ? [] : [plainStatement(text)];
      const { own, duckdb } = await (tokenizers ??= load());
      return splitStatements(own(text)).map((tokens) => statementOf(text, tokens, duckdb, context));
    },
  };
}

/** One statement that is DuckDB's as it stands; telling tokens apart would cost a first query 150
 * ms.
 */
function isPlain(text: string): boolean {
  return !/ml_predict|read_images|read_coco|\bmodels?\b|;\s*\S/i.test(text);
}

function plainStatement(text: string): ScriptStatement {
  return { model: null, prepare: () => ({ text, errors: { placeOf: (byte) => unitOf(text, byte) } }) };
}

function statementOf(
  script: string,
  tokens: readonly Token[],
  duckdb: Tokenizer,
  { formOf, models, translate }: ScriptContext,
): ScriptStatement {
  const model = parseModelStatement(script, tokens);
  const start = tokens[0]!.start;
  const end = tokens.at(-1)!.end;
  return {
    model,
    prepare() {
      if (translate) {
        // What is before it is blank, so that places are those of the script.
        const blank = script.slice(0, start).replaceAll(/[^\n]/gu, ' ');
        const statement = blank + script.slice(start, end);
        const translated = translate(statement);
        const { text, placeBefore } = rewritePredict(translated.text, duckdb(translated.text), formOf, models);
        const refusalOf = ({ byte, ...said }: SaidByDuckDb): QualmError =>
          sparkRefusal(
            { ...said, unit: byte === null ? null : placeBefore(unitOf(text, byte)) },
            statement,
            translated,
          );
        return { text, errors: { placeOf: () => null, refusalOf } };
      }
      const before = script.slice(0, start);
      const { text, placeBefore } = rewritePredict(script.slice(0, end), tokens, formOf, models);
      return {
        text: text.slice(start),
        errors: { placeOf: (byte) => placeBefore(before.length + unitOf(text.slice(start), byte)) },
      };
    },
  };
}

/** From a place in UTF-8 bytes to one in UTF-16 units. */
function unitOf(text: string, byte: number): number {
  let bytes = 0;
  let unit = 0;
  for (const character of text) {
    if (bytes >= byte) break;
    bytes += Buffer.byteLength(character);
    unit += character.length;
  }
  return unit;
}
