import { decodeJpeg } from '@qualm/jpeg';

const whiteJpeg =
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AKAAD//Z';
const bytes = Uint8Array.from(atob(whiteJpeg), (character) => character.charCodeAt(0));
const memory = new WebAssembly.Memory({ initial: 1 });
const image = decodeJpeg(bytes, memory);
if (!image) throw new Error('not decoded');
image.writeRows(image.end, 0, image.height);
console.log(image.width, image.height, new Uint8Array(memory.buffer, image.end, 4).join());
