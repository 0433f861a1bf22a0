// Loaded first in the child: a parent that is killed cannot pass a signal on, but its channel closes.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
