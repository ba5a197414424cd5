import { askedPerS, type HttpTimings } from './find-http';
import type { Built } from './find-function';
import type { Timing } from './percentiles';

export interface FindFigures {
  readonly assets: number;
  /** Those of the kind asked for. */
  readonly ofKind: number;
  readonly kind: string;
  readonly questions: number;
  readonly build: Built;
  readonly finder: Timing;
  readonly http: HttpTimings;
}

/** What is to be reached, milliseconds. */
const wanted = { httpP99Ms: 25, allMs: 2_000 };

/** The figures as a page. */
export function findReport({ assets, ofKind, kind, questions, build, finder, http }: FindFigures): string {
  const verdict = (is: number, most: number): string => (is < most ? 'reached' : 'missed');
  return `# How long an answer takes

Written by \`npm run bench:find -- --assets ${assets} --questions ${questions} --report docs/performance-find.md\` on a
machine of two cores; do not edit. ${assets.toLocaleString('en-GB')} assets spread over the demonstration hospital, ${ofKind.toLocaleString('en-GB')} of the kind asked for
(\`${kind}\`), ${questions} questions from as many places, each for the five to go to first, with route and reasons.

| asked | p50 ms | p99 ms | longest ms |
| --- | --: | --: | --: |
| the finder itself, one after the other | ${cells(finder)} |
| the service over HTTP, ${askedPerS} a second, from when each was due, up for half a minute | ${cells(http.service)} |
| a server with nothing to do, asked as often in between: what the machine itself takes | ${cells(http.bare)} |

- p99 over HTTP (wanted: under ${wanted.httpP99Ms} ms): ${verdict(http.service.p99Ms, wanted.httpP99Ms)}
- walking times from each of ${build.units.toLocaleString('en-GB')} rooms to every other in ${build.allMs.toLocaleString('en-GB')} ms (wanted: under ${wanted.allMs.toLocaleString('en-GB')} ms): ${verdict(build.allMs, wanted.allMs)}; the walking
  graph of them is built in ${build.ms.toLocaleString('en-GB')} ms

What is free, in use or elsewhere is sorted out anew within a second, a few pieces at each question
(\`src/assets/candidate-book.ts\`); what anybody says of a piece counts at once. Walking is measured to rooms, nearest door first, and to
pieces only in rooms that can still matter.
`;
}

const cells = ({ p50Ms, p99Ms, maxMs }: Timing): string => [p50Ms, p99Ms, maxMs].map((ms) => ms.toFixed(1)).join(' | ');
