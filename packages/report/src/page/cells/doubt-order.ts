import type { ReportStrategy } from '../../report-options.ts';
import type { KnownBox } from './box-at.ts';

/** The places of these boxes, in greatest doubt first by what a strategy says of each; then those
 * of which it says nothing, surest first, one list of boxes after the other.
 */
export function doubtOrder(boxes: readonly KnownBox[], sort: number, strategy: ReportStrategy): number[] {
  const sign = (strategy.box ?? strategy).order === 'ascending' ? 1 : -1;
  const doubtOf = ({ values }: KnownBox): number => (values[sort] == null ? Infinity : sign * values[sort]);
  return boxes
    .map((_, place) => place)
    .sort((a, b) => {
      const [one, two] = [boxes[a]!, boxes[b]!];
      const [first, second] = [doubtOf(one), doubtOf(two)];
      if (first !== second) return first - second;
      return one.layer - two.layer || (two.score ?? -1) - (one.score ?? -1) || a - b;
    });
}
