package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * Detects the encoding of a page: its byte order mark, its declaration, else that of the option.
 */
final class HtmlCharset {

  /** Browsers look at the first 1024 bytes; some pages have a long script before. */
  private static final int DECLARATION_BYTES = 8 * 1024;

  private static final Pattern XML_DECLARATION =
      Pattern.compile("\\A\\s*<\\?xml\\b[^>]*\\bencoding\\s*=\\s*[\"']([^\"']*)");

  private static final Pattern CONTENT_TYPE =
      Pattern.compile("(?i)charset\\s*=\\s*[\"']?\\s*([^\\s\"';,]+)");

  /** The encodings that browsers use for declared ones (WHATWG, Encoding Standard, labels). */
  private static final Map<String, String> MEANT =
      Map.of(
          "ISO-8859-1", "windows-1252",
          "US-ASCII", "windows-1252",
          "ISO-8859-9", "windows-1254",
          "GB2312", "GB18030",
          "GBK", "GB18030",
          "Shift_JIS", "windows-31j",
          "EUC-KR", "x-windows-949");

  private HtmlCharset() {}

  /**
   * The encoding of a page.
   *
   * @param undeclared that of a page which declares none
   */
  static Charset of(byte[] page, Charset undeclared) {
    Optional<Charset> marked = TextEncoding.marked(page);
    if (marked.isPresent()) {
      return marked.get();
    }
    String beginning = new String(page, 0, Math.min(page.length, DECLARATION_BYTES), ISO_8859_1);
    return declared(beginning).flatMap(HtmlCharset::meant).orElse(undeclared);
  }

  private static Optional<String> declared(String beginning) {
    for (Element meta : Jsoup.parse(beginning).select("meta")) {
      if (meta.hasAttr("charset")) {
        return Optional.of(meta.attr("charset").strip());
      }
      Matcher content = CONTENT_TYPE.matcher(meta.attr("content"));
      if (meta.attr("http-equiv").equalsIgnoreCase("content-type") && content.find()) {
        return Optional.of(content.group(1));
      }
    }
    Matcher xml = XML_DECLARATION.matcher(beginning);
    return xml.find() ? Optional.of(xml.group(1)) : Optional.empty();
  }

  private static Optional<Charset> meant(String label) {
    try {
      String name = Charset.forName(label).name();
      // A page whose declaration could be read as ASCII is not in UTF-16.
      return name.startsWith("UTF-16") || name.startsWith("UTF-32")
          ? Optional.empty()
          : Optional.of(Charset.forName(MEANT.getOrDefault(name, name)));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }
}
