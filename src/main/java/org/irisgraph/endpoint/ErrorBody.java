package org.irisgraph.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.base.ErrorText;
import org.jspecify.annotations.Nullable;

/** The body of a response that reports an error, in one of the usual forms. */
public final class ErrorBody {

  private static final int LONGEST_MESSAGE = 300;

  /** The title is at the beginning of a page. */
  private static final int LONGEST_HEAD = 5000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where servers have the text: OpenAI and vLLM, LiteLLM, FastAPI and TGI, problem details. */
  private static final List<String> TEXTS =
      List.of(
          "message", "msg", "detail", "error", "errors", "error_description", "title", "reason");

  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern UNSUPPORTED =
      Pattern.compile(
          "unsupported|not (?:currently |yet )?support|not allow|not permit|not accept|not"
              + " compatible|unknown|unrecogni[sz]ed|unexpected|extra"
              + " (?:field|input|param)|deprecated|(?:no such|invalid)"
              + " (?:field|param|argument|property)|cannot be used",
          Pattern.CASE_INSENSITIVE);

  private final String body;
  private final JsonNode json;

  ErrorBody(String body) {
    this.body = body;
    this.json = read(body);
  }

  private static JsonNode read(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? JSON.missingNode() : json;
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /** What a response with a status of success reports as its error; missing if it is none. */
  public static JsonNode reported(JsonNode response) {
    JsonNode ofChoice = response.path("choices").path(0).path("error");
    return isReported(response.path("error")) || response.path("object").asText("").equals("error")
        ? response
        : isReported(ofChoice) ? ofChoice : JSON.missingNode();
  }

  private static boolean isReported(JsonNode error) {
    return error.isObject() ? !error.isEmpty() : error.isTextual() && !error.asText().isBlank();
  }

  /** The message on one line; empty if there is none. */
  String message() {
    String text = json.isMissingNode() ? plain() : text(json);
    return ErrorText.cut(text.strip().replaceAll("\\s+", " "), LONGEST_MESSAGE)
        .replaceAll("\\p{Cntrl}", "");
  }

  /** A page's title, or the text of a body that is no JSON. */
  private String plain() {
    String text = body.strip();
    if (!text.startsWith("<")) {
      return text;
    }
    Matcher title = TITLE.matcher(text.substring(0, Math.min(text.length(), LONGEST_HEAD)));
    return title.find() ? title.group(1) : "";
  }

  private static String text(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isArray()) {
      return node.isEmpty() ? "" : text(node.get(0));
    }
    if (!node.isObject()) {
      return "";
    }
    // The texts of an inner object are more precise than those beside it.
    JsonNode inner = node.path("error");
    String found = inner.isObject() ? text(inner) : "";
    if (!found.isBlank()) {
      return found;
    }
    for (String name : TEXTS) {
      JsonNode child = node.path(name);
      boolean isRead = name.equals("error") && child.isObject();
      String text = isRead ? "" : text(child);
      if (!text.isBlank()) {
        return name.equals("msg") ? place(node.path("loc")) + text : text;
      }
    }
    return "";
  }

  /** The field that FastAPI's message is about. */
  private static String place(JsonNode path) {
    String last = path.isArray() && !path.isEmpty() ? path.get(path.size() - 1).asText("") : "";
    return last.isEmpty() ? "" : last + ": ";
  }

  /**
   * The field of a request that the server does not take, if it names one. A field whose value it
   * refuses is not meant.
   *
   * @param optional the fields to look for
   */
  Optional<String> unsupportedField(Set<String> optional) {
    if (optional.isEmpty()) {
      return Optional.empty();
    }
    JsonNode error = json.path("error").isObject() ? json.path("error") : json;
    String text = message();
    String code = error.path("code").asText("").toLowerCase(Locale.ROOT);
    if (!UNSUPPORTED.matcher(text).find() && !code.startsWith("unsupported")) {
      return Optional.empty();
    }
    String parameter = error.path("param").asText("");
    return optional.contains(parameter)
        ? Optional.of(parameter)
        : Pattern.compile("\\b(?:" + String.join("|", optional) + ")\\b")
            .matcher(text)
            .results()
            .map(MatchResult::group)
            .findFirst();
  }

  /** The message after a colon; empty if there is none. */
  public static String suffix(@Nullable String body) {
    String message = body == null ? "" : new ErrorBody(body).message();
    return message.isEmpty() ? "" : ": " + message;
  }
}
