import type { Answer } from '../../answers/answer.ts';

/** Seconds that an answer takes, before anybody has answered: verifying a box 1.6 (Papadopoulos et
 * al. 2016, https://doi.org/10.48550/arXiv.1602.08405), checking that a picture has all of its
 * boxes 7.8 (Su, Deng, Fei-Fei 2012, median of the coverage task).
 */
const published: Readonly<Record<Answer['question'], number>> = { box: 1.6, picture: 7.8 };

/** Own times count from so many on, and the last so many of them. */
const [fewest, lastOnes] = [5, 50];

/** Longer than this somebody was away. */
const longest = 120;

/** How fast somebody answers. */
export interface Pace {
  add(question: Answer['question'], seconds: number): void;
  /** The median of their own last answers of a kind, or what is published while there are few. */
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
      return own.length < fewest ? published[question] : Math.max(0.1, own[own.length >> 1]!);
    },
    perMinute: () => (total > 0 ? (60 * count) / total : null),
  };
}
