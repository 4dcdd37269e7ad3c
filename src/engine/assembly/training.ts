export { subtractCells } from "./_histogram";
export { spin, work } from "./_team";
