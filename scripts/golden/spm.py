"""SentencePiece: tiny tokenizers and what the reference library makes of hostile text."""
import base64
import io
import os
import random
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from . import text
from .common import GOLDEN, write_bytes, write_lines

PLAIN = {"normalization_rule_name": "identity"}
MODELS = {
    "nfkc": {"normalization_rule_name": "nmt_nfkc", "vocab_size": 400},
    "nfkc-bytes": {"normalization_rule_name": "nmt_nfkc_cf", "vocab_size": 520, "byte_fallback": True},
    "identity": dict(PLAIN, vocab_size=400),
    "bytes": dict(PLAIN, vocab_size=520, byte_fallback=True, pad_id=3),
    "user": {"rules": True, "vocab_size": 380, "user_defined_symbols": ["<sep>", "NAME", "می\u200c", "--"],
             "control_symbols": ["<ctl>", "<mask>"]},
    "suffix": dict(PLAIN, vocab_size=400, treat_whitespace_as_suffix=True),
    "no-prefix": dict(PLAIN, vocab_size=380, add_dummy_prefix=False),
    "spaces": {"rules": True, "vocab_size": 380, "remove_extra_whitespaces": False, "allow_whitespace_only_pieces": True},
    "raw": {"rules": True, "vocab_size": 380, "remove_extra_whitespaces": False, "add_dummy_prefix": False,
            "split_by_whitespace": False, "bos_id": -1, "eos_id": 0, "unk_id": 1, "unk_surface": " ?? "},
    "unused": dict(PLAIN, vocab_size=400, edit="unused"),
}


def train(lines, rules=False, edit=None, **options):
    """The bytes of a model; one thread and no file names inside, so that they are always the same."""
    writer = io.BytesIO()
    handle = None
    if rules:
        handle = tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8")
        handle.write(text.rule_table())
        handle.flush()
        options["normalization_rule_tsv"] = handle.name
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=writer, num_threads=1, hard_vocab_limit=False,
        character_coverage=1.0, minloglevel=2, **options)
    if handle:
        handle.close()
    model = sentencepiece_model_pb2.ModelProto.FromString(writer.getvalue())
    model.normalizer_spec.normalization_rule_tsv = ""
    model.trainer_spec.ClearField("seed_sentencepieces_file")
    if edit == "unused":
        mark_unused(model)
    return model.SerializeToString(deterministic=True)


def mark_unused(model):
    """Every seventh piece of several characters may no longer be used."""
    unused = sentencepiece_model_pb2.ModelProto.SentencePiece.UNUSED
    long = [piece for piece in model.pieces if piece.type == 1 and len(piece.piece) > 2]
    for piece in long[::7]:
        piece.type = unused


def clean(data):
    """(string, None) when the bytes are UTF-8, else (None, base64)."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return None, base64.b64encode(data).decode("ascii")


def raw(value):
    return value.encode("utf-8") if isinstance(value, str) else value


def row_of(processor, data):
    row = {}
    string, coded = clean(data)
    row["text" if coded is None else "text64"] = string if coded is None else coded
    proto = processor.encode(data, return_type="proto")
    row["ids"] = [piece.id for piece in proto.pieces]
    row["pieces"] = [piece.piece for piece in proto.pieces]
    row["spans"] = [[piece.begin, piece.end] for piece in proto.pieces]
    if row["ids"] != processor.encode(data):
        raise SystemExit(f"{data!r}: the two ways of encoding disagree")
    for piece in proto.pieces:
        if data[piece.begin:piece.end] != raw(piece.surface):
            raise SystemExit(f"{data!r}: span {piece.begin}-{piece.end} is not {piece.surface!r}")
    normal = processor.normalize(data)
    string, coded = clean(raw(normal))
    row["normalized" if coded is None else "normalized64"] = string if coded is None else coded
    row["decoded"] = processor.decode(row["ids"])
    return row


def decode_rows(processor, count=60):
    """Lists of ids that no text gives: control pieces, halves of characters in bytes, word ends anywhere."""
    draw, size = random.Random(20), processor.get_piece_size()
    special = [i for i in range(size) if processor.is_control(i) or processor.is_unknown(i)]
    coded = [i for i in range(size) if processor.is_byte(i)]
    bare = [i for i in range(size) if processor.id_to_piece(i) in ("\u2581", "a", ".")]
    lists = [[], [special[0]], special, bare, bare * 3] + ([coded, coded[0xC0:] + bare] if coded else [])
    while len(lists) < count:
        pools = [range(size), range(size), special, bare, coded or range(size)]
        lists.append([draw.choice(draw.choice(pools)) for _ in range(draw.randint(1, 12))])
    rows = []
    for ids in lists:
        string, base = clean(raw(processor.decode(list(ids))))
        rows.append({"ids": list(ids), "decoded" if base is None else "decoded64": string if base is None else base})
    return rows


def make(names):
    for name in names or MODELS:
        folder = os.path.join(GOLDEN, "token")
        model = train(text.corpus(), **MODELS[name])
        write_bytes(os.path.join(folder, f"{name}.model"), model)
        processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        rows = [row_of(processor, data) for data in text.hostile()]
        write_lines(os.path.join(folder, f"{name}.jsonl"), rows)
        write_lines(os.path.join(folder, f"{name}.decode.jsonl"), decode_rows(processor))
        print(f"token/{name}: {processor.get_piece_size()} pieces, {len(model)} bytes, {len(rows)} texts")
