#!/bin/bash
#SBATCH --job-name=qualm-predict
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --requeue
# One task of the array predicts one share of the images. Submit it with slurm-submit.sh.
set -euo pipefail

share=shares/$SLURM_ARRAY_TASK_ID

# Slurm runs a task again only when it is gone: a lock is that of a task that was killed.
rm -f "$share/_qualm.lock"

qualm predict --images photos --model model.json --sessions 4 \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --out "$share" --resume
