package org.irisgraph.document;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a browser does not show, as the attributes of an element say. */
public final class HiddenMarkup {

  public static final String HIDDEN = "hidden";
  public static final String STYLE = "style";

  private static final Pattern NOT_SHOWN =
      Pattern.compile("(?i)(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden)\\b");

  private HiddenMarkup() {}

  /**
   * Whether an element is not shown.
   *
   * @param hidden the value of its attribute of that name, null if there is none
   * @param style likewise
   */
  public static boolean isHidden(@Nullable String hidden, @Nullable String style) {
    return hidden != null || (style != null && NOT_SHOWN.matcher(style).find());
  }
}
