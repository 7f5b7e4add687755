/**
 * How activations lie in memory: by panels of 16 samples. A panel has one row of 16 lanes (64 bytes) a feature; the last
 * panel is as narrow as what is left of the batch, rounded up to four lanes. Lanes that hold no sample are +0. A batch of
 * one is a plain vector.
 */
export const LANES = 16;

/** Lanes of all panels together. */
export function paddedBatch(batch: number): number {
  return batch === 1 ? 1 : Math.ceil(batch / 4) * 4;
}

/** Bytes of `features` rows for a batch. */
export const panelBytes = (features: number, batch: number): number => features * paddedBatch(batch) * 4;

/** Where sample b of feature f lies, counted in floats. */
export function panelIndex(features: number, batch: number, f: number, b: number): number {
  const panel = Math.floor(b / LANES);
  const width = Math.min(LANES, paddedBatch(batch) - panel * LANES);
  return panel * features * LANES + f * width + (b % LANES);
}
