package org.irisgraph.extract.onnx;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused when a model is loaded; messages begin with the file. */
class TokenClassifierTest {

  @TempDir private Path folder;
  private final TinyModel model = new TinyModel("O", "B-PER").with("B-PER", "ann");

  private OnnxExtractor load() throws IOException {
    return OnnxExtractor.load(
        new OnnxSettings(folder.toString(), Map.of(), 0),
        file -> Files.readAllBytes(Path.of(file)));
  }

  private String refusal() {
    String message = assertThrows(IllegalArgumentException.class, this::load).getMessage();
    assertThat(message, startsWith(folder.toString() + "/"));
    return message.substring(folder.toString().length() + 1);
  }

  @Test
  void refusesAModelForAnotherTask() throws Exception {
    model.architecture("BertForMaskedLM").write(folder);
    assertThat(
        refusal(),
        is("config.json: the model is BertForMaskedLM, not one …ForTokenClassification"));
  }

  @Test
  void refusesANetworkWithOtherLabels() throws Exception {
    model.write(folder);
    Files.copy(
        new TinyModel("O", "B-PER", "I-PER").write(folder.resolve("other")).resolve("model.onnx"),
        folder.resolve("model.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(
        refusal(), is("model.onnx: it gives each token 3 numbers, but id2label has 2 labels"));
  }

  @Test
  void refusesANetworkThatClassifiesTexts() throws Exception {
    model.write(folder);
    Files.write(folder.resolve("model.onnx"), OnnxFile.classifyingTexts(model.scores()));
    assertThat(
        refusal(), is("model.onnx: it does not label tokens: its output has 2 dimensions, not 3"));
  }

  @Test
  void refusesANetworkOfOtherNumbers() throws Exception {
    model.write(folder);
    Files.write(folder.resolve("model.onnx"), OnnxFile.ofType(OnnxFile.INT64, model.scores()));
    assertThat(refusal(), startsWith("model.onnx: its output logits has the type INT64"));
    Files.write(folder.resolve("model.onnx"), OnnxFile.ofType(OnnxFile.DOUBLE, model.scores()));
    assertThat(refusal(), startsWith("model.onnx: its output logits has the type DOUBLE"));
  }

  /** Otherwise each document with one of its tokens would be rejected. */
  @Test
  void refusesATokenizerOfALargerModel() throws Exception {
    byte[] network = Files.readAllBytes(model.write(folder).resolve("model.onnx"));
    model.with("O", "met", "in").write(folder);
    Files.write(folder.resolve("model.onnx"), network);
    assertThat(
        refusal(),
        startsWith(
            "tokenizer.json: it numbers tokens up to 6, which the network cannot read, so they are"
                + " not of one model: the network failed: "));
  }

  @Test
  void refusesANetworkThatNeedsMore() throws Exception {
    model.inputs("input_ids", "bbox").write(folder);
    assertThat(refusal(), startsWith("model.onnx: it needs the input bbox"));
    model.inputs("attention_mask").write(folder);
    assertThat(refusal(), containsString("model.onnx:"));
  }

  @Test
  void refusesFilesOfAnotherKind() throws Exception {
    model.write(folder);
    Files.writeString(folder.resolve("model.onnx"), "version https://git-lfs.github.com/spec/v1");
    assertThat(refusal(), startsWith("model.onnx: "));
    model.write(folder);
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    assertThat(refusal(), startsWith("tokenizer.json: "));
    Files.writeString(folder.resolve("config.json"), "{");
    assertThat(refusal(), startsWith("config.json is no JSON: "));
  }

  @Test
  void refusesAModelWithoutPlaceForAText() throws Exception {
    model.positions(4).write(folder);
    assertThat(refusal(), startsWith("config.json: max_position_embeddings is 4"));
  }

  @Test
  void refusesANumberOfPositionsThatIsNone() throws Exception {
    Path config = model.write(folder).resolve("config.json");
    String description = Files.readString(config);
    for (String value : List.of("\"x\"", "\"512\"", "[512]", "true", "99999999999")) {
      Files.writeString(config, description.replaceFirst(": 512", ": " + value));
      assertThat(
          refusal(),
          is(
              "config.json: max_position_embeddings is %s, not a number of positions"
                  .formatted(value)));
    }
  }

  @Test
  void readsAsManyTokensAsUsualWithoutANumberOfPositions() throws Exception {
    Path config = model.write(folder).resolve("config.json");
    assertThat(load().longestWindow(), is(508));
    Files.writeString(config, Files.readString(config).replaceFirst(": 512", ": null"));
    assertThat(load().longestWindow(), is(510));
  }
}
