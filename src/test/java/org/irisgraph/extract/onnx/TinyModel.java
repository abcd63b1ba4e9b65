package org.irisgraph.extract.onnx;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model that labels the tokens of its small vocabulary, in the files of Hugging Face. */
public final class TinyModel {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> tokens = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]"));
  private final List<String> labels;
  private final Map<String, String> labelled = new TreeMap<>();
  private final List<String[]> after = new ArrayList<>();
  private List<String> inputs = List.of("input_ids", "attention_mask", "token_type_ids");
  private int positions = 512;
  private String architecture = "BertForTokenClassification";

  /** A model with these labels, of which other tokens have the first, hardly. */
  public TinyModel(String... labels) {
    this.labels = List.of(labels);
  }

  /** Adds tokens with a label. */
  public TinyModel with(String label, String... tokensOfIt) {
    for (String token : tokensOfIt) {
      tokens.add(token);
      labelled.put(token, label);
    }
    return this;
  }

  /** What follows a token of one label has another, if the model knows nothing better. */
  public TinyModel after(String label, String next) {
    after.add(new String[] {label, next});
    return this;
  }

  TinyModel inputs(String... names) {
    inputs = List.of(names);
    return this;
  }

  TinyModel positions(int most) {
    positions = most;
    return this;
  }

  TinyModel architecture(String name) {
    architecture = name;
    return this;
  }

  /** Writes the files into a new folder. */
  public Path write(Path folder) throws IOException {
    return write(folder, OnnxFile.labelling(scores(), weights(), inputs), wordPieces());
  }

  Path writeQuantised(Path folder) throws IOException {
    float[][] scores = scores();
    byte[][] bytes = new byte[scores.length][labels.size()];
    for (int token = 0; token < scores.length; token++) {
      for (int label = 0; label < labels.size(); label++) {
        bytes[token][label] = (byte) (10 * scores[token][label]);
      }
    }
    return write(folder, OnnxFile.quantised(bytes), wordPieces());
  }

  /** Writes the files with another tokenizer for the same vocabulary. */
  Path write(Path folder, String tokenizer) throws IOException {
    return write(folder, OnnxFile.labelling(scores(), weights(), inputs), tokenizer);
  }

  Path write(Path folder, byte[] network, String tokenizer) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.onnx"), network);
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
    ObjectNode config = JSON.createObjectNode().put("max_position_embeddings", positions);
    config.putArray("architectures").add(architecture);
    ObjectNode names = config.putObject("id2label");
    for (int label = 0; label < labels.size(); label++) {
      names.put("" + label, labels.get(label));
    }
    Files.writeString(folder.resolve("config.json"), config.toPrettyString());
    return folder;
  }

  /** The vocabulary, each token with its number. */
  ObjectNode vocabulary() {
    ObjectNode vocabulary = JSON.createObjectNode();
    for (int token = 0; token < tokens.size(); token++) {
      vocabulary.put(tokens.get(token), token);
    }
    return vocabulary;
  }

  float[][] scores() {
    float[][] scores = new float[tokens.size()][labels.size()];
    for (int token = 0; token < tokens.size(); token++) {
      String label = labelled.get(tokens.get(token));
      if (label != null) {
        scores[token][labels.indexOf(label)] = 8;
      }
    }
    return scores;
  }

  private float[][] weights() {
    float[][] weights = new float[labels.size()][labels.size()];
    for (String[] pair : after) {
      weights[labels.indexOf(pair[0])][labels.indexOf(pair[1])] = 0.5f;
    }
    return weights;
  }

  private String wordPieces() {
    try {
      ObjectNode json =
          (ObjectNode)
              JSON.readTree(
                  """
                  {"version": "1.0", "truncation": null, "padding": null,
                   "added_tokens": [%s, %s, %s, %s],
                   "normalizer": {"type": "BertNormalizer", "clean_text": true,
                     "handle_chinese_chars": true, "strip_accents": true, "lowercase": true},
                   "pre_tokenizer": {"type": "BertPreTokenizer"},
                   "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3],
                     "cls": ["[CLS]", 2]},
                   "decoder": null,
                   "model": {"type": "WordPiece", "unk_token": "[UNK]",
                     "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}}
                  """
                      .formatted(special(0), special(1), special(2), special(3)));
      ((ObjectNode) json.get("model")).set("vocab", vocabulary());
      return json.toPrettyString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String special(int token) {
    return """
    {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
     "normalized": false, "special": true}\
    """
        .formatted(token, tokens.get(token));
  }
}
