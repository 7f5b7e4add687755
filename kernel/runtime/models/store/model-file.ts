/**
 * The files of a saved model: TensorFlow.js's layers-model format, with the masks packed and in one place.
 *
 * `model.json` (or `name.json`) is what tfjs writes (`modelTopology`, `weightsManifest`, `trainingConfig`, …) and a member
 * `patchbay: { version, masks, optimizerScalars }`; the binary file beside it holds the weights, then the optimizer's.
 */
import type { io } from '@tensorflow/tfjs';
import { asList, isRecord, message, type Json } from '../record.js';
import { putMasksBack, takeMasksOut } from './mask-table.js';

const VERSION = 1;

/** @returns the text of the description, given the name of the file of weights beside it */
export function toJson(artifacts: io.ModelArtifacts, optimizerScalars?: Readonly<Record<string, number>>): (bin: string) => string {
  const { topology, masks } = takeMasksOut(artifacts.modelTopology);
  return (bin) =>
    JSON.stringify({
      format: artifacts.format,
      generatedBy: artifacts.generatedBy,
      convertedBy: artifacts.convertedBy,
      modelTopology: topology,
      trainingConfig: artifacts.trainingConfig,
      userDefinedMetadata: artifacts.userDefinedMetadata,
      weightsManifest: [{ paths: [bin], weights: artifacts.weightSpecs ?? [] }],
      patchbay: { version: VERSION, masks, optimizerScalars },
    });
}

export interface Described {
  /** Everything but the weights' data. */
  readonly artifacts: io.ModelArtifacts;
  /** Files of weights, in order, relative to the JSON. */
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly optimizerScalars: unknown;
}

/** @throws Error that ends the sentence "file …": what is wrong with the text as a saved model */
export function fromJson(text: string): Described {
  const json = parse(text);
  if (json['format'] === 'graph-model') throw new Error('is a graph model of TensorFlow.js, which has no layers; tf.loadGraphModel loads it');
  const { modelTopology, weightsManifest, trainingConfig, userDefinedMetadata, patchbay } = json;
  if (!isRecord(modelTopology)) throw new Error(`is no saved model: it has no "modelTopology" (it has ${Object.keys(json).slice(0, 6).join(', ') || 'nothing'})`);
  const groups = asList(weightsManifest)?.filter(isRecord);
  if (!groups) throw new Error('is no saved model: it has no "weightsManifest"');
  // SAFETY: weight specs as tfjs wrote them; `byteLength` and tfjs's own decoder check what they use of them.
  const specs = groups.flatMap(({ weights }) => (asList(weights) ?? []) as io.WeightsManifestEntry[]);
  const ours = isRecord(patchbay) ? patchbay : undefined;
  if (ours && ours['version'] !== VERSION) throw new Error(`was written by a newer Patchbay (format ${String(ours['version'])}, this one reads ${VERSION})`);
  return {
    artifacts: {
      // SAFETY: a JSON object, as tfjs takes it.
      modelTopology: (ours ? putMasksBack(modelTopology, asList(ours['masks']) ?? []) : modelTopology) as object,
      weightSpecs: specs,
      // SAFETY: tfjs checks its members when it compiles the model.
      ...(isRecord(trainingConfig) && { trainingConfig: trainingConfig as unknown as io.TrainingConfig }),
      // SAFETY: any JSON object that the user gave to setUserDefinedMetadata.
      ...(isRecord(userDefinedMetadata) && { userDefinedMetadata: userDefinedMetadata as Record<string, object> }),
    },
    paths: groups.flatMap(({ paths }) => (asList(paths) ?? []).map(String)),
    bytes: specs.reduce((sum, spec) => sum + byteLength(spec), 0),
    optimizerScalars: ours?.['optimizerScalars'],
  };
}

function parse(text: string): Json {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON (${message(error)})`, { cause: error });
  }
  if (!isRecord(json)) throw new Error('is no saved model: it holds no JSON object');
  return json;
}

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8, uint8: 1, uint16: 2, float16: 2 };

/** Of the file; NaN for strings, whose length only the data says. */
function byteLength({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  return shape.reduce((product, extent) => product * extent, 1) * (BYTES[quantization?.dtype ?? dtype] ?? NaN);
}
