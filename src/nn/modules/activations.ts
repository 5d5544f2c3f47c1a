import { clamp, elu, gelu, hardsigmoid, hardswish, leakyRelu, logSigmoid, mish, relu, selu, sigmoid, silu, softplus, tanh } from '../operators/functions.ts';
import { logSoftmax, softmax } from '../operators/softmax.ts';
import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/** max(x, 0). Counterpart: torch.nn.ReLU. */
export class ReLU extends Module {
  override forward(x: Tensor): Tensor {
    return relu(x);
  }
}

/** x where positive, else negativeSlope·x. Counterpart: torch.nn.LeakyReLU. */
export class LeakyReLU extends Module {
  readonly negativeSlope: number;

  constructor(negativeSlope = 0.01) {
    super();
    this.negativeSlope = negativeSlope;
  }

  override forward(x: Tensor): Tensor {
    return leakyRelu(x, this.negativeSlope);
  }
}

/** x where positive, else alpha·(eˣ − 1). Counterpart: torch.nn.ELU. */
export class ELU extends Module {
  readonly alpha: number;

  constructor(alpha = 1) {
    super();
    this.alpha = alpha;
  }

  override forward(x: Tensor): Tensor {
    return elu(x, this.alpha);
  }
}

/** x·Φ(x) with the normal distribution's Φ. Counterpart: torch.nn.GELU. */
export class GELU extends Module {
  override forward(x: Tensor): Tensor {
    return gelu(x);
  }
}

/** x·sigmoid(x), also called swish. Counterpart: torch.nn.SiLU. */
export class SiLU extends Module {
  override forward(x: Tensor): Tensor {
    return silu(x);
  }
}

/** x·tanh(log(1 + eˣ)). Counterpart: torch.nn.Mish. */
export class Mish extends Module {
  override forward(x: Tensor): Tensor {
    return mish(x);
  }
}

/** An ELU that keeps mean and variance. Counterpart: torch.nn.SELU. */
export class SELU extends Module {
  override forward(x: Tensor): Tensor {
    return selu(x);
  }
}

/** x/6 + 1/2 between 0 and 1. Counterpart: torch.nn.Hardsigmoid. */
export class Hardsigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return hardsigmoid(x);
  }
}

/** x·hardsigmoid(x). Counterpart: torch.nn.Hardswish. */
export class Hardswish extends Module {
  override forward(x: Tensor): Tensor {
    return hardswish(x);
  }
}

/** log(sigmoid(x)). Counterpart: torch.nn.LogSigmoid. */
export class LogSigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return logSigmoid(x);
  }
}

/** 1 / (1 + e⁻ˣ). Counterpart: torch.nn.Sigmoid. */
export class Sigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}

/** The hyperbolic tangent. Counterpart: torch.nn.Tanh. */
export class Tanh extends Module {
  override forward(x: Tensor): Tensor {
    return tanh(x);
  }
}

/** log(1 + eˣ). Counterpart: torch.nn.Softplus. */
export class Softplus extends Module {
  override forward(x: Tensor): Tensor {
    return softplus(x);
  }
}

/** x kept between two numbers, −1 and 1 by default. Counterpart: torch.nn.Hardtanh. */
export class Hardtanh extends Module {
  readonly min: number;
  readonly max: number;

  constructor(min = -1, max = 1) {
    super();
    this.min = min;
    this.max = max;
  }

  override forward(x: Tensor): Tensor {
    return clamp(x, this.min, this.max);
  }
}

/** eˣ / Σ eˣ along a dimension, the last by default. Counterpart: torch.nn.Softmax. */
export class Softmax extends Module {
  readonly axis: number;

  constructor(axis = -1) {
    super();
    this.axis = axis;
  }

  override forward(x: Tensor): Tensor {
    return softmax(x, this.axis);
  }
}

/** The logarithm of softmax. Counterpart: torch.nn.LogSoftmax. */
export class LogSoftmax extends Module {
  readonly axis: number;

  constructor(axis = -1) {
    super();
    this.axis = axis;
  }

  override forward(x: Tensor): Tensor {
    return logSoftmax(x, this.axis);
  }
}
