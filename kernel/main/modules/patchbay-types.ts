/** Types that `patchbay` exports: an import of one is undefined, an import of any other name that is not there an error. */
export const PATCHBAY_TYPES: ReadonlySet<string> = new Set([
  'Analysis', 'AwaitedMask', 'EarlyStopping', 'FromOptions', 'LayerReport', 'MaskJson', 'MaskSource', 'MaskedConv2dConfig',
  'MaskedDenseConfig', 'StoppedBy', 'TensorData', 'TrainOptions', 'UpdateMaskOptions',
]); // prettier-ignore
