"""Writes src/labels/imagenet-names.ts: the 1000 classes of ImageNet (ILSVRC2012) as torchvision names them, in the order of
models' outputs. pip install torchvision && python write-imagenet-names.py

torchvision is under BSD-3-Clause; its names are the first words of WordNet's synsets.
"""
import ast, importlib.metadata, importlib.util, pathlib, textwrap

package = pathlib.Path(importlib.util.find_spec("torchvision").origin).parent
tree = ast.parse((package / "models/_meta.py").read_text())
names = next(ast.literal_eval(node.value) for node in tree.body
             if isinstance(node, ast.Assign) and node.targets[0].id == "_IMAGENET_CATEGORIES")
assert len(names) == 1000 and not any(mark in name for name in names for mark in ",`\\$")
lines = textwrap.fill(", ".join(names), 118, break_long_words=False, break_on_hyphens=False)
version = importlib.metadata.version("torchvision").split("+")[0]
target = pathlib.Path(__file__).parent.parent / "src/labels/imagenet-names.ts"
target.write_text(f"""/* Written by scripts/write-imagenet-names.py from torchvision {version}. */

/** The 1000 classes of ImageNet (ILSVRC2012), in the order of models' outputs, with commas between.
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/_meta.py
 */
export const imagenetNames = `{lines}`;
""")
