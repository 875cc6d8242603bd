import type { OutputFacts } from '@qualm/types';
import type { Yolov8HeadSpec } from '../yolov8.ts';
import { ofRank, outputsOf, stridesOf } from './outputs.ts';
import type { NamedOutput } from './outputs.ts';
import { activationOf, areWithin, columnsOf, rowsOf } from './values.ts';

/** [n, 4 + classes (+ what belongs to masks, key points or angles), anchors], or its transpose. */
export function recogniseYolov8(facts: OutputFacts): { readonly head: Yolov8HeadSpec; readonly numLabels: number }[] {
  const prototypes = outputsOf(facts).find(({ shape }) => shape.length === 4);
  return ofRank(facts, 3).flatMap((output) => {
    const [, first, second] = output.shape as [number, number, number];
    const isTransposed = stridesOf(facts.size, second) === null;
    const rows = isTransposed ? second : first;
    if (isTransposed && stridesOf(facts.size, first) === null) return [];
    const numLabels = facts.numLabels ?? rows - 4 - (prototypes?.shape[1] ?? 0);
    const more = taskOf(rows - 4 - numLabels, prototypes, facts.task);
    if (numLabels < 1 || !more) return [];
    const columns = (from: number, to: number): ReturnType<typeof rowsOf> =>
      (isTransposed ? columnsOf : rowsOf)(output satisfies NamedOutput, from, to);
    const longest = Math.max(facts.size.width, facts.size.height);
    // Sizes are decoded: not below 0, and not much larger than the input.
    if (!areWithin(columns(2, 4), 0, 4 * longest)) return [];
    const activation = activationOf(columns(4, 4 + numLabels));
    const head: Yolov8HeadSpec = {
      type: 'yolov8',
      outputs: { predictions: output.name, ...(more.task === 'segment' && { prototypes: prototypes!.name }) },
      ...more,
      ...(activation === 'sigmoid' && { activation }),
      ...(areWithin(columns(0, 4), -1, 3) && { units: 'relative' as const }),
    };
    return [{ head, numLabels }];
  });
}

/** What the rows after the class scores are for; null where they fit nothing. */
function taskOf(
  extraRows: number,
  prototypes: NamedOutput | undefined,
  said: string | null,
): Pick<Yolov8HeadSpec, 'task' | 'keypoints' | 'extraRows'> | null {
  if (extraRows < 0) return null;
  if (extraRows > 0 && prototypes?.shape[1] === extraRows) return { task: 'segment' };
  if (said === 'obb') return extraRows === 1 ? { task: 'obb' } : null;
  if (said === 'pose') return extraRows % 3 === 0 ? { task: 'pose', keypoints: extraRows / 3 } : null;
  return extraRows === 0 ? {} : { extraRows };
}
