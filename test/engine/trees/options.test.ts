import { describe, expect, it, test } from "vitest";
import { namedOptions, type OptionRules, type OptionValues, readOptions, snakeCase } from "../../../src/engine/options.ts";
import { createMetric } from "../../../src/engine/trees/metrics/index.ts";
import { REFUSED } from "../../../src/engine/trees/option-refused.ts";
import { BOOSTING_RULES, FOREST_RULES } from "../../../src/engine/trees/option-rules.ts";
import type { MetricChoice } from "../../../src/engine/trees/option-shapes.ts";
import { boostingOptions, forestOptions } from "../../../src/engine/trees/options.ts";
import type { BoostingGiven, BoostingOwn, ForestGiven, ForestOwn } from "../../../src/engine/trees/options-given.ts";
import { givenSource, namesSource, optionsPage } from "./option-pages.ts";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Other spellings of "leaf-wise" and "depth-wise". */
type Synonyms = "lossguide" | "Lossguide" | "depthwise" | "Depthwise";
/** What early_stopping may say without a number. */
type Switch<K> = K extends "earlyStoppingRounds" ? "auto" : never;
/** What may be absent is read as a number, a limit of 0; true and false too; a choice under another name as itself; a list of one metric as that one. */
type Read<G> = {
  readonly [K in keyof G]-?: Exclude<
    G[K],
    (number extends G[K] ? null | undefined | boolean : undefined | Synonyms) | Switch<K> | readonly [MetricChoice]
  >;
};

const sets: [string, OptionRules][] = [
  ["boosting", BOOSTING_RULES],
  ["forest", FOREST_RULES],
];

test("the page and the interface are what the table gives", async () => {
  await expect(optionsPage()).toMatchFileSnapshot("../../../docs/engine-options.md");
  await expect(namesSource()).toMatchFileSnapshot("../../../src/engine/trees/option-names.ts");
  await expect(givenSource()).toMatchFileSnapshot("../../../src/engine/trees/options-given.ts");
  const isSame: [Same<Read<BoostingOwn>, OptionValues<typeof BOOSTING_RULES>>, Same<Read<ForestOwn>, OptionValues<typeof FOREST_RULES>>] = [
    true,
    true,
  ];
  expect(isSame).toEqual([true, true]);
});

test("the types know every spelling that is read, and no other", () => {
  const boosting = {
    early_stopping: false,
    grow_policy: "lossguide" as const,
    learning_rate: 0.2,
    n_estimators: 10,
    max_leaves: null,
    min_child_samples: 5,
  } as const satisfies BoostingGiven;
  const forest = { n_estimators: 10, min_samples_leaf: 2 } as const satisfies ForestGiven;
  // @ts-expect-error: a rate is a number
  const wrongValue: BoostingGiven = { learning_rate: "fast" };
  // @ts-expect-error: no such option
  const wrongName: BoostingGiven = { learnrate: 1 };
  // @ts-expect-error: no such metric
  const wrongMetric: BoostingGiven = { metric: "rmsee" };
  // @ts-expect-error: what follows "@" is a number
  const wrongNumber: BoostingGiven = { earlyStoppingMetric: "ndcg@ten" };
  const metrics = [
    "auc",
    "AUC",
    "Logloss",
    "MultiClass",
    "PRAUC",
    "neg_log_loss",
    "binary_logloss",
    "ndcg@10",
    "NDCG@5",
    "quantile@0.9",
  ] as const;
  for (const metric of metrics) expect(boostingOptions({ eval_metric: [metric] }).earlyStoppingMetric).toBe(metric);
  for (const wrong of [wrongMetric.metric, wrongNumber.earlyStoppingMetric])
    expect(() => createMetric(wrong as string, { loss: "lambdarank" }, 1)).toThrow();
  expect(boostingOptions(boosting)).toMatchObject({ learningRate: 0.2, numIterations: 10, numLeaves: 0, minDataInLeaf: 5 });
  expect(forestOptions(forest).minDataInLeaf).toBe(2);
  for (const wrong of [wrongValue, wrongName]) expect(() => boostingOptions(wrong)).toThrow();
});

