"""Figures on rendered frames: per class, objects found and false objects at a threshold; and the threshold itself."""
import numpy as np
import torch
from scipy import ndimage


@torch.no_grad()
def probabilities(deployed, data, most):
    deployed.eval()
    return [deployed(torch.from_numpy(np.ascontiguousarray(data.images[i:i + 1])))[0].numpy() for i in range(min(most, len(data)))]


def objects(truth, k):
    """Connected objects of a class in a label."""
    return ndimage.label(truth == k, np.ones((3, 3)))


def found_and_false(probability, labels, k, threshold, smallest=3):
    """(objects, found, false): an object is found where a fifth of it is marked; a region that touches no object of any class is false."""
    total = found = false = 0
    for p, y in zip(probability, labels):
        marked = p[k] > threshold
        regions, count = objects(y, k)
        sizes = np.bincount(regions.ravel(), minlength=count + 1)
        hits = np.bincount(regions.ravel(), weights=marked.ravel(), minlength=count + 1)
        for r in range(1, count + 1):
            if sizes[r] < smallest: continue
            total += 1
            found += hits[r] >= 0.2 * sizes[r]
        near = ndimage.binary_dilation(y > 0, iterations=3)
        islands, n = ndimage.label(marked, np.ones((3, 3)))
        area = np.bincount(islands.ravel(), minlength=n + 1)
        touch = np.bincount(islands.ravel(), weights=near.ravel(), minlength=n + 1)
        false += int(sum(area[r] >= smallest and touch[r] == 0 for r in range(1, n + 1)))
    return total, int(found), false


def calibrate(probability, labels, k, false_a_frame):
    """The smallest of some thresholds at which false regions stay within the wish; chosen on the calibration set alone."""
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        _, _, false = found_and_false(probability, labels, k, threshold)
        if false <= false_a_frame * len(probability): return threshold
    return 0.97


def intersection_over_union(probability, labels, k):
    inter = union = 0
    for p, y in zip(probability, labels):
        mine, theirs = p.argmax(0) == k, y == k
        inter += int((mine & theirs).sum()); union += int((mine | theirs).sum())
    return inter / max(1, union)
