package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.embed.EmbeddingServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GraphCommandTest extends CommandFixture {

  @BeforeEach
  void writeCorpus() throws Exception {
    write("a.txt", "Asthma and gout.");
    write("terms.tsv", "asthma\tDISEASE\ngout\tDISEASE\n");
  }

  @Tag("slow")
  @Test
  void rebuildsTheGraphAndSaysWhatDiffered() throws Exception {
    assertThat(execute("index", settings), is(0));

    assertThat(execute("graph", settings, "--rebuild"), is(0));
    assertThat(
        last.out(),
        is("nothing differed: 0 nodes and 0 edges written, 0 nodes and 0 edges deleted\n"));

    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM RAG.GraphNodes WHERE node_name = 'gout'");
    }
    assertThat("nothing has changed", execute("graph", settings), is(0));
    assertThat(last.out(), containsString("nothing differed"));
    assertThat(execute("graph", settings, "--rebuild"), is(0));
    assertThat(last.out(), containsString("1 nodes and 0 edges written"));
  }

  @Test
  void countsTheRelationshipsThatLinkDocuments() throws Exception {
    Files.writeString(directory.resolve("b.txt"), "Gout.");
    assertThat(execute("index", settings), is(0));

    assertThat(execute("graph", settings, "--rebuild", "--linkEntities=same_as"), is(0));

    assertThat(last.out(), containsString("; 1 same_as relationships written, 0 deleted\n"));
  }

  @Test
  void publishesTheGraphAndRemovesIt() throws Exception {
    assertThat(execute("index", settings, "--graphSchema=Graph_KG"), is(0));
    assertThat(
        countsOfPublishedRows(), is("nodes 3, rdf_labels 3, rdf_props 9, rdf_edges 3, docs 1"));
    assertThat(execute("graph", settings, "--graphSchema=Graph_KG", "--rebuild"), is(0));
    assertThat(last.out(), containsString("nothing differed"));
    assertThat(last.out(), containsString("; 0 rows of Graph_KG written, 0 deleted\n"));

    assertThat(execute("graph", settings, "--graphSchema=Graph_KG", "--unpublish"), is(0));

    assertThat(last.out(), containsString("; 0 rows of Graph_KG written, 19 deleted\n"));
    assertThat(
        countsOfPublishedRows(), is("nodes 0, rdf_labels 0, rdf_props 0, rdf_edges 0, docs 0"));
  }

  @Tag("slow")
  @Test
  void addsTheVectorsOfNodesThatArePublishedAlready() throws Exception {
    String published = "--graphSchema=Graph_KG";
    String model = "--embeddings=endpoint";
    String name = "--embeddingModel=bge";
    assertThat(execute("index", settings, published), is(0));
    try (EmbeddingServer server = new EmbeddingServer(5)) {
      assertThat(execute("graph", settings, published, model, name, at(server)), is(0));
      assertThat(last.out(), containsString("; 2 rows of Graph_KG written, 0 deleted\n"));
      assertThat(execute("graph", settings, published, model, name, at(server)), is(0));
      assertThat(last.out(), containsString("nothing differed"));
      assertThat(server.timesAsked("gout"), is(1L));
    }
  }

  private static String at(EmbeddingServer server) {
    return "--embeddingUrl=" + server.url();
  }

  private String countsOfPublishedRows() throws Exception {
    List<String> counts = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      for (String table : List.of("nodes", "rdf_labels", "rdf_props", "rdf_edges", "docs")) {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM Graph_KG." + table)) {
          count.next();
          counts.add(table + " " + count.getInt(1));
        }
      }
    }
    return String.join(", ", counts);
  }

  @Test
  void saysWhichTablesPublishingNeeds() {
    assertThat(execute("index", settings), is(0));
    assertThat(execute("graph", settings, "--graphSchema=Graph_KG", "--createTables=false"), is(1));
    assertThat(
        last.err(),
        containsString(
            "missing tables: RAG.PublishedNodes, Graph_KG.nodes, Graph_KG.rdf_labels,"
                + " Graph_KG.rdf_props, Graph_KG.rdf_edges; --createTables creates them"));
  }

  @Test
  void saysWhatPublishingNeeds() {
    assertThat(execute("graph", settings, "--unpublish"), is(2));
    assertThat(last.err(), containsString("--unpublish needs --graphSchema"));
    assertThat(execute("index", settings, "--graphSchema=Graph_KG", "--linkEntities=none"), is(2));
    assertThat(last.err(), containsString("it needs linkEntities=nodes or same_as"));
    assertThat(execute("index", settings, "--graphSchema=a.b"), is(2));
    assertThat(last.err(), containsString("graphSchema must be a letter"));
    assertThat(execute("index", settings, "--graphSync"), is(2));
    assertThat(last.err(), containsString("graphSync needs graphSchema"));
    assertThat(last.err(), containsString("graphSync is for a jdbcUrl that begins with jdbc:IRIS"));
  }

  @Test
  void saysWhatToSetIfEntitiesAreNotLinked() {
    assertThat(execute("graph", settings, "--linkEntities=none"), is(2));
    assertThat(last.err(), containsString("add --linkEntities=nodes"));
  }

  @Test
  void saysWhichTablesAreMissing() {
    assertThat(execute("graph", settings), is(1));
    assertThat(
        last.err(), containsString("there is no table RAG.SourceDocuments: run index first"));
    assertThat(execute("index", settings, "--linkEntities=none"), is(0));
    assertThat(execute("graph", settings, "--createTables=false"), is(1));
    assertThat(last.err(), containsString("missing tables: RAG.EntityNodes"));
  }
}
