package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.extract.onnx.TinyModel;
import org.irisgraph.run.IndexingJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EvaluateCommandTest {

  private static final String GOLD = "src/test/resources/gold/bc5cdr-30.PubTator.txt";

  @TempDir private Path directory;
  private Path gold;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeFiles() throws Exception {
    gold =
        Files.writeString(
            directory.resolve("gold.txt"),
            """
            1|t|Gout and fever
            1|a|by thiazide.
            1\t0\t4\tGout\tDisease
            1\t9\t14\tfever\tDisease
            1\t18\t26\tthiazide\tChemical
            """);
    Files.writeString(directory.resolve("terms.tsv"), "gout\tDISEASE\nby\tDISEASE\nand\tWORD\n");
  }

  @Test
  void measuresTheExtractorsThatItIsGiven() throws Exception {
    Path json = directory.resolve("new/figures.json");

    int exitCode =
        execute(
            "evaluate",
            "--extractors=dictionary",
            "--dictionary=" + directory.resolve("terms.tsv"),
            "--gold=" + gold,
            "--json=" + json);

    assertThat(err.toString(), is(""));
    assertThat(exitCode, is(0));
    assertThat(out.toString(), startsWith("1 documents of gold.txt, exact spans"));
    assertThat(
        out.toString(),
        containsString("DISEASE           0.5000    0.5000    0.5000         2         2"));
    JsonNode expected =
        new ObjectMapper()
            .readTree(
                """
                {"micro": {"precision": 0.5, "recall": 0.3333333333333333, "f1": 0.4},
                 "perType": {
                   "DISEASE": {"precision": 0.5, "recall": 0.5, "f1": 0.5},
                   "DRUG": {"precision": 0.0, "recall": 0.0, "f1": 0.0}}}
                """);
    assertThat(new ObjectMapper().readTree(json.toFile()), is(expected));
  }

  /** Drugs and diseases would be found in this text, but none is annotated. */
  @Test
  void measuresTheModelsOfTheAnnotatedTypes() throws Exception {
    String text = "In rats, naloxone reverses the effect of clonidine, said Mary Smith.";
    Files.writeString(gold, "1|t|%s\n1|a|\n1\t57\t67\tMary Smith\tPERSON\n".formatted(text));

    assertThat(execute("evaluate", "--extractors=ner", "--gold=" + gold), is(0));
    assertThat(
        out.toString(),
        containsString("PERSON            1.0000    1.0000    1.0000         1         1"));
  }

  @Test
  void measuresATransformer() throws Exception {
    Path model =
        new TinyModel("O", "B-Disease", "B-Chemical")
            .with("B-Disease", "gout", "and")
            .with("B-Chemical", "th", "x")
            .with("O", "##iazide")
            .write(directory.resolve("model"));

    int exitCode = execute("evaluate", "--onnxModel=" + model, "--gold=" + gold);

    assertThat(err.toString(), is(""));
    assertThat(exitCode, is(0));
    assertThat(
        out.toString(),
        containsString("DISEASE           0.5000    0.5000    0.5000         2         2"));
    assertThat(
        out.toString(),
        containsString("DRUG              1.0000    1.0000    1.0000         1         1"));
  }

  @Test
  void measuresNodes() throws Exception {
    Path json = directory.resolve("figures.json");
    Files.writeString(
        gold,
        """
        1|t|Fevers
        1|a|.
        1\t0\t6\tFevers\tDisease\tD1

        2|t|Fever
        2|a|and pyrexia
        2\t0\t5\tFever\tDisease\tD1
        2\t10\t17\tpyrexia\tDisease\tD1
        """);
    Files.writeString(directory.resolve("terms.tsv"), "fever\tDISEASE\tC1\npyrexia\tDISEASE\tC1\n");

    int exitCode =
        execute(
            "evaluate",
            "--extractors=dictionary",
            "--dictionary=" + directory.resolve("terms.tsv"),
            "--gold=" + gold,
            "--nodes",
            "--json=" + json);

    assertThat(err.toString(), is(""));
    assertThat(exitCode, is(0));
    assertThat(out.toString(), containsString("2 pairs of names in different documents"));
    assertThat(
        out.toString(),
        containsString("all rules                   1.0000    0.5000      1.0000    1.0000"));
    JsonNode nodes = new ObjectMapper().readTree(json.toFile()).get("nodes");
    assertThat(nodes.at("/baseline/recall").doubleValue(), is(0.0));
    assertThat(nodes.at("/byName/all rules/recall").doubleValue(), is(0.5));
    assertThat(nodes.at("/byConcept/all rules/recall").doubleValue(), is(1.0));
  }

  @Test
  void measuresTheModelThatComesWithTheProgram() throws Exception {
    Path json = directory.resolve("figures.json");

    assertThat(
        execute("evaluate", "--extractors=opennlp", "--gold=" + GOLD, "--json=" + json), is(0));
    assertThat(
        new ObjectMapper().readTree(json.toFile()).at("/micro/f1").doubleValue(), greaterThan(0.9));
  }

  @Test
  void saysWhatIsWrongWithTheGoldFile() throws Exception {
    assertThat(execute("evaluate", "--extractors=opennlp"), is(2));
    assertThat(err.toString(), is("error: Missing required option: '--gold=FILE'\n"));

    assertThat(execute("evaluate", "--extractors=opennlp", "--gold=none.txt"), is(2));
    assertThat(err.toString(), is("error: gold file \"none.txt\" does not exist\n"));

    Files.writeString(gold, "{\"text\": \"no PubTator\"}\n");
    assertThat(execute("evaluate", "--extractors=opennlp", "--gold=" + gold), is(2));
    assertThat(err.toString(), startsWith("error: " + gold + " line 1: expected ID|t|TITLE"));

    Files.writeString(gold, "1|t|Gout\n1|a|\n");
    assertThat(execute("evaluate", "--extractors=opennlp", "--gold=" + gold), is(2));
    assertThat(err.toString(), containsString("has no annotated names"));
  }

  @Test
  void saysWhatAnExtractorNeeds() {
    assertThat(execute("evaluate", "--extractors=dictionary", "--gold=" + gold), is(2));
    assertThat(
        err.toString(),
        is(
            "error: dictionary is not set, but extractors has dictionary: name its file with"
                + " --dictionary\n"));
  }

  @Test
  void trainsAModelAndMeasuresIt() throws Exception {
    Path model = directory.resolve("model.zip");

    int exitCode =
        execute(
            "train", "--gold=" + GOLD, "--heldOut=" + gold, "--model=" + model, "--iterations=2");

    assertThat(err.toString(), is(""));
    assertThat(exitCode, is(0));
    assertThat(Files.size(model), greaterThan(1000L));
    assertThat(out.toString(), containsString("30 documents"));
    assertThat(out.toString(), containsString("type           precision"));
  }

  @Test
  void theOnlyTypeOfADictionaryDoesNotChangeTheModel() throws Exception {
    Path typed = Files.writeString(directory.resolve("typed.tsv"), "gout\tDISEASE\tC1\n");
    Path plain = Files.writeString(directory.resolve("plain.tsv"), "gout\n");

    assertThat(train("typed.zip", "--terms=" + typed), is(0));
    assertThat(train("plain.zip", "--terms=" + plain), is(0));

    assertThat(
        Files.mismatch(directory.resolve("typed.zip"), directory.resolve("plain.zip")), is(-1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gout", "gout\tx", "gout\t1\nfever\t1\t2"})
  void namesALineThatGivesNoClasses(String content) throws Exception {
    Path classes = Files.writeString(directory.resolve("classes.tsv"), content);

    assertThat(train("model.zip", "--classes=" + classes), is(1));
    assertThat(
        err.toString(),
        startsWith("error: classes of words: expected a word and numbers, as many in each line"));
  }

  private int train(String model, String option) {
    return execute(
        "train", "--gold=" + gold, option, "--model=" + directory.resolve(model), "--iterations=2");
  }

  @Test
  void saysWhyAModelCannotBeTrained() throws Exception {
    Path model = directory.resolve("model.zip");

    assertThat(execute("train", "--gold=" + gold, "--model=" + directory), is(2));
    assertThat(err.toString(), containsString("is a directory, not a file"));

    assertThat(execute("train", "--gold=none.txt", "--model=" + model), is(2));
    assertThat(err.toString(), is("error: gold file \"none.txt\" does not exist\n"));

    assertThat(execute("train", "--gold=" + gold, "--terms=none.tsv", "--model=" + model), is(2));
    assertThat(err.toString(), is("error: dictionary \"none.tsv\" does not exist\n"));

    Files.writeString(gold, "1|t|Gout\n1|a|\n");
    assertThat(execute("train", "--gold=" + gold, "--model=" + model), is(2));
    assertThat(err.toString(), containsString("a model needs 1 to 31"));
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commandLine = Indexer.commandLine(IndexingJob::new);
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
