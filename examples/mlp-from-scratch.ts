/**
 * A multilayer perceptron from scratch: plain parameters, a function for the forward pass, no layers. It learns the
 * handwritten digits of competitions/digits, and is compared with the same net made of layers.
 *
 *   node --import ./dist/register.js examples/mlp-from-scratch.ts
 */
import { nn, RandomState } from 'refit';

// Data: images as rows of numbers in [0, 1], labels as class numbers.
const folder = 'competitions/digits/data';
const images = await nn.readIdx(`${folder}/train-images-idx3-ubyte.gz`);
const labels = await nn.readIdx(`${folder}/train-labels-idx1-ubyte.gz`);
const [rows, height, width] = images.shape;
const features = height * width;
const pixels = Float32Array.from(images.data as Uint8Array);
const brightest = pixels.reduce((most, value) => Math.max(most, value), 0);
const X = pixels.map((value) => value / brightest);
const y = Int32Array.from(labels.data as Uint8Array);
const trained = Math.floor(rows * 0.8);

// Parameters: small random weights, zero constants.
nn.manualSeed(0);
const W1 = nn.init.normal(new nn.Parameter([features, 64]), { std: 0.1 });
const b1 = new nn.Parameter([64]);
const W2 = nn.init.normal(new nn.Parameter([64, 10]), { std: 0.1 });
const b2 = new nn.Parameter([10]);

// The net: what a Linear, a ReLU and a Linear do.
const scratch = (x: nn.Tensor): nn.Tensor => {
  const hidden = nn.maximum(nn.add(nn.matmul(x, W1), b1), 0);
  return nn.add(nn.matmul(hidden, W2), b2);
};

// The same of layers, which keep their weights the other way round.
const layers = new nn.Sequential(new nn.Linear(features, 64), new nn.ReLU(), new nn.Linear(64, 10));
const turned = ({ data, shape: [n, m] }: nn.Parameter): Float32Array => Float32Array.from({ length: n * m }, (_, p) => data[(p % n) * m + Math.floor(p / n)]);
const [weight1, bias1, weight2, bias2] = layers.parameters();
for (const [parameter, values] of [[weight1, turned(W1)], [bias1, b1.data], [weight2, turned(W2)], [bias2, b2.data]] as const) parameter.data.set(values);

for (const [name, model] of [['from scratch', scratch], ['from layers', layers]] as const) {
  const inputs = { x: { shape: [features] } };
  const step = await nn.compileTrainStep({ model, inputs, loss: nn.crossEntropy(), optimizer: new nn.SGD({ lr: 0.1, momentum: 0.9 }) });
  const random = new RandomState(0);
  const batchSize = 32;
  let loss = 0;
  for (let epoch = 0; epoch < 10; epoch++) {
    const order = random.permutation(trained);
    let sum = 0;
    for (let start = 0; start < trained; start += batchSize) {
      const chosen = order.slice(start, start + batchSize);
      const x = new Float32Array(chosen.length * features);
      chosen.forEach((row, i) => x.set(X.subarray(row * features, (row + 1) * features), i * features));
      sum += (await step.run({ x, target: Int32Array.from(chosen, (row) => y[row]) })).loss * chosen.length;
    }
    loss = sum / trained;
  }
  const forward = await nn.compileForward({ model, inputs });
  const { data } = await forward.run({ x: X.subarray(trained * features) });
  let right = 0;
  for (let i = 0; i < rows - trained; i++) {
    const scores = data.subarray(i * 10, i * 10 + 10);
    if (scores.indexOf(Math.max(...scores)) === y[trained + i]) right++;
  }
  console.log(`${name}: loss ${loss.toFixed(4)}, accuracy on ${rows - trained} other digits ${(right / (rows - trained)).toFixed(4)}`);
  await Promise.all([step.dispose(), forward.dispose()]);
}
