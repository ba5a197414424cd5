import { readdir, readFile } from 'node:fs/promises';

/** What a part of the service has used so far, all its processes together. */
export interface Cost {
  readonly cpuS: number;
  readonly memoryMb: number;
}

export const parts = ['server', 'tracking', 'redis', 'postgres', 'load'] as const;
export type Part = (typeof parts)[number];
export type Costs = Readonly<Record<Part, Cost>>;

/** Kernel ticks a second and bytes a page, as Linux has them on every common machine. */
const ticksPerS = 100;
const pageMb = 4096 / 1_048_576;

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly cpuS: number;
  readonly memoryMb: number;
}

/** Processor time and memory of this process and all it started, by part, as Linux counts them. */
export async function readCosts(): Promise<Costs> {
  const running = (await Promise.all((await readdir('/proc')).map(readRunning))).filter((one) => one !== null);
  const ours = new Map<number, Part>([[process.pid, 'load']]);
  // A child has a higher id than its parent, but for the rare wrap-around: a few rounds find all.
  for (let round = 0; round < 5; round++) {
    for (const one of running) {
      const parent = ours.get(one.parent);
      if (parent !== undefined && !ours.has(one.pid)) ours.set(one.pid, partOf(one.command) ?? parent);
    }
  }
  const costs: Record<Part, { cpuS: number; memoryMb: number }> = {
    server: { cpuS: 0, memoryMb: 0 },
    tracking: { cpuS: 0, memoryMb: 0 },
    redis: { cpuS: 0, memoryMb: 0 },
    postgres: { cpuS: 0, memoryMb: 0 },
    load: { cpuS: 0, memoryMb: 0 },
  };
  for (const { pid, cpuS, memoryMb } of running) {
    const part = ours.get(pid);
    if (part === undefined) continue;
    costs[part].cpuS += cpuS;
    costs[part].memoryMb += memoryMb;
  }
  return costs;
}

function partOf(command: string): Part | null {
  if (command.includes('tracking-process')) return 'tracking';
  if (command.includes('whereabouts.mjs\0start')) return 'server';
  if (/redis|valkey/.test(command)) return 'redis';
  return command.includes('postgres') ? 'postgres' : null;
}

async function readRunning(name: string): Promise<Running | null> {
  if (!/^\d+$/.test(name)) return null;
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${name}/stat`, 'utf8'),
      readFile(`/proc/${name}/cmdline`, 'utf8'),
    ]);
    // The second field is the name in parentheses, which may hold spaces: the others follow its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const at = (field: number): number => Number(fields[field - 3]);
    return {
      pid: Number(name),
      parent: at(4),
      command,
      cpuS: (at(14) + at(15)) / ticksPerS,
      memoryMb: at(24) * pageMb,
    };
  } catch {
    // It ended meanwhile.
    return null;
  }
}
