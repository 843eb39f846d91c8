export declare function obtainNeovim(): string;
