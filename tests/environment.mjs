import { TestEnvironment } from 'jest-environment-node';

const ARRAYS = [Float32Array, Float64Array, BigInt64Array, BigUint64Array, Int32Array, Int16Array, Int8Array, Uint32Array, Uint16Array, Uint8Array];

/**
 * Jest gives every test file typed arrays of its own. Native modules (ONNX Runtime) make those of Node, and refuse
 * others: the tests use Node's, as programs do.
 */
export default class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const type of ARRAYS) this.global[type.name] = type;
  }
}
