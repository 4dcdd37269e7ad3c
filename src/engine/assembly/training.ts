export { histogramClasses, subtractCells } from "./_histogram";
export { spin, work } from "./_team";
