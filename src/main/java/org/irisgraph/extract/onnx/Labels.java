package org.irisgraph.extract.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.extract.gold.GoldTypes;
import org.jspecify.annotations.Nullable;

/** The labels of a model, by the numbers that {@code id2label} in its {@code config.json} gives. */
final class Labels {

  /** Outside of names; some makers write the digit. */
  private static final Set<String> OUTSIDE = Set.of("O", "0", "");

  /** What a model has whose maker named no labels. */
  private static final Pattern UNNAMED = Pattern.compile("LABEL_\\d+");

  /** IOB, IOE, BILOU, BIOES: all labels begin like this. */
  private static final Pattern PLACED = Pattern.compile("([BIMLEUS])[-_](.+)");

  private final List<Label> labels;

  private Labels(List<Label> labels) {
    this.labels = labels;
  }

  /**
   * What a label says of a word.
   *
   * @param type the entity's; null outside of names
   * @param begins whether a name begins here, whatever comes before
   * @param ends whether a name ends here, whatever follows
   */
  record Label(@Nullable String type, boolean begins, boolean ends) {}

  /**
   * Reads the labels.
   *
   * @param types what to call labels or their types; the empty text for those to leave out
   * @throws IllegalArgumentException if there are none, or {@code types} has others
   */
  static Labels of(JsonNode id2label, Map<String, String> types) {
    List<String> names = names(id2label);
    Set<String> unknown = new TreeSet<>(types.keySet());
    unknown.removeAll(names);
    List<String> renamed = names.stream().map(name -> types.getOrDefault(name, name)).toList();
    boolean placed =
        renamed.stream().allMatch(name -> isOutside(name) || PLACED.matcher(name).matches());
    List<Label> labels = new ArrayList<>();
    for (String name : renamed) {
      Matcher matcher = PLACED.matcher(name);
      String place = placed && matcher.matches() ? matcher.group(1) : "";
      String type = place.isEmpty() ? name : matcher.group(2);
      unknown.remove(type);
      String given = isOutside(name) ? "" : types.getOrDefault(type, GoldTypes.of(type));
      labels.add(
          new Label(
              given.isEmpty() ? null : given,
              Set.of("B", "U", "S").contains(place),
              Set.of("L", "E", "U", "S").contains(place)));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "onnxTypes names %s, but the model's labels are %s"
              .formatted(String.join(", ", unknown), String.join(", ", names)));
    }
    if (labels.stream().allMatch(label -> label.type() == null)) {
      throw new IllegalArgumentException(
          "the model's labels are %s: set their types with onnxTypes, as in LABEL_1=PERSON"
              .formatted(String.join(", ", names)));
    }
    return new Labels(labels);
  }

  private static boolean isOutside(String name) {
    return OUTSIDE.contains(name) || UNNAMED.matcher(name).matches();
  }

  private static List<String> names(JsonNode id2label) {
    List<String> names = new ArrayList<>();
    for (int id = 0; id < id2label.size(); id++) {
      JsonNode name = id2label.get(Integer.toString(id));
      if (name == null) {
        throw new IllegalArgumentException(
            "id2label has %d labels, but none with the number %d".formatted(id2label.size(), id));
      }
      names.add(name.asText());
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("id2label is missing: it is no model that labels tokens");
    }
    return names;
  }

  int size() {
    return labels.size();
  }

  Label get(int number) {
    return labels.get(number);
  }

  /** The types of the entities, sorted. */
  Set<String> types() {
    Set<String> types = new TreeSet<>();
    for (Label label : labels) {
      if (label.type() != null) {
        types.add(label.type());
      }
    }
    return types;
  }
}
