// Made by scripts/build-kernels.js from src/engine/assembly; sources 94a9af872471daeb. Do not edit.
export const BYTES =
  "AGFzbQEAAAABBwFgA39/fwACEgEDZW52Bm1lbW9yeQIDAYCABAMCAQAHFQIIc3VidHJhY3QAAAZtZW1vcnkCAAo+ATwBAn8gAkEDdCEEA0AgAyAESQRAIAAgA2oiAiAC/QAEACABIANq/QAEAP3RAf0LBAAgA0EQaiEDDAELCws=";
