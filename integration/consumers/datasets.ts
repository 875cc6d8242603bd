import { writeFile } from 'node:fs/promises';
import { openFolder, readParquet, writeParquet } from '@qualm/datasets';

await writeFile('b.jpg', '');
await writeFile('a.png', '');
const source = await openFolder('.');
const names = [...source].map(({ image_id }) => String(image_id));
await writeParquet('t.parquet', { image_id: names, score: Float32Array.of(0.5, 0.25) });
const { columns } = await readParquet('t.parquet');
console.log(names.join(), [...columns['image_id']!].join(), [...columns['score']!].join());
