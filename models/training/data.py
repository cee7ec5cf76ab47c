"""Data sets as `models/synth/dataset/write.ts` wrote them, and the changes made to a crop before it is learnt."""
import json
import pathlib

import numpy as np
import torch
from torch.nn import functional as F


class DataSet:
    """images: (n, h, w, 3) u8 and labels: (n, h/4, w/4) u8, mapped from disk."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.manifest = json.loads((folder / "manifest.json").read_text())
        n, w, h, s = (self.manifest[k] for k in ("items", "width", "height", "stride"))
        self.images = np.memmap(folder / "images.u8", np.uint8, "r", shape=(n, h, w, 3))
        self.labels = np.memmap(folder / "labels.u8", np.uint8, "r", shape=(n, h // s, w // s))

    def __len__(self):
        return len(self.images)

    def batch(self, indices, side=None, random=None):
        """Images as NCHW 0..1 and labels; with `side`, a random square of that many px of each."""
        if side is not None and side < self.images.shape[1]:
            s, room = self.manifest["stride"], (self.images.shape[1] - side) // self.manifest["stride"]
            tops, lefts = random.integers(0, room + 1, len(indices)), random.integers(0, room + 1, len(indices))
            cut = lambda a, k, n: np.stack([a[i, t * k:t * k + n, l * k:l * k + n] for i, t, l in zip(indices, tops, lefts)])
            x, y = cut(self.images, s, side), cut(self.labels, 1, side // s)
            return torch.from_numpy(x).permute(0, 3, 1, 2).float() / 255, torch.from_numpy(y.astype(np.int64))
        x = torch.from_numpy(np.ascontiguousarray(self.images[indices])).permute(0, 3, 1, 2).float() / 255
        y = torch.from_numpy(self.labels[indices].astype(np.int64))
        return x, y


def augment(x, y, random):
    """Turns, mirrors, exposure, gamma, white balance, resolution and noise, drawn for the whole batch or each crop."""
    turns = int(random.integers(4))
    x, y = torch.rot90(x, turns, (2, 3)), torch.rot90(y, turns, (1, 2))
    if random.random() < 0.5:
        x, y = x.flip(3), y.flip(2)
    n = len(x)
    draw = lambda low, high, shape: torch.from_numpy(random.uniform(low, high, shape).astype(np.float32))
    x = x.clamp_min(1e-4) ** draw(0.75, 1.3, (n, 1, 1, 1))
    x = x * draw(0.7, 1.35, (n, 1, 1, 1)) * draw(0.92, 1.08, (n, 3, 1, 1)) + draw(-0.03, 0.03, (n, 1, 1, 1))
    if random.random() < 0.3:
        side = x.shape[-1]
        small = int(side * random.uniform(0.5, 0.9))
        x = F.interpolate(F.interpolate(x, size=(small, small), mode="area"), size=(side, side), mode="bilinear", align_corners=False)
    if random.random() < 0.5:
        x = x + torch.randn_like(x) * float(random.uniform(0.002, 0.015))
    return x.clamp(0, 1).contiguous(memory_format=torch.channels_last), y.contiguous()
