import { select } from 'qualm';

const [, , photos = '', model = '', modelRoot = ''] = process.argv;
const selection = await select({ images: photos, model, modelRoot });
console.log(`${selection.images.length} images`);
console.log(`${selection.toTable().numRows()} rows`);
console.log(`${selection.boxes.length} boxes`);
const { cells } = await selection.report('out.html');
console.log(`${cells} cells`);
