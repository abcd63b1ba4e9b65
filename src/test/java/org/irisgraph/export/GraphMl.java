package org.irisgraph.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * GraphML as another parser reads it.
 *
 * @param nodes each with its id and attributes
 * @param edges each with its ends and attributes
 * @param danglingEnds ends that no node precedes
 */
record GraphMl(List<String> nodes, List<String> edges, List<String> danglingEnds) {

  private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";

  static GraphMl read(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(file.toFile());
    Map<String, Element> keys = new HashMap<>();
    for (Element key : elements(document.getDocumentElement(), "key")) {
      keys.put(key.getAttribute("id"), key);
    }
    Element graph = elements(document.getDocumentElement(), "graph").get(0);
    Set<String> ids = new HashSet<>();
    List<String> nodes = new ArrayList<>();
    List<String> edges = new ArrayList<>();
    List<String> danglingEnds = new ArrayList<>();
    for (Element element : elements(graph, "*")) {
      if (element.getLocalName().equals("node")) {
        if (!ids.add(element.getAttribute("id"))) {
          throw new AssertionError("twice: " + element.getAttribute("id"));
        }
        nodes.add(element.getAttribute("id") + data(element, keys));
      } else if (element.getLocalName().equals("edge")) {
        for (String end : List.of("source", "target")) {
          if (!ids.contains(element.getAttribute(end))) {
            danglingEnds.add(element.getAttribute(end));
          }
        }
        edges.add(
            element.getAttribute("source")
                + ">"
                + element.getAttribute("target")
                + data(element, keys));
      }
    }
    return new GraphMl(nodes, edges, danglingEnds);
  }

  private static Map<String, String> data(Element element, Map<String, Element> keys) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Element data : elements(element, "data")) {
      Element key = keys.get(data.getAttribute("key"));
      if (!key.getAttribute("for").equals(element.getLocalName())) {
        throw new AssertionError("not for a " + element.getLocalName() + ": " + key);
      }
      values.put(key.getAttribute("attr.name"), data.getTextContent());
    }
    return values;
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagNameNS(NAMESPACE, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
