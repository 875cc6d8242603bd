import { isWord } from './tokens.ts';
import type { Token } from './tokens.ts';

/** The tokens of each statement of a script, without the semicolons and empty statements. */
export function splitStatements(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (isWord(token, ';')) statements.push([]);
    else statements.at(-1)!.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}
