"""Times one run of active learning on the digits by scikit-learn and scikit-activeml. Usage: simulate.py GENERATE RUNS, where GENERATE is
packages/simulator/fixtures/peers/generate.py, whose loop it is."""

import importlib.util
import json
import platform
import sys
import time

import skactiveml
import sklearn

specification = importlib.util.spec_from_file_location("generate", sys.argv[1])
generate = importlib.util.module_from_spec(specification)
specification.loader.exec_module(generate)
seconds = {}
for name in ["random", "margin", "entropy"]:
    began = time.perf_counter()
    for seed in range(int(sys.argv[2])):
        generate.replay(seed, generate.strategies[name])
    seconds[name] = (time.perf_counter() - began) / int(sys.argv[2])
versions = {
    "python": platform.python_version(),
    "scikit-learn": sklearn.__version__,
    "scikit-activeml": skactiveml.__version__,
}
print(json.dumps({"versions": versions, "secondsPerRun": seconds}))
