import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readSpec } from '@qualm/pipeline';
import { countText, printable, QualmError } from '@qualm/types';
import { heads } from '@qualm/vision/heads';
import type { Terminal } from '../../terminal/terminal.ts';
import { writeParts } from '../../output/write-data.ts';

interface ListedModel {
  readonly spec: string;
  readonly name: string;
  readonly flavor: string;
  readonly head: string;
  readonly input: string;
  readonly classes: number;
  readonly license: string | null;
}

/** Prints the model specs of a folder, one a line or as one JSON document; other JSON files are
 * passed over.
 */
export async function listModels(folder: string, json: boolean, { stdout, stderr }: Terminal): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const models: ListedModel[] = [];
  for (const name of names) {
    const found = await describe(join(folder, name));
    if (found instanceof Error) stderr.write(`passed over: ${printable(found.message)}\n`);
    else models.push(found);
  }
  await writeParts(
    stdout,
    json ? [`${JSON.stringify(models)}\n`] : models.map((model) => `${printable(line(model))}\n`),
  );
}

async function describe(path: string): Promise<ListedModel | Error> {
  try {
    const spec = await readSpec(path, { heads });
    const { width, height } = spec.input.size;
    return {
      spec: path,
      name: spec.name,
      flavor: spec.flavor,
      head: spec.head.type,
      input: `${width}x${height}`,
      classes: spec.labels.length,
      license: spec.license ?? null,
    };
  } catch (error) {
    if (QualmError.is(error)) return new Error(`${path}: ${error.message}`);
    throw error;
  }
}

function line({ spec, name, flavor, head, input, classes, license }: ListedModel): string {
  return `${name.padEnd(24)} ${flavor.padEnd(5)} ${head.padEnd(10)} ${input.padEnd(9)} ${countText(classes).padStart(5)} ${classes === 1 ? 'class  ' : 'classes'}  ${license ?? ''}  ${spec}`;
}
