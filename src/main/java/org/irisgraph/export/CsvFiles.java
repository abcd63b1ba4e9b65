package org.irisgraph.export;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * CSV with the headers of {@code neo4j-admin database import}:
 * https://neo4j.com/docs/operations-manual/current/import/. Labels and types are names that Cypher
 * takes without quotes; the columns {@code type} have them as they are.
 */
final class CsvFiles implements GraphFiles {

  private static final String NODE = "Node";
  private static final String DOCUMENT = "Document";

  /** Labels of all nodes and of all documents. */
  private static final Set<String> OWN_LABELS = Set.of(NODE, DOCUMENT);

  /** Separates labels. */
  private static final String SEPARATOR = ";";

  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{L}\\p{Nd}_]");
  private static final Pattern FIRST_LETTER = Pattern.compile("\\p{L}.*");

  private final CSVPrinter nodes;
  private final CSVPrinter edges;
  private final WritableText writable = WritableText.unicode();

  CsvFiles(Writer nodes, Writer edges) throws IOException {
    this.nodes = new CSVPrinter(nodes, CSVFormat.RFC4180);
    this.edges = new CSVPrinter(edges, CSVFormat.RFC4180);
    this.nodes.printRecord(
        "nodeKey:ID", "name", "type", "concept", "documents:long", "mentions:long", ":LABEL");
    this.edges.printRecord(
        ":START_ID",
        ":END_ID",
        "type",
        "directed:boolean",
        "documents:long",
        "statements:long",
        "confidence:double",
        "mentions:long",
        ":TYPE");
  }

  @Override
  public void node(ExportedNode node) throws IOException {
    nodes.printRecord(
        writable.id(node.id()),
        writable.text(node.name()),
        text(node.type()),
        text(node.concept()),
        node.documents(),
        node.mentions(),
        labels(node));
  }

  @Override
  public void edge(ExportedEdge edge) throws IOException {
    edges.printRecord(
        writable.id(edge.source()),
        writable.id(edge.target()),
        writable.text(edge.type()),
        edge.directed(),
        edge.documents(),
        edge.statements(),
        edge.confidence(),
        edge.mentions(),
        name(edge.type()));
  }

  private @Nullable String text(@Nullable String text) {
    return text == null ? null : writable.text(text);
  }

  private static String labels(ExportedNode node) {
    if (node.isDocument()) {
      return DOCUMENT;
    }
    String type = node.type();
    if (type == null || type.isBlank()) {
      return NODE;
    }
    String label = name(type);
    return NODE + SEPARATOR + (OWN_LABELS.contains(label) ? label + "_" : label);
  }

  /** A name in Cypher begins with a letter and has letters, digits and underscores. */
  static String name(String type) {
    String name = NOT_IN_NAMES.matcher(type.strip()).replaceAll("_");
    return FIRST_LETTER.matcher(name).matches() ? name : "T_" + name;
  }

  @Override
  public void end() throws IOException {
    nodes.flush();
    edges.flush();
  }

  @Override
  public long replacedCharacters() {
    return writable.replaced();
  }
}