describe.each(sets)("%s", (what, rules) => {
  it("every option has a meaning, and no name or alias stands for two", () => {
    const names = Object.entries(rules).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => Object.hasOwn(REFUSED, name))).toEqual([]);
    for (const rule of Object.values(rules)) expect(rule.meaning).toMatch(/\.$/);
  });

  it("every default is read back as it is, under every spelling", () => {
    for (const [name, rule] of Object.entries(rules)) {
      for (const alias of [name, ...(rule.aliases ?? [])]) {
        for (const spelled of [alias, snakeCase(alias)]) {
          expect(readOptions(what, rules, { [spelled]: rule.value })[name], spelled).toBe(rule.value);
        }
      }
    }
  });
});

/** LightGBM's own list (LGBM_DumpParamAliases of 4.7.0), for the parameters that have a place here. */
const LIGHTGBM: Readonly<Record<string, readonly string[]>> = {
  num_iterations: [
    "n_iter",
    "nrounds",
    "max_iter",
    "num_tree",
    "num_round",
    "num_trees",
    "num_rounds",
    "n_estimators",
    "num_iteration",
    "num_boost_round",
  ],
  learning_rate: ["eta", "shrinkage_rate"],
  num_leaves: ["max_leaf", "num_leaf", "max_leaves", "max_leaf_nodes"],
  max_depth: [],
  min_data_in_leaf: ["min_data", "min_samples_leaf", "min_child_samples", "min_data_per_leaf"],
  min_sum_hessian_in_leaf: ["min_hessian", "min_sum_hessian", "min_child_weight", "min_sum_hessian_per_leaf"],
  bagging_fraction: ["bagging", "sub_row", "subsample"],
  bagging_freq: ["subsample_freq"],
  pos_bagging_fraction: ["pos_bagging", "pos_sub_row", "pos_subsample"],
  neg_bagging_fraction: ["neg_bagging", "neg_sub_row", "neg_subsample"],
  feature_fraction: ["sub_feature", "colsample_bytree"],
  feature_fraction_bynode: ["colsample_bynode", "sub_feature_bynode"],
  extra_trees: ["extra_tree"],
  max_delta_step: ["max_leaf_output", "max_tree_output"],
  lambda_l1: ["reg_alpha", "l1_regularization"],
  lambda_l2: ["lambda", "reg_lambda", "l2_regularization"],
  min_gain_to_split: ["min_split_gain"],
  top_rate: [],
  other_rate: [],
  min_data_per_group: [],
  max_cat_threshold: [],
  cat_l2: [],
  cat_smooth: [],
  max_cat_to_onehot: [],
  monotone_constraints: ["mc", "monotonic_cst", "monotone_constraint"],
  interaction_constraints: [],
  path_smooth: [],
  max_bin: ["max_bins"],
  min_data_in_bin: [],
  bin_construct_sample_cnt: ["subsample_for_bin"],
  enable_bundle: ["bundle", "is_enable_bundle"],
  early_stopping_round: ["early_stopping", "n_iter_no_change", "early_stopping_rounds"],
  early_stopping_min_delta: [],
  boost_from_average: [],
  is_unbalance: ["unbalance", "unbalanced_sets"],
  scale_pos_weight: [],
  num_threads: ["n_jobs", "nthread", "nthreads", "num_thread"],
  seed: ["random_seed", "random_state"],
  data_sample_strategy: [],
};

test.each(Object.entries(LIGHTGBM))("LightGBM's %s and its aliases are known and are one", (name, aliases) => {
  const found = [name, ...aliases].flatMap((spelled) => [...namedOptions("boosting", BOOSTING_RULES, { [spelled]: 1 }).keys()]);
  expect(found).toHaveLength(aliases.length + 1);
  expect(new Set(found).size).toBe(1);
});

