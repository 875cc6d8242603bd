import { measureDevice } from './measure-device.ts';
import type { DeviceTask } from './measure-device.ts';

/* A process that measures one device: a fault of a driver ends it alone, and it can be ended. */

process.on('message', (task: DeviceTask) => {
  void measureDevice(task)
    .then(
      (measured) => ({ measured }),
      (error: unknown) => ({ reason: error instanceof Error ? error.message : String(error) }),
    )
    .then((answer) => process.send!(answer, () => process.exit()));
});
