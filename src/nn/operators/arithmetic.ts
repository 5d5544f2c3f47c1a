import { broadcastShapes, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { asTensor, type Operand } from './constants.ts';
import { node } from './node.ts';
import { sumTo } from './sum-and-expand.ts';

function commonShape(operator: string, a: Tensor, b: Tensor): Shape {
  const shape = broadcastShapes(a.shape, b.shape);
  if (shape === undefined) throw shapeError(operator, `the shapes of both operands must fit each other, got ${showShape(a.shape)} and ${showShape(b.shape)}.`);
  return shape;
}

type Rule = (g: Tensor, a: Tensor, b: Tensor) => readonly [Tensor, Tensor];

function binary(operator: string, op: string, left: Operand, right: Operand, rule: Rule): Tensor {
  const [a, b] = [asTensor(left), asTensor(right)];
  return node(op, [a, b], commonShape(operator, a, b), {
    type: a.type,
    gradient: (g) => {
      const [ga, gb] = rule(g, a, b);
      return [sumTo(ga, a.shape), sumTo(gb, b.shape)];
    },
  });
}

/** a + b, stretched to each other as numpy does. Counterpart: torch.add. */
export const add = (a: Operand, b: Operand): Tensor => binary('add', 'Add', a, b, (g) => [g, g]);

/** a − b. Counterpart: torch.sub. */
export const sub = (a: Operand, b: Operand): Tensor => binary('sub', 'Sub', a, b, (g) => [g, neg(g)]);

/** a·b, element by element. Counterpart: torch.mul. */
export const mul = (a: Operand, b: Operand): Tensor => binary('mul', 'Mul', a, b, (g, x, y) => [mul(g, y), mul(g, x)]);

/** a / b. Counterpart: torch.div. */
export const div = (a: Operand, b: Operand): Tensor => binary('div', 'Div', a, b, (g, x, y) => [div(g, y), neg(div(mul(g, x), mul(y, y)))]);

/** −x. Counterpart: torch.neg. */
export const neg = (x: Tensor): Tensor => node('Neg', [x], x.shape, { gradient: (g) => [neg(g)] });

/** x to a fixed power. Counterpart: torch.pow. */
export function pow(x: Tensor, exponent: number): Tensor {
  if (exponent === 2) return mul(x, x);
  return node('Pow', [x, asTensor(exponent)], x.shape, { gradient: (g) => [mul(g, mul(pow(x, exponent - 1), exponent)), undefined] });
}

/** 1 where the comparison holds, else 0; no gradient goes through it. */
const compare = (op: string) => (a: Operand, b: Operand): Tensor => {
  const [x, y] = [asTensor(a), asTensor(b)];
  const shape = commonShape(op.toLowerCase(), x, y);
  return node('Cast', [node(op, [x, y], shape, { type: 'bool' })], shape, { attributes: { to: { int: 1 } } });
};

/** 1 where a > b, else 0. */
export const greater = compare('Greater');
/** 1 where a ≥ b, else 0. */
export const notLess = compare('GreaterOrEqual');
/** 1 where a < b, else 0. */
export const less = compare('Less');
/** 1 where a = b, else 0. */
export const equal = compare('Equal');

/** The larger of both; where they are equal, each gets half of the gradient. Counterpart: torch.maximum. */
export const maximum = (a: Operand, b: Operand): Tensor =>
  binary('maximum', 'Max', a, b, (g, x, y) => {
    const share = mul(add(greater(x, y), mul(equal(x, y), 0.5)), g);
    return [share, sub(g, share)];
  });

/** The smaller of both; where they are equal, each gets half of the gradient. Counterpart: torch.minimum. */
export const minimum = (a: Operand, b: Operand): Tensor =>
  binary('minimum', 'Min', a, b, (g, x, y) => {
    const share = mul(add(less(x, y), mul(equal(x, y), 0.5)), g);
    return [share, sub(g, share)];
  });
