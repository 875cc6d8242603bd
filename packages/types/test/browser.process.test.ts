import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const program = `
  import { Box2d, ClassScoresColumn, Detections, DetectionsColumn, Image, Mask, QualmError, createTensor }
    from '@qualm/types';
  import { modelSpecSchema } from '@qualm/types/model-spec-schema';
  const detections = new Detections(Float32Array.of(0, 0, 20, 20), Float32Array.of(0.5), Int32Array.of(1));
  const mask = Mask.fromPolygons([[1, 1, 4, 1, 4, 3, 1, 3]], { width: 6, height: 4 });
  answer = JSON.stringify({
    iou: detections.at(0).box.iou(new Box2d(10, 10, 30, 30)),
    column: DetectionsColumn.from([detections, null]).length,
    classes: ClassScoresColumn.from([null]).length,
    area: mask.area,
    counts: mask.toCocoString(),
    rings: Mask.fromRle(mask.toRle(), mask.size).toPolygons(),
    same: Image.fromUri('/a').equals(Image.fromUri('/a')),
    error: QualmError.is(new QualmError('io', 'disk full'), 'io'),
    elements: createTensor('float32', [2, 2]).data.length,
    title: modelSpecSchema.title,
  });
`;

it('@qualm/types bundles for browsers and runs without any global of Node', async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: join(import.meta.dirname, '..') },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    conditions: ['@qualm/source'],
    logLevel: 'error',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  expect(imports.filter(({ external }) => external)).toEqual([]);

  const context = createContext({ answer: null });
  runInContext(outputFiles[0]!.text, context);
  expect(JSON.parse(context.answer as string)).toEqual({
    iou: 1 / 7,
    column: 2,
    classes: 1,
    area: 6,
    counts: '5220007',
    rings: [[4, 1, 4, 3, 1, 3, 1, 1]],
    same: true,
    error: true,
    elements: 4,
    title: 'ModelSpec',
  });
});
