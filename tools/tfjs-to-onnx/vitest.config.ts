import { testProject } from '../../vitest.project.ts';

export default testProject('@qualm/tfjs-to-onnx');
