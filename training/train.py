"""Trains the encoder on the graded sets, measures it on the development sets and writes pkg/encoder/model.bin.

    python training/train.py              # trains, measures, writes model.safetensors and pkg/encoder/model.bin
    python training/train.py --measure    # measures model.safetensors only
    python training/train.py --without b2,d2,f2,h2,j2,l2,n2,p2,r2,t2,v2,x2 --weights held.safetensors --out held/model.bin
                                          # the model that ./training/fit measures with

One step is one whole set: all its queries against all its stories, so that every grade of the set counts at once and a
story is encoded once for a hundred queries. REPORT.md says what else was tried.
"""
import argparse
import os
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

import export
import ranking
import sets
from encoder import Encoder, base_folder
from sets import COMPETENCIES, dev_sets, training_sets

SCALE = 20.0        # cosines to logits
COLUMNS = 0.3       # weight of "the queries of a story" beside "the stories of a query"
SENTENCES = 0.5     # weight of the best sentences' loss beside the whole story's
TAGS = 6.0          # weight of the two heads
CLAIMED = (7, 3, 1)  # gain of a story for the description of its first, second, further competency
BORROWED = 40       # questions of other sets in a step
WARM = 0.1          # share of the steps over which the rates rise
CUT = 0.12          # chance that a sentence of a story is left out of a step
RATE, HEAD_RATE = 1.5e-4, 3e-3
EPOCHS, SEED = 9, 2


def tokenizer():
    """The tokenizer of the base, as export.py stores it."""
    return Tokenizer.from_file(os.path.join(base_folder(), "tokenizer.json"))


# ---- what a step is made of
def gains(g):
    return 2.0 ** torch.from_numpy(g) - 1


def hot(tags):
    return torch.tensor([[float(c in t) for c in COMPETENCIES] for t in tags])


def claims(tags):
    """Gains [competencies, stories]: how well each story answers the bare description of a competency."""
    out = torch.zeros(len(COMPETENCIES), len(tags))
    for story, claimed in enumerate(tags):
        for place, c in enumerate(claimed):
            out[COMPETENCIES.index(c), story] = CLAIMED[min(place, len(CLAIMED) - 1)]
    return out


class Borrowing:
    """Questions of other sets, graded as this set's own questions on the same competency are on the mean."""

    def __init__(self, graded):
        self.asked = {}
        for t in graded:
            for text, tags in zip(t["parts"][0]["texts"], t["parts"][0]["tags"]):
                if tags:
                    self.asked.setdefault(tags[0], []).append((t["name"], text))

    def draw(self, t):
        own, part = {}, t["parts"][0]
        for tags, gain in zip(part["tags"], gains(part["g"])):
            if tags and gain.sum() > 0:
                own.setdefault(tags[0], []).append(gain / gain.sum())
        near = [(c, text) for c in own for name, text in self.asked[c] if name != t["name"]]
        drawn = random.sample(near, BORROWED)
        return [text for _, text in drawn], torch.stack([torch.stack(own[c]).mean(0) for c, _ in drawn])


def batch(t, epoch, borrowing):
    """A step's query texts, how many of them are graded by a person, and the gains [queries, stories] of them all."""
    questions, lines = t["parts"]
    texts, gain = questions["texts"] + lines["texts"], [gains(questions["g"]), gains(lines["g"])]
    graded = len(texts)
    borrowed, grades = borrowing.draw(t)
    described = sets.SHOWS if epoch % 2 else sets.PROBES
    return texts + described + borrowed, graded, torch.cat(gain + [claims(t["tags"]), grades])


def shorten(story):
    """A story without some of its sentences, so that no single one of them can be learnt by heart."""
    told = [story[a:b] for a, b in sets.sentences(story)]
    kept = [sentence for sentence in told if random.random() > CUT]
    return "".join(kept if len(kept) > 1 else told)


# ---- the loss
def cosines(encoded, queries):
    """Two matrices [queries, stories]: the story as a whole, and the mean of its three best sentences."""
    q, d = F.normalize(encoded.whole[:queries], dim=1), F.normalize(encoded.whole[queries:], dim=1)
    told = encoded.owner >= queries
    owner = encoded.owner[told] - queries
    count = torch.bincount(owner, minlength=len(d))
    place = torch.arange(len(owner)) - (count.cumsum(0) - count)[owner]
    room = max(3, int(count.max()))
    absent = -9.0  # below any cosine
    each = q @ F.normalize(encoded.sentences[told], dim=1).T
    table = torch.full((queries, len(d) * room), absent).index_copy(1, owner * room + place, each)
    best = table.view(queries, len(d), room).topk(3, dim=2).values
    present = (best > absent).float()
    return q @ d.T, (best * present).sum(2) / present.sum(2)


def listwise(logits, gain, dim):
    """Cross-entropy between the shares of gain and the softmax of the logits, over the rows (columns) that have any gain."""
    total = gain.sum(dim, keepdim=True)
    share = gain / total.clamp(min=1e-6)
    return -(share * F.log_softmax(logits, dim)).sum(dim)[total.squeeze(dim) > 0].mean()