/** The rest of that list. */
const OTHERS = (
  "alpha auc_mu_weights bagging_by_query bagging_seed bagging_fraction_seed boosting boost boosting_type " +
  "categorical_feature cat_column cat_feature categorical_column categorical_features cegb_penalty_feature_coupled " +
  "cegb_penalty_feature_lazy cegb_penalty_split cegb_tradeoff config config_file convert_model convert_model_file " +
  "convert_model_language data train train_data data_filename train_data_file data_random_seed data_seed deterministic " +
  "device_type device drop_rate rate_drop drop_seed eval_at map_at ndcg_at map_eval_at ndcg_eval_at extra_seed fair_c " +
  "feature_contri fc fp feature_contrib feature_penalty feature_fraction_seed feature_pre_filter first_metric_only " +
  "force_col_wise force_row_wise forcedbins_filename forcedsplits_filename fs forced_splits forced_splits_file " +
  "forced_splits_filename gpu_device_id gpu_device_id_list gpu_platform_id gpu_use_dp group_column group query group_id " +
  "query_id query_column header has_header histogram_pool_size hist_pool_size ignore_column blacklist ignore_feature " +
  "input_model model_in model_input is_enable_sparse sparse is_sparse enable_sparse is_provide_training_metric train_metric " +
  "training_metric is_training_metric label_column label label_gain lambdarank_norm lambdarank_position_bias_regularization " +
  "lambdarank_truncation_level linear_lambda linear_tree linear_trees local_listen_port port local_port " +
  "machine_list_filename mlist machine_list machine_list_file machines nodes workers max_bin_by_feature max_drop metric " +
  "metrics metric_types metric_freq output_freq monotone_constraints_method mc_method monotone_constraining_method " +
  "monotone_penalty mc_penalty ms_penalty monotone_splits_penalty multi_error_top_k num_class num_classes num_gpu " +
  "num_grad_quant_bins num_iteration_predict num_machines num_machine objective app loss application objective_type " +
  "objective_seed output_model model_out model_output output_result name_pred pred_name predict_name predict_result " +
  "prediction_name prediction_result parser_config_file poisson_max_delta_step pre_partition is_pre_partition " +
  "precise_float_parser pred_early_stop pred_early_stop_freq pred_early_stop_margin predict_contrib contrib " +
  "is_predict_contrib predict_disable_shape_check predict_leaf_index leaf_index is_predict_leaf_index predict_raw_score " +
  "raw_score predict_rawscore is_predict_raw_score quant_train_renew_leaf refit_decay_rate reg_sqrt save_binary " +
  "is_save_binary is_save_binary_file saved_feature_importance_type sigmoid skip_drop snapshot_freq save_period " +
  "start_iteration_predict stochastic_rounding task task_type time_out top_k topk tree_learner tree tree_type " +
  "tree_learner_type tweedie_variance_power two_round two_round_loading use_two_round_loading uniform_drop use_missing " +
  "use_quantized_grad valid test test_data valid_data test_data_file valid_data_file valid_filenames verbosity verbose " +
  "weight_column weight xgboost_dart_mode zero_as_missing"
).split(" ");

