package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.extract.onnx.TinyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SuggestCommandTest extends CommandFixture {

  @BeforeEach
  void writeCorpus() throws Exception {
    write("a.txt", "Mary Smith met John Miller in Paris on 3 May 2021. Mary Smith smiled.");
    write("b.txt", "John Miller lives in Paris.");
    write("c.txt", "Nothing here.");
    write("terms.tsv", "paris\tPLACE\n");
  }

  @Test
  @Tag("slow")
  void showsWhatEachExtractorFindsAndChangesNothing() throws Exception {
    assertThat(execute("suggest", settings), is(0));

    assertThat(
        last.out(),
        containsString(
            """
            names: general
              2.0 entities per document; nothing found in 1 of 3 documents
                   3 PERSON: John Miller, Mary Smith
                   2 LOCATION: Paris
                   1 DATE: 3 May 2021
            """));
    assertThat(
        last.out(),
        containsString(
            """
            dictionary: %s/terms.tsv
              0.7 entities per document; nothing found in 1 of 3 documents
                   2 PLACE: Paris
            """
                .formatted(directory)));
    assertThat(
        last.out(),
        containsString(
            """
            names: biomedical
              0.0 entities per document; nothing found in 3 of 3 documents
            """));
    assertThat(
        last.out(),
        containsString(
            "without names, a first run takes general (0 of 3 sampled documents are biomedical)"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.count(), is(5L));
    }
  }

  @Test
  void writesJson() throws Exception {
    Path model =
        new TinyModel("O", "B-PER", "I-PER")
            .with("B-PER", "mary", "john")
            .with("I-PER", "smith", "miller")
            .write(directory.resolve("model"));

    assertThat(
        execute("suggest", settings, "--json", "--extractors=onnx", "--onnxModel=" + model), is(0));

    JsonNode json = new ObjectMapper().readTree(last.out());
    List<String> options = new ArrayList<>();
    json.get("trials").forEach(trial -> options.add(trial.get("option").textValue()));
    assertThat(options, contains("names", "names", "dictionary", "patterns", "onnxModel"));
    JsonNode onnx = json.get("trials").get(4);
    assertThat(
        onnx,
        is(
            new ObjectMapper()
                .readTree(
                    """
                    {"option": "onnxModel", "value": "%s", "documents": 3, "withoutEntity": 1,
                     "types": [{"type": "PERSON", "entities": 3,
                       "examples": ["John Miller", "Mary Smith"]}]}
                    """
                        .formatted(model))));
    assertThat(json.get("names").get("models").get(0).textValue(), is("general"));
    assertThat(json.get("documents").intValue(), is(3));
  }

  @Test
  void namesWhatCannotBeRead() throws Exception {
    Files.delete(directory.resolve("terms.tsv"));
    assertThat(execute("suggest", settings), is(2));
    assertThat(
        last.err().lines().toList(),
        hasItem(
            containsString(
                "dictionary file \"%s/terms.tsv\" does not exist".formatted(directory))));
  }
}
