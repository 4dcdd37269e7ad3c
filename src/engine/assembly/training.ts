export { growBelow } from "./_below";
export { histogramClasses, subtractCells } from "./_histogram";
export { writeFoundLevels } from "./_split";
export { growWhole } from "./_whole";
export { buildHistogram, findBestSplit, partitionRows } from "./_steps";
export { run, serve } from "./_team";
// Called by the kernels alone; exported so that none is merged into its caller.
export { copyColumns, fillBins, sortReals } from "./_binning";
export { packGiven, packLogistic, sumPacked } from "./_gradients";
export { histogram16, histogram8, histogramList } from "./_histogram";
export { addLeaves, partition16, partition8, walk } from "./_rows";
