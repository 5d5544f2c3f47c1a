import { workerData, type MessagePort } from 'node:worker_threads';
import { kernelsOn, type KernelModules } from './kernel-instance.ts';
import { ASLEEP, CALL, controlOn, END, GONE, workOn } from './thread-jobs.ts';
import type { WebAssemblyMemory } from './web-assembly.ts';

/** What a further thread is given. */
export interface KernelThreadData {
  modules: KernelModules;
  memory: WebAssemblyMemory;
  /** The control words. */
  control: SharedArrayBuffer;
  /** Its number, from 1. */
  thread: number;
  /** Closed when the thread ends, however it does: nothing is sent. */
  port: MessagePort;
  /** How long it waits for work before it ends, in milliseconds. */
  idle: number;
}

/** Turns of looking for work before a thread lies down. */
const SPINS = 30_000;

const { modules, memory, control: buffer, thread, idle } = workerData as KernelThreadData;
const control = controlOn(buffer, memory);
const { words } = control;
const kernels = kernelsOn(modules, memory);

for (;;) {
  const call = Atomics.load(words, CALL);
  if (Atomics.load(words, END) !== 0) break;
  workOn(kernels, control, thread);
  let spins = 0;
  while (spins < SPINS && Atomics.load(words, CALL) === call) spins++;
  if (spins < SPINS) continue;
  Atomics.add(words, ASLEEP, 1);
  const woken = Atomics.wait(words, CALL, call, idle);
  Atomics.sub(words, ASLEEP, 1);
  if (woken === 'timed-out') {
    Atomics.store(words, GONE, 1);
    break;
  }
}
