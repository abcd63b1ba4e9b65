package org.irisgraph.export;

import java.io.IOException;
import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * GraphML, as Gephi and networkx read it. Gephi knows a few keys by their ids: {@code label} is the
 * label of a node, {@code weight} the weight of an edge. networkx refuses a graph with edges of
 * both kinds, so that an edge without direction has an attribute that says so.
 */
final class GraphMlFile implements GraphFiles {

  private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";

  private static final String NAME = "label";
  private static final String TYPE = "node_type";
  private static final String CONCEPT = "node_concept";
  private static final String DOCUMENTS = "node_documents";
  private static final String MENTIONS = "node_mentions";

  private static final String EDGE_TYPE = "edge_type";
  private static final String EDGE_DIRECTED = "edge_directed";
  private static final String EDGE_DOCUMENTS = "edge_documents";
  private static final String EDGE_STATEMENTS = "weight";
  private static final String EDGE_CONFIDENCE = "edge_confidence";
  private static final String EDGE_MENTIONS = "edge_mentions";

  private final XMLStreamWriter xml;
  private final WritableText writable = WritableText.xml();

  GraphMlFile(Writer writer) throws IOException {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
      xml.writeStartDocument("UTF-8", "1.0");
      endLine();
      xml.writeStartElement("graphml");
      xml.writeDefaultNamespace(NAMESPACE);
      endLine();
      key(NAME, "node", "name", "string");
      key(TYPE, "node", "type", "string");
      key(CONCEPT, "node", "concept", "string");
      key(DOCUMENTS, "node", "documents", "long");
      key(MENTIONS, "node", "mentions", "long");
      key(EDGE_TYPE, "edge", "type", "string");
      key(EDGE_DIRECTED, "edge", "directed", "boolean");
      key(EDGE_DOCUMENTS, "edge", "documents", "long");
      key(EDGE_STATEMENTS, "edge", "statements", "long");
      key(EDGE_CONFIDENCE, "edge", "confidence", "double");
      key(EDGE_MENTIONS, "edge", "mentions", "long");
      xml.writeStartElement("graph");
      xml.writeAttribute("edgedefault", "directed");
      endLine();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void key(String id, String of, String name, String type) throws XMLStreamException {
    xml.writeEmptyElement("key");
    xml.writeAttribute("id", id);
    xml.writeAttribute("for", of);
    xml.writeAttribute("attr.name", name);
    xml.writeAttribute("attr.type", type);
    endLine();
  }

  @Override
  public void node(ExportedNode node) throws IOException {
    try {
      xml.writeStartElement("node");
      xml.writeAttribute("id", writable.id(node.id()));
      data(NAME, node.name());
      data(TYPE, node.type());
      data(CONCEPT, node.concept());
      data(DOCUMENTS, node.documents());
      data(MENTIONS, node.mentions());
      xml.writeEndElement();
      endLine();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void edge(ExportedEdge edge) throws IOException {
    try {
      xml.writeStartElement("edge");
      xml.writeAttribute("source", writable.id(edge.source()));
      xml.writeAttribute("target", writable.id(edge.target()));
      data(EDGE_TYPE, edge.type());
      data(EDGE_DIRECTED, edge.directed());
      data(EDGE_DOCUMENTS, edge.documents());
      data(EDGE_STATEMENTS, edge.statements());
      data(EDGE_CONFIDENCE, edge.confidence());
      data(EDGE_MENTIONS, edge.mentions());
      xml.writeEndElement();
      endLine();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void data(String key, @Nullable Object value) throws XMLStreamException {
    if (value == null) {
      return;
    }
    xml.writeStartElement("data");
    xml.writeAttribute("key", key);
    // A parser turns a carriage return into a line feed, unless it is a character reference.
    String[] parts = writable.text(value.toString()).split("\r", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        xml.writeEntityRef("#13");
      }
      xml.writeCharacters(parts[i]);
    }
    xml.writeEndElement();
  }

  private void endLine() throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  @Override
  public void end() throws IOException {
    try {
      xml.writeEndDocument();
      endLine();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  @Override
  public long replacedCharacters() {
    return writable.replaced();
  }
}
