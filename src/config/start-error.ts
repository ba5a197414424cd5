/** Something the operator can put right; its message is the one sentence to show, without a stack trace. */
export class StartError extends Error {
  override name = 'StartError';
}

/** The code of a system error (`EACCES`, `EADDRINUSE`, …), or null for anything else. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** What went wrong, in words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Why a server of ours cannot listen, and the setting to change. */
export function portError(error: unknown, host: string, port: number, setting: string): StartError {
  if (['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'].includes(errorCode(error) ?? '')) {
    const hostSetting = setting === 'HEALTH_PORT' ? 'HEALTH_HOST' : 'HOST';
    return new StartError(`${host} is no address of this machine (${reasonOf(error)}): set ${hostSetting} to one.`);
  }
  const reason = errorCode(error) === 'EADDRINUSE' ? 'is in use by another program' : `is refused (${reasonOf(error)})`;
  return new StartError(`Port ${port} on ${host} ${reason}: set ${setting} to another port, or stop that program.`);
}
