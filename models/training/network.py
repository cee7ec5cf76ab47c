"""The segmenter: a U-Net whose 4x4/4 stem sees every pixel and whose output stays at stride 4."""
import torch
from torch import nn
from torch.nn import functional as F

STRIDE = 4
MULTIPLE = 64  # sides of the input are multiples of this


def conv(inner, outer):
    return [nn.Conv2d(inner, outer, 3, padding=1, bias=False), nn.BatchNorm2d(outer), nn.ReLU(inplace=True)]


class Segmenter(nn.Module):
    """Input: RGB 0..1, NCHW. Output: a logit per class at stride 4. Most of the work is at the finest level, so that has one convolution each way."""

    def __init__(self, classes, widths=(16, 24, 32, 48, 64)):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, widths[0], 4, stride=4, bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU(inplace=True))
        self.down = nn.ModuleList([nn.Sequential(*conv(widths[max(i - 1, 0)], w), *(conv(w, w) if i > 0 else [])) for i, w in enumerate(widths)])
        self.up = nn.ModuleList([nn.Sequential(*conv(widths[i] + widths[i + 1], widths[i])) for i in range(len(widths) - 1)])
        self.head = nn.Conv2d(widths[0], classes, 1)

    def forward(self, x):
        x = self.stem(x)
        kept = []
        for i, down in enumerate(self.down):
            x = down(x if i == 0 else F.max_pool2d(x, 2))
            kept.append(x)
        for i in reversed(range(len(self.up))):
            x = self.up[i](torch.cat([kept[i], F.interpolate(x, scale_factor=2.0, mode="nearest")], 1))
        return self.head(x)


class Deployed(nn.Module):
    """What is shipped: u8 NHWC in (as a decoder gives it), class probabilities at stride 4 out."""

    def __init__(self, segmenter):
        super().__init__()
        self.segmenter = segmenter

    def forward(self, image):
        x = image.permute(0, 3, 1, 2).to(torch.float32) * (1.0 / 255.0)
        return torch.softmax(self.segmenter(x), 1)
