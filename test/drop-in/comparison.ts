import type { Subject } from './subject';

/** What was seen of one package: a flat list of named facts, comparable as text. */
export type Observation = Record<string, string>;

/** One thing a program or its client can see. */
export interface Case {
  name: string;
  /** Requests that it sends, for the summary. */
  requests: number;
  observe(subject: Subject): Promise<Observation>;
}

/** One fact that is not the same. Undefined: that package does not show it at all. */
export interface Difference {
  group: string;
  case: string;
  field: string;
  theirs: string | undefined;
  ours: string | undefined;
  /** Everything else that was seen in the case. */
  all: { theirs: Observation; ours: Observation };
}

/** A difference on purpose. */
export interface DifferenceOnPurpose {
  id: string;
  reason: string;
  matches(difference: Difference): boolean;
}

/** Counts what was compared, and which differences on purpose were met. */
export class Comparison {
  requests = 0;
  same = 0;
  onPurpose = 0;
  readonly unexplained: Difference[] = [];
  readonly met = new Map<string, number>();

  constructor(
    private readonly theirs: Subject,
    private readonly ours: Subject,
    private readonly differences: DifferenceOnPurpose[],
  ) {}

  /** Runs a case against both and returns the differences that nothing explains. */
  async run(group: string, one: Case): Promise<Difference[]> {
    const [theirs, ours] = await Promise.all([one.observe(this.theirs), one.observe(this.ours)]);
    const found = compare(theirs, ours).map((fact) => ({
      ...fact,
      group,
      case: one.name,
      all: { theirs, ours },
    }));
    const unexplained = found.filter((difference) => !this.explain(difference));
    this.requests += one.requests;
    if (found.length === 0) this.same += one.requests;
    else if (unexplained.length === 0) this.onPurpose += one.requests;
    this.unexplained.push(...unexplained);
    return unexplained;
  }

  /** The ids of differences on purpose that no case has shown. */
  vanished(): string[] {
    return this.differences.map(({ id }) => id).filter((id) => !this.met.has(id));
  }

  summary(): string {
    const rest = this.requests - this.same - this.onPurpose;
    const unexplained = rest > 0 ? `, ${rest} differ without a reason` : '';
    return `${this.requests} requests compared, ${this.same} same, ${this.onPurpose} differ on purpose${unexplained}`;
  }

  private explain(difference: Difference): boolean {
    const entry = this.differences.find((candidate) => candidate.matches(difference));
    if (entry) this.met.set(entry.id, (this.met.get(entry.id) ?? 0) + 1);
    return entry !== undefined;
  }
}

/** Differences as text, one line for a case and one for each fact. */
export function format(differences: Difference[]): string {
  const lines: string[] = [];
  let last = '';
  for (const { group, case: name, field, theirs, ours } of differences) {
    if (`${group}: ${name}` !== last) lines.push(`- ${group}: ${name}`);
    last = `${group}: ${name}`;
    lines.push(`    ${field}\n      theirs: ${short(theirs)}\n      ours:   ${short(ours)}`);
  }
  return lines.join('\n');
}

function compare(
  theirs: Observation,
  ours: Observation,
): Pick<Difference, 'field' | 'theirs' | 'ours'>[] {
  const fields = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...fields]
    .filter((field) => theirs[field] !== ours[field])
    .map((field) => ({ field, theirs: theirs[field], ours: ours[field] }));
}

function short(value: string | undefined): string {
  const text = JSON.stringify(value) ?? '(nothing)';
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
