package org.irisgraph.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.check.Finding;
import org.irisgraph.extract.onnx.TinyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CheckCommandTest extends CommandFixture {

  @BeforeEach
  void writeCorpus() throws Exception {
    write("a.txt", "Asthma and gout.");
    write("b.txt", "Gout and aspirin.");
    write("terms.tsv", "asthma\tDISEASE\ngout\tDISEASE\naspirin\tDRUG\n");
  }

  /** The findings of a run of the command, as {@code status topic: message}. */
  private List<String> check(int exitCode, String... flags) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("check", settings, "--json"));
    arguments.addAll(List.of(flags));
    int code = execute(arguments.toArray());
    assertThat(last.toString(), code, is(exitCode));
    List<String> findings = new ArrayList<>();
    for (JsonNode finding : new ObjectMapper().readTree(last.out()).get("findings")) {
      findings.add(
          "%s %s: %s"
              .formatted(
                  finding.get("status").textValue(),
                  finding.get("topic").textValue(),
                  finding.get("message").textValue()));
    }
    return findings;
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void findsNothingWrongBeforeTheFirstRunAndCreatesNothing() throws Exception {
    assertThat(
        check(0).subList(0, 4),
        contains(
            "good settings: pipeline corpus: no problem",
            "good input: %s/*.txt: 2 files, 33 bytes: 2 text (33 bytes)".formatted(directory),
            "good extraction: dictionary %s/terms.tsv has 3 terms".formatted(directory),
            "good database: the run creates %s/graph.mv.db".formatted(directory)));

    assertThat(Files.exists(directory.resolve("graph.mv.db")), is(false));
  }

  @Test
  void namesATypeOfRelationPatternsThatNoExtractorFinds() throws Exception {
    Path relations =
        write(
            "relations.yaml",
            """
            relations:
              - {name: treats, type: treats, source: DRGU, target: disease, pattern: '{source} for {target}'}
              - {name: helps, type: treats, source: drgu, pattern: '{source} helps {target}'}
              - {name: any, type: causes, pattern: '{source} causes {target}'}
            """);

    assertThat(
        check(0, "--relationPatterns=" + relations).get(3),
        is(
            "warning extraction: relationPatterns %s: no extractor finds the type DRGU, so that these"
                    .formatted(relations)
                + " patterns never match: treats, helps; the types are DISEASE, DRUG"));
  }

  @Tag("slow")
  @Test
  void knowsTheTypesOfModelsThatTheDocumentsAreToChoose() throws Exception {
    Path relations =
        write(
            "relations.yaml",
            """
            relations:
              - {name: works, type: works_for, source: PERSON, target: MONEY, pattern: '{source} for {target}'}
            """);

    assertThat(
        check(0, "--extractors=dictionary,ner", "--relationPatterns=" + relations).stream()
            .filter(finding -> finding.startsWith("warning extraction"))
            .toList(),
        is(List.of()));
    assertThat(
        check(0, "--extractors=ner", "--names=biomedical", "--relationPatterns=" + relations),
        hasItem(
            containsString(
                "no extractor finds the type MONEY, so that these patterns never match: works;")));
  }

  @Test
  void namesTheColumnsOfACsvFileThatHasNoText() throws Exception {
    write("a.csv", "key,body\n1,Asthma and gout\n2,Gout and aspirin\n");
    write("b.csv", "code,count\n1,2\n");
    write("c.csv", "id,text\n1,Gout\n");
    String header =
        "\", has no column \"id\" and no column \"text\": if it is a header, set csvIdColumn and"
            + " csvTextColumn to names of it; else add a header, or leave this file out";

    assertThat(
        check(0, "--input=%s/*.csv".formatted(directory)).subList(2, 4),
        contains(
            "warning input: %s/a.csv: the first line, \"key, body%s; its values suggest --csvIdColumn=key --csvTextColumn=body"
                .formatted(directory, header),
            "warning input: %s/b.csv: the first line, \"code, count%s"
                .formatted(directory, header)));
    assertThat(
        check(
                0,
                "--input=%s/a.csv".formatted(directory),
                "--csvIdColumn=key",
                "--csvTextColumn=body")
            .stream()
            .filter(finding -> finding.startsWith("warning"))
            .toList(),
        is(List.of()));
    assertThat(
        check(1, "--input=%s/a.csv".formatted(directory), "--csvIdColumn=text").get(0),
        startsWith("problem input: csvIdColumn and csvTextColumn must be different"));
  }

  @Test
  void namesTheLineOfADictionaryThatIsNotUtf8AndWhereAMissingOneIsLookedFor() throws Exception {
    Path terms = directory.resolve("terms.tsv");
    Files.write(terms, "gout\tDISEASE\nSäure\tDRUG\n".getBytes(ISO_8859_1));

    assertThat(
        check(1),
        hasItem(
            "problem extraction: %s line 2: byte 15 (0xE4) is not UTF-8: save the file as UTF-8"
                .formatted(terms)));
    assertThat(
        check(1, "--dictionary=absent.tsv"),
        hasItem(
            "problem extraction: dictionary file \"absent.tsv\" does not exist in "
                + Path.of("").toAbsolutePath()));
  }

  @Test
  void describesATransformerOrSaysWhatIsWrongWithIt() throws Exception {
    Path model =
        new TinyModel("O", "B-PER", "I-PER", "LOC")
            .with("B-PER", "ann")
            .write(directory.resolve("m"));
    String flag = "--onnxModel=" + model;
    assertThat(
        check(0, "--extractors=onnx", flag),
        hasItem(
            "good extraction: onnx finds B-PER, I-PER, LOCATION, and reads 508 tokens at once"));
    assertThat(
        check(1, "--extractors=onnx", flag, "--onnxTypes=DATE=DATE"),
        hasItem(
            "problem extraction: %s/config.json: onnxTypes names DATE, but the model's labels are O, B-PER, I-PER, LOC"
                .formatted(model)));

    Files.delete(model.resolve("tokenizer.json"));

    assertThat(
        check(1, "--extractors=onnx", flag, "--onnxTypes=PER"),
        hasItem(
            "problem extraction: onnxTypes must be LABEL=TYPE for each label once, not \"PER\""));
    assertThat(
        check(1, "--extractors=onnx", flag),
        hasItem(
            "problem extraction: onnxModel file \"%s/tokenizer.json\" does not exist"
                .formatted(model)));
    assertThat(
        check(1, "--extractors=onnx"),
        hasItem(startsWith("problem extraction: onnxModel is not set, but extractors has onnx")));
  }

  @Tag("slow")
  @Test
  void describesTheDatabaseOfARunAndLeavesItsFileAsItIs() throws Exception {
    assertThat(execute("index", settings), is(0));
    Path file = directory.resolve("graph.mv.db");
    byte[] before = Files.readAllBytes(file);

    List<String> findings = check(0);

    assertThat(Files.readAllBytes(file), is(before));
    assertThat(
        findings.subList(3, 9),
        contains(
            startsWith("good database: H2 2."),
            startsWith("good tables: all "),
            is("good layout: the tables have the columns that a run writes"),
            is("good indexes: none is missing"),
            is("good vectors: column embedding takes vectors of 384 numbers; this run stores none"),
            is("good lease: no run of pipeline corpus is active")));
    assertThat(
        check(1, "--embeddings=minilm", "--vectorIndex=hnsw"),
        hasItem(startsWith("problem vectors: H2 has no HNSW index for column embedding")));
  }

  @Tag("slow")
  @Test
  void looksAtThePipelineThatARunContinues() throws Exception {
    assertThat(execute("index", settings, "--pipeline=direct"), is(0));
    String[] unnamed = {"check", "--jdbcUrl=jdbc:h2:" + directory + "/graph", "--input=*.txt"};
    execute((Object[]) unnamed);
    assertThat(last.out(), containsString("no run of pipeline direct is active"));

    sql("UPDATE RAG.DocumentLedger SET pipeline = 'flink-local' WHERE document_id LIKE '%b.txt'");
    execute((Object[]) unnamed);
    assertThat(last.out(), containsString("RAG.DocumentLedger has documents of the pipelines"));
  }

  @Test
  void marksEachLine() throws Exception {
    assertThat(execute("check", settings, "--batchRows=0"), is(1));

    assertThat(
        last.out(), containsString(Marks.ofOutput().problem() + " settings       batchRows"));
    assertThat(last.out(), containsString(Marks.ofOutput().good() + " input          "));
    assertThat(Marks.of(UTF_8, "xterm").of(Finding.Status.PROBLEM), is("✗"));
    assertThat(Marks.of(UTF_8, "dumb").of(Finding.Status.GOOD), is("ok  "));
    assertThat(Marks.of(US_ASCII, null).of(Finding.Status.WARNING), is("warn"));
  }

  @Test
  void reportsAllProblemsOfSettingsAndGoesOnWithTheRest() throws Exception {
    Files.delete(directory.resolve("terms.tsv"));

    List<String> findings =
        check(1, "--input=%1$s/*.txt,%1$s/none/*.xml".formatted(directory), "--batchRows=0");

    assertThat(
        findings.subList(0, 4),
        contains(
            startsWith("problem settings: batchRows must be between 1 and"),
            is("problem input: no file matches input \"%s/none/*.xml\"".formatted(directory)),
            is(
                "problem extraction: dictionary file \"%s/terms.tsv\" does not exist"
                    .formatted(directory)),
            startsWith("good input: " + directory + "/*.txt: 2 files")));
    assertThat(findings.get(4), startsWith("good database: the run creates"));
  }

  @Test
  void goesOnAfterAnEncodingThatThereIsNot() throws Exception {
    write("a.csv", "id,text\n1,Gout\n");

    List<String> findings = check(1, "--input=%s/*.csv".formatted(directory), "--encoding=latin99");

    assertThat(findings.get(0), startsWith("problem input: encoding"));
    assertThat(findings, hasItem(startsWith("good database: the run creates")));
  }

  @Test
  void reportsASettingsFileThatCannotBeUsed() throws Exception {
    Files.writeString(Path.of(settings), "inputs: x\n");

    assertThat(
        check(1), contains(allOf(startsWith("problem settings: "), containsString("\"input\""))));
  }

  @Test
  void reportsMissingTablesWithTheirStatementsAndCreatesNone() throws Exception {
    sql("CREATE SCHEMA RAG", "CREATE TABLE RAG.Entities (entity_id VARCHAR(64) PRIMARY KEY)");

    String all = String.join("\n", check(1, "--createTables=false"));

    assertThat(all, containsString("problem tables: missing: RAG.SourceDocuments, RAG.Entity"));
    assertThat(
        all,
        containsString("problem layout: table RAG.Entities has no column entity_name, which is"));
    assertThat(
        new ObjectMapper().readTree(last.out()).findValuesAsText("statements").size(), is(1));
    assertThat(last.out(), containsString("CREATE TABLE RAG.DocumentLedger ("));

    assertThat(
        String.join("\n", check(1)), containsString("good tables: the run creates RAG.SourceDoc"));
    sql("CREATE TABLE RAG.DocumentLedger (ledger_key VARCHAR(64) PRIMARY KEY)");
    assertThat(
        String.join("\n", check(1)),
        containsString("problem layout: table RAG.DocumentLedger has no column pipeline"));
  }

  @Test
  void namesWhatAnotherLayoutLeavesOut() throws Exception {
    sql(
        "CREATE SCHEMA RAG",
        "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(64) PRIMARY KEY, text_content CLOB)",
        "CREATE TABLE RAG.Entities (entity_id VARCHAR(255) PRIMARY KEY,"
            + " entity_name VARCHAR(1000), entity_type VARCHAR(255), source_doc_id VARCHAR(255))");

    String all = String.join("\n", check(0));

    assertThat(
        all,
        containsString(
            "warning layout: RAG.SourceDocuments has no metadata,"
                + " RAG.SourceDocuments.doc_id holds 64 characters instead of 255,"
                + " RAG.Entities has no description, RAG.Entities has no confidence: "));
    assertThat(all, containsString("good indexes: the run creates 1"));
    assertThat(
        String.join("\n", check(1, "--embeddings=minilm")),
        containsString("problem vectors: table RAG.SourceDocuments has no column embedding"));
  }

  @Tag("slow")
  @Test
  void namesMissingIndexesAndPassesOverTheLeaseOfARunThatHasEnded() throws Exception {
    assertThat(execute("index", settings), is(0));
    sql(
        "DROP INDEX RAG.idx_Entities_source_doc_id",
        "INSERT INTO RAG.IndexingLease (pipeline, run_id, host, pid, process_start, lease_millis,"
            + " renewals, acquired_at) VALUES ('corpus', 'r2', 'machine', 0, 0, 60000, 0, TIMESTAMP"
            + " '2026-01-02 03:04:05')");

    String all = String.join("\n", check(0, "--createTables=false"));

    assertThat(
        all,
        containsString(
            "warning indexes: replacing changed documents will be slow without:"
                + " CREATE INDEX idx_Entities_source_doc_id ON RAG.Entities (source_doc_id)"));
    // Whoever holds it has ended, since only one process has the file open.
    assertThat(all, containsString("good lease: no run of pipeline corpus is active"));
  }

  @Test
  @Tag("slow")
  void namesTheIndexesThatQuestionsNeed() throws Exception {
    assertThat(execute("index", settings), is(0));
    sql("DROP INDEX RAG.idx_Entities_entity_name");

    assertThat(
        check(0, "--createTables=true"),
        hasItem(
            "warning indexes: show, search, status or report will be slow without: CREATE INDEX"
                + " idx_Entities_entity_name ON RAG.Entities (entity_name)"));
  }

  @Test
  @Tag("slow")
  void namesTheIndexesThatAnEarlierVersionMadeOfOneColumn() throws Exception {
    assertThat(execute("index", settings), is(0));
    assertThat(String.join("\n", check(0)), containsString("good indexes: none is missing"));
    sql(
        "DROP INDEX RAG.idx_GraphEdges_source_node",
        "CREATE INDEX idx_GraphEdges_source_node ON RAG.GraphEdges (source_node)");
    String drop = "DROP INDEX IF EXISTS RAG.idx_GraphEdges_source_node";
    String create =
        "CREATE INDEX idx_GraphEdges_source_node ON RAG.GraphEdges (source_node, edge_type,"
            + " documents)";

    assertThat(
        String.join("\n", check(0)),
        containsString(
            "warning indexes: show of a frequent name will be slow without: "
                + drop
                + "; "
                + create));

    sql(drop, create);
    assertThat(String.join("\n", check(0)), containsString("good indexes: none is missing"));
  }

  @Tag("slow")
  @Test
  void namesTheProcessThatHasTheDatabaseOpen() throws Exception {
    assertThat(execute("index", settings), is(0));
    // For H2 another file system is another database, as another process has it.
    try (Connection open = DriverManager.getConnection("jdbc:h2:async:" + directory + "/graph")) {
      assertThat(open.isValid(1), is(true));
      assertThat(
          String.join("\n", check(1)),
          containsString("problem database: jdbc:h2:" + directory + "/graph is open in another"));
    }
  }

  @Test
  void reportsALanguageModelThatDoesNotAnswer() throws Exception {
    String all =
        String.join(
            "\n",
            check(1, "--extractors=llm", "--llmUrl=http://127.0.0.1:9/v1", "--llmModel=small"));

    assertThat(
        all, containsString("problem language model: the language model at http://127.0.0.1:9/v1"));
    assertThat(all, containsString("start its server, or correct llmUrl"));
  }

  @Tag("slow")
  @Test
  void reportsAClusterThatDoesNotAnswer() throws Exception {
    String all =
        String.join(
            "\n",
            check(
                1,
                "--runner=FlinkRunner",
                "--flinkMaster=127.0.0.1:9",
                "--jdbcUrl=jdbc:postgresql://127.0.0.1:9/x"));

    assertThat(all, containsString("problem database: cannot connect to jdbc:postgresql:"));
    assertThat(all, containsString("start the server, or correct jdbcUrl"));
    assertThat(all, containsString("problem runner: no Flink cluster answers at http://127.0.0.1"));
  }
}
