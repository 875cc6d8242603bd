export { invalidQuery } from './invalid-query.ts';
export { modelOptions, parseModelStatement } from './model-statement.ts';
export type { ModelStatement } from './model-statement.ts';
export { splitStatements } from './split-statements.ts';
export { isWord, loadTokenizer, nameOf } from './tokens.ts';
export type { Token, Tokenizer } from './tokens.ts';
