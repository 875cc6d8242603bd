import { Detections, findHead, QualmError } from '@qualm/types';
import type { BackendModel, ClassScores, Heads, Image, ImageGeometry, InputSpec } from '@qualm/types';
import type { ModelSpec, OutputProblem, Tensor, TensorMap, Vision } from '@qualm/types';
import { mirrored, shifted } from './change-pixels.ts';
import { consistencyOf, consistencyOfClasses, mirroredBack, shiftedBack } from './self-consistency.ts';
import type { Consistency } from './self-consistency.ts';

/** What a spec needs to be tried. */
export type Trial = Pick<ModelSpec, 'head' | 'labels' | 'input' | 'scoreKind'>;

/** What runs a model. */
export interface Running {
  readonly model: BackendModel;
  readonly vision: Vision;
  readonly heads: Heads;
  readonly signal?: AbortSignal | undefined;
}

/** Pixels by which an image is moved: not a whole number of cells. */
const shift = 12;

/** Boxes below this are mostly noise, which never agrees. */
const leastScore = 0.25;

/** The raw outputs of an image, and of the same image changed. */
export interface Outputs {
  readonly geometry: ImageGeometry;
  readonly plain: TensorMap;
  readonly mirrored: TensorMap;
  readonly shifted: TensorMap;
}

/** The raw outputs of an image as it is.
 * @throws QualmError of the image or the run.
 */
export async function outputsOfImage(image: Image, input: InputSpec, running: Running): Promise<TensorMap> {
  const { tensor } = await prepared(image, input, running);
  return run(tensor, input, running);
}

/** Runs a model over an image as it is, mirrored, and moved a little: at once, where it has several
 * sessions.
 * @throws QualmError of the image or the run.
 */
export async function outputsOfChanges(image: Image, input: InputSpec, running: Running): Promise<Outputs> {
  const { tensor, geometry } = await prepared(image, input, running);
  const changed = [
    tensor,
    mirrored(tensor, geometry, input.layout),
    shifted(tensor, geometry, input.layout, shift),
  ] as const;
  const [plain, mirror, moved] = await Promise.all(changed.map((one) => run(one, input, running)));
  return { geometry, plain: plain!, mirrored: mirror!, shifted: moved! };
}

async function prepared(
  image: Image,
  input: InputSpec,
  { vision, signal }: Running,
): Promise<{ readonly tensor: Tensor; readonly geometry: ImageGeometry }> {
  const preprocessor = vision.createPreprocessor(input, { threads: 0 });
  try {
    const tensor = preprocessor.allocate(input.batch ?? 1);
    const geometry = await preprocessor.fill(image, tensor, 0, signal ? { signal } : {});
    return { tensor, geometry };
  } finally {
    await preprocessor.dispose?.();
  }
}

function run(tensor: Tensor, { name }: InputSpec, { model, signal }: Running): Promise<TensorMap> {
  return model.run({ [name!]: tensor }, signal ? { signal } : {});
}

/** What a spec finds in an image, and how well that agrees with itself. */
export interface Finding {
  /** Boxes that are not mere noise; the row of a classifier. */
  readonly found: Detections | ClassScores;
  readonly consistency: Consistency;
}

/** What a spec reads from the outputs; null where its head refuses them, or finds numbers that
 * cannot be what the spec says.
 * @throws QualmError `plugin-failed` of a head of the caller's own, `machine-trouble`.
 */
export function findingOf(trial: Trial, outputs: Outputs, running: Running): Finding | null {
  try {
    const isClassifier = findHead('draftModelSpec', running.heads, trial.head.type)?.defaults === null;
    return isClassifier ? findingOfClasses(trial, outputs, running) : findingOfBoxes(trial, outputs, running);
  } catch (error) {
    if (QualmError.is(error) && !['plugin-failed', 'machine-trouble'].includes(error.code)) return null;
    throw error;
  }
}

function findingOfClasses(trial: Trial, outputs: Outputs, { vision, heads }: Running): Finding {
  const head = vision.createHead(trial, 'class_scores', { heads });
  const read = (raw: TensorMap): ClassScores => onlyRow(head.decode(raw, [outputs.geometry], refuse));
  const found = read(outputs.plain);
  const again = [outputs.mirrored, outputs.shifted].map((raw) => inOrder(read(raw)));
  return { found, consistency: meanOf(again.map((scores) => consistencyOfClasses(inOrder(found), scores))) };
}

function findingOfBoxes(trial: Trial, outputs: Outputs, { vision, heads }: Running): Finding {
  const { geometry } = outputs;
  const head = vision.createHead(trial, 'detections', { heads, minScore: leastScore });
  const read = (raw: TensorMap): Detections => onlyRow(head.decode(raw, [geometry], refuse));
  const found = read(outputs.plain);
  const [mirror, moved] = [read(outputs.mirrored), read(outputs.shifted)];
  const at = (boxes: Float32Array, { scores, labelIds }: Detections): Detections =>
    new Detections(boxes, scores, labelIds);
  const again = [at(mirroredBack(mirror, geometry), mirror), at(shiftedBack(moved, geometry, shift), moved)];
  return { found, consistency: meanOf(again.map((boxes) => consistencyOf(found, boxes))) };
}

function refuse(_image: number, { isFatal, message }: OutputProblem): void {
  if (isFatal) throw new QualmError('output-invalid', message);
}

function onlyRow<T>([row]: readonly T[]): T {
  return row!;
}

/** Scores of one row in the order of the label ids. */
function inOrder({ scores, labelIds }: ClassScores): Float32Array {
  const places = [...labelIds.keys()].sort((a, b) => labelIds[a]! - labelIds[b]!);
  return Float32Array.from(places, (place) => scores[place]!);
}

/** The mean of each number. */
export function meanOf(all: readonly Consistency[]): Consistency {
  const mean = (of: (one: Consistency) => number): number => all.reduce((sum, one) => sum + of(one), 0) / all.length;
  return {
    agreement: mean(({ agreement }) => agreement),
    sharpness: mean(({ sharpness }) => sharpness),
    support: mean(({ support }) => support),
  };
}
