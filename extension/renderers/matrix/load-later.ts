const load = () => import('./later.js');
export type Later = Awaited<ReturnType<typeof load>>;

let loading: Promise<Later> | undefined;
let loaded: Later | undefined;

/** Undefined until it has been loaded once. */
export const later = (): Later | undefined => loaded;

/** Loaded once for all matrices of a page. `failed` says why it is not there; it is tried again the next time. */
export function whenLater(use: (later: Later) => void, failed: (reason: string) => void = () => undefined): void {
  if (loaded) return use(loaded);
  loading ??= load();
  loading.then(
    (module) => use((loaded = module)),
    (error: unknown) => {
      loading = undefined;
      failed(`This could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
    },
  );
}
