import type { PageStrategy, ReportData } from '../../report-data.ts';
import { signedNumber } from '../words.ts';
import { boxNumbers } from './box-numbers.ts';
import { pageNumber } from './page-number.ts';
import type { PageNumber } from './page-number.ts';

const known = new WeakMap<ReportData, readonly PageNumber[]>();

/** All numbers of a page's cells: first those of its strategies, in their places; then, of two
 * models, those of the other and how much they differ; then what is known of boxes and images, and
 * what a list brings along.
 */
export function numbersOf(data: ReportData): readonly PageNumber[] {
  const numbers = known.get(data) ?? makeNumbers(data);
  known.set(data, numbers);
  return numbers;
}

function makeNumbers(data: ReportData): PageNumber[] {
  const { cells, columns, strategies, layers } = data;
  const [own = '', other = ''] = layers;
  const compared = strategies
    .map((strategy, place) => ({ strategy, place }))
    .filter(({ strategy }) => strategy.compared);
  const whose = compared.length > 0 ? `, ${own}` : '';
  const isCompared = ({ compared: is = false }: PageStrategy): boolean => is;
  return withOwnKeys([
    ...strategies.map((strategy, place) =>
      pageNumber(
        {
          ...{
            ...strategy,
            key: strategy.name,
            strategy: place,
            question: isCompared(strategy) ? place : null,
            ends: data.orderWords,
            group: 'Doubt',
          },
          words: strategy.words + (isCompared(strategy) ? whose : ''),
        },
        () => cells.values[place]!,
      ),
    ),
    ...compared.map(({ strategy: { name, words, order }, place }, at) =>
      pageNumber(
        {
          ...{ key: `other.${name}`, words: `${words}, ${other}`, order, strategy: place, question: place },
          ...{ ends: leastSureFirst, group: `Doubt of ${other}` },
          ...{ whose: 'second', shows: strategies.length + at },
        },
        () => cells.otherValues[at]!,
      ),
    ),
    ...compared.map(({ strategy: { name, words, order }, place }, at) =>
      pageNumber(
        {
          ...{
            key: `difference.${name}`,
            words: `${words}, ${other} − ${own}`,
            order,
            strategy: place,
            question: place,
          },
          ...{ whose: 'difference', shows: strategies.length + at },
          ...{ ends: [`${other} less sure first`, `${own} less sure first`], group: 'Difference of doubt' },
          say: signedNumber,
        },
        () => difference(cells.otherValues[at]!, cells.values[place]!),
      ),
    ),
    ...boxNumbers(data),
    ...columns.map((name, at) =>
      pageNumber({ key: `column.${name}`, words: name, group: 'List' }, () => cells.columns[at]!),
    ),
  ]);
}

const leastSureFirst = ['least sure first', 'most sure first'] as const;

type Values = readonly (number | null)[];

function difference(first: Values, second: Values): (number | null)[] {
  return first.map((value, index) => {
    const other = second[index] ?? null;
    // Both have nine digits, of which a difference has no more.
    return value === null || other === null ? null : Number((value - other).toPrecision(9));
  });
}

/** Two columns may have one name. */
function withOwnKeys(numbers: readonly PageNumber[]): PageNumber[] {
  const seen = new Map<string, number>();
  return numbers.map((number) => {
    const count = (seen.get(number.key) ?? 0) + 1;
    seen.set(number.key, count);
    return count === 1 ? number : { ...number, key: `${number.key}.${count}` };
  });
}
