import type { ClassScores, Detections, HeadGuess, Image, ModelSpec } from '@qualm/types';
import type { DraftProgress } from './draft-model-spec.ts';
import type { InputGuesses } from './input-guesses.ts';
import { mostRuns, raceReadings } from './race-readings.ts';
import type { Round } from './race-readings.ts';
import { consistencyOfReading, createReading, evidenceOf } from './reading.ts';
import type { Reading, ReadingContext } from './reading.ts';
import type { Consistency } from './self-consistency.ts';
import type { Running } from './try-hypotheses.ts';

/** One reading of a model, and how well it agrees with itself. */
export interface Hypothesis {
  readonly spec: ModelSpec;
  /** How images are prepared, and what reads the outputs. */
  readonly words: string;
  /** Images that it was tried on: fewer where it was far behind on those. */
  readonly numImages: number;
  /** Means over the images; null where nothing was tried, or where the head refused what came. */
  readonly consistency: Consistency | null;
  /** `support` times `agreement`: what readings are ranked by. Small where little is found, and
   * where what is found is another thing in the mirror image. Null as above.
   */
  readonly evidence: number | null;
  /** What it finds in the first image, for a picture. */
  readonly found: Detections | ClassScores | null;
}

/** What is ranked. */
export interface Ranking extends ReadingContext {
  readonly inputs: InputGuesses;
  readonly recognised: readonly HeadGuess[];
  readonly images: readonly Image[];
  readonly isClassifier: boolean;
  readonly onProgress?: ((progress: DraftProgress) => void) | undefined;
}

/** A classifier says one thing of an image, and is fast. */
const imagesOfDetector = [2, 4, 8, 16];
const imagesOfClassifier = [8, 16, 32, 64];
const dropping = [
  { share: 0.5, most: Infinity },
  { share: 0.75, most: 6 },
  { share: 0.9, most: 3 },
  { share: 0, most: Infinity },
];
/** Ways to write pixels that go on to the ways to fit images. */
const goOn = 3;

/** All readings of a model, the most consistent first: first the ways to write pixels, under the
 * most common way to fit images, then the ways to fit them with the best of those.
 */
export async function rankHypotheses(ranking: Ranking, running: Running): Promise<Hypothesis[]> {
  const { inputs, recognised, isClassifier, onProgress } = ranking;
  const images = fromAllParts(ranking.images, mostImages(isClassifier));
  const [fit, ...otherFits] = inputs.fits;
  const first = inputs.pixels.flatMap((pixels) =>
    recognised.map((head) => createReading({ pixels, head, fit: fit! }, ranking)),
  );
  if (images.length === 0) return first.map(hypothesisOf);
  const rounds = roundsOf(isClassifier);
  const later = otherFits.length === 0 ? 0 : mostRuns(goOn * inputs.fits.length, rounds, 0, images.length);
  let done = 0;
  const tell = (left: number): void => onProgress?.({ done: ++done, total: done + left });
  const ofPixels = await raceReadings(
    first,
    images,
    otherFits.length === 0 ? rounds : rounds.slice(0, 2),
    running,
    (left) => tell(left + later),
  );
  const best = ofPixels.left.slice(0, goOn);
  const ofFits = await raceReadings(
    best.flatMap((reading) => [
      reading,
      ...otherFits.map((next) => createReading({ ...reading.parts, fit: next }, ranking)),
    ]),
    images,
    otherFits.length === 0 ? [] : rounds,
    running,
    tell,
  );
  const readings = [...ofFits.left, ...ofFits.dropped, ...ofPixels.left.slice(goOn), ...ofPixels.dropped];
  return readings.map(hypothesisOf);
}

/** How many images are used. */
export function mostImages(isClassifier: boolean): number {
  return Math.max(...(isClassifier ? imagesOfClassifier : imagesOfDetector));
}

/** Some of the images, from all parts of the list. */
export function spread(images: readonly Image[], most: number): Image[] {
  const count = Math.min(most, images.length);
  return Array.from({ length: count }, (_, place) => images[Math.floor((place * images.length) / count)]!);
}

/** All images in such an order that the first few are from all parts of the list too. */
function fromAllParts(images: readonly Image[], most: number): Image[] {
  const counts = Array.from({ length: Math.ceil(Math.log2(most)) + 1 }, (_, power) => 2 ** power);
  return [...new Set(counts.flatMap((count) => spread(images, count)))];
}

function roundsOf(isClassifier: boolean): Round[] {
  const counts = isClassifier ? imagesOfClassifier : imagesOfDetector;
  return counts.map((images, at) => ({ images, ...dropping[at]! }));
}

function hypothesisOf(reading: Reading): Hypothesis {
  const { spec, words, found, consistencies } = reading;
  const numImages = consistencies.length;
  return { spec, words, numImages, consistency: consistencyOfReading(reading), evidence: evidenceOf(reading), found };
}
