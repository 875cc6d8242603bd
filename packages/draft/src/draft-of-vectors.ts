import { inputPreset, QualmError } from '@qualm/types';
import type { HeadGuess, InputSpec, ModelSpec } from '@qualm/types';
import type { Draft } from './draft-model-spec.ts';
import { headWords } from './head-words.ts';
import type { InputGuesses } from './input-guesses.ts';
import { writtenSpec } from './written-spec.ts';

/** What exports of CLIP and its kin call their vector. */
const ofClip = /^image_(embeds?|embeddings?|features)$/;

/** The draft of a model that makes vectors: photographs say nothing of how its images are prepared,
 * since a vector has nothing in it to agree with another. It is prepared as the name of its output
 * suggests, and the draft says that this is a guess.
 */
export function draftOfVectors(
  about: Pick<ModelSpec, 'specVersion' | 'name' | 'flavor' | 'files'>,
  inputs: InputGuesses,
  { head }: HeadGuess,
): Draft {
  const [output] = Object.values((head['outputs'] ?? {}) as Readonly<Record<string, string>>);
  if (output === undefined) throw new QualmError('unsupported', `models draft: head "${head.type}" names no output`);
  const preset = ofClip.test(output) ? 'clip' : 'imagenet-timm-bicubic';
  const spec = { ...about, input: presetInput(inputs.pixels[0]!.input, preset), head, labels: [] };
  const words = `pixels and fit of the preset ${preset}; ${headWords(head)}`;
  return {
    written: writtenSpec(spec),
    known: inputs.known,
    guessed: [
      `output "${output}" is the vector of an image, by its name`,
      `images are prepared by the preset ${preset}, as the output's name suggests; photographs cannot tell it: ` +
        'compare a vector with one that the model gave where it is from',
    ],
    images: [],
    unreadable: [],
    hypotheses: [{ spec, words, numImages: 0, consistency: null, evidence: null, found: null }],
  };
}

/** What the file fixes, and the rest by the preset; pixels of whole numbers go in as they are. */
function presetInput({ name, size, layout, dtype, batch }: InputSpec, preset: string): InputSpec {
  const { mean, std, ...placing } = inputPreset(preset, size)!;
  const isReal = dtype === 'float32' || dtype === 'float16';
  return {
    ...{ ...(name !== undefined && { name }), size, layout, dtype },
    ...(batch !== undefined && { batch }),
    ...placing,
    ...(isReal && { mean, std }),
  };
}
