import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParquetSink } from '@qualm/datasets';
import { ClassScores, Detections, Image } from '@qualm/types';
import type { OutputForm, Prediction } from '@qualm/types';
import { runCli } from './run-cli.ts';

const labels = ['cat', '=dog', 'fox'].map((name, id) => ({ id, name }));
const box = Float32Array.of(1, 2, 30, 40);

const found = {
  class_scores: new ClassScores(box, Float32Array.of(0.5, 0.375, 0.125), Int32Array.of(1, 0, 2), 3),
  detections: new Detections(box, Float32Array.of(0.5), Int32Array.of(1)),
};

/** One image with a box, one without, one that is broken and of which nothing is known. */
async function store(folder: string, form: OutputForm, ids: readonly (string | number)[]): Promise<void> {
  const sink = await createParquetSink(folder, { form, labels, fingerprint: 'f' });
  const image = Image.fromBytes(Uint8Array.of(1));
  const rows: Omit<Prediction, 'image_id' | 'index'>[] = [
    { image: Image.fromUri('file:///=a.jpg'), size: { width: 50, height: 60 }, detections: found[form], error: null },
    { image, size: { width: 50, height: 60 }, detections: noneOf(form), error: null },
    { image, size: null, detections: null, error: { code: 'image-invalid', message: 'broken' } },
  ];
  for (const [at, row] of rows.entries()) await sink.write({ index: at, image_id: ids[at]!, ...row });
  await sink.close();
}

function noneOf(form: OutputForm): ClassScores | Detections {
  const [floats, ids] = [new Float32Array(), new Int32Array()];
  return form === 'detections' ? new Detections(floats, floats, ids) : new ClassScores(floats, floats, ids, 3);
}

/** The columns of a Parquet file as `name:type`, groups as `name:group`. */
async function typesOf(file: string): Promise<string> {
  const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(file));
  const type = ({ type, converted_type }: (typeof schema)[number]): string => converted_type ?? type ?? 'group';
  return schema
    .slice(1)
    .map((element) => `${element.name}:${type(element)}`)
    .join(' ');
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-columns-'));
  await store(join(folder, 'words'), 'class_scores', ['=a', 'b', 'c']);
  await store(join(folder, 'numbers'), 'detections', [1, 2, 3]);
  const coco = {
    images: [1, 2].map((id) => ({ id, file_name: `${id}.jpg`, width: 50, height: 60 })),
    categories: labels,
    annotations: [{ id: 7, image_id: 1, category_id: 2, bbox: [1, 2, 29, 38], area: 1102, iscrowd: 0 }],
  };
  await writeFile(join(folder, 'coco.json'), JSON.stringify(coco));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function listed(command: string, ...more: readonly string[]): Promise<{ csv: string[]; parquet: string }> {
  const file = join(folder, `list-${count++}.parquet`);
  const run = async (...out: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCli([...command.split(' '), ...more, ...out], { cwd: folder });
    expect(code, stderr).toBe(0);
    return stdout;
  };
  await run('--out', file);
  return { csv: (await run()).split('\r\n'), parquet: await typesOf(file) };
}

const box4 = 'box:group xmin:FLOAT ymin:FLOAT xmax:FLOAT ymax:FLOAT';

describe('lists', () => {
  it.each([
    [
      'rank words',
      ['--min-score', '0.99'],
      'rank,image_id,image,box_index,xmin,ymin,xmax,ymax,label,score,second_label,second_score,margin',
      `rank:INT32 image_id:UTF8 image:UTF8 box_index:INT32 ${box4} label:UTF8 score:DOUBLE second_label:UTF8 second_score:DOUBLE margin:DOUBLE`,
    ],
    [
      'rank numbers',
      ['--min-score', '0.99'],
      'rank,image_id,image,box_index,xmin,ymin,xmax,ymax,label,score,margin',
      `rank:INT32 image_id:INT64 image:UTF8 box_index:INT32 ${box4} label:UTF8 score:DOUBLE margin:DOUBLE`,
    ],
    [
      'rank words --level images',
      ['--min-score', '0.99'],
      'rank,image_id,image,width,height,boxes,box_index,label,score,second_label,second_score,box_margin,marginUncertainty,error',
      'rank:INT32 image_id:UTF8 image:UTF8 width:INT32 height:INT32 boxes:INT32 box_index:INT32 label:UTF8 score:DOUBLE second_label:UTF8 second_score:DOUBLE box_margin:DOUBLE marginUncertainty:DOUBLE error:UTF8',
    ],
    [
      'errors numbers --coco coco.json --high-score 0.4 --max-quality 1',
      ['--high-score', '0.99'],
      'rank,image_id,image,error,quality,xmin,ymin,xmax,ymax,ann_id,label,found_box_index,found_label,found_score,other_ann_id,other_label',
      `rank:INT32 image_id:INT64 image:UTF8 error:UTF8 quality:DOUBLE ${box4} ann_id:INT64 label:UTF8 found_box_index:INT32 found_label:UTF8 found_score:DOUBLE other_ann_id:INT64 other_label:UTF8`,
    ],
  ])('of %s have the same columns and types with rows and without', async (command, empty, header, types) => {
    const full = await listed(command);
    const bare = await listed(command, ...empty);
    expect(full.csv.length).toBeGreaterThan(2);
    expect([full.csv[0], full.parquet]).toEqual([header, types]);
    expect([bare.csv[0], bare.parquet]).toEqual([header, types]);
  });
});

describe('formulas in CSV', () => {
  it('are text, unless --raw says otherwise', async () => {
    expect((await listed('rank words')).csv[1]).toMatch(/^1,'=a,file:\/\/\/=a.jpg,0,1,2,30,40,'=dog,/);
    expect((await listed('rank words --raw')).csv[1]).toMatch(/^1,=a,file:\/\/\/=a.jpg,0,1,2,30,40,=dog,/);
    await runCli(['rank', 'words', '--out', 'list.csv'], { cwd: folder });
    expect(await readFile(join(folder, 'list.csv'), 'utf8')).toContain("'=dog");
  });
});
