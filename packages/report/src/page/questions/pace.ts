import type { Answer } from '../../answers/answer.ts';

/** Seconds that an answer takes, before anybody has answered. A box: 1.6, as Papadopoulos et al.
 * 2016 is quoted for verifying one (https://doi.org/10.48550/arXiv.1602.08405). A picture: assumed;
 * others give 42 s for a box with this check and 35 s without, which is some 7.
 */
const assumed: Readonly<Record<Answer['question'], number>> = { box: 1.6, picture: 7.8 };

/** Own times count from so many on, and the last so many of them. */
const [fewest, lastOnes] = [5, 50];

/** Longer than this somebody was away. */
const longest = 120;

/** How fast somebody answers. */
export interface Pace {
  add(question: Answer['question'], seconds: number): void;
  /** The median of their own last answers of a kind, or what is assumed while there are few. */
  seconds(question: Answer['question']): number;
  /** Since the page was opened; null before the first answer. */
  readonly perMinute: () => number | null;
}

export function createPace(): Pace {
  const times: Record<Answer['question'], number[]> = { box: [], picture: [] };
  let [count, total] = [0, 0];
  return {
    add(question, seconds) {
      if (seconds > longest) return;
      count += 1;
      total += seconds;
      times[question].push(seconds);
      if (times[question].length > lastOnes) times[question].shift();
    },
    seconds(question) {
      const own = times[question].toSorted((a, b) => a - b);
      // Nothing is answered in no time, and nothing is divided by it.
      return own.length < fewest ? assumed[question] : Math.max(0.1, own[own.length >> 1]!);
    },
    perMinute: () => (total > 0 ? (60 * count) / total : null),
  };
}
