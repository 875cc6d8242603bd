import { basename, dirname, extname, join, resolve } from 'node:path';
import { draftModelSpec } from '@qualm/draft';
import type { Draft, Hypothesis } from '@qualm/draft';
import { counted, printableLines } from '@qualm/types';
import type { Image } from '@qualm/types';
import * as vision from '@qualm/vision';
import { contactSheet, detections } from '@qualm/viz';
import type { DetectionRow } from '@qualm/viz';
import { headsWith } from '../../input/heads-with.ts';
import { openSource } from '../../input/open-images.ts';
import { backendsWith } from '../../input/backends-with.ts';
import { claimFiles, storeFile } from '../../output/own-files.ts';
import type { OverwriteOptions } from '../../output/own-files.ts';
import { writeData } from '../../output/write-data.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import type { Reporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** What `qualm models draft` was asked for. */
export interface DraftModelOptions extends OverwriteOptions {
  readonly model: string;
  /** Folders of images, or image files. */
  readonly photos: readonly string[];
  readonly out?: string | undefined;
  readonly head?: string | undefined;
  readonly json?: true | undefined;
}

/** Hypotheses that are listed and drawn. */
const mostShown = 6;

/** Writes a model's spec as far as its file and some photographs tell it, and shows what each
 * reading of it finds.
 */
export async function draftModel(options: DraftModelOptions, terminal: Terminal, reporter: Reporter): Promise<void> {
  const { cwd, signal, stdout } = terminal;
  const model = resolve(cwd, options.model);
  const out = options.out === undefined ? specPath(model) : resolve(cwd, options.out);
  if (dirname(out) !== dirname(model))
    throw new UsageError(`--out: ${out} is not beside ${model}, and a spec names its model file relative to itself`);
  const images = await photographs(options.photos, terminal, reporter);
  const sheet = images.length > 0 ? out.replace(/\.json$/, '') + '.draft.jpg' : null;
  await claimFiles([out, ...(sheet ? [sheet] : [])], options);
  const draft = await draftModelSpec(model, {
    backends: await backendsWith({ sessions: 2 }, cwd),
    ...{ vision, heads: await headsWith(options.head, cwd), images, signal },
    onProgress: ({ done, total }) => reporter.progress('try', { done, failed: 0, total }),
  });
  reporter.settle();
  await storeFile(out, `${JSON.stringify({ ...schema, ...draft.written }, null, 2)}\n`, options);
  const drawn = draft.images.length > 0 ? sheet : null;
  if (drawn) await storeFile(drawn, await drawHypotheses(draft, signal), options);
  if (options.json) await writeData(stdout, `${JSON.stringify(asJson(draft, out, drawn))}\n`);
  else await writeData(stdout, `${printableLines(linesOf(draft, out, drawn).join('\n'))}\n`);
}

function specPath(model: string): string {
  const name = basename(model) === 'model.json' ? basename(dirname(model)) : basename(model, extname(model));
  return join(dirname(model), `${name}.spec.json`);
}

async function photographs(photos: readonly string[], terminal: Terminal, reporter: Reporter): Promise<Image[]> {
  if (photos.length === 0) return [];
  const all: Image[] = [];
  for await (const { image } of await openSource({ images: photos }, terminal, reporter)) all.push(image);
  return all;
}

/** What one reading finds in the first photograph that can be read, beside the others. */
function drawHypotheses({ images, hypotheses }: Draft, signal: AbortSignal): Promise<Uint8Array> {
  const image = images[0]!;
  const cells = hypotheses.slice(0, mostShown).map(({ spec, words, evidence, found }, place) => ({
    image,
    layers: detections(rowsOf(found), { labels: spec.labels }),
    caption: `${place + 1}. ${evidence?.toFixed(2) ?? 'refused'}: ${words.replaceAll('; ', '\n')}`,
  }));
  return contactSheet(cells, {
    ...{ format: 'jpeg', columns: 3, cellSize: { width: 480, height: 360 }, captionLines: 3, signal },
  });
}

/** Both kinds of rows, which the drawing takes as they are. */
function rowsOf(found: Hypothesis['found']): DetectionRow[] {
  return found ? [...(found as Iterable<DetectionRow>)] : [];
}

function linesOf({ known, guessed, unreadable, hypotheses }: Draft, out: string, sheet: string | null): string[] {
  const numbers = (hypothesis: Hypothesis): string =>
    hypothesis.evidence === null || hypothesis.consistency === null
      ? 'refused by its head'
      : `${hypothesis.evidence.toFixed(2)} (${counted(hypothesis.numImages, 'photograph')}, agreement ${hypothesis.consistency.agreement.toFixed(2)}, sharpness ${hypothesis.consistency.sharpness.toFixed(2)})`;
  const tried = sheet ? hypotheses.slice(0, mostShown) : [];
  return [
    ...known.map((line) => `known    ${line}`),
    ...guessed.map((line) => `guessed  ${line}`),
    ...unreadable.map((line) => `left out ${line}`),
    ...tried.map((hypothesis, place) => `${place + 1}. ${numbers(hypothesis)}: ${hypothesis.words}`),
    `wrote ${out}${sheet ? `; what each reading finds is in ${sheet}` : ''}`,
  ];
}

function asJson({ known, guessed, unreadable, hypotheses }: Draft, out: string, sheet: string | null): object {
  const tried = hypotheses.map(({ spec, words, numImages, evidence, consistency }) => {
    return { words, numImages, evidence, consistency, spec };
  });
  return { out, sheet, known, guessed, unreadable, hypotheses: tried };
}

const schema = { $schema: 'node_modules/@qualm/types/model-spec.schema.json' };
