import type { Step } from './answer-page.ts';
import { humanSeconds } from './human-seconds.ts';

/** The same pictures drawn whole, one after the other, each object by hand: a picture's labels are
 * right once it is checked. Until then they are the model's.
 * @param pictures how many objects each has, and how many errors before, in the order of drawing
 */
export function drawWhole(
  pictures: readonly { readonly objects: number; readonly errors: number }[],
  secondsOfBox: number,
): Step[] {
  let [seconds, left] = [0, pictures.reduce((sum, { errors }) => sum + errors, 0)];
  const steps: Step[] = [{ seconds, answers: 0, errors: left }];
  pictures.forEach(({ objects, errors }, at) => {
    seconds += objects * secondsOfBox + humanSeconds.cover;
    left -= errors;
    steps.push({ seconds, answers: at + 1, errors: left });
  });
  return steps;
}
