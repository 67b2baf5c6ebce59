"""Writes pkg/encoder/model.bin, the one file that the Go encoder reads, and the vectors that its test compares with.

    python training/export.py --weights model.safetensors

The file: magic "prepenc\\0", version, length of the header (two uint32, little endian), SHA-256 of all that follows byte 64;
from byte 64 the header (JSON: config, competencies, scales, a table of tensors), then the tensors, each on a multiple of 64
bytes counted from the first one. A weight matrix is int8 with one float32 scale a row; what is small stays float32. Word
pieces are stored in byte order, so that a piece's place is its id and the reader finds it by halving.

The same weights and data give the same bytes.
"""
import argparse
import hashlib
import json
import math
import os
import random
import re
import struct
import tempfile
import unicodedata

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer, models

from encoder import base_folder
from ranking import CROWD, DAMPING, SHARPNESS, freeze, measure, terms, unit
from sets import COMPETENCIES, dev_sets, sentences, training_sets

HERE = os.path.dirname(os.path.abspath(__file__))
MAGIC, VERSION, ALIGN = b"prepenc\0", 1, 64
LONGEST, OVERLAP = 224, 74  # tokens in a pass, [CLS] and [SEP] among them; tokens that two windows of a long text share
HEADS = 12  # of attention


# ---- the vocabulary, less what English notes never hold
def keeps(piece):
    """Pieces whose every letter is Latin or Greek (µ, π and Δ occur in notes), but for those that stand for nothing."""
    if re.fullmatch(r"\[(unused\d+|PAD|MASK)\]", piece):
        return False
    letters = [c for c in piece if unicodedata.category(c)[0] in "LM"]
    return all(c.isascii() or unicodedata.name(c, "").split(" ")[0] in ("LATIN", "GREEK", "MICRO") for c in letters)


def compact(tokenizer):
    """The tokeniser over kept pieces only, in byte order, and the old id of each: a place in that order is the new id."""
    vocabulary = tokenizer.get_vocab()
    pieces = sorted((p for p in vocabulary if keeps(p)), key=str.encode)
    small = Tokenizer(models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]", max_input_chars_per_word=100))
    small.normalizer, small.pre_tokenizer = tokenizer.normalizer, tokenizer.pre_tokenizer
    return small, pieces, [vocabulary[p] for p in pieces]


# ---- quantisation
def quantise(matrix):
    """A float matrix as int8 and one scale a row: row * scale is within half a step of the original."""
    scale = np.abs(matrix).max(1) / 127
    scale = np.where(scale == 0, 1, scale).astype(np.float32)
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale


def restore(matrix):
    values, scale = quantise(matrix)
    return values.astype(np.float32) * scale[:, None]


def matrices(layers):
    return [f"layers.{i}.{m}.weight" for i in range(layers) for m in ("qkv", "o", "f1", "f2")]


def arrange(state, old):
    """The state dict of train.py as the reader's tensors: query, key and value in one matrix, words in the order of pieces."""
    w = {k: v.float().numpy() for k, v in state.items()}
    layers = 1 + max(int(k.split(".")[1]) for k in w if k.startswith("layers."))
    for i in range(layers):
        for part in ("weight", "bias"):
            w[f"layers.{i}.qkv.{part}"] = np.concatenate([w.pop(f"layers.{i}.{m}.{part}") for m in "qkv"])
    return dict(w, words=w.pop("words.weight")[old], places=w.pop("places.weight")[:LONGEST]), layers


def dequantised(weights, layers):
    return dict(weights, **{n: restore(weights[n]) for n in ["words"] + matrices(layers)})


