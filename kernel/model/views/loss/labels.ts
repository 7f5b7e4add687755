/** Labels at the ends of lines. */

export interface EndLabel {
  readonly text: string;
  /** Where its line ends, in pixels from the top. */
  readonly y: number;
}

/** The same labels, at least `gap` apart, as near to their lines as that allows, within 0 to `height`. */
export function spreadLabels<Label extends EndLabel>(labels: readonly Label[], gap: number, height: number): readonly (Label & { readonly at: number })[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  const at: number[] = [];
  for (const { y } of sorted) at.push(Math.max(Math.max(0, Math.min(height, y)), (at.at(-1) ?? -Infinity) + gap));
  // From below: what has been pushed out of the picture pushes back.
  for (let k = at.length - 1, limit = height; k >= 0; k--) {
    at[k] = Math.min(at[k] ?? 0, limit);
    limit = (at[k] ?? 0) - gap;
  }
  return sorted.map((label, k) => ({ ...label, at: at[k] ?? 0 }));
}
