import { expect, it } from 'vitest';
import { besideTable, quoteName, quoteTable, tableParts } from '../../src/texts/names.ts';
import { textLiteral } from '../../src/texts/text-literal.ts';

it.each([
  ['photos', ['photos']],
  ['db.photos', ['db', 'photos']],
  ['cat.db.photos', ['cat', 'db', 'photos']],
  ['db.`my table`', ['db', 'my table']],
  ['`a.b`.`c``d`', ['a.b', 'c`d']],
  ["it's", ["it's"]],
])('tableParts of %s', (name, parts) => {
  expect(tableParts('predict', name)).toEqual(parts);
});

it.each(['', '.', 'a.', '.a', 'a..b', '`a', 'a`b', '``', '`a`b'])('%j is not the name of a table', (name) => {
  expect(() => tableParts('predict', name)).toThrow(/predict: .* is not the name of a table/);
});

it('names are quoted whatever is in them', () => {
  expect(quoteName('a`; DROP TABLE b')).toBe('`a``; DROP TABLE b`');
  expect(quoteTable('predict', 'db.photos')).toBe('`db`.`photos`');
  expect(besideTable('predict', 'db.photos', 'other')).toBe('`db`.`other`');
});

it('a literal holds quotes, backslashes, lines and what Spark would put a setting for', () => {
  expect(textLiteral("a'b\\c\n${HOME}")).toBe("'a\\'b\\\\c\\n$\\u007bHOME}'");
});