/** Parameters of XGBoost 3, CatBoost and scikit-learn's forests and boosting that are no names of LightGBM's. */
const OF_OTHERS = (
  "use_label_encoder init process_type validate_parameters keep_training_booster free_raw_data goss splitter seed_per_iteration refresh_leaf " +
  "max_cached_hist_node single_precision_histogram multi_strategy updater train_dir snapshot_file save_snapshot snapshot_interval metric_period " +
  "leaf_estimation_method leaf_estimation_iterations leaf_estimation_backtracking model_size_reg fold_len_multiplier approx_on_full_history " +
  "sampling_unit mvs_reg sampling_frequency simple_ctr combinations_ctr per_feature_ctr ctr_target_border_count counter_calc_method " +
  "feature_border_type per_float_feature_quantization has_time langevin diffusion_temperature posterior_sampling penalties_coefficient " +
  "first_feature_use_penalties per_object_feature_penalties gpu_ram_part pinned_memory_size used_ram_limit ctr_leaf_count_limit " +
  "store_all_simple_ctr max_ctr_complexity final_ctr_computation_mode model_shrink_rate model_shrink_mode text_features tokenizers dictionaries " +
  "feature_calcers text_processing embedding_features eval_fraction custom_metric custom_loss metadata name disable_default_eval_metric " +
  "sketch_eps feature_selector one_drop normalize_type sample_type enable_feature_grouping extmem_single_page feature_types " +
  "lambdarank_pair_method lambdarank_num_pair_per_sample lambdarank_unbiased lambdarank_bias_norm lambdarank_score_normalization ndcg_exp_gain " +
  "aft_loss_distribution num_feature max_conflict_rate stratified show_stdv nfold params dtrain train_set valid_names keep_raw_data " +
  "min_samples_split min_weight_fraction_leaf warm_start validation_fraction ccp_alpha criterion oob_score scoring base_score gpu_id predictor " +
  "expectile_alpha lambdarank_normalization use_rmm cache_host_ratio maximize base_margin input_borders output_borders fold_permutation_block od_pval od_type " +
  "best_model_min_trees target_border classes_count class_names random_score_type ignored_features ctr_description ctr_history_unit device_config devices " +
  "dev_score_calc_obj_block_size dev_efb_max_buckets sparse_features_conflict_fraction data_partition fixed_binary_splits min_impurity_split presort " +
  "feature_name feature_names learning_rates reference position eval_names eval_sample_weight eval_class_weight eval_init_score eval_group folds shuffle " +
  "return_cvbooster eval_train_metric fpreproc"
).split(" ");

test.each(["boosting", "forests"])("each of them is answered by a reason of its own: %s", (kind) => {
  const unanswered = [...OTHERS, ...OF_OTHERS].filter((name) => {
    try {
      (kind === "boosting" ? boostingOptions : forestOptions)({ [name]: { of: "no kind" } } as never, { loss: "squared" });
      return true;
    } catch (error) {
      const { message } = error as Error;
      return !message.includes(name) || /did you mean|of its \d+ options are/.test(message);
    }
  });
  expect(unanswered).toEqual([]);
});

test("where no name is near, none is said", () => {
  for (const name of ["bananas", "machine_learning", "topj"])
    expect(() => boostingOptions({ [name]: 1 } as never)).toThrow(/the nearest of its \d+ options are \w+, .*docs\/engine-options.md/);
});

describe("what is read", () => {
  it("names of LightGBM, scikit-learn and XGBoost", () => {
    const lightgbm = boostingOptions({ num_leaves: 7, min_child_samples: 5, reg_lambda: 2, subsample: 0.5, n_estimators: 30 } as never);
    const sklearn = boostingOptions({
      max_leaf_nodes: 7,
      min_samples_leaf: 5,
      l2_regularization: 2,
      baggingFraction: 0.5,
      max_iter: 30,
    } as never);
    expect(lightgbm).toEqual(sklearn);
    expect(lightgbm).toMatchObject({ numLeaves: 7, minDataInLeaf: 5, lambdaL2: 2, sampling: "bagging", numIterations: 30 });
    expect(boostingOptions({ grow_policy: "lossguide", max_depth: -1, max_leaf_nodes: null } as never)).toMatchObject({
      growth: "leaf-wise",
      maxDepth: 0,
      numLeaves: 0,
    });
    expect(forestOptions({ n_estimators: 10, max_features: "sqrt" } as never)).toMatchObject({
      numTrees: 10,
      featureFractionByNode: "sqrt",
    });
  });

  it("undefined is not given, and a name given twice alike is read once", () => {
    expect(boostingOptions({ numLeaves: undefined }).numLeaves).toBe(31);
    expect(boostingOptions({ numLeaves: 9, num_leaves: 9 } as never).numLeaves).toBe(9);
  });
});