def ranking_loss(cosine, gain, graded):
    return listwise(cosine * SCALE, gain, 1) + COLUMNS * listwise(cosine[:graded] * SCALE, gain[:graded], 0)


def loss_of(model, t, epoch, borrowing):
    texts, graded, gain = batch(t, epoch, borrowing)
    stories = [shorten(story) for story in t["docs"]]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        encoded = model(texts + stories)
    whole, best = cosines(encoded, len(texts))
    loss = ranking_loss(whole, gain, graded) + SENTENCES * ranking_loss(best, gain, graded)
    probed = t["parts"][0]["tags"]
    asked, told = model.question_head(encoded.whole[:len(probed)]), model.story_head(encoded.whole[len(texts):])
    entropy = F.binary_cross_entropy_with_logits
    return loss + TAGS * (entropy(asked, hot(probed)) + entropy(told, hot(t["tags"])))


# ---- training
def optimiser(model):
    heads = [p for n, p in model.named_parameters() if "_head" in n]
    rest = [p for n, p in model.named_parameters() if "_head" not in n]
    return torch.optim.AdamW([dict(params=rest, lr=RATE, weight_decay=0.01), dict(params=heads, lr=HEAD_RATE)], fused=True)


def pace(done):
    """The share of the full rates after a share of the steps: up over the first tenth, then down in a line."""
    return min(1.0, done / WARM) * max(0.02, 1 - done)


def train(out, epochs, graded):
    """One run on one thread, so that the same seed gives the same weights, however busy the machine is."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    random.seed(SEED)
    model, borrowing = Encoder(len(COMPETENCIES)), Borrowing(graded)
    opt = optimiser(model)
    full = [group["lr"] for group in opt.param_groups]
    steps, step, start = epochs * len(graded), 0, time.time()
    for epoch in range(epochs):
        losses = []
        for t in random.sample(graded, len(graded)):
            for group, rate in zip(opt.param_groups, full):
                group["lr"] = rate * pace(step / steps)
            loss = loss_of(model, t, epoch, borrowing)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            step += 1
            losses.append(loss.item())
        print(f"epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}, {time.time() - start:.0f} s", flush=True)
    save_file({k: v.half() for k, v in model.state_dict().items()}, out)


# ---- measuring
def tag_scores(model, raw, tags):
    """Micro-F1 of each story's three strongest competencies; how often the strongest is among the teller's own."""
    with torch.inference_mode():
        order = np.argsort(-model.story_head(torch.from_numpy(raw)).numpy(), 1)[:, :3]
    seen = [[COMPETENCIES[c] in t for c in row] for row, t in zip(order, tags)]
    return 2 * np.sum(seen) / (3 * len(tags) + sum(map(len, tags))), np.mean([row[0] for row in seen])


def report(model, dev, graded):
    """Prints nDCG@5 / success@1 of the development sets' questions, term by term, and the story tags."""
    model.eval()
    known = ranking.neighbours(model, graded)
    mean, scales = ranking.freeze(known)
    others, answers = (np.concatenate([k[f] for k in known]) for f in ("questions", "answers"))
    rows = {}
    for s in dev:
        raw, parts = ranking.encode(model, s["docs"])
        asked = ranking.unit(ranking.encode(model, s["texts"])[0])
        terms = ranking.terms(asked, ranking.unit(raw), parts, others, answers, mean)
        for label, scores in ranking.sums(terms, scales):
            rows.setdefault(label, []).append(ranking.measure(s["g"], scores, s["ids"]))
        rows.setdefault("tags F1, first", []).append(tag_scores(model, raw, s["tags"]))
    for label, row in rows.items():
        print(f"{label:16s}", "  ".join(f"{a:.3f}/{b:.3f}" for a, b in row), " mean {:.3f}/{:.3f}".format(*np.mean(row, 0)), flush=True)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--measure", action="store_true", help="measure the weights only")
    p.add_argument("--weights", default=os.path.join(sets.HERE, "model.safetensors"), help="the trained weights, float16")
    p.add_argument("--out", default=os.path.join(os.path.dirname(sets.HERE), "pkg", "encoder", "model.bin"))
    p.add_argument("--dev", default=sets.DEVELOPMENT, help="folder of the development sets")
    p.add_argument("--epochs", type=int, default=EPOCHS)
    p.add_argument("--without", default="", help="training sets to hold out, with commas between")
    a = p.parse_args()
    graded = training_sets(a.without.split(","))
    if not a.measure:
        train(a.weights, a.epochs, graded)
    model, dev = Encoder(len(COMPETENCIES)), dev_sets(a.dev)
    state = load_file(a.weights)
    model.load_state_dict({k: v.float() for k, v in state.items()})
    report(model, dev, graded)
    if not a.measure:
        export.export(state, tokenizer(), graded, dev, a.out)


if __name__ == "__main__":
    main()
