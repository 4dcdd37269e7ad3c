// Made from option-rules.ts by test/engine/trees/options.test.ts: npx vitest run test/engine/trees/options -u

/** Own names, and every other name of each with the same values. */
export type Spelled<Own, Names> = Own & {
  readonly [K in keyof Names as Names[K] & string]?: K extends keyof Own ? Own[K] : never;
};

/** Other names of the options that boosting and forests share. */
export interface SharedNames {
  readonly numLeaves:
    | "num_leaves"
    | "maxLeafNodes"
    | "max_leaf_nodes"
    | "maxLeaves"
    | "max_leaves"
    | "numLeaf"
    | "num_leaf"
    | "maxLeaf"
    | "max_leaf";
  readonly maxDepth: "max_depth" | "depth";
  readonly growth: "growPolicy" | "grow_policy";
  readonly minDataInLeaf:
    | "min_data_in_leaf"
    | "minSamplesLeaf"
    | "min_samples_leaf"
    | "minChildSamples"
    | "min_child_samples"
    | "minDataPerLeaf"
    | "min_data_per_leaf"
    | "minData"
    | "min_data";
  readonly minSumHessianInLeaf:
    | "min_sum_hessian_in_leaf"
    | "minChildWeight"
    | "min_child_weight"
    | "minSumHessianPerLeaf"
    | "min_sum_hessian_per_leaf"
    | "minSumHessian"
    | "min_sum_hessian"
    | "minHessian"
    | "min_hessian";
  readonly lambdaL1: "lambda_l1" | "regAlpha" | "reg_alpha" | "l1Regularization" | "l1_regularization" | "l1";
  readonly lambdaL2:
    | "lambda_l2"
    | "regLambda"
    | "reg_lambda"
    | "l2Regularization"
    | "l2_regularization"
    | "lambda"
    | "l2LeafReg"
    | "l2_leaf_reg"
    | "l2";
  readonly minGainToSplit: "min_gain_to_split" | "minSplitGain" | "min_split_gain" | "gamma" | "minSplitLoss" | "min_split_loss";
  readonly maxDeltaStep: "max_delta_step" | "maxLeafOutput" | "max_leaf_output" | "maxTreeOutput" | "max_tree_output";
  readonly pathSmooth: "path_smooth";
  readonly featureFraction:
    | "feature_fraction"
    | "colsampleBytree"
    | "colsample_bytree"
    | "colsampleByTree"
    | "colsample_by_tree"
    | "subFeature"
    | "sub_feature";
  readonly featureFractionByNode:
    | "feature_fraction_by_node"
    | "featureFractionBynode"
    | "feature_fraction_bynode"
    | "colsampleBynode"
    | "colsample_bynode"
    | "colsampleByNode"
    | "colsample_by_node"
    | "subFeatureBynode"
    | "sub_feature_bynode"
    | "maxFeatures"
    | "max_features";
  readonly extraTrees: "extra_trees" | "extraTree" | "extra_tree";
  readonly monotoneConstraints:
    | "monotone_constraints"
    | "monotoneConstraint"
    | "monotone_constraint"
    | "monotonicCst"
    | "monotonic_cst"
    | "mc";
  readonly interactionConstraints: "interaction_constraints" | "interactionCst" | "interaction_cst";
  readonly maxBin: "max_bin" | "maxBins" | "max_bins";
  readonly minDataInBin: "min_data_in_bin";
  readonly binSampleRows:
    | "bin_sample_rows"
    | "binConstructSampleCnt"
    | "bin_construct_sample_cnt"
    | "subsampleForBin"
    | "subsample_for_bin";
  readonly enableBundle: "enable_bundle" | "bundle" | "isEnableBundle" | "is_enable_bundle";
  readonly categoricalEncoding: "categorical_encoding";
  readonly maxCatToOnehot: "max_cat_to_onehot" | "oneHotMaxSize" | "one_hot_max_size";
  readonly catSmooth: "cat_smooth";
  readonly catL2: "cat_l2";
  readonly maxCatThreshold: "max_cat_threshold";
  readonly minDataPerGroup: "min_data_per_group";
  readonly classWeight: "class_weight" | "classWeights" | "class_weights";
  readonly allowConstLabel: "allow_const_label";
  readonly numThreads:
    | "num_threads"
    | "nJobs"
    | "n_jobs"
    | "numThread"
    | "num_thread"
    | "nthreads"
    | "nthread"
    | "threadCount"
    | "thread_count";
  readonly seed: "randomState" | "random_state" | "randomSeed" | "random_seed";
}

