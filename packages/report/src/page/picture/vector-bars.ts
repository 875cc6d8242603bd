import type { ReportData } from '../../report-data.ts';
import type { VectorClass } from '../cells/box-at.ts';
import { element } from '../element.ts';

/** The classes of a box as bars, the best one first: the length of each is its score, as it is.
 * @param words a score as it is written
 */
export function vectorBars(
  { labels }: Pick<ReportData, 'labels'>,
  vector: readonly VectorClass[],
  words: (score: number) => string,
): HTMLElement[] {
  return vector.map(({ label, score }, at) => {
    const name = labels[label]!;
    const bar = element(
      at === 0 ? 'strong' : 'span',
      { class: 'bar', title: name },
      element('span', { class: 'name' }, name),
      ...(score === null ? [] : [` ${words(score)}`]),
    );
    bar.style.setProperty('--share', String(score ?? 0));
    return bar;
  });
}
