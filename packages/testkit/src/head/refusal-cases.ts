import { createTensor } from '@qualm/types';
import type { OutputProblem, Tensor, TensorMap } from '@qualm/types';
import { isInside } from './decode-cases.ts';
import { changed, refusal } from './head-bench.ts';
import type { HeadBench } from './head-bench.ts';

/** What `decode` says of outputs that it cannot read, and of numbers that are none. */
export function refusalCases({ vitest, make, outputs, numLabels, size, geometry, forms }: HeadBench): void {
  const { expect, test } = vitest;
  const hasClassScores = forms.includes('class_scores');
  const refused = (tensors: TensorMap, count = numLabels, images = 1): string =>
    refusal('shape-mismatch', () =>
      make('detections', { numLabels: count }).decode(
        tensors,
        Array.from({ length: images }, () => geometry),
      ),
    );
  const names = (): readonly string[] => make('detections').outputs;
  const replaced = (name: string, change: (tensor: Tensor) => Tensor): TensorMap => ({
    ...outputs,
    [name]: change(outputs[name]!),
  });

  test('decode without an output is a shape-mismatch that names it', () => {
    for (const name of names()) {
      const { [name]: _left, ...rest } = outputs;
      expect(refused(rest)).toContain(`"${name}"`);
    }
    expect(names().length).toBeGreaterThan(0);
  });

  test('decode of an output of another rank, or of integers, is a shape-mismatch that names it', () => {
    for (const name of names()) {
      const { length } = outputs[name]!.data;
      expect(refused(replaced(name, ({ data }) => createTensor('float32', [length], data as Float32Array)))).toContain(
        `"${name}"`,
      );
      expect(refused(replaced(name, ({ shape }) => createTensor('uint8', shape)))).toContain(`"${name}"`);
    }
    expect(names().length).toBeGreaterThan(0);
  });

  test.runIf(hasClassScores)('decode with another number of labels than the model has is a shape-mismatch', () => {
    expect(refused(outputs, numLabels - 1)).toContain(`${numLabels - 1} labels`);
  });

  test.runIf(!hasClassScores)('decode of a class that has no label is reported, and fatal', () => {
    const problems: OutputProblem[] = [];
    const head = make('detections', { numLabels: numLabels - 1 });
    head.decode(outputs, [geometry], (_image, problem) => problems.push(problem));
    expect(problems).toMatchObject([{ isFatal: true, isOfSpec: true }]);
    expect(problems[0]!.message).toContain(`${numLabels - 1} labels`);
  });

  test('decode of more images than the outputs hold is a shape-mismatch', () => {
    expect(refused(outputs, numLabels, 2)).not.toBe('');
  });

  test('decode of NaN everywhere finds nothing, and reports that once', () => {
    const problems: OutputProblem[] = [];
    const nan = changed(outputs, () => NaN);
    const [found] = make(hasClassScores ? 'class_scores' : 'detections').decode(nan, [geometry], (_image, problem) =>
      problems.push(problem),
    );
    expect(found!.length).toBe(0);
    expect(problems.map(({ isFatal }) => isFatal)).toEqual([true]);
  });

  test.each([NaN, Infinity, -Infinity])(
    'decode with every fifth number %d has finite boxes inside the image',
    (bad) => {
      const tensors = changed(outputs, (value, index) => (index % 5 === 0 ? bad : value));
      const [found] = make('detections').decode(tensors, [geometry]);
      for (const { box, score } of found!) {
        expect(score >= 0 && score <= 1, `score ${score}`).toBe(true);
        expect(isInside(box, size), JSON.stringify(box)).toBe(true);
      }
      expect(found!.length).toBeGreaterThanOrEqual(0);
    },
  );
}
