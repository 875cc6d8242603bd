import { readFile } from 'node:fs/promises';
import { writeOnnxToys } from '@qualm/testkit';

const { affine } = await writeOnnxToys('toys');
console.log((await readFile(affine)).equals(await readFile(process.argv[2]!)));
