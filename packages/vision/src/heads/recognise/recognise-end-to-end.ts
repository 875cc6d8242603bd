import type { OutputFacts } from '@qualm/types';
import type { EndToEndHeadSpec } from '../end-to-end.ts';
import { outputsOf, stridesOf } from './outputs.ts';
import { areWithin, columnsOf, everyRow } from './values.ts';

/** [n, boxes, 6]: corners, a score, and the number of a class; or one output of each. */
export function recogniseEndToEnd(
  facts: OutputFacts,
): { readonly head: EndToEndHeadSpec; readonly numLabels: number }[] {
  return [...inOneOutput(facts), ...inThreeOutputs(facts)];
}

/** Boxes [(n,) boxes, 4], scores and labels [(n,) boxes]; torchvision's have no batch. */
function inThreeOutputs(facts: OutputFacts): { readonly head: EndToEndHeadSpec; readonly numLabels: number }[] {
  const outputs = Object.entries(facts.outputs);
  const [boxes] = outputs.filter(([, { shape }]) => shape.at(-1) === 4 && shape.length >= 2);
  const [first, second] = outputs.filter((output) => output !== boxes);
  if (outputs.length !== 3 || !boxes || !first || !second) return [];
  const rows = boxes[1].shape.slice(0, -1).join();
  if ([first, second].some(([, { shape }]) => shape.join() !== rows)) return [];
  const isScores = ([name, { data }]: typeof first): boolean =>
    data instanceof Float32Array && data.every((value) => value >= 0 && value <= 1) && !/label|class/i.test(name);
  const scores = [first, second].find(isScores);
  if (!scores) return [];
  const labels = scores === first ? second : first;
  let most = 0;
  for (const label of labels[1].data) most = Math.max(most, Number(label));
  const names = { boxes: boxes[0], scores: scores[0], labels: labels[0] };
  return [{ head: { type: 'end-to-end', outputs: names }, numLabels: facts.numLabels ?? most + 1 }];
}

function inOneOutput(facts: OutputFacts): { readonly head: EndToEndHeadSpec; readonly numLabels: number }[] {
  const [output, ...others] = outputsOf(facts);
  if (!output || others.length > 0 || output.shape.length !== 3 || output.shape[2] !== 6) return [];
  if (stridesOf(facts.size, output.shape[1]!)) return [];
  const [boxes, scores, classes] = [columnsOf(output, 0, 4), columnsOf(output, 4, 5), columnsOf(output, 5, 6)];
  const areNumbers = everyRow(classes, (row) => Number.isInteger(classes.at(row, 0)) && classes.at(row, 0) >= 0);
  if (!areNumbers || !areWithin(scores, -0.01, 1.01)) return [];
  let most = 0;
  for (let row = 0; row < classes.rows; row++) most = Math.max(most, classes.at(row, 0));
  const units = areWithin(boxes, -1, 2) ? ('relative' as const) : ('pixels' as const);
  const head: EndToEndHeadSpec = {
    ...{ type: 'end-to-end', outputs: { predictions: output.name } },
    ...(units === 'relative' && { units }),
  };
  return [{ head, numLabels: facts.numLabels ?? most + 1 }];
}
