import { expect, it } from 'vitest';
import { untoldWords } from '../src/untold-words.ts';

const input = { size: { width: 8, height: 8 }, layout: 'nchw', dtype: 'float32', channels: 'rgb' } as const;
const letterbox = { mode: 'letterbox', anchor: 'center', pad: 114 } as const;

it('untoldWords(input) names the filter, and the padding where there is some', () => {
  expect(untoldWords({ ...input, resize: letterbox }, true)).toEqual([
    expect.stringContaining('filter'),
    expect.stringContaining('padding'),
  ]);
  expect(untoldWords({ ...input, resize: { mode: 'stretch' } }, true)).toHaveLength(1);
  expect(untoldWords({ ...input, resize: letterbox, filter: 'opencv-linear' }, false)).toEqual([]);
});