const REFUSALS: [object, RegExp][] = [
  [{ maxLeafs: 3 }, /no option "maxLeafs"; did you mean "numLeaves" \(also read as "maxLeaf"\)/],
  [{ learning_rte: 0.1 }, /no option "learning_rte"; did you mean "learningRate"/],
  [{ __proto__x: 3 }, /no option "__proto__x"/],
  [{ num_leaves: 3, max_leaf_nodes: 4 }, /"num_leaves" and "max_leaf_nodes" are one and have different values, 3 and 4/],
  [{ learningRate: 0 }, /above 0, got 0/],
  [{ learningRate: "fast" }, /must be a number or "auto", got "fast"/],
  [{ numIterations: 1.5 }, /whole number, got 1.5/],
  [{ numLeaves: 1 }, /"numLeaves" must not be 1: trees of one leaf learn nothing; give 0 for no limit/],
  [{ feature_fraction_bynode: 3 }, /"feature_fraction_bynode" must be above 0 and at most 1, got 3/],
  [{ class_weight: { yes: 5 } }, /must be "balanced", an object from class number to weight/],
  [{ class_weight: { 0: 1, 1: -5 } }, /weights above 0/],
  [{ class_weight: "balanced", isUnbalance: true }, /class_weight and isUnbalance both weigh the classes/],
  [{ metric: ["auc", "rmse"] }, /must be the name of one metric.*got \["auc","rmse"\]/],
  [{ numIterations: "10" }, /"numIterations" must be a number, got "10"/],
  [{ max_bins: 70_000 }, /"max_bins" must be at least 2 and at most 65535, got 70000/],
  [{ extraTrees: 1 }, /true or false, got 1/],
  [{ growth: "sideways" }, /one of "leaf-wise", "depth-wise", got "sideways"/],
  [{ monotoneConstraints: { age: 2 } }, /from feature name to -1, 0 or 1.*got \{"age":2\}/],
  [{ interactionConstraints: ["a"] }, /list of lists/],
  [{ sampling: "none", subsample: 0.5 }, /subsample draws rows by chance, but sampling is "none"/],
  [{ topRate: 0.3 }, /topRate is for sampling: "goss"/],
  [{ subsample: 0.5, negBaggingFraction: 0.5 }, /subsample draws from all rows/],
  [{ isUnbalance: true, scalePosWeight: 2 }, /both weigh the classes/],
  [{ linear_tree: true }, /no option "linear_tree": leaves are constants/],
  [{ objective: "binary" }, /the training says its loss/],
  [{ max_samples: 0.5 }, /boosting has no option "max_samples": it belongs to forests/],
  [{ something_else: 1 }, /no option "something_else"; the nearest of its \d+ options are /],
];

const FOREST_REFUSALS: [object, RegExp][] = [
  [{ learning_rate: 0.1 }, /forest has no option "learning_rate": it belongs to boosting/],
  [{ early_stopping: true }, /forest has no option "early_stopping": it belongs to boosting/],
  [{ oob_score: true }, /fitForestOutOfBag/],
  [{ class_weight: "balanced_subsample" }, /must be "balanced", an object/],
  [{ num_leaves: 1 }, /"num_leaves" must not be 1: trees of one leaf learn nothing/],
  [{ max_features: 2.5 }, /"max_features" must be above 0 and at most 1/],
  [{ max_samples: 2 }, /"max_samples" must be above 0 and at most 1, got 2/],
];

test.each(FOREST_REFUSALS)("forests: %j is refused", (given, message) => {
  expect(() => forestOptions(given as never)).toThrow(message);
});

test("true, false and scikit-learn's auto are read where a number of rounds may be absent, and beside one", () => {
  const rounds = (given: BoostingGiven) => boostingOptions(given).earlyStoppingRounds;
  expect([rounds({ early_stopping: true }), rounds({ early_stopping: "auto" }), rounds({ early_stopping: false })]).toEqual([50, 50, 0]);
  expect(rounds({ early_stopping: true, n_iter_no_change: 10 })).toBe(10);
  expect(rounds({ n_iter_no_change: 10, early_stopping: "auto" })).toBe(10);
  expect(rounds({ n_iter_no_change: 10, early_stopping: false })).toBe(0);
  expect(() => rounds({ n_iter_no_change: 10, early_stopping_rounds: 20 })).toThrow("different values, 10 and 20");
});

test.each(REFUSALS)("%j is refused", (given, message) => {
  expect(() => boostingOptions(given as never)).toThrow(message);
});
