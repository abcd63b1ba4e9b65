package org.irisgraph.document.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.irisgraph.document.ReadException;
import org.jspecify.annotations.Nullable;

/**
 * The content of one JATS {@code <article>}: abstracts, body, and the figures and tables that PMC
 * moves from the body to the end. The back matter (references, acknowledgements, notes) and
 * sub-articles (referees' reports, replies) are left out.
 */
final class JatsArticle {

  /** Some collaborations have thousands of authors. */
  private static final int MAX_LISTED = 50;

  /** Elements of the front about other works, or not about the content. */
  private static final Set<String> SKIPPED =
      Set.of(
          "author-notes",
          "custom-meta-group",
          "funding-group",
          "history",
          "permissions",
          "product",
          "pub-history",
          "related-article",
          "related-object",
          "trans-abstract",
          "trans-title-group");

  private final JatsText text = new JatsText();
  private final List<String> authors = new ArrayList<>();
  private final List<String> keywords = new ArrayList<>();
  private final Map<String, Object> identifiers = new LinkedHashMap<>();
  private String articleType = "";
  private @Nullable String id;
  private @Nullable String title;
  private @Nullable String journal;
  private @Nullable Integer year;

  /** Reads the current element to its end. */
  void read(XmlCursor xml) throws XMLStreamException, ReadException {
    int top = xml.depth();
    articleType = xml.attribute("article-type");
    while (xml.nextWithin(top)) {
      switch (xml.name()) {
        case "front" -> readFront(xml);
        case "body", "floats-group" -> text.append(xml);
        default -> xml.skip();
      }
    }
  }

  /** The PMC id, or null if there is none or it has not been read yet. */
  @Nullable String id() {
    return id;
  }

  /** The title in one line, or null. */
  @Nullable String title() {
    return title;
  }

  /** Everything but the title. */
  String text() {
    return text.toString();
  }

  /** The metadata found, the long lists last. */
  Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    putUnlessEmpty(metadata, "journal", journal);
    if (year != null) {
      metadata.put("year", year);
    }
    metadata.putAll(identifiers);
    putUnlessEmpty(metadata, "articleType", articleType);
    putUnlessEmpty(metadata, "keywords", keywords);
    putUnlessEmpty(metadata, "authors", authors);
    return metadata;
  }

  private void readFront(XmlCursor xml) throws XMLStreamException, ReadException {
    int top = xml.depth();
    while (xml.nextWithin(top)) {
      String name = xml.name();
      if (SKIPPED.contains(name)) {
        xml.skip();
        continue;
      }
      switch (name) {
        case "journal-title" -> journal = journal == null ? line(xml) : journal;
        case "article-id" -> readIdentifier(xml);
        case "article-title" -> title = line(xml);
        case "subtitle" -> title = title == null ? line(xml) : title + ": " + line(xml);
        case "contrib" -> readContributor(xml);
        case "pub-date" -> readYear(xml);
        case "kwd" -> list(keywords, line(xml));
        case "abstract" -> text.append(xml);
        default -> {
          // Entered: relevant elements may be nested.
        }
      }
    }
  }

  private void readIdentifier(XmlCursor xml) throws XMLStreamException, ReadException {
    String kind = xml.attribute("pub-id-type");
    String value = line(xml);
    switch (kind) {
      case "pmcid", "pmc" -> id = id == null && !value.isEmpty() ? withPrefix(value) : id;
      case "doi", "pmid" -> identifiers.putIfAbsent(kind, value);
      default -> {
        // The publisher's own numbers have no meaning elsewhere.
      }
    }
  }

  private static String withPrefix(String pmcId) {
    String upper = pmcId.toUpperCase(Locale.ROOT);
    return upper.startsWith("PMC") ? upper : "PMC" + upper;
  }

  private void readContributor(XmlCursor xml) throws XMLStreamException, ReadException {
    int top = xml.depth();
    String role = xml.attribute("contrib-type");
    String surname = "";
    String givenNames = "";
    String wholeName = "";
    while (xml.nextWithin(top)) {
      switch (xml.name()) {
        case "surname" -> surname = surname.isEmpty() ? line(xml) : surname;
        case "given-names" -> givenNames = givenNames.isEmpty() ? line(xml) : givenNames;
        case "string-name", "collab" -> wholeName = line(xml);
        case "aff", "bio", "xref" -> xml.skip();
        default -> {
          // Entered: names are wrapped in several ways.
        }
      }
    }
    if (role.isEmpty() || role.equals("author")) {
      String name = (givenNames + " " + surname).strip();
      list(authors, name.isEmpty() ? wholeName : name);
    }
  }

  /** The first of the years in which it was published, in print or online. */
  private void readYear(XmlCursor xml) throws XMLStreamException, ReadException {
    int top = xml.depth();
    while (xml.nextWithin(top)) {
      if (xml.name().equals("year")) {
        String digits = line(xml);
        if (digits.matches("[0-9]{4}")) {
          int found = Integer.parseInt(digits);
          year = year == null ? found : Math.min(year, found);
        }
      }
    }
  }

  private static String line(XmlCursor xml) throws XMLStreamException, ReadException {
    JatsText line = new JatsText();
    line.append(xml);
    return line.line();
  }

  private static void list(List<String> list, String element) {
    if (!element.isEmpty() && list.size() < MAX_LISTED) {
      list.add(element);
    } else if (list.size() == MAX_LISTED) {
      list.add("et al.");
    }
  }

  private static void putUnlessEmpty(
      Map<String, Object> metadata, String key, @Nullable Object value) {
    if (value != null && !value.equals("") && !value.equals(List.of())) {
      metadata.put(key, value);
    }
  }
}
