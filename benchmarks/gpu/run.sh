#!/bin/bash
# The CUDA check on a machine that has a GPU and neither a network nor Node, from the repository's root (see README.md here).
# usage: run.sh <kept> <out>; <kept> holds cuda90.so.xz, data.tar.xz, node22.xz, app.tar.xz
set -e
kept=$1 out=$2
for file in node22 cuda90.so; do
  xz -d -T0 -c "$kept/$file.xz" > "$kept/$file"
done
for archive in data app; do
  xz -d -T0 -c "$kept/$archive.tar.xz" | tar -x -C "$kept"
done
sha256sum "$kept/cuda90.so"
chmod +x "$kept/node22"
rm -rf node_modules
mv "$kept/node_modules" node_modules
mv "$kept/cuda90.so" node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so
LD_LIBRARY_PATH=$(python3 -c 'import glob, nvidia; print(":".join(d for p in nvidia.__path__ for d in glob.glob(p + "/*/lib")))')
export LD_LIBRARY_PATH
ldd node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so | grep -E 'not found' || true
"$kept/node22" node_modules/qualm/dist/main.js doctor --json | tee "$out/doctor.json" || true
"$kept/node22" --disable-warning=ExperimentalWarning benchmarks/gpu/cuda.ts "$kept/models" "$kept/photos" 2>&1 | tee "$out/log.txt"
cp benchmarks/results/gpu-cuda.json "$out/"
for model in ssd-fpnlite yolox-nano; do # for average precision, counted elsewhere
  "$kept/node22" node_modules/qualm/dist/main.js predict --coco "$kept/instances96.json" --images "$kept/photos" \
    --model "$kept/$model-ap.json" --model-root "$kept/models" --form detections --min-score 0 --device cuda --out "$kept/$model"
  tar -C "$kept" -cf "$out/$model.tar" "$model"
done
