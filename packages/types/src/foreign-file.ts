/** What a file turned out to be. */
export interface ForeignFile {
  /** `onnx`, `pytorch`, `hdf5`, `tflite`, `saved-model`, ..., or `other`. */
  readonly kind: string;
  /** As a message says it: `it is ${what}`. */
  readonly what: string;
  /** What to do about it. */
  readonly advice: string;
}

const toOnnx = 'export the model to ONNX';
const decompress = 'decompress it first';
const utf8 = 'save it as UTF-8';

/** By the first bytes, read as Latin-1. Signatures that are letters go on until no text would. */
const known: readonly (readonly [signature: RegExp, kind: string, what: string, advice: string])[] = [
  [/^\xff\xfe\0\0|^\0\0\xfe\xff/, 'utf-32', 'UTF-32', utf8],
  [/^\xff\xfe|^\xfe\xff/, 'utf-16', 'UTF-16', utf8],
  [/^version https:\/\/git-lfs\./, 'git-lfs', 'a Git LFS pointer, which stands for the file', 'run git lfs pull'],
  [
    /^(\xef\xbb\xbf)?\s*(<!doctype html|<html|<head)/i,
    'html',
    'a web page',
    'the download gave a page instead of the file; use the address of the file itself',
  ],
  [
    /^(\xef\xbb\xbf)?\s*<\?xml[^]*?<Error>/,
    'xml-error',
    'the error of a storage server',
    'the download was refused; fetch the file again',
  ],
  [/^\x1f\x8b/, 'gzip', 'gzip', 'decompress it first (gunzip)'],
  [/^\x28\xb5\x2f\xfd/, 'zstd', 'zstd', decompress],
  [/^BZh[1-9]1AY&SY/, 'bzip2', 'bzip2', decompress],
  [/^\xfd7zXZ\0/, 'xz', 'xz', decompress],
  [
    /^\x80[\x02-\x05]|^PK\x03\x04[^]{26}[^/]+\/(data\.pkl|\.format_version|byteorder)/,
    'pytorch',
    'a PyTorch file or another pickle, which qualm never opens',
    'export the model to ONNX (yolo export model=best.pt format=onnx, or torch.onnx.export)',
  ],
  [
    /^\x89HDF\r\n\x1a\n|^PK\x03\x04[^]{26}(metadata|config)\.json/,
    'keras',
    'a Keras model or another HDF5 file',
    'convert it to TensorFlow.js (tensorflowjs_converter) or to ONNX (tf2onnx)',
  ],
  [/^PK\x03\x04/, 'zip', 'a zip file, as .xlsx and .npz are', 'extract the file that you need'],
  [
    /^[^]{4}TFL3/,
    'tflite',
    'a TensorFlow Lite model',
    'convert it to ONNX (python -m tf2onnx.convert --tflite model.tflite --output model.onnx)',
  ],
  [
    /^\x08\x01\x12/,
    'saved-model',
    'a TensorFlow SavedModel',
    'convert it to TensorFlow.js (tensorflowjs_converter) or to ONNX (python -m tf2onnx.convert --saved-model)',
  ],
  [/^\x08[\x03-\x20][\x12\x1a\x22\x2a\x32\x3a\x42]/, 'onnx', 'an ONNX model', 'name it in a model spec'],
  [/^[^]{5}\0\0\0\{"/, 'safetensors', 'weights without their model (safetensors)', toOnnx],
  [/^GGUF[\x01-\x09]\0\0\0/, 'gguf', 'a GGUF file', toOnnx],
  [/^\x93NUMPY/, 'numpy', 'a NumPy array', 'save it as Parquet or CSV'],
  [/^PAR1\x15/, 'parquet', 'a Parquet file', 'name it .parquet'],
  [/^ARROW1\0\0/, 'arrow', 'an Arrow file', 'write it as Parquet'],
  [/^SQLite format 3\0/, 'sqlite', 'a SQLite database', 'export what you need'],
  [/^%PDF-\d/, 'pdf', 'a PDF', 'export what you need'],
  [/^\xff\xd8\xff|^\x89PNG\r\n\x1a\n|^GIF8[79]a|^RIFF[^]{4}WEBP/, 'image', 'an image', 'check the path'],
];

/** How many of a file's first bytes `foreignFile` looks at. */
export const foreignFileBytes = 512;

/** What the first bytes of a file say that it is, for a message where something else was wanted;
 * null where they say nothing, as those of text do.
 * @example foreignFile(new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\n'))?.what // 'a Git LFS pointer, ...'
 */
export function foreignFile(bytes: Uint8Array): ForeignFile | null {
  const head = String.fromCharCode(...bytes.subarray(0, foreignFileBytes));
  const found = known.find(([signature]) => signature.test(head));
  if (!found) return null;
  const [, kind, what, advice] = found;
  return { kind, what, advice };
}

/** What the names in a folder say that it is, likewise: a TensorFlow SavedModel; null where they
 * say nothing.
 * @example foreignFolder(['saved_model.pb', 'variables'])?.kind // 'saved-model'
 */
export function foreignFolder(names: readonly string[]): ForeignFile | null {
  return names.includes('saved_model.pb') ? foreignFile(Uint8Array.of(8, 1, 0x12)) : null;
}
