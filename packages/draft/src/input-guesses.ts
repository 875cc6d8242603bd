import { inputPreset, QualmError } from '@qualm/types';
import type { InputSpec, Size, TensorInfo } from '@qualm/types';
import type { Declared } from './declared.ts';

/** One way to prepare images, and what to call it. */
export interface InputGuess {
  readonly input: InputSpec;
  readonly words: string;
}

/** What is left to try of an input: ways to write pixels, and ways to fit images. */
export interface InputGuesses {
  readonly pixels: readonly InputGuess[];
  /** The same pixels, fitted otherwise: what of a guess of `pixels` may change. */
  readonly fits: readonly { readonly resize: InputSpec['resize']; readonly words: string }[];
  readonly known: readonly string[];
  readonly guessed: readonly string[];
}

/** Normalisations in the order of red, green, blue. */
const normalisations: readonly { readonly words: string; readonly mean?: Triple; readonly std?: Triple }[] = [
  { words: '0 to 1', mean: [0, 0, 0], std: [255, 255, 255] },
  { words: '0 to 255' },
  { words: "ImageNet's mean and std", mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
  { words: '-1 to 1', mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] },
];

type Triple = readonly [number, number, number];

const letterbox = { mode: 'letterbox', anchor: 'center', pad: 114 } as const;

const detectorFits: InputGuesses['fits'] = [
  { resize: letterbox, words: 'letterbox in the middle, grey (114)' },
  { resize: { ...letterbox, anchor: 'top-left' }, words: 'letterbox at the upper left, grey (114)' },
  { resize: { ...letterbox, pad: 0 }, words: 'letterbox in the middle, black' },
  { resize: { mode: 'stretch' }, words: 'stretched' },
];

/** The input that images go to, and what its file leaves open.
 * @throws QualmError `unsupported` for a model that has no input of images, or several inputs.
 */
export function guessInput(inputs: readonly TensorInfo[], declared: Declared, isClassifier: boolean): InputGuesses {
  const { info, layout } = imageInput(inputs);
  const [batch = null] = info.shape;
  const size = sizeOf(info, layout) ?? declared.size;
  const used = size ?? (isClassifier ? { width: 224, height: 224 } : { width: 640, height: 640 });
  const fixed = {
    ...{ name: info.name, size: used, layout, dtype: dtypeOf(info) },
    ...(batch !== null && batch > 0 && { batch }),
  };
  assertFits(info, used, batch ?? 1);
  const known = [`input "${info.name}" is ${info.dtype} [${info.shape.map((side) => side ?? '*')}], so ${layout}`];
  const guessed = size ? [] : [`size ${used.width}x${used.height}, since the file fixes none`];
  if (declared.isUltralytics) {
    const { resize, ...pixels } = isClassifier ? classifierOfUltralytics(used) : inputPreset('ultralytics', used)!;
    return {
      pixels: [{ input: { ...fixed, resize, ...pixels }, words: 'pixels as Ultralytics writes them' }],
      fits: [{ resize, words: 'fitted as Ultralytics does' }],
      known: [...known, 'an export of Ultralytics, which prepares images in one way'],
      guessed,
    };
  }
  const isReal = info.dtype === 'float32' || info.dtype === 'float16';
  const writings = isReal ? normalisations : [{ words: '0 to 255' }];
  const fits = isClassifier ? [classifierFit(used)] : detectorFits;
  const pixels = (['rgb', 'bgr'] as const).flatMap((channels) =>
    writings.map(({ words, ...normalisation }) => ({
      input: { ...fixed, channels, resize: fits[0]!.resize, ...inOrder(normalisation, channels) },
      words: `${channels.toUpperCase()}, ${words}`,
    })),
  );
  const untried = isClassifier ? [`${fits[0]!.words}, as torchvision and timm evaluate classifiers; not tried`] : [];
  return { pixels, fits, known, guessed: [...guessed, ...untried] };
}

/** @see https://github.com/ultralytics/ultralytics/blob/main/ultralytics/data/augment.py, `classify_transforms` */
function classifierOfUltralytics({ width, height }: Size): Pick<InputSpec, 'channels' | 'resize' | 'mean' | 'std'> {
  const resize = { mode: 'crop', shortSide: Math.max(width, height) } as const;
  return { channels: 'rgb', resize, mean: [0, 0, 0], std: [255, 255, 255] };
}

/** timm and torchvision crop what they resized by its short side. Whether a model was trained so
 * cannot be tried: more of the image makes most of them surer of themselves.
 */
function classifierFit({ width, height }: Size): InputGuesses['fits'][number] {
  const shortSide = Math.floor(Math.max(width, height) / 0.875);
  return { resize: { mode: 'crop', shortSide }, words: `short side ${shortSide}, then the middle` };
}

function inOrder(
  { mean, std }: { readonly mean?: Triple; readonly std?: Triple },
  channels: 'rgb' | 'bgr',
): Pick<InputSpec, 'mean' | 'std'> {
  const turned = ([red, green, blue]: Triple): Triple => (channels === 'rgb' ? [red, green, blue] : [blue, green, red]);
  return { ...(mean && { mean: turned(mean) }), ...(std && { std: turned(std) }) };
}

interface FoundInput {
  readonly info: TensorInfo;
  readonly layout: 'nchw' | 'nhwc';
}

function imageInput(inputs: readonly TensorInfo[]): FoundInput {
  const found = inputs.flatMap((info): FoundInput[] => {
    if (info.shape.length !== 4) return [];
    if (info.shape[3] === 3 && info.shape[1] !== 3) return [{ info, layout: 'nhwc' }];
    return info.shape[1] === 3 || info.shape[1] === null ? [{ info, layout: 'nchw' }] : [];
  });
  const [only, ...others] = found;
  if (only && others.length === 0 && inputs.length === 1) return only;
  const list = inputs.map(({ name, dtype, shape }) => `"${name}" ${dtype} [${shape.map((side) => side ?? '*')}]`);
  throw new QualmError(
    'unsupported',
    `models draft: the model's inputs are ${list.join(', ') || 'none'}; expected one, of images: [n, 3, height, width] or [n, height, width, 3]`,
  );
}

function dtypeOf({ name, dtype }: TensorInfo): InputSpec['dtype'] {
  if (dtype === 'float32' || dtype === 'float16' || dtype === 'uint8' || dtype === 'int32') return dtype;
  throw new QualmError(
    'unsupported',
    `models draft: input "${name}" is ${dtype}; expected float32, float16, uint8 or int32`,
  );
}

/** Longest side of an image, and most numbers of a batch, as for specs. */
const longestSide = 65_535;
const mostNumbers = 2 ** 29;

function assertFits({ name }: TensorInfo, { width, height }: Size, batch: number): void {
  if (Math.max(width, height) <= longestSide && 3 * width * height * batch <= mostNumbers) return;
  throw new QualmError(
    'unsupported',
    `models draft: input "${name}" is ${width}x${height}, ${batch} at once; ` +
      `expected sides up to ${longestSide} and at most ${mostNumbers} numbers; ` +
      'export the model with a smaller size (imgsz in its metadata, where its shape is free) or batch',
  );
}

function sizeOf({ shape }: TensorInfo, layout: 'nchw' | 'nhwc'): Size | null {
  const [height, width] = layout === 'nchw' ? shape.slice(2) : shape.slice(1, 3);
  return height && width ? { width, height } : null;
}
