package org.irisgraph.document.format;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** What is written between the parts of a MathML formula, so that numbers stay what they are. */
final class Formula {

  private static final Set<String> PARENTS = Set.of("mfrac", "msup", "msubsup");

  private static final int MAX_NODES = 20;

  private Formula() {}

  /** What is written before an element within its parent; mostly nothing. */
  static String separator(Element element) {
    Element parent = element.parent();
    return parent != null && hasParts(parent.normalName())
        ? separator(parent.normalName(), part(element))
        : "";
  }

  /** Whether something is written between the parts of an element. */
  static boolean hasParts(String name) {
    return PARENTS.contains(name);
  }

  /** The number of an element among those of its parent, or more than any formula has. */
  private static int part(Element element) {
    int part = 1;
    int nodes = 0;
    for (Node node = element.previousSibling(); node != null; node = node.previousSibling()) {
      part += node instanceof Element ? 1 : 0;
      if (++nodes == MAX_NODES) {
        return MAX_NODES;
      }
    }
    return part;
  }

  /**
   * What is written before a part of a formula.
   *
   * @param parent the local name of the element that has the parts
   * @param part the number of the part, from 1
   */
  static String separator(String parent, int part) {
    return switch (parent) {
      case "mfrac" -> part == 2 ? "/" : "";
      case "msup" -> part == 2 ? "^" : "";
      case "msubsup" -> part == 3 ? "^" : "";
      default -> "";
    };
  }
}
