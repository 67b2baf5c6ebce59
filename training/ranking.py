"""How a question and a story are compared by vectors alone, and how well that ranks.

score = whole + best three sentences + near - DAMPING * crowd, each in units of its own frozen spread:

whole      cosine of question and story
sentences  mean cosine of the question with the story's three best sentences
near       cosine of the story with what the graded stories of the nearest training questions have in common
crowd      mean cosine of the story with its nearest training questions: high for one that answers everything a little

Means and spreads are frozen from training stories, so that a story's score never depends on its neighbours in a library.
"""
import math

import numpy as np
import torch

SHARPNESS = 30.0  # of the softmax over training questions
CROWD = 20        # training questions that make a crowd
DAMPING = 0.1


def unit(v):
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


@torch.inference_mode()
def encode(model, texts):
    """Raw vectors of whole texts, and per text the unit vectors of its sentences."""
    whole, parts = [], []
    for at in range(0, len(texts), 64):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            e = model(texts[at:at + 64])
        rows = unit(e.sentences.numpy())
        whole.append(e.whole.numpy())
        parts += np.split(rows, np.flatnonzero(np.diff(e.owner.numpy())) + 1)
    return np.concatenate(whole), parts


def best_three(questions, parts):
    return np.stack([np.sort(questions @ p.T, 1)[:, -3:].mean(1) for p in parts], 1)


def crowd(stories, questions):
    return np.sort(stories @ questions.T, 1)[:, -CROWD:].mean(1)


def near(questions, others, answers, sharpness=SHARPNESS):
    w = np.exp(sharpness * questions @ others.T)
    return w / w.sum(1, keepdims=True) @ answers


def neighbours(model, sets):
    """Per training set: unit vectors of its questions, for each the mean of its graded stories less the set's mean, its stories."""
    out = []
    for s in sets:
        raw, parts = encode(model, s["docs"])
        docs, q = unit(raw), unit(encode(model, s["parts"][0]["texts"])[0])
        gain = 2.0 ** s["parts"][0]["g"] - 1
        answers = gain / np.maximum(gain.sum(1, keepdims=True), 1) @ (docs - docs.mean(0))
        out.append(dict(questions=q, answers=answers, docs=docs, parts=parts))
    return out


def terms(questions, docs, parts, others, answers, mean):
    return dict(whole=questions @ docs.T, sentences=best_three(questions, parts),
                near=near(questions, others, answers) @ (docs - mean).T, crowd=crowd(docs, others)[None])


def freeze(known):
    """The mean story, and per term its mean and usual spread over one question's stories.

    Questions of one set are put to the stories of the next: those of their own were fitted and spread wider.
    """
    mean, rows = np.mean([k["docs"].mean(0) for k in known], 0), []
    for i, k in enumerate(known):
        other = known[(i + 1) % len(known)]
        rest = [o for j, o in enumerate(known) if o is not k and o is not other]
        others, answers = (np.concatenate([o[f] for o in rest]) for f in ("questions", "answers"))
        rows.append(terms(k["questions"], other["docs"], other["parts"], others, answers, mean))
    scales = {n: (np.mean([r[n].mean() for r in rows]), np.mean([r[n].std(1).mean() for r in rows])) for n in rows[0]}
    return mean, scales


def sums(terms, scales):
    """The score as it grows term by term: [(label, scores)]."""
    z = {n: (m - scales[n][0]) / scales[n][1] for n, m in terms.items()}
    score, out = z["whole"], [("whole", z["whole"])]
    for label, more in (("+ sentences", z["sentences"]), ("+ neighbours", z["near"]), ("+ damping", -DAMPING * z["crowd"])):
        score = score + more
        out.append((label, score))
    return out


def measure(g, scores, ids):
    """nDCG@5 (gain 2^grade - 1) over questions with a graded story, and success@1 over those with one of grade 2 or more."""
    dcg = lambda x: sum((2 ** v - 1) / math.log2(i + 2) for i, v in enumerate(x))
    n, first = [], []
    for row, sc in zip(g, scores):
        got = [row[j] for j in sorted(range(len(ids)), key=lambda j: (-sc[j], ids[j]))]
        best = sorted(row, reverse=True)
        if best[0] > 0:
            n.append(dcg(got[:5]) / dcg(best[:5]))
        if best[0] >= 2:
            first.append(float(got[0] >= 2))
    return np.mean(n), np.mean(first)
