"""ONNX out of the trained network, the proof that both say the same to the last border pixel, and its time."""
import statistics
import time

import numpy as np
import onnxruntime
import torch


def export(deployed, file):
    example = torch.zeros(1, 128, 192, 3, dtype=torch.uint8)
    axes = {"image": {1: "height", 2: "width"}, "probability": {2: "rows", 3: "columns"}}
    torch.onnx.export(deployed, (example,), str(file), input_names=["image"], output_names=["probability"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)


def session(file, threads=1):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def parity(deployed, file, data):
    """Largest difference in probability over whole frames, borders included; more than 1e-3 is refused."""
    run, worst = session(file), 0.0
    for i in range(min(4, len(data))):
        image = np.ascontiguousarray(data.images[i:i + 1])
        with torch.no_grad(): ours = deployed(torch.from_numpy(image)).numpy()
        worst = max(worst, float(np.abs(ours - run.run(None, {"image": image})[0]).max()))
    if worst > 1e-3: raise SystemExit(f"the exported model differs from the trained one by {worst}")
    return worst


def latency(file, runs=20):
    run, image = session(file), np.zeros((1, 1088, 1920, 3), np.uint8)
    times = []
    for _ in range(runs):
        start = time.perf_counter(); run.run(None, {"image": image}); times.append(1000 * (time.perf_counter() - start))
    return {"p50": round(statistics.median(times), 1), "threads": 1, "size": "1920x1088", "onnxruntime": onnxruntime.__version__}
