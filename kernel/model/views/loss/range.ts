/** What an axis spans. */
export interface Range {
  readonly min: number;
  readonly max: number;
}
