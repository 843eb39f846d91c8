export declare function obtainProgram(name: 'nvim' | 'jq' | 'parallel'): string;
