import { match } from '@qualm/evaluation';
import { createEntropy, entropy, leastConfidence, margin, ratio } from '@qualm/strategies';
import { Box2d, ClassScores, ClassScoresColumn, Image, Mask, QualmError } from '@qualm/types';
import { box, compose, loadFont, mask, renderCanvas, renderSvg, text } from '@qualm/viz/svg';
import type { CanvasContext, Layer } from '@qualm/viz/svg';
import { uncertaintyHistogram } from '@qualm/viz/charts';

const size = { width: 320, height: 240 };
const ring = [20, 20, 120, 30, 100, 140, 30, 120];

/** What the packages that run in browsers compute, as JSON: the same wherever it runs. */
export function results(): unknown {
  const shape = Mask.fromPolygons([ring], size);
  const scores = Float32Array.from({ length: 90 * 50 }, (_, index) => Math.abs(Math.sin(index)));
  const vectors = [entropy, margin, ratio, leastConfidence].map((strategy) =>
    Array.from(strategy.scoreRows!(scores, 90)),
  );
  const rows = new ClassScores(Float32Array.of(0, 0, 9, 9), Float32Array.of(0.5, 0.25), Int32Array.of(3, 1), 2);
  const drawn = { boxes: Float32Array.of(0, 0, 9, 9), labelIds: [1] };
  return {
    iou: new Box2d(0, 0, 20, 20).iou(new Box2d(10, 10, 30, 30)),
    mask: { area: shape.area, coco: shape.toCocoString() },
    column: Array.from(ClassScoresColumn.from([rows, null]), (row) => row && [...row.scores]),
    image: Image.fromUri('/a b').equals(Image.fromUri('file:///a%20b')),
    error: QualmError.is(new QualmError('io', 'x'), 'io'),
    normalized: createEntropy({ normalized: true })([0.5, 0.25]),
    matched: match(drawn, { ...drawn, labelIds: [2] }),
    vectors,
    svg: svg(),
  };
}

/** A mask, a box and a line of text. */
export function scene(): Layer {
  const outline = mask(Mask.fromPolygons([ring], size), { color: 'blue' });
  const cat = box(new Box2d(10, 10, 130, 150), { label: 'cat 0.51', color: 'yellow', strokeWidth: 3 });
  return compose(outline, cat, text('least sure <first>', [5, 235], { anchor: 'bottom-left' }));
}

/** The scene as SVG. */
export function svg(): string {
  return renderSvg(size, scene());
}

/** The scene on a canvas of this browser, in the font of pictures. */
export async function draw(canvas: { getContext(kind: '2d'): unknown }, font: ArrayBuffer): Promise<void> {
  await loadFont(font);
  renderCanvas(canvas.getContext('2d') as CanvasContext, size, scene());
}

/** A chart. */
export function chart(): string {
  return uncertaintyHistogram([0.1, 0.2, 0.2, 0.7, NaN], { label: 'margin' });
}