/** Other names of the options of boosting. */
export interface BoostingNames extends SharedNames {
  readonly numIterations:
    | "num_iterations"
    | "nEstimators"
    | "n_estimators"
    | "maxIter"
    | "max_iter"
    | "numBoostRound"
    | "num_boost_round"
    | "numRounds"
    | "num_rounds"
    | "numRound"
    | "num_round"
    | "rounds"
    | "numTrees"
    | "num_trees"
    | "numTree"
    | "num_tree"
    | "numIteration"
    | "num_iteration"
    | "iterations"
    | "nIter"
    | "n_iter"
    | "nrounds";
  readonly learningRate: "learning_rate" | "eta" | "lr" | "shrinkageRate" | "shrinkage_rate" | "shrinkage";
  readonly sampling: "dataSampleStrategy" | "data_sample_strategy";
  readonly baggingFraction: "bagging_fraction" | "subsample" | "bagging" | "subRow" | "sub_row";
  readonly baggingFreq: "bagging_freq" | "subsampleFreq" | "subsample_freq";
  readonly posBaggingFraction:
    | "pos_bagging_fraction"
    | "posSubsample"
    | "pos_subsample"
    | "posBagging"
    | "pos_bagging"
    | "posSubRow"
    | "pos_sub_row";
  readonly negBaggingFraction:
    | "neg_bagging_fraction"
    | "negSubsample"
    | "neg_subsample"
    | "negBagging"
    | "neg_bagging"
    | "negSubRow"
    | "neg_sub_row";
  readonly topRate: "top_rate";
  readonly otherRate: "other_rate";
  readonly boostFromAverage: "boost_from_average";
  readonly scalePosWeight: "scale_pos_weight";
  readonly isUnbalance: "is_unbalance" | "unbalance" | "unbalancedSets" | "unbalanced_sets";
  readonly earlyStoppingRounds:
    | "early_stopping_rounds"
    | "earlyStoppingRound"
    | "early_stopping_round"
    | "earlyStopping"
    | "early_stopping"
    | "nIterNoChange"
    | "n_iter_no_change"
    | "odWait"
    | "od_wait";
  readonly earlyStoppingMetric:
    | "early_stopping_metric"
    | "metric"
    | "metrics"
    | "metricTypes"
    | "metric_types"
    | "evalMetric"
    | "eval_metric";
  readonly earlyStoppingMinDelta: "early_stopping_min_delta" | "minDelta" | "min_delta" | "tol";
  readonly trainingMetric:
    | "training_metric"
    | "isProvideTrainingMetric"
    | "is_provide_training_metric"
    | "isTrainingMetric"
    | "is_training_metric"
    | "trainMetric"
    | "train_metric";
  readonly onRound: "on_round" | "callback" | "onIteration" | "on_iteration";
}

/** Other names of the options of forests. */
export interface ForestNames extends SharedNames {
  readonly numTrees: "num_trees" | "nEstimators" | "n_estimators" | "numIterations" | "num_iterations" | "ntree" | "trees";
  readonly maxSamples:
    | "max_samples"
    | "baggingFraction"
    | "bagging_fraction"
    | "subsample"
    | "sampleFraction"
    | "sample_fraction"
    | "bagging"
    | "subRow"
    | "sub_row";
}
