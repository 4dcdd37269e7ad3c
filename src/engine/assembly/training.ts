export { growBelow } from "./_below";
export { histogramClasses, subtractCells } from "./_histogram";
export { writeFoundLevels } from "./_split";
export { growWhole } from "./_whole";
export { spin, work } from "./_team";
