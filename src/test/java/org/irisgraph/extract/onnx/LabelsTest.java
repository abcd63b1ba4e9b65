package org.irisgraph.extract.onnx;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.irisgraph.extract.Documents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {

  @TempDir private Path folder;

  private static Labels labels(Map<String, String> types, String... names) {
    ObjectNode id2label = new ObjectMapper().createObjectNode();
    for (int label = 0; label < names.length; label++) {
      id2label.put("" + label, names[label]);
    }
    return Labels.of(id2label, types);
  }

  /** Words are the labels of the tokens they consist of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IOB     | O B-PER I-PER I-PER B-PER B-LOC I-LOC O I-LOC | B-PER I-PER I-PER, B-PER, B-LOC"
            + " I-LOC, I-LOC",
        "IOB1    | I-PER I-PER B-PER O I-LOC I-PER               | I-PER I-PER, B-PER, I-LOC,"
            + " I-PER",
        "IOE     | I-PER I-PER E-PER I-PER E-PER O E-LOC         | I-PER I-PER E-PER, I-PER E-PER,"
            + " E-LOC",
        "BILOU   | B-PER I-PER L-PER U-PER U-PER O L-LOC B-LOC   | B-PER I-PER L-PER, U-PER, U-PER,"
            + " L-LOC, B-LOC",
        "BIOES   | B_PER I_PER E_PER S_PER O S_LOC               | B_PER I_PER E_PER, S_PER, S_LOC",
        "plain   | O PER PER LOC LOC O LOC                       | PER PER, LOC LOC, LOC",
        "no O    | LABEL_0 PER PER LABEL_0 PER                   | PER PER, PER",
      })
  void joinsTheWordsOfANameInAnyScheme(String scheme, String text, String names)
      throws IOException {
    List<String> labelled = List.of(text.split(" "));
    List<String> labels = labelled.stream().distinct().toList();
    TinyModel model = new TinyModel(labels.toArray(String[]::new));
    StringBuilder words = new StringBuilder();
    for (String label : labels) {
      model.with(label, "w" + labels.indexOf(label));
    }
    for (String label : labelled) {
      words.append("w").append(labels.indexOf(label)).append(' ');
    }
    OnnxExtractor extractor =
        OnnxExtractor.load(
            new OnnxSettings(model.write(folder).toString(), Map.of(), 0),
            file -> Files.readAllBytes(Path.of(file)));
    String found =
        extractor.extract(Documents.of(words.toString())).stream()
            .map(
                mention ->
                    Stream.of(mention.text().split(" "))
                        .map(word -> labels.get(Integer.parseInt(word.substring(1))))
                        .collect(joining(" ")))
            .collect(joining(", "));
    assertThat(scheme, found, is(names));
  }

  @Test
  void givesTypesTheirUsualNames() {
    assertThat(
        labels(Map.of(), "O", "B-PER", "B-org", "B-MISC", "B-Chemical").types(),
        contains("DRUG", "MISC", "ORGANIZATION", "PERSON"));
  }

  @Test
  void namesWithoutAPlaceAreTypes() {
    assertThat(
        labels(Map.of(), "O", "B-PER", "S-CORP", "GPE").types(),
        contains("B-PER", "GPE", "S-CORP"));
  }

  @Test
  void labelsWithoutNamesGetThem() {
    assertThat(
        labels(
                Map.of("LABEL_1", "B-PERSON", "LABEL_2", "I-PERSON"),
                "LABEL_0",
                "LABEL_1",
                "LABEL_2")
            .types(),
        contains("PERSON"));
    assertThat(
        message(Map.of(), "LABEL_0", "LABEL_1"),
        containsString("labels are LABEL_0, LABEL_1: set their types with onnxTypes"));
  }

  @Test
  void refusesATypeThatNoLabelHas() {
    assertThat(
        message(Map.of("PERS", "PERSON"), "O", "B-PER"),
        is("onnxTypes names PERS, but the model's labels are O, B-PER"));
  }

  @Test
  void refusesWrongNumbers() {
    ObjectNode gap = new ObjectMapper().createObjectNode().put("0", "O").put("2", "PER");
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> Labels.of(gap, Map.of())).getMessage(),
        is("id2label has 2 labels, but none with the number 1"));
    assertThat(message(Map.of()), containsString("id2label is missing"));
  }

  private static String message(Map<String, String> types, String... names) {
    return assertThrows(IllegalArgumentException.class, () -> labels(types, names)).getMessage();
  }
}
