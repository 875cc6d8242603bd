import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import { Box2d, Mask } from '@qualm/types';
import * as charts from '../src/charts.ts';
import * as viz from '../src/index.ts';
import { plain } from './pictures.ts';

const size = { width: 8, height: 8 };
const b = new Box2d(1, 1, 6, 6);
const options = place({}, 'undefined', 'object');
const picture = place(plain(8, 8, [9, 9, 9]));
const layers = place(viz.box(b), 'array');
const list = place([], 'array');
const number = place(1, 'number', 'NaN');
const png = { format: 'png' } as const;
const canvas = Object.fromEntries(
  ['save', 'restore', 'fill', 'stroke', 'fillText', 'setLineDash'].map((name) => [name, () => undefined]),
);
const bins = { lower: [], upper: [], count: [], confidence: [], accuracy: [] };

const calls: Readonly<Record<string, readonly Place[]>> = {
  box: [place(b), options],
  pictureColors: [place([[1]], 'array'), place(['red'], 'undefined')],
  classColor: [place(1, 'number'), place(['red'], 'undefined')],
  clusterOrder: [place([1]), place(1)],
  compose: [place(viz.box(b)), place(viz.box(b))],
  confidenceBar: [place(b), number, options],
  contactSheet: [place([{ image: picture.right }]), place(png)],
  cropRegion: [place(b), place(size), place(0.1, 'number'), place(1, 'undefined', 'number', 'NaN')],
  describePicture: [picture, options],
  detections: [list, options],
  difference: [list, list, options],
  fontsFor: [place(['a'], 'array', 'text', 'empty'), options],
  fullView: [place(size)],
  heatmap: [place([1], 'array'), place({ columns: 1, rows: 1 }), options],
  inkOn: [place('red')],
  jointsOf: [list],
  keypoints: [list, options],
  layout: [layers, place(viz.fullView(size)), options],
  loadFont: [place(new ArrayBuffer(4))],
  luminance: [place('red')],
  mask: [place(Mask.fromBitmap(new Uint8Array(64), size)), options],
  measureText: [place('a', 'text', 'empty'), number],
  placeTags: [list, place(size), place([], 'undefined', 'array')],
  polygon: [list, options],
  render: [picture, layers, place(png)],
  renderCanvas: [place(canvas), place(size), layers, place({ createPath: () => null })],
  renderCrop: [picture, place(b), place(png)],
  renderCrops: [picture, list, options],
  renderSvg: [place(size), layers, options],
  rotatedBox: [place({ cx: 4, cy: 4, width: 2, height: 2, angle: 0 }), options],
  style: [layers, place({}, 'object')],
  svgToPng: [place('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'), options],
  terminalPicture: [place(new Uint8Array(4)), place('kitty'), options],
  text: [place('a', 'text', 'empty'), place([1, 1], 'array'), options],
  toSvg: [place(viz.layout([], viz.fullView(size))), options],
  valueColor: [number, place({ domain: [0, 1] })],

  averagePrecisionByDecile: [list, options],
  chartRegions: [place('<svg/>', 'text', 'empty')],
  confusionMatrix: [list, list, options],
  detectionsPerClass: [list, list, options],
  learningCurves: [place([{ strategy: 'a', seed: 1, labels: 1, accuracy: 1 }]), options],
  marginAgainstConfidence: [list, list, options],
  reliabilityDiagram: [place(bins), options],
  uncertaintyHistogram: [list, options],
};

const functions = [...functionsOf(viz), ...functionsOf(charts)];

describe.each(functions)('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it.each<[string, () => unknown, string]>([
  [
    'box([1, 2, 3, 4])',
    () => viz.box([1, 2, 3, 4] as never),
    'box: its box is an array of 4; expected a box, such as new Box2d(10, 20, 110, 220)',
  ],
  [
    'render(image, a Box2d)',
    () => viz.render(plain(8, 8, [9, 9, 9]), b as never, png),
    'render: a layer is an object of xmin, ymin, xmax, ymax, space; expected what box, mask, text and the like make',
  ],
  [
    'render without a format',
    () => viz.render(plain(8, 8, [9, 9, 9]), [], {} as never),
    "render: format is undefined; expected 'png' or 'jpeg' or 'svg'",
  ],
  [
    'a label that is a number',
    () => viz.renderSvg(size, viz.box(b, { label: 7 as never })),
    'style: label is 7; expected a text',
  ],
  [
    'detections of boxes',
    () => viz.detections([b] as never),
    'detections: a row is an object of xmin, ymin, xmax, ymax, space; expected { box, label_id, score }',
  ],
  [
    'confusionMatrix with labels for names',
    () => charts.confusionMatrix([1], [{ id: 1, name: 'cat' }] as never),
    "confusionMatrix: one of its names is an object of id, name; expected a text, such as 'cat'",
  ],
  [
    'contactSheet of images',
    () => viz.contactSheet([null] as never, { format: 'png' }),
    "contactSheet: a cell is null; expected an object, such as { image, caption: 'dog' }",
  ],
])('%s says what is wanted', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
});
