/** The kinds of files that tell of deployments, by their names: each with the globs that find them, and what of a path says that it is one. */
const KINDS = {
  samConfig: { globs: ['**/samconfig.{toml,yaml,yml}'], names: /(?:^|\/)samconfig\.(?:toml|ya?ml)$/i },
  cdkManifest: { globs: ['**/cdk.out/**/manifest.json'], names: /(?:^|\/)cdk\.out\/(?:.*\/)?manifest\.json$/i },
  terraformVariables: {
    globs: ['**/*.tfvars', '**/*.tfvars.json', '**/*.tfbackend', '**/*backend*.hcl'],
    names: /\.(?:tfvars(?:\.json)?|tfbackend)$|(?:^|\/)[^/]*backend[^/]*\.hcl$/i,
  },
  pipeline: {
    globs: [
      '**/.github/**/*.{yml,yaml}',
      '**/.{gitea,forgejo,circleci,gitlab,buildkite}/**/*.{yml,yaml}',
      '**/{.gitlab-ci,*.gitlab-ci,bitbucket-pipelines,.drone,Taskfile,taskfile}.{yml,yaml}',
      '**/{azure-pipelines,buildspec}*.{yml,yaml}',
      '**/*buildspec.{yml,yaml}',
    ],
    names:
      /(?:^|\/)(?:\.(?:github|gitea|forgejo|circleci|gitlab|buildkite)\/.+|(?:[^/]*\.gitlab-ci|bitbucket-pipelines|\.drone|taskfile|azure-pipelines[^/]*|buildspec[^/]*|[^/]*buildspec))\.ya?ml$/i,
  },
  makefile: {
    globs: ['**/{Makefile,makefile,GNUmakefile}', '**/*.mk'],
    names: /(?:^|\/)(?:GNU)?makefile$|\.mk$/i,
  },
  packageScripts: { globs: ['**/package.json'], names: /(?:^|\/)package\.json$/ },
  shellScript: { globs: ['**/*.{sh,bash,zsh,ksh,ps1,bat,cmd}'], names: /\.(?:sh|bash|zsh|ksh|ps1|bat|cmd)$/i },
  sourceCode: {
    globs: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,go,java,kt,kts,cs,rb,rs,php}'],
    names: /\.(?:[mc]?ts|tsx|[mc]?js|jsx|py|go|java|kts?|cs|rb|rs|php)$/i,
  },
} as const satisfies Record<string, { readonly globs: readonly string[]; readonly names: RegExp }>;

/** What a file is that tells of deployments. */
export type EvidenceKind = keyof typeof KINDS;

/** Globs of all files that `readEvidence` reads. */
export const EVIDENCE_GLOBS: readonly string[] = Object.values(KINDS).flatMap(({ globs }) => globs);

/** What kind of such a file one is by its path; `undefined` for any other. */
export function evidenceKind(path: string): EvidenceKind | undefined {
  for (const kind of Object.keys(KINDS) as EvidenceKind[]) if (KINDS[kind].names.test(path)) return kind;
  return undefined;
}
