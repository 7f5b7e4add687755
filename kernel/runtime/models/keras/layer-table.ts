/** The layers that Keras and TensorFlow.js share: the arguments of each, as Keras writes them. */

export interface SharedLayer {
  /** Arguments that both have under one name. */
  readonly same: readonly string[];
  /** Keras 3's name to that of tfjs (and Keras 2). */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Arguments that tfjs lacks, with the values under which they change nothing. */
  readonly only?: Readonly<Record<string, readonly unknown[]>>;
  /** Values that tfjs lacks of arguments that both have. */
  readonly not?: Readonly<Record<string, readonly unknown[]>>;
  /** Arguments that are written and never used. */
  readonly unused?: readonly string[];
}

const ofWeights = (name: string): string[] => ['initializer', 'regularizer', 'constraint'].map((part) => `${name}_${part}`);
const WEIGHTS = ['kernel', 'bias'].flatMap(ofWeights);
const DENSE = ['units', 'activation', 'use_bias', ...WEIGHTS];
const IMAGE = ['kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'activation', 'use_bias'];
const CONV = ['filters', ...IMAGE, ...WEIGHTS];
const POOL = ['pool_size', 'strides', 'padding', 'data_format'];
const NONE = [null, undefined];

export const SHARED_LAYERS: Readonly<Record<string, SharedLayer>> = {
  Dense: { same: DENSE, only: { lora_rank: NONE, lora_alpha: NONE } },
  Activation: { same: ['activation'] },
  Dropout: { same: ['rate', 'seed', 'noise_shape'] },
  GaussianNoise: { same: ['stddev'], only: { seed: NONE } },
  GaussianDropout: { same: ['rate'], only: { seed: NONE } },
  Flatten: { same: ['data_format'] },
  Reshape: { same: ['target_shape'] },
  Permute: { same: ['dims'] },
  RepeatVector: { same: ['n'] },
  BatchNormalization: {
    same: [
      ...['axis', 'momentum', 'epsilon', 'center', 'scale', 'beta_initializer', 'gamma_initializer', 'moving_mean_initializer'],
      ...['moving_variance_initializer', 'beta_regularizer', 'gamma_regularizer', 'beta_constraint', 'gamma_constraint'],
    ],
    only: { synchronized: [false], renorm: [false, undefined] },
  },
  LayerNormalization: {
    same: ['axis', 'epsilon', 'center', 'scale', 'beta_initializer', 'gamma_initializer', 'beta_regularizer', 'gamma_regularizer'],
    only: { rms_scaling: [false], beta_constraint: NONE, gamma_constraint: NONE },
  },
  ReLU: { same: ['max_value'], only: { negative_slope: [0], threshold: [0] } },
  LeakyReLU: { same: [], renamed: { negative_slope: 'alpha', alpha: 'alpha' } },
  PReLU: { same: [...ofWeights('alpha'), 'shared_axes'] },
  ELU: { same: [], only: { alpha: [1] } },
  Softmax: { same: ['axis'] },
  Add: { same: [] },
  Average: { same: [] },
  Maximum: { same: [] },
  Minimum: { same: [] },
  Multiply: { same: [] },
  Concatenate: { same: ['axis'] },
  Conv1D: { same: CONV, not: { padding: ['causal'] }, only: { groups: [1], lora_rank: NONE, lora_alpha: NONE } },
  Conv2D: { same: CONV, only: { groups: [1], lora_rank: NONE, lora_alpha: NONE } },
  Conv2DTranspose: { same: CONV, only: { groups: [1], output_padding: NONE } },
  DepthwiseConv2D: { same: ['depth_multiplier', ...IMAGE, ...ofWeights('depthwise'), ...ofWeights('bias')], only: { groups: [1] } },
  SeparableConv2D: { same: ['filters', 'depth_multiplier', ...IMAGE, ...['depthwise', 'pointwise', 'bias'].flatMap(ofWeights)], unused: ofWeights('kernel'), only: { groups: [1] } },
  MaxPooling1D: { same: ['pool_size', 'strides', 'padding'], only: { data_format: ['channels_last', undefined] } },
  MaxPooling2D: { same: POOL },
  AveragePooling1D: { same: ['pool_size', 'strides', 'padding'], only: { data_format: ['channels_last', undefined] } },
  AveragePooling2D: { same: POOL },
  GlobalAveragePooling1D: { same: [], only: { data_format: ['channels_last', undefined], keepdims: [false] } },
  GlobalMaxPooling1D: { same: [], only: { data_format: ['channels_last', undefined], keepdims: [false] } },
  GlobalAveragePooling2D: { same: ['data_format'], only: { keepdims: [false] } },
  GlobalMaxPooling2D: { same: ['data_format'], only: { keepdims: [false] } },
  Cropping2D: { same: ['cropping', 'data_format'] },
  ZeroPadding2D: { same: ['padding', 'data_format'] },
  UpSampling2D: { same: ['size', 'data_format', 'interpolation'] },
  Embedding: {
    same: ['input_dim', 'output_dim', 'embeddings_initializer', 'embeddings_regularizer', 'embeddings_constraint', 'mask_zero', 'input_length'],
    only: { sparse: [false, undefined], lora_rank: NONE, lora_alpha: NONE },
  },
};

/** The masked layer, under the names that Keras code gives to it; its arguments are Dense's and these two. */
export const MASKED_LAYER: SharedLayer = { same: [...DENSE, 'connections', 'bias_mask'] };
export const isMaskedName = (name: string): boolean => /(^|>)(CustomConnected|MaskedDense)$/.test(name);

/** Operations of `keras.ops` on tensors that are the layers of that name. */
export const MERGING_OPERATIONS = new Set(['Add', 'Multiply', 'Maximum', 'Minimum']);

/** What every layer may have, and what says nothing about what it computes. */
export const ANY_LAYER = ['name', 'trainable'];
export const NO_MATTER = new Set(['dtype', 'quantization_config', 'batch_shape', 'batch_input_shape', 'sparse', 'ragged', 'optional', 'renorm_momentum', 'renorm_clipping']);
