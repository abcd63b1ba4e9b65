package org.irisgraph.extract.onnx;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.irisgraph.extract.Documents;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxExtractorTest {

  @TempDir private Path folder;
  private TinyModel model;

  /** The model takes {@code york} for a place only after {@code new}. */
  @BeforeEach
  void describeModel() {
    model =
        new TinyModel("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
            .with("B-PER", "zo", "ann", "rene")
            .with("I-PER", "smith", "-")
            .with("B-LOC", "new", "paris")
            .with("O", "met", "in", ".", "##e", "##ar")
            .after("B-LOC", "I-LOC");
  }

  private static OnnxExtractor load(Path location, Map<String, String> types, double confidence)
      throws IOException {
    return OnnxExtractor.load(
        new OnnxSettings(location.toString(), types, confidence),
        file -> Files.readAllBytes(Path.of(file)));
  }

  private static List<String> found(OnnxExtractor extractor, String text) {
    return extractor.extract(Documents.of(text)).stream().map(OnnxExtractorTest::shown).toList();
  }

  private List<String> found(String text) throws IOException {
    return found(load(model.write(folder), Map.of(), 0), text);
  }

  private static String shown(Mention mention) {
    return "%s %s %d-%d".formatted(mention.type(), mention.text(), mention.start(), mention.end());
  }

  @Test
  void joinsTokensToWordsAndWordsToNames() throws Exception {
    assertThat(
        found("Zoear Smith met Ann in New York."),
        contains("PERSON Zoear Smith 0-11", "PERSON Ann 16-19", "LOCATION New York 23-31"));
    assertThat(found("Zoear York"), contains("PERSON Zoear 0-5"));
    assertThat(found(""), is(empty()));
    assertThat(found(" \n "), is(empty()));
  }

  @Test
  void givesOffsetsInCharactersOfTheStoredText() throws Exception {
    String text = "🦄🦄 Zoë met René-Smith\u00a0🎉 in\u2003Paris\u0301. Re\u00adne.";
    for (Mention mention : load(model.write(folder), Map.of(), 0).extract(Documents.of(text))) {
      assertThat(text.substring(mention.start(), mention.end()), is(mention.text()));
    }
    assertThat(
        found(text),
        contains(
            "PERSON Zoë 5-8",
            "PERSON René-Smith 13-23",
            "LOCATION Paris\u0301 30-36",
            "PERSON Re\u00adne 38-43"));
  }

  @Test
  void endsANameAtTheEndOfAParagraph() throws Exception {
    assertThat(found("Ann\n\nSmith"), contains("PERSON Ann 0-3", "PERSON Smith 5-10"));
    assertThat(found("Ann\nSmith"), contains("PERSON Ann\nSmith 0-9"));
  }

  @Test
  void givesTheMeanProbabilityOfTheWords() throws Exception {
    List<Mention> mentions =
        load(model.write(folder), Map.of(), 0).extract(Documents.of("Ann Smith"));
    double probability = 1 / (1 + 4 * Math.exp(-8));
    assertThat(mentions, hasSize(1));
    assertThat(mentions.get(0).confidence(), closeTo(probability, 1e-6));
    assertThat(mentions.get(0).extractor(), is("onnx"));
  }

  @Test
  void dropsWhatIsLessProbable() throws Exception {
    Path written = model.after("B-PER", "B-LOC").write(folder);
    // 4 against 8: the label after a person's is less certain.
    assertThat(
        found(load(written, Map.of(), 0), "Ann York"),
        contains("PERSON Ann 0-3", "LOCATION York 4-8"));
    assertThat(found(load(written, Map.of(), 0.98), "Ann York"), contains("PERSON Ann 0-3"));
  }

  @Test
  void callsTypesAsTold() throws Exception {
    Path written = model.write(folder);
    assertThat(
        found(load(written, Map.of("PER", "", "LOC", "CITY"), 0), "Ann met Paris"),
        contains("CITY Paris 8-13"));
    assertThat(
        load(written, Map.of("PER", "HUMAN"), 0).types().orElseThrow(),
        contains("HUMAN", "LOCATION"));
  }

  @Test
  void aLongTextHasTheNamesOfItsParts() throws Exception {
    String text =
        IntStream.range(0, 300)
            .mapToObj(i -> "Ann Smith met Zoear in New York.")
            .collect(joining(" "));
    List<String> whole = found(text);
    assertThat(whole, hasSize(900));
    // Seven tokens at once, nine tokens a sentence: windows begin and end anywhere in it.
    model.positions(11);
    OnnxExtractor narrow = load(model.write(folder.resolve("narrow")), Map.of(), 0);
    assertThat(narrow.longestWindow(), is(7));
    assertThat(found(narrow, text), is(whole));
  }

  @Test
  void givesSeveralThreadsWhatItGivesOne() throws Exception {
    OnnxExtractor extractor = load(model.write(folder), Map.of(), 0);
    List<String> texts =
        IntStream.range(1, 200).mapToObj(i -> "Ann met Zoë. ".repeat(i) + "New York").toList();

    List<List<String>> parallel =
        texts.parallelStream().map(text -> found(extractor, text)).toList();

    assertThat(parallel, is(texts.stream().map(text -> found(extractor, text)).toList()));
  }

  @Test
  void aLongWordIsOne() throws Exception {
    String word = "ar".repeat(400);
    assertThat(
        found("Zo" + word.substring(0, 90) + " " + word + " Ann"),
        contains("PERSON Zo" + word.substring(0, 90) + " 0-92", "PERSON Ann 894-897"));
  }

  @Test
  void runsWithoutMaskAndTypes() throws Exception {
    model.inputs("input_ids");
    assertThat(found("Ann in New York"), contains("PERSON Ann 0-3", "LOCATION New York 7-15"));
    model.inputs("input_ids", "attention_mask");
    assertThat(found("Ann in New York"), contains("PERSON Ann 0-3", "LOCATION New York 7-15"));
  }

  @Test
  void runsWith8BitWeights() throws Exception {
    Path written = model.writeQuantised(folder);
    assertThat(
        found(load(written, Map.of(), 0), "Ann Smith in Paris"),
        contains("PERSON Ann Smith 0-9", "LOCATION Paris 13-18"));
  }

  @Test
  void runsWithNumbersOfHalfPrecision() throws Exception {
    Path written = model.write(folder);
    Files.write(written.resolve("model.onnx"), OnnxFile.ofType(OnnxFile.FLOAT16, model.scores()));
    assertThat(
        found(load(written, Map.of(), 0), "Ann Smith in Paris"),
        contains("PERSON Ann Smith 0-9", "LOCATION Paris 13-18"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "👩‍👩‍👧‍👦🏳️‍🌈 ",
        "e\u0301\u0301 ",
        "a\r\n",
        "שלום عَرَبِيّ ",
        "\u202eabc\u202c ",
        "ﬁ ½ ㎏ İ ß ",
        "한국어 ",
        "\ufeff",
        "\u200b",
        "\u0000",
        "\u2028"
      })
  void findsANameBehindAnyCharacters(String before) throws Exception {
    String name = "PERSON Ann %d-%d".formatted(before.length(), before.length() + 3);
    assertThat(found(before + "Ann"), contains(name));
  }

  @Test
  void findsANameBehindAMillionCharactersWithoutABlank() throws Exception {
    assertThat(found("x".repeat(1_000_000) + " Ann"), contains("PERSON Ann 1000001-1000004"));
  }

  @Test
  void readsTheNetworkFromAnotherFileOfTheFolder() throws Exception {
    model.write(folder);
    Files.createDirectory(folder.resolve("onnx"));
    Path moved =
        Files.move(folder.resolve("model.onnx"), folder.resolve("onnx/model_quantized.onnx"));
    assertThat(found(load(moved, Map.of(), 0), "Ann"), contains("PERSON Ann 0-3"));
  }

  /** As in models of the RoBERTa family: a character outside of ASCII has several tokens. */
  @Test
  void joinsTokensOfBytes() throws Exception {
    TinyModel bytes =
        new TinyModel("O", "LOC")
            .with("LOC", "P", "ĠP")
            .with("O", "a", "r", "i", "s", "Ã", "©", "ð", "Ł", "¦", "Ħ", "Ġ", ".");
    String tokenizer =
        """
        {"version": "1.0", "added_tokens": [], "normalizer": null,
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
           "use_regex": true},
         "post_processor": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false,
           "use_regex": true},
         "decoder": null,
         "model": {"type": "BPE", "vocab": %s, "merges": ["Ġ P"]}}
        """
            .formatted(bytes.vocabulary());
    assertThat(
        found(load(bytes.write(folder, tokenizer), Map.of(), 0), "🦄Parisé. Pé. 🦄"),
        contains("LOCATION Parisé 2-8", "LOCATION Pé 10-12"));
  }

  /**
   * As in multilingual models: a token may begin with a space, or be one, and end beside a stop.
   */
  @Test
  void joinsTokensWithSpaces() throws Exception {
    TinyModel pieces =
        new TinyModel("O", "LOC")
            .with("LOC", "▁Paris", "▁北京")
            .with("O", "▁", ".", "▁in", "在", "é", "x");
    StringBuilder vocabulary = new StringBuilder();
    pieces
        .vocabulary()
        .fieldNames()
        .forEachRemaining(
            token ->
                vocabulary
                    .append(vocabulary.isEmpty() ? "" : ", ")
                    .append("[\"%s\", %d]".formatted(token, -token.length())));
    String tokenizer =
        """
        {"version": "1.0", "added_tokens": [], "normalizer": null,
         "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always",
           "split": true},
         "post_processor": null, "decoder": null,
         "model": {"type": "Unigram", "unk_id": 1, "byte_fallback": false, "vocab": [%s]}}
        """
            .formatted(vocabulary);
    assertThat(
        found(load(pieces.write(folder, tokenizer), Map.of(), 0), "in Paris.  Parisé. 北京在"),
        contains("LOCATION Paris 3-8", "LOCATION Parisé 11-17", "LOCATION 北京 19-21"));
  }

  @Test
  void itsIdentityFollowsFromContentAndSettings() throws Exception {
    Path written = model.write(folder);
    String identity = load(written, Map.of(), 0).identity();
    assertThat(load(model.write(folder.resolve("copy")), Map.of(), 0).identity(), is(identity));
    assertThat(load(written, Map.of("PER", "HUMAN"), 0).identity(), is(not(identity)));
    assertThat(load(written, Map.of(), 0.5).identity(), is(not(identity)));
    for (String file : List.of("model.onnx", "tokenizer.json", "config.json")) {
      Path other = model.write(folder.resolve("other"));
      Files.write(other.resolve(file), changed(file, Files.readAllBytes(other.resolve(file))));
      assertThat(file, load(other, Map.of(), 0).identity(), is(not(identity)));
    }
  }

  /** Adds white space to JSON, and the number of a version to a network. */
  private static byte[] changed(String file, byte[] content) {
    byte[] more = file.endsWith(".json") ? new byte[] {'\n'} : new byte[] {5 << 3, 7};
    byte[] changed = Arrays.copyOf(content, content.length + more.length);
    System.arraycopy(more, 0, changed, content.length, more.length);
    return changed;
  }
}
