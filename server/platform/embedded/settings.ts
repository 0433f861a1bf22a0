export type ClusterSize = { durable: boolean; sharedBuffersMb: number; maxConnections: number };

/** The settings of a desk on a small machine, as arguments of the server, so that a new version's are used at once. */
export function listServerArguments(size: ClusterSize): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    max_connections: String(size.maxConnections),
    shared_buffers: `${size.sharedBuffersMb}MB`,
    effective_cache_size: `${Math.max(512, size.sharedBuffersMb * 4)}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    wal_compression: 'on',
    checkpoint_timeout: '15min',
    max_wal_size: '1GB',
    random_page_cost: '1.1',
    jit: 'off',
    track_io_timing: 'off',
    // A young desk's tables grow from nothing within seconds, and are planned for as empty until they are looked at.
    autovacuum_naptime: '10s',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_vacuum_insert_scale_factor: '0.1',
    autovacuum_vacuum_cost_limit: '1000',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(size.durable ? {} : throwawaySettings),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** For test clusters only: a crash of the machine loses everything. */
const throwawaySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum_naptime: '5min',
};
