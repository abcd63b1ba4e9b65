package org.irisgraph.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** One JSON object per line; what is unknown has no member. */
final class JsonLinesFiles implements GraphFiles {

  private static final ObjectWriter JSON = new ObjectMapper().writer();

  private final Writer nodes;
  private final Writer edges;
  private final WritableText writable = WritableText.unicode();

  JsonLinesFiles(Writer nodes, Writer edges) {
    this.nodes = nodes;
    this.edges = edges;
  }

  @Override
  public void node(ExportedNode node) throws IOException {
    line(
        nodes,
        new ExportedNode(
            writable.id(node.id()),
            writable.text(node.name()),
            text(node.type()),
            text(node.concept()),
            node.documents(),
            node.mentions()));
  }

  @Override
  public void edge(ExportedEdge edge) throws IOException {
    line(
        edges,
        new ExportedEdge(
            writable.id(edge.source()),
            writable.id(edge.target()),
            writable.text(edge.type()),
            edge.directed(),
            edge.documents(),
            edge.statements(),
            edge.confidence(),
            edge.mentions()));
  }

  private @Nullable String text(@Nullable String text) {
    return text == null ? null : writable.text(text);
  }

  private static void line(Writer writer, Object value) throws IOException {
    writer.write(JSON.writeValueAsString(value));
    writer.write('\n');
  }

  @Override
  public void end() {}

  @Override
  public long replacedCharacters() {
    return writable.replaced();
  }
}
