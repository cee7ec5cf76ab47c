"""Trains the surface segmenter on rendered captures, exports it to ONNX, checks the export and writes its card.

    python models/training/train.py [--data DIR] [--minutes 12] [--frames 300] [--out models/screen-surface]

TypeScript writes the data first (models/synth/dataset/write.ts); nothing but renders is learnt from."""
import argparse
import hashlib
import json
import pathlib
import shutil
import subprocess
import time

import numpy as np
import torch
from torch.nn import functional as F

from data import DataSet, augment
from evaluate import calibrate, found_and_false, intersection_over_union, probabilities
from export import export, latency, parity
from network import Deployed, Segmenter
from quantise import is_better, quantise

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parent
SIDE = 384
CLASS_WEIGHT = [1.0, 6.0, 6.0, 2.0, 4.0]
FALSE_A_FRAME = 0.1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=HERE / "data", help="where the rendered sets lie, or are written to")
    parser.add_argument("--out", type=pathlib.Path, default=MODELS / "screen-surface")
    parser.add_argument("--minutes", type=float, default=12, help="processor time to learn for: one core, so a busy machine learns as much, only later")
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--judge", type=int, default=60, help="frames of the calibration and test set each that are judged")
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="file for the weights on the way")
    parser.add_argument("--go-on", type=pathlib.Path, help="weights to go on from, as --keep wrote them")
    parser.add_argument("--node", default="node")
    return parser.parse_args()


def render(args):
    if not (args.data / "test" / "manifest.json").exists():
        subprocess.run([args.node, str(MODELS / "synth/dataset/write.ts"), str(args.data), "--frames", str(args.frames)], check=True)
    return [DataSet(args.data / name) for name in ("train", "calibration", "test")]


def loss_of(logits, y, weight):
    """Weighted cross entropy, and dice over the defect classes so that small ones count."""
    ce = F.cross_entropy(logits, y, weight)
    p = torch.softmax(logits, 1)[:, 1:]
    t = F.one_hot(y, logits.shape[1]).permute(0, 3, 1, 2)[:, 1:].float()
    overlap = (p * t).sum((0, 2, 3))
    dice = 1 - (2 * overlap + 20) / (p.sum((0, 2, 3)) + t.sum((0, 2, 3)) + 20)
    return ce + 0.5 * dice.mean()


def learn(model, data, args):
    random = np.random.default_rng(args.seed)
    weight = torch.tensor(CLASS_WEIGHT)
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-3)
    start, step, running = time.process_time(), 0, 0.0
    model.train()
    while args.minutes > 0 and (spent := (time.process_time() - start) / (60 * args.minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 3e-3 * min(1.0, (step + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * spent)))
        x, y = augment(*data.batch(np.sort(random.choice(len(data), args.batch, replace=False)), SIDE, random), random)
        loss = loss_of(model(x), y, weight)
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        step += 1
        if step % 500 == 0 and args.keep: torch.save(model.state_dict(), args.keep)
        running = 0.98 * running + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 100 == 0: print(f"step {step}  {spent:4.0%}  loss {running:.4f}  {(time.process_time() - start) / step:.2f} s a step", flush=True)
    return step


def figures(probability, data, names, thresholds):
    out = {}
    for k, name in enumerate(names):
        if k == 0: continue
        total, found, false = found_and_false(probability, data.labels, k, thresholds[name])
        out[name] = {"objects": total, "found": found, "false_a_frame": round(false / len(probability), 3), "iou": round(intersection_over_union(probability, data.labels, k), 3)}
    return out


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    train, calibration, test = render(args)
    names = train.manifest["classes"]
    model = Segmenter(len(names)).to(memory_format=torch.channels_last)
    if args.go_on: model.load_state_dict(torch.load(args.go_on))
    steps = learn(model, train, args)
    deployed = Deployed(model).eval()
    args.out.mkdir(parents=True, exist_ok=True)
    exact, file = args.out / "fp32.onnx", args.out / "model.onnx"
    export(deployed, exact)
    difference = parity(deployed, exact, test)
    int8 = quantise(exact, args.data, file)
    if not is_better(int8): shutil.copyfile(exact, file)
    on_calibration = probabilities(deployed, calibration, args.judge)
    thresholds = {name: calibrate(on_calibration, calibration.labels, k, FALSE_A_FRAME) for k, name in enumerate(names) if k}
    card = {
        "name": args.out.name, "version": 1, "task": "segmentation of defects on the front glass of handsets, display off, ring light",
        "file": "model.onnx", "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "input": {"name": "image", "type": "uint8", "layout": "NHWC", "channels": "RGB", "multiple_of": 64},
        "output": {"name": "probability", "type": "float32", "layout": "NCHW", "stride": 4}, "classes": names, "thresholds": thresholds,
        "data": {d.manifest["set"]: {k: d.manifest[k] for k in ("items", "frames", "seed", "sha256")} for d in (train, calibration, test)},
        "training": {"seed": args.seed, "steps": steps, "minutes": args.minutes, "parameters": sum(p.numel() for p in model.parameters()), "torch": torch.__version__, "pretrained": None},
        "metrics": {"synthetic": True, "calibration": figures(on_calibration, calibration, names, thresholds),
                    "test": figures(probabilities(deployed, test, args.judge), test, names, thresholds), "note": "rendered frames with other renderer parameters than those learnt from; no real capture was used"},
        "parity": {"largest_difference": difference}, "quantisation": {**int8, "shipped": is_better(int8)}, "latency_ms": latency(file),
        "limits": ["learnt from renders only", "dark glass in view, display off; lit patterns are judged by analytic checks", "defects below about 4 px are dust"],
        "license": "Apache-2.0"}
    (args.out / "card.json").write_text(json.dumps(card, indent=2) + "\n")
    print(json.dumps({"thresholds": thresholds, "metrics": card["metrics"], "latency": card["latency_ms"], "parity": difference}, indent=1))


if __name__ == "__main__":
    main()
