import { describe, expect, it } from 'vitest';
import { createTensor } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import { createHead } from '../../src/create-head.ts';

const labels = ['red', 'green', 'blue'].map((name, id) => ({ id, name }));
const size = { width: 64, height: 64 };
const input = { size } as ModelSpec['input'];
const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };

function decode(shape: number[], { extraRows, names = labels }: { extraRows?: number; names?: typeof labels } = {}) {
  const head = { type: 'yolov8' as const, outputs: { predictions: 'output0' }, ...(extraRows && { extraRows }) };
  const tensor = createTensor('float32', shape, new Float32Array(shape.reduce((all, one) => all * one)).fill(0.5));
  return createHead({ head, labels: names, input }, 'class_scores').decode({ output0: tensor }, [geometry]);
}

describe('an export that head yolov8 cannot read is named', () => {
  it.each([
    ['nms=True', [1, 300, 6], 'an export with its own NMS', 'nms=False'],
    ['YOLOv7 end2end', [100, 7], 'an export with its own NMS', 'nms=False'],
    ['YOLOv5', [1, 64, 8], 'what YOLOv5 and YOLOv7 export', 'YOLOv5u or later'],
    ['transposed', [1, 64, 7], 'this is [n, anchors, 4 + classes]', 'transpose the output'],
    ['segmentation', [1, 39, 64], 'the mask coefficients of a segmentation export', 'set head.extraRows to 32'],
    ['pose of 17 points', [1, 58, 64], 'a pose export', 'set head.extraRows to 51'],
    ['rotated boxes', [1, 8, 64], 'the angle of a rotated box', 'list the label that is missing'],
  ])('%s', (_, shape, what, advice) => {
    expect(() => decode(shape)).toThrow(what);
    expect(() => decode(shape)).toThrow(advice);
    expect(() => decode(shape)).not.toThrow(/list one label/);
  });

  it('and 80 classes with too few labels is not taken for any of them', () => {
    expect(() => decode([1, 84, 8400], { names: labels.slice(0, 2) })).toThrow(/80 foreground classes|78 labels/);
  });

  it('float16 is told, with how to export again', () => {
    const tensor = createTensor('float16', [1, 7, 4], new Uint16Array(28));
    const head = { type: 'yolov8' as const, outputs: { predictions: 'output0' } };
    const read = () => createHead({ head, labels, input }, 'detections').decode({ output0: tensor }, [geometry]);
    expect(read).toThrow(
      '"output0" is float16, which is not supported; export the model again in float32 (half=False)',
    );
  });
});

it('head yolov8 with extraRows reads the class scores alone', () => {
  const [rows] = decode([1, 39, 4], { extraRows: 32 });
  const { scores, label_ids } = rows!.at(0)!;
  expect([...scores]).toEqual([0.5, 0.5, 0.5]);
  expect([...label_ids].sort()).toEqual([0, 1, 2]);
  expect(() => decode([1, 40, 4], { extraRows: 32 })).toThrow('4 foreground classes');
});
