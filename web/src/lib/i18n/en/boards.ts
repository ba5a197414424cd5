/** The sentences of the worklist and the wallboard, in English. */
export const boards = {
  worklist: {
    department: 'Department',
    all: 'All departments',
    reasonsLabel: 'Show by what is wrong',
    reasons: {
      'not-found': 'Not found',
      silent: 'Silent tag',
      'out-of-service': 'Broken',
      'needs-cleaning': 'To clean',
      'away-from-home': 'Far from home',
    },
    asOf: (at: string) => `Not connected: as it was at ${at}`,
    loading: 'Loading the worklist…',
    failed: 'The worklist could not be loaded',
    nothing: 'Nothing needs anybody',
    nothingHint: 'Nothing is missing, silent, broken, dirty or far from home.',
  },
  wall: {
    choose: 'Which department?',
    change: 'Change department',
    unknownSection: 'Unknown department',
    empty: 'No equipment here, and none that belongs here',
    free: (_n: number) => 'free',
    counts: {
      'in-use': (_n: number) => 'in use',
      'needs-cleaning': (_n: number) => 'to clean',
      'out-of-service': (_n: number) => 'out of service',
      unknown: (_n: number) => 'not known',
    },
    noneFree: 'None free here',
    toDo: 'To clean or broken, here',
    nothingToDo: 'Nothing to clean, nothing broken',
    away: 'Ours, elsewhere',
    allHome: 'All is here',
    more: (n: number) => `and ${n} more`,
  },
};
