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

    def batch(self, indices, side, random):
        """A random square of `side` px of each image (u8, NHWC) and its label."""
        s, room = self.manifest["stride"], (self.images.shape[1] - side) // self.manifest["stride"]
        tops, lefts = random.integers(0, room + 1, len(indices)), random.integers(0, room + 1, len(indices))
        cut = lambda a, k, n: [a[i, t * k:t * k + n, l * k:l * k + n] for i, t, l in zip(indices, tops, lefts)]
        return cut(self.images, s, side), np.stack(cut(self.labels, 1, side // s))


def augment(images, labels, random):
    """Exposure, gamma and white balance by one table a channel; turns, mirrors, resolution and noise. Gives NCHW 0..1 and labels."""
    levels = np.linspace(0, 1, 256, dtype=np.float32)
    out = np.empty((len(images), 3, *images[0].shape[:2]), np.float32)
    for n, image in enumerate(images):
        gamma, gain, offset = random.uniform(0.75, 1.3), random.uniform(0.7, 1.35), random.uniform(-0.03, 0.03)
        for c in range(3):
            table = np.clip(levels ** gamma * gain * random.uniform(0.92, 1.08) + offset, 0, 1)
            out[n, c] = table[image[..., c]]
    x, y = torch.from_numpy(out), torch.from_numpy(labels.astype(np.int64))
    turns = int(random.integers(4))
    x, y = torch.rot90(x, turns, (2, 3)), torch.rot90(y, turns, (1, 2))
    if random.random() < 0.5:
        x, y = x.flip(3), y.flip(2)
    if random.random() < 0.25:
        side = x.shape[-1]
        small = int(side * random.uniform(0.55, 0.9))
        x = F.interpolate(F.interpolate(x, size=(small, small), mode="area"), size=(side, side), mode="bilinear", align_corners=False)
    if random.random() < 0.3:
        x = (x + torch.randn(1, *x.shape[1:]) * float(random.uniform(0.002, 0.012))).clamp(0, 1)
    return x.contiguous(memory_format=torch.channels_last), y.contiguous()
