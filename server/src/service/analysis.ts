import type { Catalogue } from './actions/catalogue.ts';
import { resolveUnused } from './actions/unused.ts';
import { withUsedActions } from './actions/usedActions.ts';
import { type CombinedFindings, toReports } from './findings/combine.ts';
import { existingActions } from './findings/existing.ts';
import type { FindingsIndex } from './findings/findingsIndex.ts';
import type { PolicyDocument, PolicyFile, PolicySyntax } from './policy/model.ts';
import type { Generalization, RefineContext } from './refine/entry.ts';
import { type PolicyRefinement, refinePolicy } from './refine/policy.ts';
import type { SettingOrigins } from './settingOrigins.ts';
import { isApplied, isSettled, type Match } from './whose/match.ts';
import type { PolicyStanding } from './whose/standing.ts';

/** What the user's settings say about refining. */
export interface RefineSettings {
  readonly generalization: Generalization;
  /** Entries such as `s3:Get*` whose actions are never reported nor removed. */
  readonly keep: readonly string[];
  /** How sure it must be whose a policy is: `certain` when absent. */
  readonly accepts?: 'certain' | 'likely';
  /** Why nothing may be refined now, such as a catalogue that cannot be read. */
  readonly blocked?: string;
  readonly origins?: SettingOrigins;
}

/** What a policy becomes by the findings that apply to it, and by what it was refined. */
export interface Refined {
  readonly context: RefineContext;
  readonly refinement: PolicyRefinement;
}

/** What the repository says of a policy. Plain data: another thread may have found it out. */
export interface PolicyAnswer {
  readonly standing: PolicyStanding;
  readonly match: Match;
}

/** What the repository says of the policies of a file, by their pointers; `undefined` for one of which it knows nothing. */
export type FileAnswers = (pointer: string) => PolicyAnswer | undefined;

/** Where a file lies, for messages. */
export interface FilePlace {
  /** Absolute, divided by `/`. */
  readonly path: string;
  /** The folder of its repository. */
  readonly root?: string;
}

/** All that is known of one file. */
export interface FileAnalysis {
  readonly place: FilePlace;
  readonly text: string;
  readonly syntax: PolicySyntax;
  readonly file: PolicyFile;
  readonly policies: readonly PolicyAnalysis[];
  /** The catalogue that it was analysed with: the built-in one, or the user's own. */
  readonly catalogue: Catalogue;
  /** Where the settings come from that it was analysed with. */
  readonly origins: SettingOrigins;
}

/** The findings that apply to a policy, whose they are and why. */
export type AppliedFindings = Pick<Match, 'principals' | 'basis' | 'isPinned'> & {
  readonly findings: CombinedFindings;
};

/** All that is known of one policy: what it is, what applies to it, and what becomes of it. */
export class PolicyAnalysis {
  readonly document: PolicyDocument;
  readonly standing: PolicyStanding;
  readonly match: Match;
  /** What it becomes; present when findings apply. */
  readonly refined?: Refined;
  readonly #analyzer: Analyzer;
  #wouldBe: Refined | undefined;

  constructor(document: PolicyDocument, { standing, match }: PolicyAnswer, analyzer: Analyzer) {
    this.document = document;
    this.standing = standing;
    this.match = match;
    this.#analyzer = analyzer;
    if (isApplied(match, analyzer.settings.accepts ?? 'certain')) this.refined = this.#refine();
  }

  /** The findings that apply, or likely do; `undefined` for an open match. Joined when they are first asked for. */
  get findings(): CombinedFindings | undefined {
    return isSettled(this.match) ? this.#analyzer.findingsOf(this.match) : undefined;
  }

  /** The findings by which it is refined, with whose they are; `undefined` where it is not. */
  get applied(): AppliedFindings | undefined {
    const { findings } = this;
    return this.refined && findings ? { ...this.match, findings } : undefined;
  }

  /** What it becomes, or would, were the match taken that is no more than likely; `undefined` for an open one. */
  get wouldBe(): Refined | undefined {
    if (!isSettled(this.match)) return undefined;
    this.#wouldBe ??= this.refined ?? this.#refine();
    return this.#wouldBe;
  }

  #refine(): Refined {
    const context = this.#analyzer.contextFor(this.#analyzer.findingsOf(this.match));
    return { context, refinement: refinePolicy(this.document, context, this.standing) };
  }
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

  /** Analyses one file that was read. Never throws on any text. */
  analyze(text: string, syntax: PolicySyntax, file: PolicyFile, place: FilePlace, answers: FileAnswers): FileAnalysis {
    const policies = file.documents.map((document) => {
      const { standing, match } = answers(document.pointer) ?? UNHEARD;
      return new PolicyAnalysis(document, { standing, match: this.#unlessBlocked(match) }, this);
    });
    const { origins = {} } = this.settings;
    return { place, text, syntax, file, policies, catalogue: this.catalogue, origins };
  }

  /** The findings that apply by a match. */
  findingsOf({ principals, unnamedIn }: Match): CombinedFindings {
    if (!unnamedIn) return this.index.findingsOfAll(principals);
    return this.index.combineUnnamed(this.index.unnamed.filter(({ file }) => unnamedIn.includes(file)));
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

  #unlessBlocked(match: Match): Match {
    const { blocked } = this.settings;
    if (blocked === undefined) return match;
    const { holders } = match;
    return { kind: 'none', principals: [], basis: blocked, rule: 'nothing', holders, isBlocked: true };
  }
}

/** Of a policy that the repository has not heard of, such as one that is being typed, nobody knows whose it is. */
const UNHEARD: PolicyAnswer = {
  standing: { kind: 'identity', quota: Number.POSITIVE_INFINITY, isMerged: false, holders: [] },
  match: {
    kind: 'none',
    principals: [],
    basis: 'its file is none of the repository, so nobody knows who holds it',
    rule: 'nothing',
    holders: [],
  },
};
