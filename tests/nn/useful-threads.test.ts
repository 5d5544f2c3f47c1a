import { describe, expect, test } from '@jest/globals';
import * as nn from '../../src/nn/index.ts';
import { usefulThreads } from '../../src/nn/runtime/useful-threads.ts';
import { BATCH } from '../../src/nn/shape.ts';
import { Input } from '../../src/nn/tensor.ts';
import { traceForward, traceOf } from '../../src/nn/trace-net.ts';

describe('threads of a graph', () => {
  const threadsOf = (model: nn.Module, shape: readonly number[], threads: number): number => {
    const inputs = [new Input('x', [BATCH, ...shape])];
    return usefulThreads([traceForward('test', model, inputs, traceOf(model))], threads);
  };

  test('are those asked for where there is no loop', () => {
    expect(threadsOf(new nn.Linear(4, 3), [4], 2)).toBe(2);
  });

  test('are one where a recurrent layer multiplies with small matrices', () => {
    expect(threadsOf(new nn.LSTM(32, 32), [50, 32], 2)).toBe(1);
    expect(threadsOf(new nn.GRU(128, 128), [50, 128], 4)).toBe(1);
  });

  test('are those asked for where it multiplies with large ones', () => {
    expect(threadsOf(new nn.LSTM(256, 256), [50, 256], 2)).toBe(2);
  });

  test('are no more than leave the bits of an LSTM as they are, whatever the batch', () => {
    expect(threadsOf(new nn.LSTM(300, 256), [50, 300], 8)).toBe(3);
    expect(threadsOf(new nn.LSTM(900, 130), [50, 900], 2)).toBe(1);
  });
});
