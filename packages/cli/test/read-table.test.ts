import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '../src/terminal/exit-code.ts';
import { labelledPool } from '../src/commands/simulate/labelled-pool.ts';
import { wholeNumber } from '../src/options/option-values.ts';
import { readTable } from '../src/commands/simulate/read-table.ts';

async function csv(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'qualm-table-')), 'table.csv');
  await writeFile(path, text);
  return path;
}

it.each([
  ['nothing', '', 'is empty, or its first line is; expected a line of names, then rows'],
  ['an empty first line', '\nx,y\n1,2\n', 'is empty, or its first line is'],
  ['a name twice', 'x,"x",y\n1,2,3\n', 'two columns are named "x"; give one another name'],
  ['a name that objects cannot hold', '__proto__,y\n1,2\n', 'a column is named "__proto__"; give it another name'],
])('readTable of a CSV with %s says so', async (_, text, message) => {
  const reading = readTable(await csv(text));
  await expect(reading).rejects.toThrow(message);
  await expect(reading).rejects.toBeInstanceOf(UsageError);
});

it('readTable of a file that is not there names it', async () => {
  await expect(readTable('/no/such/table.csv')).rejects.toThrow('"/no/such/table.csv" is not there; check the path');
});

it('a column of numbers that begins with nothing is a feature, whose hole is told', () => {
  const table = { length: 3, columns: { x: [null, 1, 2], label: ['a', 'b', 'a'] } };
  expect(() => labelledPool(table, 'label', undefined)).toThrow('row 1: "x" is null; expected a number');
});

it('wholeNumber(least, most) says both ends', () => {
  expect(wholeNumber(0, 65_535)('8080')).toBe(8080);
  expect(() => wholeNumber(0, 65_535)('99999')).toThrow('expected a whole number from 0 to 65535');
  expect(() => wholeNumber(1)('0')).toThrow('expected a whole number from 1');
});
