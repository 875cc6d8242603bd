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
    ['YOLOv5', [1, 64, 8], 'what YOLOv5, YOLOv6 and YOLOv7 export', 'set head.type to "yolov5"'],
    ['segmentation', [1, 39, 64], 'the mask coefficients of a segmentation export', 'set head.task to "segment"'],
    ['pose of 17 points', [1, 58, 64], 'a pose export', 'set head.task to "pose" and head.keypoints to 17'],
    [
      'rotated boxes',
      [1, 8, 64],
      'the angle of a rotated box (OBB), set head.task to "obb"',
      'list the label that is missing',
    ],
  ])('%s', (_, shape, what, advice) => {
    expect(() => decode(shape)).toThrow(what);
    expect(() => decode(shape)).toThrow(advice);
    expect(() => decode(shape)).not.toThrow(/list one label/);
  });

  it('and 80 classes with too few labels is not taken for any of them', () => {
    expect(() => decode([1, 84, 8400], { names: labels.slice(0, 2) })).toThrow(/80 foreground classes|78 labels/);
  });

  it('whole numbers are told, with what to name instead', () => {
    const tensor = createTensor('int32', [1, 7, 4]);
    const head = { type: 'yolov8' as const, outputs: { predictions: 'output0' } };
    const read = () => createHead({ head, labels, input }, 'detections').decode({ output0: tensor }, [geometry]);
    expect(read).toThrow('output "output0" is int32, expected float32 or float16');
  });
});

it('head yolov8 with extraRows reads the class scores alone', () => {
  const [rows] = decode([1, 39, 4], { extraRows: 32 });
  const { scores, label_ids } = rows!.at(0)!;
  expect([...scores]).toEqual([0.5, 0.5, 0.5]);
  expect([...label_ids].sort()).toEqual([0, 1, 2]);
  expect(() => decode([1, 40, 4], { extraRows: 32 })).toThrow('4 foreground classes');
});

describe('yolov8, transposed', () => {
  it('is read where the sizes say so', () => {
    const [rows] = decode([1, 64, 7]);
    expect(rows!.at(0)!.scores.length).toBe(3);
    expect(() => decode([1, 64, 8])).toThrow('set head.type to "yolov5"');
  });

  it('is told from an export with its own NMS by the numbers of classes', () => {
    const names = labels.slice(0, 2);
    expect(decode([1, 300, 6], { names })[0]!.length).toBeGreaterThan(0);
    const rows = Float32Array.from({ length: 1800 }, (_, i) => (i % 6 === 5 ? i % 2 : 0.5));
    const outputs = { output0: createTensor('float32', [1, 300, 6], rows) };
    const head = { type: 'yolov8' as const, outputs: { predictions: 'output0' } };
    const read = () => createHead({ head, labels: names, input }, 'class_scores').decode(outputs, [geometry]);
    expect(read).toThrow('set head.type to "end-to-end"');
  });
});

describe('yolov5', () => {
  const yolov5 = (shape: number[], count: number, fill = 0.5) => {
    const head = { type: 'yolov5' as const, outputs: { predictions: 'output0' } };
    const tensor = createTensor('float32', shape, new Float32Array(shape.reduce((all, one) => all * one)).fill(fill));
    const spec = { head, labels: labels.slice(0, count), input };
    return createHead(spec, 'class_scores').decode({ output0: tensor }, [geometry]);
  };

  it.each<[string, number[], number, string]>([
    ['YOLOv8', [1, 7, 84], 3, 'set head.type to "yolov8"'],
    ['YOLOv8, transposed', [1, 84, 7], 3, 'set head.type to "yolov8"'],
    ['nms=True', [1, 300, 6], 3, 'set head.type to "end-to-end"'],
  ])('names %s', (_, shape, count, advice) => {
    expect(() => yolov5(shape, count)).toThrow(advice);
  });

  it('tells one class from an export with its own NMS, whose sixth numbers are all 0', () => {
    expect(yolov5([1, 84, 6], 1)[0]!.length).toBeGreaterThan(0);
    const rows = Float32Array.from({ length: 1800 }, (_, i) => (i % 6 === 5 ? 0 : 0.5));
    const head = { type: 'yolov5' as const, outputs: { predictions: 'output0' } };
    const outputs = { output0: createTensor('float32', [1, 300, 6], rows) };
    const read = () =>
      createHead({ head, labels: labels.slice(0, 1), input }, 'detections').decode(outputs, [geometry]);
    expect(read).toThrow('set head.type to "end-to-end"');
  });
});

describe('detr', () => {
  const detr = (columns: number, noObject: 'last' | 'none', count = 3) => {
    const head = {
      type: 'detr' as const,
      outputs: { boxes: 'dets', logits: 'labels' },
      activation: 'sigmoid' as const,
      noObject,
    };
    const outputs = {
      dets: createTensor('float32', [1, 5, 4], new Float32Array(20).fill(0.5)),
      labels: createTensor('float32', [1, 5, columns]),
    };
    return createHead({ head, labels: labels.slice(0, count), input }, 'class_scores').decode(outputs, [geometry]);
  };

  it.each<[string, number, 'last' | 'none', string]>([
    ['a column too many', 4, 'none', 'where the last column is "no object", set head.noObject to "last"'],
    ['a column too few', 3, 'last', 'where no column is "no object", set head.noObject to "none"'],
    ['91 columns after fine-tuning', 91, 'last', 'export again with num_classes=3'],
    ['other columns', 20, 'none', 'list one label for each column'],
  ])('says what to do about %s', (_, columns, noObject, advice) => {
    expect(() => detr(columns, noObject)).toThrow(advice);
    expect(() => detr(columns, noObject)).toThrow('the spec has 3 labels');
  });

  it('reads three classes, where both outputs end in 4, and refuses names that are swapped', () => {
    expect(detr(4, 'last')[0]!.at(0)!.scores.length).toBe(3);
    const head = {
      type: 'detr' as const,
      outputs: { boxes: 'labels', logits: 'dets' },
      activation: 'sigmoid' as const,
    };
    const boxes = Float32Array.from({ length: 80 }, (_, i) => 0.2 + (i % 7) / 10);
    const logits = Float32Array.from({ length: 80 }, (_, i) => (i % 11) / 2 - 4);
    const outputs = {
      dets: createTensor('float32', [1, 20, 4], boxes),
      labels: createTensor('float32', [1, 20, 4], logits),
    };
    const told: string[] = [];
    const made = createHead({ head: { ...head, noObject: 'last' }, labels, input }, 'class_scores');
    made.decode(outputs, [geometry], (_image, { message, isFatal }) => told.push(`${isFatal}: ${message}`));
    expect(told).toEqual([expect.stringContaining('true: head detr: ')]);
  });
});