# ---- the forward pass, written a second time so that the Go encoder is compared with something that is not the trainer
def windows(count, room=LONGEST - 2):
    """Windows over count tokens: (first, last, and which of them it answers for), the same length, evenly spread."""
    if count <= room:
        return [(0, count, 0, count)]
    n = math.ceil((count - OVERLAP) / (room - OVERLAP))
    starts = [i * (count - room) // (n - 1) for i in range(n)]
    cuts = [0] + [(a + room + b) // 2 for a, b in zip(starts, starts[1:])] + [count]
    return [(s, s + room, a, b) for s, a, b in zip(starts, cuts, cuts[1:])]


class Encoder:
    def __init__(self, weights, layers, tokenizer):
        self.w = {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in weights.items()}
        self.layers, self.tokenizer = layers, tokenizer
        self.first, self.last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")

    def tokens(self, text):
        """Ids without [CLS] and [SEP], and the characters that each covers."""
        e = self.tokenizer.encode(text, add_special_tokens=False)
        return e.ids, e.offsets

    def hidden(self, lists):
        """Last hidden states of a few lists of ids, padded to the longest; what lies past a list's end means nothing."""
        w, n = self.w, max(map(len, lists))
        x = torch.tensor([l + [self.last] * (n - len(l)) for l in lists])
        mask = (torch.arange(n) < torch.tensor([[len(l)] for l in lists]))[:, None, None, :]
        linear = lambda name, v: F.linear(v, w[name + ".weight"], w[name + ".bias"])
        norm = lambda name, v: F.layer_norm(v, v.shape[-1:], w[name + ".weight"], w[name + ".bias"], 1e-12)
        h = norm("norm", w["words"][x] + w["places"][:n])
        for i in range(self.layers):
            p = f"layers.{i}."
            q, k, v = (t.unflatten(2, (HEADS, -1)).transpose(1, 2) for t in linear(p + "qkv", h).chunk(3, 2))
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)
            h = norm(p + "n1", h + linear(p + "o", a))
            h = norm(p + "n2", h + linear(p + "f2", F.gelu(linear(p + "f1", h))))
        return h

    @torch.inference_mode()
    def states(self, texts):
        """Per text the hidden states of [CLS], its tokens and [SEP], each token from the window where it stands most centrally."""
        jobs, out = [], []
        for i, text in enumerate(texts):
            ids = self.tokens(text)[0]
            cut = windows(len(ids))
            out.append([None] * len(cut))
            for j, (a, b, u, v) in enumerate(cut):
                first, last = u - a + (u > 0), v - a + (2 if v == len(ids) else 1)
                jobs.append((i, j, [self.first, *ids[a:b], self.last], first, last))
        jobs.sort(key=lambda job: len(job[2]))  # alike in length, little padding
        for at in range(0, len(jobs), 16):
            group = jobs[at:at + 16]
            for (i, j, _, first, last), h in zip(group, self.hidden([job[2] for job in group])):
                out[i][j] = h[first:last].float()
        return [torch.cat(parts).numpy() for parts in out]

    def encode(self, texts):
        """Raw mean vectors, [texts, width]."""
        return np.stack([h.mean(0) for h in self.states(texts)])

    def read(self, texts):
        """Raw mean vectors and, per text, the unit vectors of its sentences of three tokens or more."""
        whole, parts = [], []
        for text, h in zip(texts, self.states(texts)):
            start, end = np.array(self.tokens(text)[1]).reshape(-1, 2).T
            inside = [(start >= a) & (end <= b) for a, b in sentences(text)]
            whole.append(h.mean(0))
            parts.append(unit(np.stack([h[1:-1][i].mean(0) for i in inside if i.sum() > 2] or [whole[-1]])))
        return np.stack(whole), parts


# ---- what the model remembers of its training, and what quantising costs
def neighbours(encoder, sets):
    """Per training set the unit vectors of its questions, the mean graded story of each, less the set's mean, and the stories."""
    out = []
    for s in sets:
        with torch.autocast("cpu", dtype=torch.bfloat16):  # a quarter of the time, and less is lost than by the int8 to come
            raw, parts = encoder.read(s["docs"])
            q = unit(encoder.encode(s["parts"][0]["texts"]))
        docs = unit(raw)
        gain = 2.0 ** s["parts"][0]["g"] - 1
        answers = gain / np.maximum(gain.sum(1, keepdims=True), 1) @ (docs - docs.mean(0))
        out.append(dict(questions=restore(q), answers=restore(answers.astype(np.float32)), docs=docs, parts=parts))
    return out


def compare(known, frozen, dev, encoder, label):
    """nDCG@5 / success@1 on the development sets, term by term; gives the raw vectors too."""
    mean, scales = frozen
    others, answers = (np.concatenate([k[f] for k in known]) for f in ("questions", "answers"))
    rows, raws = {}, []
    for s in dev:
        raw, parts = encoder.read(s["docs"])
        asked, score = encoder.encode(s["texts"]), 0
        raws += [asked, raw]
        t = terms(unit(asked), unit(raw), parts, others, answers, mean)
        for name, weight in ("whole", 1), ("sentences", 1), ("near", 1), ("crowd", -DAMPING):
            score = score + weight * (t[name] - scales[name][0]) / scales[name][1]
            rows.setdefault(name, []).append(measure(s["g"], score, s["ids"]))
    for name, row in rows.items():
        figures = "  ".join(f"{a:.3f}/{b:.3f}" for a, b in row)
        print(f"{label:9s} + {name:9s}  {figures}  mean {np.mean([a for a, _ in row]):.3f}", flush=True)
    return np.mean([[a for a, _ in row] for row in rows.values()], 1), np.concatenate(raws)


# ---- the file
class File:
    """The tensors of a model file, gathered with a table of them."""

    def __init__(self):
        self.data, self.table = bytearray(), []

    def put(self, blob):
        self.data += b"\0" * (-len(self.data) % ALIGN) + blob
        return len(self.data) - len(blob)

    def add(self, name, kind, shape, blob, **more):
        rows, columns = shape
        self.table.append(dict(name=name, kind=kind, rows=rows, columns=columns, at=self.put(blob), **more))

    def floats(self, name, v):
        v = np.atleast_2d(v)
        self.add(name, "float32", v.shape, v.astype("<f4").tobytes())

    def int8(self, name, v):
        values, scale = quantise(v)
        self.add(name, "int8", v.shape, values.tobytes(), scales=self.put(scale.astype("<f4").tobytes()))

    def text(self, name, lines):
        blob = "\n".join(lines).encode()
        self.add(name, "text", (len(lines), len(blob)), blob)

    def sealed(self, header):
        head = json.dumps(dict(header, tensors=self.table), separators=(",", ":"), sort_keys=True).encode()
        head += b" " * (-len(head) % ALIGN)
        body = head + bytes(self.data)
        start = MAGIC + struct.pack("<II", VERSION, len(head)) + hashlib.sha256(body).digest()
        return start + b"\0" * (ALIGN - len(start)) + body


def write(path, blob):
    """All of the file or nothing of it."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(path) or ".", delete=False) as f:
        f.write(blob)
    os.chmod(f.name, 0o644)
    os.replace(f.name, path)


def model_file(weights, layers, pieces, known, frozen):
    f, quantised = File(), ["words"] + matrices(layers)
    f.text("pieces", pieces)
    for name in sorted(weights):
        (f.int8 if name in quantised else f.floats)(name, weights[name])
    f.int8("near.questions", np.concatenate([k["questions"] for k in known]))
    f.int8("near.answers", np.concatenate([k["answers"] for k in known]))
    mean, scales = frozen
    f.floats("mean", mean)
    return f.sealed(dict(
        layers=layers, heads=HEADS, width=weights["words"].shape[1], inner=weights["layers.0.f1.weight"].shape[0],
        longest=LONGEST, overlap=OVERLAP, sharpness=SHARPNESS, crowd=CROWD, damping=DAMPING, competencies=COMPETENCIES,
        scales={name: dict(mean=round(float(m), 6), spread=round(float(s), 6)) for name, (m, s) in scales.items()}))


# ---- reference vectors for the Go test
ODD = [
    "", " ", "?", "a", "[CLS", "x" * 101 + " " + "y" * 100,
    "Café naïve ÀÉÎÕÜ façade, Straße, Łódź, İstanbul", "e\u0301 o\u0308 n\u0303 decomposed",
    "C++/C# & node.js: p99 < 200ms, ≈3.5× faster (µs → ns)", "日本語 and 한국어 and русский mixed in",
    "zero\u200bwidth soft\u00adhyphen tab\tnew\nline\r\nnon\u00a0breaking\u3000wide \ufffd\u0001 end",
    "“Curly” ‘quotes’ — dashes – and… ellipses™ ①② ½ ﬁne 🚀 emoji 👩‍💻",
    "$5M!!! #1 @home ~/.bashrc `code` {json: [1,2]} a_b-c|d^e\\f",
]


def reference_texts(sets, count=300):
    """Odd texts, some too long for one window, stories, sentences, posting lines, and questions to make up the count."""
    pick = random.Random(7).sample
    stories = [d for s in sets for d in s["docs"]]
    spans = [d[a:b] for d in stories for a, b in sentences(d) if b - a > 20]
    questions, lines = ([t for s in sets for t in s["parts"][i]["texts"]] for i in (0, 1))
    texts = ODD + [" ".join(pick(stories, n)) for n in (2, 2, 3, 4)] + pick(stories, 40) + pick(spans, 80) + pick(lines, 60)
    return texts + pick(questions, count - len(texts))


def write_reference(folder, encoder, texts):
    """texts.json, and vectors.bin: per text the number of its tokens, their ids (uint16) and the raw vector (float32)."""
    blob = b""
    for text, v in zip(texts, encoder.encode(texts)):
        ids = encoder.tokens(text)[0]
        blob += struct.pack(f"<H{len(ids)}H", len(ids), *ids) + v.astype("<f4").tobytes()
    write(folder + "/vectors.bin", blob)
    write(folder + "/texts.json", json.dumps(texts, indent=0, ensure_ascii=False).encode() + b"\n")


def export(state, tokenizer, sets, dev, out):
    """Quantises a state dict, measures what that costs, writes the model and, beside it, the reference vectors."""
    small, pieces, old = compact(tokenizer)
    weights, layers = arrange(state, old)
    trained = Encoder(weights, layers, small)
    quantised = Encoder(dequantised(weights, layers), layers, small)
    known = neighbours(quantised, sets)
    frozen = freeze(known)
    before, a = compare(known, frozen, dev, trained, "trained")
    after, b = compare(known, frozen, dev, quantised, "quantised")
    cosine, lost = (unit(a) * unit(b)).sum(1), np.abs(after - before).max()
    print(f"quantised against trained: cosine {cosine.mean():.5f} in the mean, {cosine.min():.5f} at least; nDCG@5 within {lost:.4f}")
    blob = model_file(weights, layers, pieces, known, frozen)
    write(out, blob)
    write_reference(os.path.join(os.path.dirname(out), "testdata"), quantised, reference_texts(sets))
    print(f"{out}: {len(blob) / 2**20:.1f} MiB, {len(pieces)} word pieces, {sum(len(k['questions']) for k in known)} questions")


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--weights", required=True, help="a state dict of encoder.py, float16 or float32, as safetensors")
    p.add_argument("--out", default=os.path.join(os.path.dirname(HERE), "pkg", "encoder", "model.bin"))
    a = p.parse_args()
    tokenizer = Tokenizer.from_file(os.path.join(base_folder(), "tokenizer.json"))
    export(load_file(a.weights), tokenizer, training_sets(), dev_sets(), a.out)


if __name__ == "__main__":
    main()
