"""Quantises the surface segmenter to int8 (static QDQ) and holds it against fp32 on rendered frames: the file and a report.

    python models/training/quantise.py --data DIR [--model models/screen-surface/fp32.onnx] [--out FILE]

DIR is what models/synth/dataset/write.ts wrote. Weights S8 by channel, activations U8, weights within 7 bits so that processors without VNNI do not overflow; the stem, which sees raw pixels, and the head,
which gives the logits, stay fp32. Calibrated on crops of the training set; judged on frames of the test set, borders included."""
import argparse
import json
import pathlib
import time

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

HERE = pathlib.Path(__file__).resolve().parent
SIZES = [(1088, 1920), (512, 512), (256, 256)]


def load_set(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    n, w, h, s = (manifest[k] for k in ("items", "width", "height", "stride"))
    return (np.memmap(folder / "images.u8", np.uint8, "r", shape=(n, h, w, 3)), np.memmap(folder / "labels.u8", np.uint8, "r", shape=(n, h // s, w // s)), manifest["classes"])


class Crops(CalibrationDataReader):
    def __init__(self, images, count):
        self.left = iter(images[:count])

    def get_next(self):
        image = next(self.left, None)
        return None if image is None else {"image": np.ascontiguousarray(image[None])}


def session(file, threads=1):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def kept_fp32(model):
    convolutions = [node.name for node in model.graph.node if node.op_type == "Conv"]
    return [convolutions[0], convolutions[-1]]


def latency(fp32, int8, runs=25):
    """Both in turn; the lowest of the runs, ms, for other work on the machine only adds."""
    out = {}
    for h, w in SIZES:
        image, times = {"image": np.random.default_rng(1).integers(0, 255, (1, h, w, 3), dtype=np.uint8)}, ([], [])
        for run in range(runs + 2):
            for i, each in enumerate((fp32, int8)):
                start = time.perf_counter(); each.run(None, image); spent = 1000 * (time.perf_counter() - start)
                if run >= 2: times[i].append(spent)
        out[f"{w}x{h}"] = {"fp32": round(min(times[0]), 1), "int8": round(min(times[1]), 1)}
    return out


def compare(fp32, int8, images, labels, classes, most):
    border, worst, changed, cells = 0.0, 0.0, 0, 0
    sums = np.zeros((2, len(classes), 2))
    for image, label in list(zip(images, labels))[:most]:
        a, b = (each.run(None, {"image": np.ascontiguousarray(image[None])})[0][0] for each in (fp32, int8))
        off = np.abs(a - b)
        worst = max(worst, float(off.max()))
        border = max(border, float(max(off[:, [0, -1]].max(), off[:, :, [0, -1]].max())))
        changed += int((a.argmax(0) != b.argmax(0)).sum()); cells += label.size
        for i, p in enumerate((a, b)):
            for k in range(1, len(classes)):
                mine, truth = p.argmax(0) == k, label == k
                sums[i, k] += [(mine & truth).sum(), (mine | truth).sum()]
    iou = [{name: round(float(sums[i, k, 0] / max(1, sums[i, k, 1])), 4) for k, name in enumerate(classes) if k} for i in range(2)]
    return {"frames": min(most, len(images)), "largest_difference": worst, "largest_difference_at_border": border, "cells_of_another_class": changed / cells, "iou": {"fp32": iou[0], "int8": iou[1]}}


def quantise(model, data, out, crops=100, frames=12, method="MinMax"):
    """Writes `out` and gives the report: time, differences and intersection over union of both."""
    images, _, _ = load_set(data / "train")
    quantize_static(str(model), str(out), Crops(images, crops), quant_format=QuantFormat.QDQ, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, activation_type=QuantType.QUInt8,
                    calibrate_method=CalibrationMethod[method], nodes_to_exclude=kept_fp32(onnx.load(model)))
    fp32, int8 = session(model), session(out)
    images, labels, classes = load_set(data / "test")
    return {"format": "static QDQ, weights S8 by channel within 7 bits, activations U8, stem and head fp32", "calibration": method, "crops": crops, "bytes": {"fp32": model.stat().st_size, "int8": out.stat().st_size},
            "onnxruntime": onnxruntime.__version__, "threads": 1, "latency_ms": latency(fp32, int8), **compare(fp32, int8, images, labels, classes, frames)}


def is_better(report, most_lost=0.02):
    """Faster on whole frames, and no class has lost more than this of its intersection over union."""
    whole = report["latency_ms"]["1920x1088"]
    return whole["int8"] < whole["fp32"] and all(report["iou"]["int8"][k] >= v - most_lost for k, v in report["iou"]["fp32"].items())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, default=HERE.parent / "screen-surface" / "fp32.onnx")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("int8.onnx"))
    parser.add_argument("--crops", type=int, default=100)
    parser.add_argument("--frames", type=int, default=12)
    parser.add_argument("--method", choices=["MinMax", "Percentile", "Entropy"], default="MinMax")
    args = parser.parse_args()
    report = quantise(args.model, args.data, args.out, args.crops, args.frames, args.method)
    print(json.dumps({**report, "better": is_better(report)}, indent=1))


if __name__ == "__main__":
    main()
