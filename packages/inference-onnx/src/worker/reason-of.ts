/** The first line of what a foreign error says, without the place in ONNX Runtime's own code. */
export function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  return line.replace(/^\/onnxruntime_src\/\S+:\d+ .* was false\. /, '');
}
