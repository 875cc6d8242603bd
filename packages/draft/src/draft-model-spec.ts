import { basename, extname, resolve } from 'node:path';
import { assertArray, assertObject, assertOptions, assertText, counted, QualmError } from '@qualm/types';
import type { BackendModel, Backends, Heads, Image, Vision } from '@qualm/types';
import { assertModelFile } from './assert-model-file.ts';
import { declaredBy } from './declared.ts';
import type { Declared } from './declared.ts';
import { draftOfVectors } from './draft-of-vectors.ts';
import { guessInput } from './input-guesses.ts';
import { createLabelGuesses } from './label-guesses.ts';
import { outputWords } from './output-words.ts';
import { mostImages, rankHypotheses, spread } from './rank-hypotheses.ts';
import type { Hypothesis } from './rank-hypotheses.ts';
import { readMetadata } from './read-metadata.ts';
import { readableImages } from './readable-images.ts';
import { recogniseHeads } from './recognise-heads.ts';
import { untoldWords } from './untold-words.ts';
import { writtenSpec } from './written-spec.ts';

/** Options of `draftModelSpec`. */
export interface DraftOptions {
  readonly backends: Backends;
  readonly vision: Vision;
  /** The heads to try; those of `vision` by default. */
  readonly heads?: Heads;
  /** Photographs of things that the model knows, to try on them what the file leaves open: at most
   * 16 of them are used, 64 of a classifier, from all parts of the list. Without any the most
   * common choice stands.
   */
  readonly images?: readonly Image[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DraftProgress) => void;
}

/** How far the hypotheses are tried. */
export interface DraftProgress {
  readonly done: number;
  /** At most: it shrinks where hypotheses are dropped. */
  readonly total: number;
}

/** A spec that was made from a model's file. */
export interface Draft {
  /** The spec as a file would have it, with names of presets and lists of labels. */
  readonly written: object;
  /** What the file says. */
  readonly known: readonly string[];
  /** What it leaves open, and how it was settled. */
  readonly guessed: readonly string[];
  /** The images that were tried. */
  readonly images: readonly Image[];
  /** Why the others cannot be read. */
  readonly unreadable: readonly string[];
  /** All that was tried, the most consistent first: the first one's spec is the draft. */
  readonly hypotheses: readonly [Hypothesis, ...Hypothesis[]];
}

/** Drafts the spec of a model file from its inputs, outputs and metadata. What they leave open
 * (colours, scale, how images are fitted, which layout two outputs have) is tried on photographs:
 * a wrong reading finds less, and other things in the mirror image than in the image itself.
 * @throws QualmError `unsupported` for outputs that no head recognises, with what they look like;
 * `model-missing`, `model-invalid` for what is no file, with what to give; `backend-unavailable`
 * where there is no backend for it; what the backend throws, and what the first image does where
 * none can be read.
 * @example const { hypotheses: [{ spec }], guessed } = await draftModelSpec('best.onnx', { backends, vision, images });
 */
export async function draftModelSpec(path: string, options: DraftOptions): Promise<Draft> {
  assertText('draftModelSpec', 'its path', path, "a path, such as 'best.onnx'");
  assertOptions('draftModelSpec', options, '{ backends, vision, images }');
  const { backends, vision, images: given = [], signal, onProgress } = options;
  assertObject('draftModelSpec', 'backends', backends, '{ onnx: createOnnxBackend() }');
  assertObject('draftModelSpec', 'vision', vision, "import * as vision from '@qualm/vision'");
  const { heads = vision.heads ?? {} } = options;
  assertArray('draftModelSpec', 'images', given, "an array, such as [Image.fromUri('a.jpg')]");
  await assertModelFile(path);
  const flavor = flavorOf(path);
  const metadata = await readMetadata(path, flavor);
  const declared = declaredBy(metadata);
  const model = await load(path, flavor, backends, signal);
  try {
    const isClassifier = isOfClasses(model, declared);
    const inputs = guessInput(model.inputs, declared, isClassifier);
    const running = { model, vision, heads, signal };
    const { images, unreadable } = await readableImages(
      spread(given, mostImages(isClassifier)),
      inputs.pixels[0]!.input,
      running,
    );
    const recognised = await recogniseHeads({ inputs, declared, images }, running);
    if (recognised.length === 0) throw unknownLayout(path, model, declared);
    const name = basename(path, extname(path));
    const about = { specVersion: 1, name, flavor, files: { model: basename(path) } } as const;
    const [vectors] = recognised.filter(({ numLabels }) => numLabels === 0);
    if (vectors) return { ...draftOfVectors(about, inputs, vectors), unreadable };
    const labels = createLabelGuesses(declared);
    const ranking = { about, inputs, recognised, labelsOf: labels.of, images, isClassifier, onProgress };
    const [first, ...others] = await rankHypotheses(ranking, running);
    const { known, guessed } = labels.words(first!.spec.labels.length);
    return {
      written: writtenSpec(first!.spec),
      known: [...inputs.known, ...known],
      guessed: [
        ...[...inputs.guessed, ...guessed, ...untoldWords(first!.spec.input, inputs.fits.length > 1)],
        choiceWords(first!, others[0], images.length > 0),
      ],
      ...{ images, unreadable },
      hypotheses: [first!, ...others],
    };
  } finally {
    await model.dispose();
  }
}

function flavorOf(path: string): string {
  const ending = extname(path).toLowerCase();
  if (ending === '.onnx') return 'onnx';
  if (ending === '.json') return 'tfjs';
  throw new QualmError(
    'unsupported',
    `models draft: "${path}" is neither an .onnx file nor a TF.js model.json; export the model as ONNX`,
  );
}

function load(path: string, flavor: string, backends: Backends, signal?: AbortSignal): Promise<BackendModel> {
  const backend = Object.hasOwn(backends, flavor) ? backends[flavor] : undefined;
  if (!backend)
    throw new QualmError(
      'backend-unavailable',
      `models draft: no backend for ${flavor}; add { ${flavor}: ... } to backends`,
    );
  return backend.load({ model: resolve(path), followLinks: true }, signal ? { signal } : {});
}

/** One output of one row of numbers, or a file that says so. */
function isOfClasses({ outputs }: BackendModel, { task }: Declared): boolean {
  const [output, ...others] = outputs;
  if (task !== null) return task === 'classify';
  return others.length === 0 && output!.shape.slice(2).every((side) => side === 1);
}

/** Less than this is nothing found. */
const least = 0.001;
/** Evidence that differs by less may be by chance. */
const close = 0.05;

function choiceWords(best: Hypothesis, next: Hypothesis | undefined, isTried: boolean): string {
  if (!isTried) return `${best.words}: the most common choice; give photographs to try the others`;
  if (best.evidence === null) return `${best.words}: nothing that was tried can be read; look at the spec`;
  if (best.evidence < least) return `${best.words}: the most common choice, since no reading found anything`;
  const isClose =
    next?.evidence != null && next.numImages === best.numImages && next.evidence > (1 - close) * best.evidence;
  const doubt = isClose ? `, barely ahead of: ${next.words}` : '';
  return `${best.words}: of all that was tried it agrees best with itself${doubt}`;
}

function unknownLayout(path: string, model: BackendModel, { labels }: Declared): QualmError {
  const named = labels ? ` (the file names ${counted(labels.length, 'class', 'classes')})` : '';
  return new QualmError(
    'unsupported',
    `models draft: "${path}": no head reads such outputs: ${outputWords(model)}${named}; ` +
      'compare with the table of heads in the docs, export the model otherwise, or write a head',
  );
}
