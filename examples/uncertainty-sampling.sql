-- Which boxes is a detector least sure of, what does it take for what, and how many of each does it find? In Spark's SQL.
--
--   npx tsx examples/mlflow.ts      # registers ssd and class_scores in ./qualm-models, once
--   npx qualm sql --dialect spark --function coco_name=./examples/coco-name.ts#cocoName -f examples/uncertainty-sampling.sql

CREATE OR REPLACE MODEL ssd OPTIONS (batch_size=64, num_workers=4) USING 'mlflow:/ssd';

CREATE OR REPLACE MODEL class_scores OPTIONS (batch_size=64, num_workers=4) USING 'mlflow:/class_scores';

SHOW MODELS;

-- Any folder of photographs will do; these are those of the demo.
CREATE OR REPLACE TEMPORARY VIEW coco_1k AS SELECT image_id, image FROM read_images('.cache/demo/photographs');

-- The least confident of the boxes that are shown.
SELECT /*+ REPARTITION(200) */ image_id, image, explode(ML_PREDICT(ssd, image)) AS ssd FROM coco_1k ORDER BY ssd.score ASC LIMIT 1000;

-- The smallest margins between the best class and the second best.
SELECT image_id, image, detection, detection.scores[0] - detection.scores[1] as margin FROM (
  SELECT image_id, image, explode(ML_PREDICT(class_scores, image)) AS detection FROM coco_1k
) ORDER BY margin LIMIT 10000;

-- The highest entropies.
SELECT image_id, image, detection, entropy(detection.scores) as entropy FROM (
  SELECT image_id, image, explode(ML_PREDICT(class_scores, image)) AS detection FROM coco_1k
) ORDER BY entropy DESC LIMIT 1000;

-- Which class is taken for which.
CREATE OR REPLACE TEMPORARY VIEW least_margin AS
SELECT image_id, image, detection, detection.scores[0] - detection.scores[1] as margin FROM (
  SELECT image_id, image, explode(ML_PREDICT(class_scores, image)) AS detection FROM coco_1k
) ORDER BY margin LIMIT 10000;

SELECT coco_name(first_class) as first_class, coco_name(second_class) as second_class, cnt, avg_margin FROM (
  SELECT detection.label_ids[0] as first_class, detection.label_ids[1] as second_class, count(image_id) as cnt, avg(margin) as avg_margin
  FROM least_margin GROUP BY first_class, second_class SORT BY cnt DESC);

-- How many there are of six classes.
SELECT * FROM (SELECT coco_name(detection.label_id) as label, count(detection.label_id) AS cnt FROM (
  SELECT explode(ML_PREDICT(ssd, image)) AS detection FROM coco_1k) GROUP BY detection.label_id)
WHERE label IN ('person', 'chair', 'remote', 'cell phone', 'sheep', 'cow') ORDER BY cnt DESC;
