// Who may import whom. Every rule says its reason; a broken one fails `npm run check:imports`.
const streamModules = ['ingest', 'tracking', 'history', 'live'];
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle has no first file to read.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core imports nothing outside itself.',
      from: { path: '^src/core' },
      to: { pathNot: '^src/core' },
    },
    {
      name: 'core-has-one-door',
      severity: 'error',
      comment: 'Others import core through core/index.ts only.',
      from: { path: '^src/(?!core)' },
      to: { path: '^src/core/', pathNot: '^src/core/index.ts$' },
    },
    {
      name: 'plumbing-knows-no-domain',
      severity: 'error',
      from: { path: '^src/(redis|database|config|embedded)/' },
      to: { path: '^src/', pathNot: '^src/(redis|database|config|embedded|core)/' },
    },
    ...streamModules.map((name) => ({
      name: `${name}-meets-others-at-the-stream`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: {
        path: `^src/(${streamModules.filter((other) => other !== name).join('|')})/`,
        pathNot: '^src/live/protocol.ts$',
      },
    })),
    {
      name: 'only-these-read-sites',
      severity: 'error',
      from: { path: '^src/(ingest|history|health)/' },
      to: { path: '^src/sites/' },
    },
    {
      name: 'tracking-never-reads-assets',
      severity: 'error',
      from: { path: '^src/tracking/' },
      to: { path: '^src/assets/' },
    },
    {
      name: 'web-imports-types-only',
      severity: 'error',
      comment:
        'The web app knows the server by live/protocol.ts and the generated API types; src/search is pure rules of both.',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/(live/protocol.ts$|search/)' },
    },
    {
      name: 'search-is-pure',
      severity: 'error',
      comment: 'The browser runs it too.',
      from: { path: '^src/search' },
      to: { pathNot: '^src/search' },
    },
    {
      name: 'nobody-imports-the-commands',
      severity: 'error',
      from: { path: '^src/(?!cli)' },
      to: { path: '^src/cli/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)' },
  },
};
