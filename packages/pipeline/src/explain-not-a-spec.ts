import { basename } from 'node:path';
import type { ForeignFile } from '@qualm/types';

/** What to say where a file was given as a spec that is a model, or anything else. */
export function explainNotASpec(path: string, { kind, what, advice }: ForeignFile): string {
  const wanted = `"${path}" is ${what}; expected a model spec: JSON that says how images go in and boxes come out`;
  return kind === 'onnx' ? `${wanted}. ${howToWriteOne(basename(path), 'onnx')}` : `${wanted}; ${advice}`;
}

/** A spec to begin with, for YOLOv8 and its successors, whose exports most people have. */
export function howToWriteOne(model: string, flavor: 'onnx' | 'tfjs'): string {
  const name = model.replace(/\.[^.]*$/, '');
  return `Write one beside it, say ${name}.spec.json, and give its path instead. For a YOLOv8 or YOLO11 export (other heads: docs/model-spec.md), with the data.yaml that it was trained with:

{
  "specVersion": 1,
  "name": ${JSON.stringify(name)},
  "flavor": "${flavor}",
  "files": { "model": ${JSON.stringify(model)} },
  "input": {
    "size": { "width": 640, "height": 640 },
    "layout": "${flavor === 'onnx' ? 'nchw' : 'nhwc'}",
    "dtype": "float32",
    "preset": "ultralytics"
  },
  "head": { "type": "yolov8", "outputs": { "predictions": "output0" } },
  "labels": "data.yaml"
}
`;
}
