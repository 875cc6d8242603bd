import type { MeanCurve } from './mean-curves.ts';
import type { Theme } from './themes.ts';

interface LineStyle {
  readonly color: string;
  /** Which of `dashStyles` it has. */
  readonly dash: number;
}

/** Lines of the first strategies, and of those that come when no colour is left. */
export const dashStyles: readonly string[] = ['none', '8 3', '2 3'];

/** The baseline is grey, the others take colours in their order, and then the same in dashes. */
export function lineStyles(means: readonly MeanCurve[], baseline: string, { muted, colours }: Theme): LineStyle[] {
  let next = 0;
  return means.map(({ strategy }) => {
    if (strategy === baseline) return { color: muted, dash: 0 };
    const place = next++;
    const dash = Math.floor(place / colours.length) % dashStyles.length;
    return { color: colours[place % colours.length]!, dash };
  });
}
