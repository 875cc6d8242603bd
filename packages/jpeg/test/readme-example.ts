import { readFile } from 'node:fs/promises';
import { decodeJpeg } from '@qualm/jpeg';

const memory = new WebAssembly.Memory({ initial: 1 });
const image = decodeJpeg(await readFile('street.jpg'), memory);
if (!image) throw new Error('progressive, CMYK, turned, broken: something for another decoder');
const { width, height, end, writeRows } = image;
writeRows(end, 0, height);
const rgba = new Uint8Array(memory.buffer, end, 4 * width * height);
console.log(width, height, rgba.subarray(0, 4)); // the first pixel: red, green, blue, 255
