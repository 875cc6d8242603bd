import { stringify } from 'yaml';

const requirements: Readonly<Record<string, readonly string[]>> = {
  onnx: ['mlflow', 'numpy', 'onnx', 'onnxruntime'],
};

const python = '3.11';

/** The files from which MLflow makes a Python environment to serve a model in. None where Python
 * has no flavor for it.
 */
export function environmentFiles(flavor: string): Readonly<Record<string, string>> {
  const packages = requirements[flavor];
  if (!packages) return {};
  return {
    'requirements.txt': `${packages.join('\n')}\n`,
    'python_env.yaml': stringify({ python, build_dependencies: ['pip'], dependencies: ['-r requirements.txt'] }),
    'conda.yaml': stringify({
      name: 'mlflow-env',
      channels: ['conda-forge'],
      dependencies: [`python=${python}`, 'pip', { pip: packages }],
    }),
  };
}
