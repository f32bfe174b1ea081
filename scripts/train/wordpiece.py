# The WordPiece vocabulary of the BERT examples and its three files, made with the tokenizers library.
#
# The normaliser is BERT's, set for Persian: no lower case and no stripping of accents, because the latter takes
# the madda off آ and the hamza off ئ. Cleaning removes format characters, so ZWNJ goes and می‌رود is read as
# میرود: of the three usual spellings two become one, and «می رود» stays two words. The hamza of خانهٔ is kept.
import json
import os

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LONGEST = 64            # pieces with the special ones: the number of positions of the models


def empty(vocab=None):
    model = models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=100) if vocab else \
        models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100)
    t = Tokenizer(model)
    t.normalizer = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=False,
                                              lowercase=False)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.WordPiece(prefix="##")
    return t


def words_of(lines):
    t, count = empty(), {}
    for line in lines:
        for w, _ in t.pre_tokenizer.pre_tokenize_str(t.normalizer.normalize_str(line)):
            count[w] = count.get(w, 0) + 1
    return count


def train(lines, size, power=0.5):
    """The pieces: special ones, letters, then the rest in the order in which they were joined.

    Every word counts to the power of its frequency, so that rare words of the lexicon get pieces too. The letters
    are named beforehand: the library numbers them in the order of a hash table otherwise, and breaks ties by number.
    """
    count = words_of(lines)
    letters = sorted({c for w in count for c in w})
    inner = ["##" + c for c in sorted({c for w in count for c in w[1:]})]
    trainer = trainers.WordPieceTrainer(vocab_size=size, min_frequency=2, special_tokens=SPECIAL + letters + inner,
                                        show_progress=False, continuing_subword_prefix="##")
    t = empty()
    t.train_from_iterator((" ".join([w] * round(n ** power)) for w, n in sorted(count.items())), trainer)
    return [p for p, _ in sorted(t.get_vocab().items(), key=lambda x: x[1])]


def tokenizer(pieces):
    t = empty({p: i for i, p in enumerate(pieces)})
    t.add_special_tokens(SPECIAL)
    cls, sep = ("[CLS]", pieces.index("[CLS]")), ("[SEP]", pieces.index("[SEP]"))
    t.post_processor = processors.TemplateProcessing(single="[CLS]:0 $A:0 [SEP]:0",
                                                     pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
                                                     special_tokens=[cls, sep])
    return t


def write(pieces, folder):
    """vocab.txt, tokenizer.json and tokenizer_config.json in folder."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8") as f:
        f.writelines(p + "\n" for p in pieces)
    tokenizer(pieces).save(os.path.join(folder, "tokenizer.json"))
    with open(os.path.join(folder, "tokenizer_config.json"), "w", encoding="utf-8") as f:
        json.dump({"tokenizer_class": "BertTokenizer", "do_lower_case": False, "strip_accents": False,
                   "tokenize_chinese_chars": True, "model_max_length": LONGEST, "unk_token": "[UNK]",
                   "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]"}, f,
                  indent=2)
        f.write("\n")


def read(folder):
    with open(os.path.join(folder, "vocab.txt"), encoding="utf-8") as f:
        return tokenizer(f.read().splitlines())
