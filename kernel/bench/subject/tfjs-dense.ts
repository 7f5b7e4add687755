/** What one writes in tfjs without Patchbay: a dense layer whose kernel is multiplied by a matrix of zeros and ones. */
import { tf, type Mask } from '../../runtime/index.js';

type Tensor = ReturnType<typeof tf.tensor>;
type Variable = ReturnType<InstanceType<typeof tf.layers.Layer>['addWeight']>;

export interface MaskedTfjsDenseConfig {
  readonly units: number;
  readonly mask: Mask;
  readonly activation: 'linear' | 'relu' | 'softmax';
  readonly inputShape: number[];
}

export class MaskedTfjsDense extends tf.layers.Layer {
  static readonly className = 'PatchbayBenchMaskedDense';
  readonly #config: MaskedTfjsDenseConfig;
  readonly #mask: Tensor;
  #kernel: Variable | undefined;
  #bias: Variable | undefined;

  constructor(config: MaskedTfjsDenseConfig) {
    super({ inputShape: config.inputShape });
    this.#config = config;
    this.#mask = config.mask.toTensor();
  }

  override build(): void {
    const { mask, units } = this.#config;
    this.#kernel = this.addWeight('kernel', [mask.inputs, units], 'float32', tf.initializers.glorotUniform({}));
    this.#bias = this.addWeight('bias', [units], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(): [null, number] {
    return [null, this.#config.units];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tf.tidy(() => {
      const input = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!input || !this.#kernel || !this.#bias) throw new Error('a layer is called with one input, when it is built');
      const sum = tf.add(tf.dot(input, tf.mul(this.#kernel.read(), this.#mask)), this.#bias.read());
      const { activation } = this.#config;
      return activation === 'linear' ? sum : activation === 'relu' ? tf.relu(sum) : tf.softmax(sum);
    });
  }
}
