package org.irisgraph.graph;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The ids of passages, in the form that iris-vector-rag gives its own: the document's id, the
 * strategy and a number from 0.
 */
public final class PassageIds {

  /** The name of the strategy: passages of whole sentences. */
  public static final String STRATEGY = "sentences";

  private static final String SEPARATOR = "_chunk_" + STRATEGY + "_";

  /** Databases may take ids for equal that differ in case or in blanks at the end alone. */
  private static final Pattern FORM =
      Pattern.compile(
          "(.+)" + SEPARATOR + "(0|[1-9][0-9]{0,8})\\s*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private PassageIds() {}

  /** A passage that an id names. */
  public record Part(String documentId, int index) {}

  /** The id of a passage of a document, numbered from 0. */
  public static String of(String documentId, int index) {
    return documentId + SEPARATOR + index;
  }

  /** The ids of the first passages of a document. */
  public static List<String> first(String documentId, int passages) {
    return IntStream.range(0, passages).mapToObj(index -> of(documentId, index)).toList();
  }

  /** The passage that an id names; empty if it has another form. */
  public static Optional<Part> parse(String id) {
    Matcher form = FORM.matcher(id);
    return form.matches()
        ? Optional.of(new Part(form.group(1), Integer.parseInt(form.group(2))))
        : Optional.empty();
  }
}
