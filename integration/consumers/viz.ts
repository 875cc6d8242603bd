import { Box2d } from '@qualm/types';
import { box, render, renderSvg } from '@qualm/viz';

const layer = box(new Box2d(2, 2, 30, 20), { label: 'cat', color: 'red' });
const svg = renderSvg({ width: 40, height: 30 }, layer);
const pixels = { data: new Uint8Array(40 * 30 * 3), width: 40, height: 30 };
const png = await render(pixels, layer, { format: 'png' });
console.log(svg.startsWith('<svg'), svg.includes('cat'), Buffer.from(png.slice(1, 4)).toString('latin1'));
