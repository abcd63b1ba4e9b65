package org.irisgraph.extract.gold;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the format of NCBI's PubTator. A document consists of lines {@code ID|t|TITLE} and {@code
 * ID|a|ABSTRACT}, a tab-separated line {@code ID, start, end, text, type} and optional
 * bar-separated concepts for each name, and a line {@code ID, type, concept, concept} for each
 * relation. Offsets count the title, one character for its line end, and the abstract. A blank line
 * ends a document.
 */
public final class PubTator {

  private static final Pattern TEXT = Pattern.compile("([^|\\t]+)\\|([ta])\\|(.*)", Pattern.DOTALL);

  /** Maps the entity types of BC5CDR to ours. */
  private static final Map<String, String> TYPES = Map.of("CHEMICAL", "DRUG");

  /** Maps its relation, chemical-induced disease. */
  private static final Map<String, String> RELATIONS = Map.of("CID", "causes");

  /** Marks a name without a concept. */
  private static final String NO_CONCEPT = "-1";

  private final String file;
  private final List<GoldDocument> documents = new ArrayList<>();
  private final List<GoldDocument.Name> names = new ArrayList<>();
  private final Map<GoldDocument.Name, Set<String>> concepts = new HashMap<>();
  private final List<GoldDocument.Relation> relations = new ArrayList<>();
  private int line;
  private String id = "";
  private @Nullable String title;

  /** Title and abstract, once both are read. */
  private @Nullable String text;

  private PubTator(String file) {
    this.file = file;
  }

  /**
   * Reads the documents of a file.
   *
   * @throws GoldFormatException if it is malformed; the message names the line
   * @throws IOException if it cannot be read
   */
  public static List<GoldDocument> read(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new PubTator(file.toString()).documents(reader);
    } catch (CharacterCodingException e) {
      throw new GoldFormatException(file + " is not UTF-8", e);
    }
  }

  private List<GoldDocument> documents(BufferedReader reader) throws IOException {
    for (String next = reader.readLine(); next != null; next = reader.readLine()) {
      line++;
      if (line == 1 && next.startsWith("\ufeff")) {
        next = next.substring(1);
      }
      if (next.isBlank()) {
        endDocument();
      } else {
        Matcher matcher = TEXT.matcher(next);
        if (matcher.matches()) {
          text(matcher.group(1), matcher.group(2).equals("t"), matcher.group(3));
        } else {
          annotation(next.split("\t", -1));
        }
      }
    }
    endDocument();
    if (documents.isEmpty()) {
      throw new GoldFormatException(file + " has no documents in the format of PubTator");
    }
    return List.copyOf(documents);
  }

  private void text(String documentId, boolean isTitle, String content) {
    if (isTitle) {
      endDocument();
      id = documentId;
      title = content;
    } else if (title == null || text != null || !documentId.equals(id)) {
      throw wrong("the abstract of " + documentId + " does not follow its title");
    } else {
      text = title + "\n" + content;
    }
  }

  private void annotation(String... columns) {
    if (columns.length < 4 || text == null) {
      throw wrong(
          "expected ID|t|TITLE, ID|a|ABSTRACT, or ID, start, end, text and type separated by tabs");
    }
    if (!columns[0].equals(id)) {
      throw wrong("the name belongs to " + columns[0] + ", but the text above belongs to " + id);
    }
    boolean isRelation = !columns[1].isEmpty() && !Character.isDigit(columns[1].charAt(0));
    if (isRelation) {
      String type = columns[1].strip();
      relations.add(
          new GoldDocument.Relation(
              RELATIONS.getOrDefault(type, type.toLowerCase(Locale.ROOT)),
              columns[2].strip(),
              columns[3].strip()));
      return;
    }
    if (columns.length < 5 || columns[4].isBlank()) {
      throw wrong("the name has no type");
    }
    int start = start(text, columns[3], number(columns[1]), number(columns[2]));
    int end = start + columns[3].length();
    String type = columns[4].strip().toUpperCase(Locale.ROOT);
    GoldDocument.Name name = new GoldDocument.Name(TYPES.getOrDefault(type, type), start, end);
    names.add(name);
    for (String concept : columns.length < 6 ? new String[0] : columns[5].strip().split("\\|")) {
      if (!concept.isBlank() && !concept.equals(NO_CONCEPT)) {
        concepts.computeIfAbsent(name, unknown -> new TreeSet<>()).add(concept);
      }
    }
  }

  /**
   * Where a name starts, in characters of Java. Offsets of PubTator count code points, as Python
   * does; of a text with others than those of the basic plane, they are smaller. Offsets that count
   * two for these are taken, too.
   */
  private int start(String text, String name, int first, int last) {
    int points = text.codePointCount(0, text.length());
    if (first >= 0
        && last <= points
        && name.codePointCount(0, name.length()) == last - first
        && text.startsWith(name, text.offsetByCodePoints(0, first))
        && !name.isEmpty()) {
      return text.offsetByCodePoints(0, first);
    }
    if (first >= 0
        && first < last
        && last <= text.length()
        && name.length() == last - first
        && text.startsWith(name, first)) {
      return first;
    }
    throw wrong("the text does not have \"%s\" at %d to %d".formatted(name, first, last));
  }

  private void endDocument() {
    if (title != null) {
      if (text == null) {
        throw wrong("the document " + id + " above has a title but no abstract");
      }
      documents.add(new GoldDocument(id, text, names, concepts, relations));
    }
    title = null;
    text = null;
    names.clear();
    concepts.clear();
    relations.clear();
  }

  private int number(String column) {
    try {
      return Integer.parseInt(column);
    } catch (NumberFormatException e) {
      throw new GoldFormatException(
          "%s line %d: \"%s\" is not a number".formatted(file, line, column), e);
    }
  }

  private GoldFormatException wrong(String reason) {
    return new GoldFormatException("%s line %d: %s".formatted(file, line, reason));
  }
}
