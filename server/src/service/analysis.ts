import type { Catalogue } from './actions/catalogue.ts';
import { resolveUnused } from './actions/unused.ts';
import { withUsedActions } from './actions/usedActions.ts';
import { type CombinedFindings, toReports } from './findings/combine.ts';
import { existingActions } from './findings/existing.ts';
import type { FindingsIndex } from './findings/findingsIndex.ts';
import { matchFindings } from './findings/match.ts';
import type { FindingsMatch, MatchOptions, PolicyPlace } from './findings/rules/outcome.ts';
import type { PolicyDocument, PolicyFile, PolicySyntax, SiblingFacts } from './policy/model.ts';
import type { Generalization, RefineContext } from './refine/entry.ts';
import { type PolicyRefinement, refinePolicy } from './refine/policy.ts';
import type { SettingOrigins } from './settingOrigins.ts';

/** What the user's settings say about refining. */
export interface RefineSettings {
  readonly generalization: Generalization;
  /** Entries such as `s3:Get*` whose actions are never reported nor removed. */
  readonly keep: readonly string[];
  /** Why nothing may be refined now, such as a catalogue that cannot be read. */
  readonly blocked?: string;
  readonly origins?: SettingOrigins;
}

/** All that is known of one policy: what applies to it, and what becomes of it. */
export interface PolicyAnalysis {
  readonly document: PolicyDocument;
  readonly match: FindingsMatch;
  /** Present when findings apply. */
  readonly refined?: { readonly context: RefineContext; readonly refinement: PolicyRefinement };
}

/** All that is known of one file. */
export interface FileAnalysis {
  readonly place: PolicyPlace;
  readonly text: string;
  readonly syntax: PolicySyntax;
  readonly file: PolicyFile;
  readonly policies: readonly PolicyAnalysis[];
  /** The catalogue that it was analysed with: the built-in one, or the user's own. */
  readonly catalogue: Catalogue;
  /** Where the settings come from that it was analysed with. */
  readonly origins: SettingOrigins;
}

/** Analyses files against one state of the findings and settings. Make a new one when either changes. */
export class Analyzer {
  readonly catalogue: Catalogue;
  readonly index: FindingsIndex;
  readonly settings: RefineSettings;
  // Many policies share their findings, and joining findings with the catalogue is the dearer half of the work.
  readonly #contexts = new WeakMap<CombinedFindings, RefineContext>();

  constructor(catalogue: Catalogue, index: FindingsIndex, settings: RefineSettings) {
    this.catalogue = catalogue;
    this.index = index;
    this.settings = settings;
  }

  /**
   * Analyses one file. Never throws on any text.
   * @param siblings what the other files of its folder say of its policies
   */
  analyze(
    text: string,
    syntax: PolicySyntax,
    place: PolicyPlace,
    options?: MatchOptions,
    siblings?: readonly SiblingFacts[],
  ): FileAnalysis {
    const file = syntax.read(text, siblings);
    const policies = file.documents.map((document): PolicyAnalysis => {
      const alone = options?.alone === true && file.documents.length === 1;
      const match = this.match(document, place, { ...options, alone });
      if (match.kind === 'unmatched') return { document, match };
      const context = this.contextFor(match.findings);
      return { document, match, refined: { context, refinement: refinePolicy(document, context) } };
    });
    const { origins = {} } = this.settings;
    return { place, text, syntax, file, policies, catalogue: this.catalogue, origins };
  }

  /** Which findings apply to a policy. */
  match(document: PolicyDocument, place: PolicyPlace, options?: MatchOptions): FindingsMatch {
    const { blocked } = this.settings;
    return blocked === undefined
      ? matchFindings(document, place, this.index, options)
      : { kind: 'unmatched', why: blocked, blocked: true };
  }

  /** What policies to which these findings apply are refined with: the same object for the same findings. */
  contextFor(findings: CombinedFindings): RefineContext {
    let context = this.#contexts.get(findings);
    if (!context) {
      const catalogue = withUsedActions(this.catalogue, existingActions(findings, this.settings.keep));
      const unused = resolveUnused(toReports(findings), catalogue, this.settings.keep);
      context = { catalogue, unused, generalization: this.settings.generalization };
      this.#contexts.set(findings, context);
    }
    return context;
  }
}
