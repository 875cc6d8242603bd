import type { Detections, OutputProblem, TensorMap } from '@qualm/types';
import { batched, changed, mapped, refusal } from './head-bench.ts';
import type { HeadBench } from './head-bench.ts';

/** What `decode` gives of outputs that are as the options say. */
export function decodeCases({ vitest, make, outputs, untouched, labels, size, geometry, forms }: HeadBench): void {
  const { expect, test } = vitest;
  const hasClassScores = forms.includes('class_scores');
  const detections = (tensors: TensorMap = outputs): Detections => make('detections').decode(tensors, [geometry])[0]!;

  test('outputs names what it reads, all of it given', () => {
    const names = make('detections').outputs;
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !Object.hasOwn(outputs, name))).toEqual([]);
  });

  test('decode(outputs) finds something, and reports nothing', () => {
    const problems: OutputProblem[] = [];
    const [found] = make('detections').decode(outputs, [geometry], (_image, problem) => problems.push(problem));
    expect(found!.length, 'rows of the sample').toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  test('detections have scores of 0 to 1, descending, labels of the spec, boxes inside the image', () => {
    const found = detections();
    expect([...found.scores]).toEqual([...found.scores].sort((a, b) => b - a));
    const ids = labels.map(({ id }) => id);
    for (const { box, score, label_id } of found) {
      expect(score >= 0 && score <= 1, `score ${score}`).toBe(true);
      expect(ids).toContain(label_id);
      expect(isInside(box, size), JSON.stringify(box)).toBe(true);
    }
  });

  test.runIf(!hasClassScores)('class scores, which it cannot give, are refused, with the form that it gives', () => {
    expect(refusal('spec-invalid', () => make('class_scores'))).toContain('"detections"');
  });

  test.runIf(hasClassScores)(
    'class scores are those of all labels, of the boxes of the detections and in their order',
    () => {
      const found = detections();
      const [classes] = make('class_scores').decode(outputs, [geometry]);
      expect(classes!.numClasses).toBe(labels.length);
      expect([...classes!.boxes]).toEqual([...found.boxes]);
      [...classes!].forEach(({ scores, label_ids }, row) => {
        expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
        expect(new Set(label_ids).size).toBe(labels.length);
        expect(scores[0]).toBeCloseTo(found.scores[row]!, 6);
        expect(scores[[...label_ids].indexOf(found.labelIds[row]!)]).toBeCloseTo(found.scores[row]!, 6);
      });
    },
  );

  test('shapes beside boxes are those that the head names, one for each box, of the size of the image', () => {
    const head = make('detections');
    const [found] = head.decode(outputs, [geometry]);
    expect([...(found!.shapes?.kinds ?? [])].sort()).toEqual([...(head.shapes ?? [])].sort());
    expect(found!.shapes?.length ?? found!.length).toBe(found!.length);
    for (const { mask, keypoints = [], rotated_box: turned } of found!) {
      if (mask) expect(mask.size).toEqual(size);
      if (turned) expect(Object.values(turned).every(Number.isFinite), JSON.stringify(turned)).toBe(true);
      for (let at = 0; at < keypoints.length; at += 3)
        expect(!(keypoints[at]! < 0 || keypoints[at]! > size.width), `x ${keypoints[at]}`).toBe(true);
    }
  });

  test('boxes are pixels of the original: twice as wide and three times as high where the image is', () => {
    const original = { width: 2 * size.width, height: 3 * size.height };
    const larger = { ...geometry, original, scaleX: 1 / 2, scaleY: 1 / 3 };
    const [found] = make('detections').decode(outputs, [larger]);
    const wanted = detections().boxes.map((side, place) => side * (place % 2 === 0 ? 2 : 3));
    expect(found!.boxes.length).toBe(wanted.length);
    found!.boxes.forEach((side, place) => expect(side).toBeCloseTo(wanted[place]!, 2));
  });

  test('decode gives each image of a batch what it gives it alone, whatever is beside it', () => {
    const other = changed(outputs, (value) => 0.75 * value);
    const [alone, otherAlone] = [detections(), detections(other)];
    const three = batched([outputs, other, outputs]);
    const found = make('detections').decode(three, [geometry, geometry, geometry]);
    expect(found).toEqual([alone, otherAlone, alone]);
  });

  test('decode leaves outputs as they were, and shares no memory with them or with earlier results', () => {
    const tensors = changed(untouched, (value) => value);
    const head = make('detections');
    const [found] = head.decode(tensors, [geometry]);
    expect(tensors).toEqual(untouched);
    const copy = structuredClone({ ...found });
    mapped(tensors, (tensor) => {
      (tensor.data as Float32Array).fill(0.25);
      return tensor;
    });
    make('detections').decode(tensors, [geometry]);
    head.decode(tensors, [geometry]);
    expect({ ...found }).toEqual(copy);
  });
}

export function isInside(
  {
    xmin,
    ymin,
    xmax,
    ymax,
  }: { readonly xmin: number; readonly ymin: number; readonly xmax: number; readonly ymax: number },
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  return xmin >= 0 && xmin <= xmax && xmax <= width && ymin >= 0 && ymin <= ymax && ymax <= height;
}
