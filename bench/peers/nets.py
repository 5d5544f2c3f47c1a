"""The peer of bench/items/nets.ts: one epoch of training in PyTorch."""
from measured import main, read_json


def prepare(file):
    import numpy as np
    import torch
    import torch.nn.functional as F
    from torch import nn
    recipe = read_json(file)
    kind, rows, batch = recipe["kind"], recipe["rows"], recipe["batch"]
    torch.set_num_threads(recipe["threads"])
    random = np.random.RandomState(recipe["seed"])
    features = dict(mlp=[784], cnn=[1, 28, 28], regression=[13], lstm=[50])[kind]
    size = int(np.prod(features))
    draw = random.randint(0, 2000, rows * size) if kind == "lstm" else random.standard_normal(rows * size)
    x = torch.tensor(draw, dtype=torch.int64 if kind == "lstm" else torch.float32).reshape(rows, *features)
    if kind == "regression":
        target = torch.tensor(random.standard_normal(rows), dtype=torch.float32).reshape(rows, 1)
    else:
        target = torch.tensor(random.randint(0, 2 if kind == "lstm" else 10, rows))

    class Tokens(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding, self.lstm, self.linear = nn.Embedding(2000, 32), nn.LSTM(32, 32, batch_first=True), nn.Linear(32, 2)

        def forward(self, ids):
            return self.linear(self.lstm(self.embedding(ids))[1][0][0])

    model = dict(
        mlp=lambda: nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10)),
        cnn=lambda: nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(),
                                  nn.MaxPool2d(2), nn.Flatten(), nn.Linear(32 * 49, 10)),
        regression=lambda: nn.Sequential(nn.Linear(13, 512), nn.ReLU(), nn.Linear(512, 1)),
        lstm=Tokens,
    )[kind]()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.tensor(random.normal(0, 0.05, parameter.numel())).reshape(parameter.shape))
    start = {name: value.clone() for name, value in model.state_dict().items()}
    criterion = F.mse_loss if kind == "regression" else F.cross_entropy

    def run():
        model.load_state_dict(start)
        optimizer = torch.optim.Adam(model.parameters())
        total = 0.0
        for i in range(0, rows, batch):
            optimizer.zero_grad()
            loss = criterion(model(x[i:i + batch]), target[i:i + batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x[i:i + batch])
        return total / rows

    return run, lambda loss: dict(loss=loss)


if __name__ == "__main__":
    main(prepare)
