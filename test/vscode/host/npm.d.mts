export declare function npm(folder: string, args: readonly string[], options?: { nodeFolder?: string }): void;
