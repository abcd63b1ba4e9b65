package org.irisgraph.export;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The formats of exported graphs. */
public enum ExportFormat {
  /** One file for Gephi, networkx and other programs that show graphs. */
  GRAPHML,

  /** Tables for {@code neo4j-admin database import}. */
  CSV,

  /** One JSON object per line. */
  JSONL;

  private List<String> names() {
    return switch (this) {
      case GRAPHML -> List.of("graph.graphml");
      case CSV -> List.of("nodes.csv", "edges.csv");
      case JSONL -> List.of("nodes.jsonl", "edges.jsonl");
    };
  }

  /** Begins the files, with a writer for each. */
  GraphFiles open(List<Writer> writers) throws IOException {
    return switch (this) {
      case GRAPHML -> new GraphMlFile(writers.get(0));
      case CSV -> new CsvFiles(writers.get(0), writers.get(1));
      case JSONL -> new JsonLinesFiles(writers.get(0), writers.get(1));
    };
  }

  /** How a user goes on with the files. */
  String nextStep(List<Path> files) {
    return switch (this) {
      case GRAPHML ->
          "open it in Gephi, or in Python: networkx.read_graphml(\"%s\")".formatted(files.get(0));
      case CSV ->
          "import them: neo4j-admin database import full --nodes=\"%s\" --relationships=\"%s\" --multiline-fields=true neo4j"
              .formatted(files.get(0), files.get(1));
      case JSONL -> "query them: duckdb -c \"SELECT * FROM '%s' LIMIT 10\"".formatted(files.get(0));
    };
  }

  List<Path> files(Path directory) {
    return names().stream().map(directory::resolve).toList();
  }

  /** The names of the files of all formats. */
  static List<String> allNames() {
    return Stream.of(values()).flatMap(format -> format.names().stream()).toList();
  }
}
