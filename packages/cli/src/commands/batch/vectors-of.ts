import { extname, resolve } from 'node:path';
import { embeddingEndings } from '@qualm/datasets';
import { embedStream } from '@qualm/pipeline';
import { comparedImages, describeImages } from '@qualm/selection';
import type { ComparedOptions, DiverseBatch, RankedImage, Ranking } from '@qualm/selection';
import { counted, Image } from '@qualm/types';
import { openEmbedder } from '../../input/open-model.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { isDirection, spoiltWords } from '../../input/is-direction.ts';
import { openVectors } from '../../input/stored-vectors.ts';
import { withModel } from '../../input/with-model.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** What vectors are made by, or are read from. */
export interface DiverseOptions extends Omit<ModelOptions, 'model'> {
  /** A Parquet file of vectors, the spec or URI of a model that makes them, or `pictures`: what
   * images look like, without a model. */
  readonly diverse: string;
  readonly predictions: string;
}

type VectorOf = DiverseBatch['vectorOf'];

/** Vectors, and why an image has none, where that is known. */
interface Vectors {
  readonly vectorOf: VectorOf;
  whyNot(image: RankedImage): string | null;
}

/** The vectors of the images that a diverse batch is chosen by.
 * @throws UsageError where none of them has one.
 */
export async function vectorsOf(
  options: DiverseOptions,
  ranking: Ranking,
  compared: ComparedOptions,
  terminal: Terminal,
  reporter: Reporter,
): Promise<Pick<DiverseBatch, 'vectorOf' | 'metric'>> {
  const ending = extname(options.diverse).toLowerCase();
  if (ending !== '.parquet' && embeddingEndings.includes(ending))
    throw new UsageError(
      `--diverse ${options.diverse}: of files of vectors only .parquet is read; qualm embed writes it`,
    );
  const images = comparedImages(ranking, compared);
  const isOfPictures = options.diverse === 'pictures';
  const { vectorOf, whyNot } = isOfPictures
    ? await describedPictures(images, terminal, reporter)
    : ending === '.parquet'
      ? await storedVectors(options, terminal, reporter)
      : await madeVectors(options, images, terminal, reporter);
  const vectors = { vectorOf, ...(isOfPictures && { metric: 'euclidean' as const }) };
  const without = images.filter((image) => !isDirection(vectorOf(image)));
  const spoilt = without.filter((image) => vectorOf(image) !== null).length;
  const why = spoiltWords(spoilt);
  const [missing] = without;
  if (!missing) return vectors;
  const reason = whyNot(missing);
  const first = `${JSON.stringify(String(missing.image_id))}${reason === null ? '' : `: ${reason}`}`;
  const all = counted(images.length, 'image');
  if (without.length === images.length)
    throw new UsageError(
      `--diverse ${options.diverse}: has a vector of none of the ${all}; the first is ${first}${why}`,
    );
  reporter.warn(
    `${counted(without.length, `of ${all} has no vector and is`, `of ${all} have no vector and are`)} not picked; the first is ${first}${why}`,
  );
  return vectors;
}

async function storedVectors(
  { diverse, predictions }: Pick<DiverseOptions, 'diverse' | 'predictions'>,
  { cwd, signal }: Terminal,
  reporter: Reporter,
): Promise<Vectors> {
  const wanted = { of: 'image', option: '--diverse', predictions, signal } as const;
  const { vectorOf, by, firstId } = await openVectors(resolve(cwd, diverse), wanted, reporter);
  const others =
    firstId === null ? 'the file has no image' : `rows are found ${by}, such as ${JSON.stringify(firstId)}`;
  return { vectorOf, whyNot: () => others };
}

async function describedPictures(
  images: readonly RankedImage[],
  { signal }: Terminal,
  reporter: Reporter,
): Promise<Vectors> {
  try {
    const { vectors, errors } = await describeImages(images, {
      signal,
      onProgress: ({ done, total }) => void reporter.progress('look', { done, failed: 0, total }),
    });
    return {
      vectorOf: ({ image_id }) => vectors.get(String(image_id)) ?? null,
      whyNot: ({ image_id }) => errors.get(String(image_id)) ?? null,
    };
  } finally {
    reporter.settle();
  }
}

function madeVectors(
  options: DiverseOptions,
  images: readonly RankedImage[],
  terminal: Terminal,
  reporter: Reporter,
): Promise<Vectors> {
  const { signal } = terminal;
  const there = images.filter(({ image }) => image !== null);
  const records = there.map(({ image_id, image }) => ({ image_id, image: Image.fromUri(image!) }));
  return withModel(openEmbedder({ ...options, model: options.diverse }, {}, terminal, reporter), async (embedder) => {
    const vectors = new Map<string, Float32Array>();
    const errors = new Map<string, string>();
    const total = records.length;
    const onProgress = ({ done, failed }: { readonly done: number; readonly failed: number }): void =>
      reporter.progress('embed', { done, failed, total });
    try {
      for await (const { image_id, embedding, error } of embedStream(records, embedder, { signal, onProgress })) {
        if (embedding) vectors.set(String(image_id), embedding);
        if (error) errors.set(String(image_id), error.message);
      }
    } finally {
      reporter.settle();
    }
    return {
      vectorOf: ({ image_id }) => vectors.get(String(image_id)) ?? null,
      whyNot: ({ image_id }) => errors.get(String(image_id)) ?? null,
    };
  });
}
