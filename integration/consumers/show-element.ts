import { showElement } from '@qualm/notebook/browser';
import { Box2d, Image as Picture, Mask } from '@qualm/types';
import { confusionMatrix, detectionsPerClass, learningCurves, uncertaintyHistogram } from '@qualm/viz/charts';
import { box, compose, mask } from '@qualm/viz/svg';

/** What `display` is in a page of cells. */
export async function fillPage(photograph: string): Promise<void> {
  const display = (shown: HTMLElement): void => void document.body.append(shown);
  const image = Picture.fromUri(photograph);
  const outline = Mask.fromPolygons([[20, 20, 90, 30, 60, 80]], { width: 160, height: 120 });
  const layers = compose(mask(outline, { color: 'blue' }), box(new Box2d(10, 10, 90, 90), { label: 'cat <b>' }));
  display(await showElement([{ image, label: '<script>alert(1)</script>', margin: 0.25 }]));
  display(await showElement(image, { layers }));
  display(await showElement(image, { layers, maxWidth: 80 }));
  display(await showElement([image, Picture.fromUri('file:///etc/passwd')]));
  display(await showElement(uncertaintyHistogram([0.1, 0.5], { label: 'margin' })));
}

/** Charts as elements, which say their numbers under the pointer. */
export function fillCharts(): void {
  const charts: Element[] = [
    uncertaintyHistogram([0.1, 0.5, 0.5], { label: 'margin', document }),
    confusionMatrix([0, 7, 2, 0], ['cat <b>', 'dog'], { document }),
    detectionsPerClass([3, 1], ['cat', 'dog'], { document }),
    learningCurves(
      [20, 40].map((labels) => ({ strategy: 'margin', seed: 1, labels, accuracy: 0.5 + labels / 100 })),
      { document },
    ),
  ];
  for (const chart of charts) document.body.append(chart);
}
