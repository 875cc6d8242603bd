#!/bin/bash
# Predicts all shares, and merges them when every one is finished.
set -euo pipefail

here=$(dirname "$0")
predict=$(sbatch --parsable "$here/slurm-array.sh")
sbatch --dependency="afterok:$predict" --job-name=qualm-merge --wrap='qualm merge shares/* --out predictions'
