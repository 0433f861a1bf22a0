/** What this thread worked, whatever else the machine did meanwhile: the clock on the wall would count that too. */
export function cpuMilliseconds(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
