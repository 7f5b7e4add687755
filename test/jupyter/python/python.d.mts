export declare function jupyterPython(): string | undefined;
export declare const WITHOUT_JUPYTER: string;
