import type { ModelDefinition } from '../protocol.ts';
import { invalidQuery } from './invalid-query.ts';
import { isWord, nameOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A statement about models. */
export type ModelStatement =
  | {
      readonly kind: 'create';
      readonly definition: ModelDefinition;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: 'drop'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'show' }
  | { readonly kind: 'describe'; readonly name: string };

/** Options of `CREATE MODEL`. */
export const modelOptions = ['batch_size', 'num_workers', 'min_score', 'top_k', 'device', 'form', 'root'] as const;

/** The statement about models that the tokens are, or null.
 * @throws QualmError `query-invalid` with the place of what is wrong. */
export function parseModelStatement(text: string, tokens: readonly Token[]): ModelStatement | null {
  const reader = createReader(text, tokens);
  if (reader.take('SHOW', 'MODELS')) return reader.end({ kind: 'show' });
  if (reader.take('DESCRIBE', 'MODEL') || reader.take('DESC', 'MODEL'))
    return reader.end({ kind: 'describe', name: reader.name() });
  if (reader.take('DROP', 'MODEL')) {
    const ifExists = reader.take('IF', 'EXISTS');
    return reader.end({ kind: 'drop', ifExists, name: reader.name() });
  }
  const orReplace = reader.take('CREATE', 'OR', 'REPLACE', 'MODEL');
  return orReplace || reader.take('CREATE', 'MODEL') ? createStatement(reader, orReplace) : null;
}

function createStatement(reader: Reader, orReplace: boolean): ModelStatement {
  const ifNotExists = reader.take('IF', 'NOT', 'EXISTS');
  if (ifNotExists && orReplace) reader.fail('OR REPLACE and IF NOT EXISTS exclude each other; leave one out', -1);
  const name = reader.name();
  const flavor = reader.take('FLAVOR') ? reader.name('a flavor, such as onnx') : null;
  const modelType = reader.take('MODEL_TYPE') ? reader.name('a type of model') : null;
  const options = reader.take('OPTIONS') ? optionsOf(reader) : {};
  if (reader.take('RETURNS'))
    reader.fail('RETURNS is not supported: the model itself says what it gives; leave it out', -1);
  if (!reader.take('USING')) reader.fail("expected USING 'uri', such as USING 'yolox.json' or USING 'mlflow:/yolox'");
  const uri = reader.text();
  return reader.end({ kind: 'create', orReplace, ifNotExists, definition: { name, flavor, modelType, options, uri } });
}

function optionsOf(reader: Reader): Record<string, string> {
  const options: Record<string, string> = Object.create(null) as Record<string, string>;
  if (!reader.take('(')) reader.fail('expected ( after OPTIONS');
  while (!reader.take(')')) {
    const name = reader.name('the name of an option').toLowerCase();
    if (!(modelOptions as readonly string[]).includes(name))
      reader.fail(`there is no option "${name}"; the options are ${modelOptions.join(', ')}`, -1);
    if (name in options) reader.fail(`the option "${name}" appears twice`, -1);
    if (!reader.take('=')) reader.fail(`expected = after the option "${name}"`);
    options[name] = reader.value();
    if (!reader.take(',') && !reader.isAt(')')) reader.fail('expected , or ) after an option');
  }
  return { ...options };
}

interface Reader {
  /** Whether these words come next; then they are behind. */
  take(...words: readonly string[]): boolean;
  isAt(word: string): boolean;
  name(what?: string): string;
  text(): string;
  /** A text, a number or a word. */
  value(): string;
  end<T>(statement: T): T;
  fail(reason: string, back?: number): never;
}

function createReader(text: string, tokens: readonly Token[]): Reader {
  let at = 0;
  const fail = (reason: string, back = 0): never => {
    const token = tokens[Math.min(at + back, tokens.length - 1)]!;
    throw invalidQuery(text, at + back < tokens.length ? token.start : token.end, reason);
  };
  const found = (): string => (at < tokens.length ? `came ${tokens[at]!.text}` : 'the statement ends');
  return {
    fail,
    isAt: (word) => isWord(tokens[at], word),
    take(...words) {
      if (!words.every((word, index) => isWord(tokens[at + index], word))) return false;
      at += words.length;
      return true;
    },
    name(what = 'the name of a model') {
      const name = tokens[at]?.text.startsWith("'") ? null : nameOf(tokens[at]);
      if (name === null || name === '') return fail(`expected ${what}, ${found()}`);
      at++;
      return name;
    },
    text() {
      const value = tokens[at]?.text.startsWith("'") ? nameOf(tokens[at]) : null;
      if (value === null || value === '') return fail(`expected a text in single quotes, ${found()}`);
      at++;
      return value;
    },
    value() {
      const sign = isWord(tokens[at], '-') ? '-' : '';
      if (sign) at++;
      const token = tokens[at];
      const isNumber = token !== undefined && /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(token.text);
      const value = isNumber ? token.text : sign ? null : nameOf(token);
      if (value === null) return fail(`expected the value of an option, ${found()}`);
      at++;
      return sign + value;
    },
    end(statement) {
      if (tokens[at]) fail(`expected the end of the statement, ${found()}`);
      return statement;
    },
  };
}
