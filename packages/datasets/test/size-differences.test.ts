import { expect, it } from 'vitest';
import { createSizeDifferences } from '../src/coco/size-differences.ts';

const size = (width: number, height: number) => ({ width, height });

it.each([
  ['the same size', size(640, 480), size(640, 480), null],
  ['a pixel more or less', size(640, 480), size(641, 479), null],
  ['no size in the file', null, size(640, 480), null],
  ['a broken image', size(640, 480), null, null],
  ['turned', size(640, 480), size(480, 640), 'turned'],
  ['shrunk', size(640, 480), size(320, 240), 'another size'],
  ['cropped', size(640, 480), size(640, 470), 'another size'],
] as const)('createSizeDifferences().add(%s)', (_, labelled, shown, kind) => {
  const differences = createSizeDifferences();
  expect(differences.add(1, labelled, shown)).toBe(kind !== null);
  const counts = { turned: 0, 'another size': 0 };
  expect(differences.counts).toEqual(kind === null ? counts : { ...counts, [kind]: 1 });
});

it('createSizeDifferences().warnings has one for each kind, with a count and an example', () => {
  const differences = createSizeDifferences();
  differences.add(1, size(640, 320), size(320, 640));
  differences.add(2, size(640, 320), size(320, 640));
  differences.add('c\n', size(640, 320), size(64, 32));
  expect(differences.warnings('coco.json', 'its labels are not compared')).toEqual([
    '2 images turned (by EXIF) after labelling: image 1 is 320 x 640 as it is shown, 640 x 320 in the file; its labels are not compared',
    '1 image of another size than coco.json says: image c\\x0a is 64 x 32 as it is shown, 640 x 320 in the file; its labels are not compared',
  ]);
});
